"""What layout makes of lines: blocks in reading order, each a paragraph, a list item, or something set apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.pages import Line

Kind = Literal["text", "item", "footnote", "caption", "pull_quote", "fact_box", "contents", "running"]
Look = tuple[float, bool, int, str]
"""Size to half a point, weight, colour and font of a block."""
BODY_KINDS: frozenset[Kind] = frozenset({"text", "item"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A line where it stands: on which page, and in which region (column, box, band) of the reading order.

    ``boxed`` tells lines that a tint or a frame holds together, apart from the text around it.
    """

    page: int
    region: int
    line: Line
    boxed: bool = False


@dataclass(frozen=True)  # without slots: blocks are asked for their looks often, and keep the answers
class Block:
    """A run of lines that belong together. ``text`` is joined, without list marker and line-end hyphens."""

    kind: Kind
    lines: tuple[Placed, ...]
    text: str

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0].line

    @property
    def page(self) -> int:
        """The page on which the block begins."""
        return self.lines[0].page

    @property
    def boxed(self) -> bool:
        """Whether it stands in a box."""
        return self.lines[0].boxed

    @cached_property
    def size(self) -> float:
        """The font size of most of its characters, in points."""
        return _most([(p.line.size, len(p.line.text)) for p in self.lines])

    @cached_property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(p.line.bold for p in self.lines)

    @cached_property
    def italic(self) -> bool:
        """Whether every line is italic."""
        return all(p.line.italic for p in self.lines)

    @cached_property
    def colour(self) -> int:
        """The colour of most of its characters."""
        return int(_most([(p.line.colour, len(p.line.text)) for p in self.lines]))

    @property
    def font(self) -> str:
        """The font of its first line."""
        return self.first.font

    @property
    def look(self) -> Look:
        """How it is set, to tell headings of one kind from others."""
        return round(self.size * 2) / 2, self.bold, self.colour, self.font


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """How the running text of a document looks: what most characters are set in."""

    size: float
    bold: bool
    italic: bool
    colour: int
    font: str

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "BodyStyle":
        """Find the style of most characters; sizes are compared to half a point."""
        sizes: Counter[float] = Counter()
        styles: dict[float, Counter[tuple[float, bool, bool, int, str]]] = {}
        for line in lines:
            weight = len(line.text)
            half = round(line.size * 2) / 2
            sizes[half] += weight
            key = (line.size, line.bold, line.italic, line.colour, line.font)
            styles.setdefault(half, Counter())[key] += weight
        if not sizes:
            return cls(10.0, False, False, 0, "")
        size = max(sizes, key=lambda s: sizes[s])
        return cls(*max(styles[size], key=lambda k: styles[size][k]))


def _most(pairs: Sequence[tuple[float, int]]) -> float:
    if len({value for value, _ in pairs}) == 1:  # the rule
        return pairs[0][0]
    counts: Counter[float] = Counter()
    for value, weight in pairs:
        counts[value] += weight
    return max(counts, key=lambda v: counts[v])
