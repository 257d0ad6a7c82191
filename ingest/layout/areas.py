"""What is drawn besides text parts a page too: tinted or framed boxes hold their lines together, pictures take room.

A page is cut into columns with a box's or picture's place filled by stand-ins, lines as wide as it is: so a box in the
midst of a column neither breaks the column nor mixes with it, and a heading beside a picture stands beside something.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.layout.bands import STAND_IN
from ingest.layout.forms import form_rows
from ingest.layout.model import BodyStyle
from ingest.layout.order import rows
from ingest.pages import Line, Page
from kb.types import BBox

MOST_LINES = 1_000
"""A page of print has a tenth of this. What has more is a map or a drawing: its labels are kept in drawing order."""

EDGE = 3.0
"""Points by which text may reach over its box's edge, boxes of one table lie apart, and edges in line differ."""
GAP = 36.0
"""Points at most between boxes beside or below each other."""

_MOST_AREAS = 200  # of a page; more are a drawing
_MOST_PLACES, _MOST_STAND_INS = 30, 60  # boxes, or pictures, of a page, and the lines that stand in for one
_MOST_OF_PAGE = 0.6  # an area that takes more of the page, or of its text, is the page's ground
_MOST_BOXED = 0.5  # of a document's text; where boxes hold more they are how it is set, not asides
_FEWEST = 3  # lines of a box of one look; fewer are a heading or a quote on a tint
_PICTURE = (60.0, 30.0)  # points: the least width and height of a picture that takes room
_LARGEST = 5_000.0  # points; more than any poster
_PITCH = 1.3  # ems from one stand-in to the next


@dataclass(frozen=True, slots=True)
class Box:
    """A tinted or framed area and the lines in it; ``apart`` from the text around it, or only a way to set text."""

    area: BBox
    lines: tuple[Line, ...]
    apart: bool = True


def boxes_of(pages: Sequence[tuple[Page, Sequence[Line]]]) -> dict[int, list[Box]]:
    """Return the boxes on each page (by its number), given the lines of running text on it."""
    first = next((page.number for page, lines in pages if lines), 0)
    found: dict[int, list[Box]] = {}
    begun: list[BBox] = []  # what may go on from the page before
    for page, lines in pages:
        boxes = _boxes(page, lines, titled=page.number == first, begun=begun)
        found[page.number] = boxes
        begun = [box.area for box in boxes if ends_page(box.area, lines)]
    boxed = sum(len(line.text) for boxes in found.values() for box in boxes for line in box.lines)
    total = sum(len(line.text) for _, lines in pages for line in lines)
    if boxed > _MOST_BOXED * total:
        return {number: [replace(box, apart=False) for box in boxes] for number, boxes in found.items()}
    return found


def begins_page(area: BBox, lines: Sequence[Line]) -> bool:
    """Whether nothing stands above an area."""
    return not any(line.y1 <= area[1] and line.x0 < area[2] and line.x1 > area[0] for line in lines)


def ends_page(area: BBox, lines: Sequence[Line]) -> bool:
    """Whether nothing stands below an area."""
    return not any(line.y0 >= area[3] and line.x0 < area[2] and line.x1 > area[0] for line in lines)


def begins_column(area: BBox, lines: Sequence[Line]) -> bool:
    """Whether only what reaches beyond an area's sides, a title or a lead, stands above it."""
    left, right = area[0] - EDGE, area[2] + EDGE
    return not any(line.y1 <= area[1] and left <= line.x0 and line.x1 <= right for line in lines)


def as_wide(a: BBox, b: BBox) -> bool:
    """Whether two areas are of one width."""
    return abs((a[2] - a[0]) - (b[2] - b[0])) < EDGE


def rows_of(boxes: Sequence[Box]) -> list[list[Box]]:
    """Group the boxes of a page that stand side by side, equally high: they part what is above from what is below."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (box.area[1], box.area[0])):
        level = (row for row in rows if all(abs(box.area[i] - row[-1].area[i]) < EDGE for i in (1, 3)))
        row = next((row for row in level if box.area[0] - row[-1].area[2] < GAP), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    return rows


def around(boxes: Sequence[Box]) -> BBox:
    """Return the area that boxes take together."""
    x0, y0, x1, y1 = zip(*(box.area for box in boxes), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def pictures_of(page: Page) -> list[BBox]:
    """Return the areas of a page that hold no text, and part it: the lines of two columns do not give way to them."""
    wide, high = _PICTURE
    large = [area for area in page.areas if area[2] - area[0] >= wide and area[3] - area[1] >= high]
    if len(large) > _MOST_PLACES:
        return []
    return [area for area in large if not (_inside(area, page.lines) or _is_wrapped(area, page.lines))]


def _is_wrapped(area: BBox, lines: Sequence[Line]) -> bool:
    """Whether an area lies over the gutter of two columns, the lines of both shortened to run round it."""
    x0, y0, x1, y1 = area
    inner, outer = x0 + EDGE, x1 - EDGE
    level = [line for line in lines if line.y1 > y0 and line.y0 < y1]
    edges = [line.x0 for line in level if line.x1 < inner]
    if not edges or not any(line.x0 > outer for line in level):
        return False
    sizes = {round(line.size) for line in level}
    others = [line for line in lines if (line.y1 <= y0 or line.y0 >= y1) and round(line.size) in sizes]
    left = [line.x1 for line in others if inner < line.x1 < outer and any(abs(line.x0 - x) < EDGE for x in edges)]
    right = [line.x0 for line in others if inner < line.x0 < outer and line.x1 > x1]
    return bool(left and right) and max(left) < min(right)


def stand_ins(area: BBox, body: BodyStyle) -> list[Line]:
    """Return lines without words that fill an area."""
    x0, y0, x1, y1 = area
    wide, high = min(x1 - x0, _LARGEST), min(y1 - y0, _LARGEST)
    count = min(max(2, round(high / (_PITCH * body.size))), _MOST_STAND_INS)
    step = (y1 - y0) / count
    text = STAND_IN * max(1, round(wide / (0.5 * body.size)))
    line = Line(text, area, body.size, body.bold, body.italic, body.font, body.colour)
    return [replace(line, bbox=(x0, y0 + i * step, x1, y0 + (i + 1) * step)) for i in range(count)]


def _boxes(page: Page, lines: Sequence[Line], *, titled: bool, begun: Sequence[BBox]) -> list[Box]:
    """Find the boxes of a page; on the ``titled`` one, what holds all the largest words is the title's ground.

    What goes on from one of the boxes ``begun`` at the foot of the page before may be short, and a box among others.
    """
    if not lines or len(lines) > MOST_LINES or len(page.areas) > _MOST_AREAS:
        return []
    total = sum(len(line.text) for line in lines)
    held = {area: _inside(area, lines) for area in page.areas}
    areas = [
        area
        for area, inside in held.items()
        if inside
        and _size(area) <= _MOST_OF_PAGE * page.width * page.height
        and sum(len(line.text) for line in inside) <= _MOST_OF_PAGE * total
        and not any(_cuts(area, line) for line in lines)
    ]
    bars = [area for area in areas if len(held[area]) == 1]
    largest = max((line.size for line in lines if len(line.text) > 1), default=0.0)  # no drop capital
    titles = {id(line) for line in lines if titled and line.size == largest}
    boxes: list[Box] = []
    taken: set[int] = set()  # lines of what stands around
    for area in sorted((_above_bars(area, bars) for area in _united(areas)), key=_size, reverse=True):
        own = tuple(line for line in _inside(area, lines) if id(line) not in taken)
        if own and not (titles and titles <= set(map(id, own))):
            taken.update(map(id, own))
            boxes.append(Box(area, own))
    if len(boxes) > _MOST_PLACES:
        return []
    whole = [box.area for box in boxes if _is_box(box.lines)]
    kept = set(whole) | {
        box.area
        for box in boxes
        if any(_is_beside(box.area, area) for area in whole)
        or (any(as_wide(box.area, area) for area in begun) and begins_page(box.area, lines))
    }
    return [box for box in boxes if box.area in kept and not (_heads_rows(box, lines) or _heads_columns(box, lines))]


def _is_beside(a: BBox, b: BBox) -> bool:
    """Whether two areas are as large as each other, at one height."""
    return as_wide(a, b) and all(abs(a[i] - b[i]) < EDGE for i in (1, 3))


def _above_bars(area: BBox, bars: Sequence[BBox]) -> BBox:
    """Cut off what a heading's bar takes of an area, a picture, that is wider and ends with it: it heads what follows."""
    x0, y0, x1, y1 = area
    hanging = (
        bar[1]
        for bar in bars
        if bar[1] > y0
        and abs(bar[3] - y1) < EDGE
        and bar[2] - bar[0] < x1 - x0 - EDGE
        and x0 - EDGE < bar[0]
        and bar[2] < x1 + EDGE
    )
    return x0, y0, x1, min(hanging, default=y1)


def _heads_rows(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a tint holds the labels of a form, of which each heads the text beside it, outside the tint."""
    _, top, right, bottom = box.area
    beside = [line for line in lines if line.x0 >= right - EDGE and top <= (line.y0 + line.y1) / 2 <= bottom]
    form = form_rows(rows([*box.lines, *beside])) if beside else None
    return form is not None and sum(len(label) for label, _ in form[1]) == len(box.lines)


def _heads_columns(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a tint holds the first row of a table, each of its cells above a column of text, outside the tint."""
    ordered = sorted(box.lines, key=lambda line: line.x0)
    below = [line for line in lines if line.y0 >= box.area[3] - EDGE]
    columns = [[line for line in below if abs(line.x0 - head.x0) < EDGE] for head in ordered]
    return len(ordered) > 1 and all(
        len(column) >= _FEWEST and head.x1 < right and all(line.x1 < right for line in column)
        for head, column, right in zip(ordered, columns, [*(line.x0 for line in ordered[1:]), math.inf], strict=True)
    )


def _is_box(lines: Sequence[Line]) -> bool:
    looks = {(round(line.size), line.bold, line.italic, line.colour, line.font) for line in lines}
    return len(lines) >= _FEWEST or len(looks) > 1 < len(lines)


def _inside(area: BBox, lines: Sequence[Line]) -> list[Line]:
    x0, y0, x1, y1 = area
    return [
        line for line in lines if x0 - EDGE <= line.x0 and line.x1 <= x1 + EDGE and y0 <= (line.y0 + line.y1) / 2 <= y1
    ]


def _cuts(area: BBox, line: Line) -> bool:
    """Whether a line stands partly inside an area: that is no box, but a decoration behind the text."""
    x0, y0, x1, y1 = area
    if not y0 < (line.y0 + line.y1) / 2 < y1:
        return False
    return line.x0 < x0 - EDGE < x0 + EDGE < line.x1 or line.x0 < x1 - EDGE < x1 + EDGE < line.x1


def _size(area: BBox) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


def _united(areas: Sequence[BBox]) -> list[BBox]:
    """Join the parts of one box: a box and its title's bar, the cells of a table."""
    united: list[BBox] = []
    for area in areas:
        touching = [other for other in united if _touch(area, other)]
        while touching:
            united = [other for other in united if other not in touching]
            for other in touching:
                area = (
                    min(area[0], other[0]),
                    min(area[1], other[1]),
                    max(area[2], other[2]),
                    max(area[3], other[3]),
                )
            touching = [other for other in united if _touch(area, other)]
        united.append(area)
    return united


def _touch(a: BBox, b: BBox) -> bool:
    """Whether two areas are parts of one box: they touch, and are as wide or as high as each other.

    A title's bar that reaches into a picture above is no part of the picture.
    """
    near = a[0] < b[2] + EDGE and b[0] < a[2] + EDGE and a[1] < b[3] + EDGE and b[1] < a[3] + EDGE
    same_sides = abs(a[0] - b[0]) < EDGE and abs(a[2] - b[2]) < EDGE
    same_ends = abs(a[1] - b[1]) < EDGE and abs(a[3] - b[3]) < EDGE
    return near and (same_sides or same_ends)
