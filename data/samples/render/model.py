"""What a sample case consists of: its front matter and its typed blocks.  Plain data, no parsing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

FieldName = Literal["background", "method", "success_factors", "challenges", "results"]
Split = Literal["dev", "held_out"]
Layout = Literal["office", "bold", "magazine", "report", "typst", "simple", "scan"]
Language = Literal["sv", "nb", "da", "en"]

FIELDS: tuple[FieldName, ...] = get_args(FieldName)

_HEADING_NUMBER = re.compile(r"^(?:\d+\.|\d+(?:\.\d+)+)\s+")


@dataclass(frozen=True, slots=True)
class Contact:
    """The (invented) person to turn to; what is not told is ``None``."""

    name: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """The front matter: gold for the metadata of a case."""

    id: str
    split: Split
    layout: Layout
    language: Language
    document_type: str
    title: str
    organisation: str
    place: str
    country: str
    start_year: int | None
    published_year: int | None
    target_groups: tuple[str, ...]
    partners: tuple[str, ...]
    contact: Contact | None
    facets: Mapping[str, tuple[str, ...]]
    fact_box: tuple[tuple[str, str], ...]
    running_head: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``note`` is the number of a footnote mark (then ``text`` is empty)."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; ``field`` is the field of the text right below it."""

    level: int
    text: str
    field: FieldName | None

    @property
    def unnumbered(self) -> str:
        """The heading without its own "1." or "2.1", for layouts that number their sections."""
        return _HEADING_NUMBER.sub("", self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    runs: tuple[Run, ...]
    field: FieldName | None


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item; ``marker`` is "1." and so on in an ordered list, "-" otherwise (layouts choose the glyph)."""

    runs: tuple[Run, ...]
    ordered: bool
    marker: str
    field: FieldName | None


@dataclass(frozen=True, slots=True)
class PullQuote:
    """A sentence set apart by the layout; part of no field."""

    text: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of a footnote; its mark is the :class:`Run` with the same number."""

    number: int
    runs: tuple[Run, ...]


Block = Heading | Paragraph | ListItem | PullQuote


@dataclass(frozen=True, slots=True)
class Source:
    """One case as written: what it is (``meta``), its blocks in reading order, and its footnotes."""

    meta: Meta
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]

    @property
    def ingress(self) -> tuple[Paragraph, ...]:
        """The paragraphs before the first heading that belong to no field."""
        lead = []
        for block in self.blocks:
            if not isinstance(block, Paragraph) or block.field is not None:
                break
            lead.append(block)
        return tuple(lead)

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks after the ingress."""
        return self.blocks[len(self.ingress) :]

    @property
    def words(self) -> int:
        """Number of words of the running text, headings and lists included."""
        texts = (b.text if isinstance(b, Heading | PullQuote) else plain(b.runs) for b in self.blocks)
        return sum(len(text.split()) for text in texts)


def plain(runs: tuple[Run, ...]) -> str:
    """The text of some runs without styles and footnote marks.

    >>> plain((Run("Sedan 2019"), Run("", note=1), Run(" finns "), Run("stöd", bold=True), Run(".")))
    'Sedan 2019 finns stöd.'
    """
    return "".join(run.text for run in runs)
