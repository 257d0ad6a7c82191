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
    """What came of one document: a peer's blocks, our own case, or an error in words."""

    file: str
    blocks: tuple[Block, ...] = ()
    case: Case | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall and CPU seconds of a process and its children."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Output:
    """All that a reader gave, what its start took (until one small page was read), and each round of all documents."""

    records: list[Record]
    start: Spent
    rounds: list[Spent]
