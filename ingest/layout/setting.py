"""One page's lines to blocks: facts first, then the columns, boxes and pictures in their places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from ingest.layout.areas import MOST_LINES, Box, around, begins_column, pictures_of, rows_of, stand_ins
from ingest.layout.asides import MOST_QUOTED
from ingest.layout.boxes import fact_box_cells
from ingest.layout.hyphens import Joiner
from ingest.layout.labels import BULLET, NUMBER, with_drop_caps_first, with_markers_joined
from ingest.layout.model import Block, BodyStyle, Kind, Placed
from ingest.layout.order import regions
from ingest.layout.paragraphs import group, make_block
from ingest.lexicon import is_box_title, key_of
from ingest.pages import Line, Page
from kb.types import BBox

_FEWEST_KEYS = 2  # of a fact box
_NEAR = 3.0  # ems between a line and the box that it announces
_OPENING = '"“”„»«'  # quotation marks
_DASHES = "-–—"  # what is said begins with one


class Setting:
    """Sets the pages of one document, one after the other; regions are numbered through."""

    def __init__(self, body: BodyStyle, joiner: Joiner) -> None:
        self._body = body
        self._joiner = joiner
        self._region = count()

    def page(self, page: Page, lines: Sequence[Line], boxes: Sequence[Box]) -> Iterator[Block]:
        """Yield the blocks of a page's running text in reading order."""
        if len(lines) > MOST_LINES:
            yield from self._grouped(page, lines)
            return
        boxed = {id(line) for box in boxes for line in box.lines}
        cells, rest = self._facts([line for line in lines if id(line) not in boxed])
        yield from self._fact_box(page, cells)
        above: Line | None = None
        for part in self._parts(page, rest, boxes):
            if isinstance(part, Box):
                listed = _is_list(part) and not begins_column(part.area, lines)
                within = listed or _is_quotation(part) or (above is not None and _announces(above, part))
                yield from self._boxed(page, replace(part, apart=False) if within else part)
            else:
                yield from self._grouped(page, part)
                above = part[-1]

    def aside(self, page: Page, indices: Sequence[int], kind: Kind) -> Iterator[Block]:
        """Yield one block of what stands outside the running text."""
        if indices:
            region = next(self._region)
            yield make_block([Placed(page.number, region, page.lines[i]) for i in indices], self._joiner, kind)

    def _parts(self, page: Page, lines: Sequence[Line], boxes: Sequence[Box]) -> Iterator[list[Line] | Box]:
        """Yield runs of lines and, where they interrupt them, boxes. Pictures interrupt too."""
        filled: dict[BBox, list[Box]] = {}
        filling: list[Line] = []
        areas: list[tuple[BBox, list[Box]]] = [(area, []) for area in pictures_of(page)]
        for area, row in [*areas, *((around(row), row) for row in rows_of(boxes))]:
            standing = stand_ins(area, self._body)
            filling += standing
            filled |= {line.bbox: row for line in standing}
        for region in regions([*with_markers_joined(lines), *filling]):
            run: list[Line] = []
            for line in region:
                if line.bbox not in filled:
                    run.append(line)
                    continue
                if run:
                    yield run
                    run = []
                row = filled[line.bbox]
                yield from row
                row.clear()  # its other stand-ins stand for nothing more
            if run:
                yield run

    def _boxed(self, page: Page, box: Box) -> Iterator[Block]:
        """Yield the blocks of a box. One with a title such as "Fakta", or with facts in it, is all facts."""
        cells, rest = self._facts(box.lines)
        yield from self._fact_box(page, cells)
        blocks: list[Block] = []
        for region in regions(with_markers_joined(rest)):
            blocks += self._grouped(page, region, boxed=box.apart)
        first = min(box.lines, key=lambda line: line.y0)
        keys = {key for block in blocks if (key := key_of(block.text))}
        facts = is_box_title(first.text) or (box.apart and (cells or len(keys) >= _FEWEST_KEYS))
        yield from (replace(block, kind="fact_box") if facts else block for block in blocks)

    def _facts(self, lines: Sequence[Line]) -> tuple[list[list[Line]], list[Line]]:
        cells = fact_box_cells(lines, self._body)
        taken = {id(line) for cell in cells for line in cell}
        return cells, [line for line in lines if id(line) not in taken]

    def _fact_box(self, page: Page, cells: Sequence[Sequence[Line]]) -> Iterator[Block]:
        region = next(self._region)
        for cell in cells:
            for lines in filter(None, (cell[:1], cell[1:])):
                yield make_block([Placed(page.number, region, line) for line in lines], self._joiner, "fact_box")

    def _grouped(self, page: Page, lines: Sequence[Line], *, boxed: bool = False) -> list[Block]:
        region = next(self._region)
        ordered = with_drop_caps_first(lines, self._body)
        return group([Placed(page.number, region, line, boxed) for line in ordered], self._joiner)


def _is_list(box: Box) -> bool:
    """Whether a box holds a list and no heading of its own."""
    lines = sorted(box.lines, key=lambda line: line.y0)
    marked = [bool(BULLET.match(line.text) or NUMBER.match(line.text)) for line in lines]
    return marked[0] and sum(marked) > 1 and lines[0].text[0] not in _DASHES


def _announces(line: Line, box: Box) -> bool:
    """Whether a line ends with a colon right above a box."""
    near = 0 <= box.area[1] - line.y1 < _NEAR * line.size and line.x0 < box.area[2] and line.x1 > box.area[0]
    return near and line.text.rstrip().endswith(":")


def _is_quotation(box: Box) -> bool:
    """Whether a box holds one long quotation, and perhaps who said it: more than a display quote."""
    text = " ".join(line.text.strip() for line in sorted(box.lines, key=lambda line: line.y0))
    return text[0] in _OPENING and len(text.split()) > MOST_QUOTED
