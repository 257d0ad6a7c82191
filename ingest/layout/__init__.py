"""Pages of lines to blocks in reading order: columns, running heads, notes, boxes, quotes, hyphens, paragraphs.

>>> lay_out(document)                                                       # doctest: +SKIP
Layout(blocks=(Block(kind='text', …), …), body=BodyStyle(size=10.5, …))
"""

from dataclasses import dataclass

from ingest.layout.asides import set_apart
from ingest.layout.boxes import fact_box_cells
from ingest.layout.furniture import footnote_lines, running_lines
from ingest.layout.hyphens import Joiner
from ingest.layout.labels import with_drop_caps_first, with_markers_joined
from ingest.layout.model import BODY_KINDS, Block, BodyStyle, Kind, Placed
from ingest.layout.order import regions
from ingest.layout.paragraphs import group, item_text, join_over_breaks, make_block
from ingest.pages import Document

__all__ = ["BODY_KINDS", "Block", "BodyStyle", "Kind", "Layout", "Placed", "item_text", "lay_out"]

_MOST_LINES = 1_000
"""A page of print has a tenth of this. What has more is a map or a drawing: its labels are kept in drawing order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a document in reading order, and how its running text looks."""

    blocks: tuple[Block, ...]
    body: BodyStyle


def lay_out(document: Document, *, language: str = "sv") -> Layout:
    """Bring a document's lines into reading order and group them into blocks.

    Footnotes and running heads come as blocks of their own kind after the page's text, so that nothing is lost.
    """
    body = BodyStyle.of(line for page in document.pages for line in page.lines)
    joiner = Joiner((line for page in document.pages for line in page.lines), language=language)
    running = running_lines(document.pages, body)
    blocks: list[Block] = []
    region = 0
    for page in document.pages:
        notes = footnote_lines(page, body, running)
        text = [line for i, line in enumerate(page.lines) if (page.number, i) not in running and i not in notes]
        crowded = len(text) > _MOST_LINES
        cells = [] if crowded else fact_box_cells(text, body)
        for cell in cells:
            blocks += [make_block([Placed(page.number, region, line)], joiner, "fact_box") for line in cell[:1]]
            if cell[1:]:
                value = [Placed(page.number, region, line) for line in cell[1:]]
                blocks.append(make_block(value, joiner, "fact_box"))
        region += bool(cells)
        boxed = {id(line) for cell in cells for line in cell}
        rest = [line for line in text if id(line) not in boxed]
        for lines in [rest] if crowded else regions(with_markers_joined(rest)):
            ordered = with_drop_caps_first(lines, body)
            blocks += group([Placed(page.number, region, line) for line in ordered], joiner)
            region += 1
        for indices, kind in ((sorted(notes), "footnote"), (_of(page.number, running), "running")):
            placed = [Placed(page.number, region, page.lines[i]) for i in indices]
            if placed:
                blocks.append(make_block(placed, joiner, "footnote" if kind == "footnote" else "running"))
                region += 1
    return Layout(tuple(join_over_breaks(set_apart(blocks, body), joiner)), body)


def _of(page: int, found: set[tuple[int, int]]) -> list[int]:
    return sorted(index for number, index in found if number == page)
