"""What is drawn besides text parts a page too: tinted or framed boxes hold their lines together, pictures take room.

A page is cut into columns with a box's or picture's place filled by stand-ins, lines as wide as it is: so a box in the
midst of a column neither breaks the column nor mixes with it, and a heading beside a picture stands beside something.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.layout.model import BodyStyle
from ingest.pages import Line, Page
from kb.types import BBox

MOST_LINES = 1_000
"""A page of print has a tenth of this. What has more is a map or a drawing: its labels are kept in drawing order."""

_MOST_AREAS = 200  # of a page; more are a drawing
_MOST_PLACES, _MOST_STAND_INS = 30, 60  # boxes, or pictures, of a page, and the lines that stand in for one
_MOST_OF_PAGE = 0.6  # an area that takes more of the page, or of its text, is the page's ground
_MOST_BOXED = 0.5  # of a document's text; where boxes hold more they are how it is set, not asides
_EDGE = 3.0  # points by which text may reach over its box's edge, and boxes of one table lie apart
_FEWEST = 3  # lines of a box of one look; fewer are a heading or a quote on a tint
_PICTURE = (60.0, 30.0)  # points: the least width and height of a picture that takes room
_LARGEST = 5_000.0  # points; more than any poster
_PITCH = 1.3  # ems from one stand-in to the next
_STAND_IN = "\N{FULL BLOCK}"


@dataclass(frozen=True, slots=True)
class Box:
    """A tinted or framed area and the lines in it."""

    area: BBox
    lines: tuple[Line, ...]


def boxes_of(pages: Sequence[tuple[Page, Sequence[Line]]]) -> dict[int, list[Box]]:
    """Return the boxes on each page (by its number), given the lines of running text on it."""
    first = next((page.number for page, lines in pages if lines), 0)
    found = {page.number: _boxes(page, lines, titled=page.number == first) for page, lines in pages}
    boxed = sum(len(line.text) for boxes in found.values() for box in boxes for line in box.lines)
    total = sum(len(line.text) for _, lines in pages for line in lines)
    return found if boxed <= _MOST_BOXED * total else {}


def pictures_of(page: Page) -> list[BBox]:
    """Return the areas of a page that hold no text."""
    wide, high = _PICTURE
    large = [area for area in page.areas if area[2] - area[0] >= wide and area[3] - area[1] >= high]
    return [area for area in large if not _inside(area, page.lines)] if len(large) <= _MOST_PLACES else []


def stand_ins(area: BBox, body: BodyStyle) -> list[Line]:
    """Return lines without words that fill an area."""
    x0, y0, x1, y1 = area
    wide, high = min(x1 - x0, _LARGEST), min(y1 - y0, _LARGEST)
    count = min(max(2, round(high / (_PITCH * body.size))), _MOST_STAND_INS)
    step = (y1 - y0) / count
    text = _STAND_IN * max(1, round(wide / (0.5 * body.size)))
    line = Line(text, area, body.size, body.bold, body.italic, body.font, body.colour)
    return [replace(line, bbox=(x0, y0 + i * step, x1, y0 + (i + 1) * step)) for i in range(count)]


def _boxes(page: Page, lines: Sequence[Line], *, titled: bool) -> list[Box]:
    """Find the boxes of a page; on the ``titled`` one, what holds all the largest words is the title's ground."""
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
    boxes = [Box(area, tuple(_inside(area, lines))) for area in (_above_bars(area, bars) for area in _united(areas))]
    largest = max((line.size for line in lines if len(line.text) > 1), default=0.0)  # no drop capital
    titles = {id(line) for line in lines if titled and line.size == largest}
    if len(boxes) > _MOST_PLACES:
        return []
    return [box for box in boxes if _is_box(box.lines) and not (titles and titles <= set(map(id, box.lines)))]


def _above_bars(area: BBox, bars: Sequence[BBox]) -> BBox:
    """Cut off what a heading's bar takes of an area, a picture, that is wider and ends with it: it heads what follows."""
    x0, y0, x1, y1 = area
    hanging = (
        bar[1]
        for bar in bars
        if bar[1] > y0
        and abs(bar[3] - y1) < _EDGE
        and bar[2] - bar[0] < x1 - x0 - _EDGE
        and x0 - _EDGE < bar[0]
        and bar[2] < x1 + _EDGE
    )
    return x0, y0, x1, min(hanging, default=y1)


def _is_box(lines: Sequence[Line]) -> bool:
    looks = {(round(line.size), line.bold, line.italic, line.colour, line.font) for line in lines}
    return len(lines) >= _FEWEST or len(looks) > 1 < len(lines)


def _inside(area: BBox, lines: Sequence[Line]) -> list[Line]:
    x0, y0, x1, y1 = area
    return [
        line
        for line in lines
        if x0 - _EDGE <= line.x0 and line.x1 <= x1 + _EDGE and y0 <= (line.y0 + line.y1) / 2 <= y1
    ]


def _cuts(area: BBox, line: Line) -> bool:
    """Whether a line stands partly inside an area: that is no box, but a decoration behind the text."""
    x0, y0, x1, y1 = area
    if not y0 < (line.y0 + line.y1) / 2 < y1:
        return False
    return line.x0 < x0 - _EDGE < x0 + _EDGE < line.x1 or line.x0 < x1 - _EDGE < x1 + _EDGE < line.x1


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
    near = a[0] < b[2] + _EDGE and b[0] < a[2] + _EDGE and a[1] < b[3] + _EDGE and b[1] < a[3] + _EDGE
    as_wide = abs(a[0] - b[0]) < _EDGE and abs(a[2] - b[2]) < _EDGE
    as_high = abs(a[1] - b[1]) < _EDGE and abs(a[3] - b[3]) < _EDGE
    return near and (as_wide or as_high)
