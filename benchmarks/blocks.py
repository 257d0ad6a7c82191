"""What a reader gives for one document, as it crosses from its process to the bench."""

from dataclasses import dataclass
from typing import Literal

from kb.types import Case


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, or a stretch of text, on one page; ``level`` is a heading's depth from 1.

    Lines of ``text`` may be parted by line feeds as on the page.
    """

    kind: Literal["heading", "text"]
    text: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What came of one document: a peer's blocks, our own case, or an error in words.

    ``cpu_seconds`` is what children took whose time the system does not add to their parent's.
    """

    file: str
    blocks: tuple[Block, ...] = ()
    case: Case | None = None
    error: str = ""
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Output:
    """All that a reader gave, and the CPU seconds that the system does not count as its process's."""

    records: list[Record]
    cpu_seconds: float
