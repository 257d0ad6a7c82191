"""Reading order of one page: a recursive XY-cut that sees through full-width parts.

The classic cut (Nagy & Seth 1984; Ha, Haralick & Phillips 1995) needs white space that crosses the whole area. Here a
gutter may be crossed by full-width lines (a title, a heading, a wide picture's caption): they part the area into
bands, and each band is cut by itself.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.layout.bands import bands, looks_unlike, with_columns_joined, with_headings_below
from ingest.layout.changes import parted_at_other_columns
from ingest.layout.forms import form_rows
from ingest.pages import Line

_MIN_LINES = 2  # a column has at least so many lines
_MIN_COLUMN = 0.12  # … and at least this share of the area's width
_MIN_GUTTER = 0.7  # ems of white space between columns
_ROW = 0.35  # lines whose middles differ by less than this many ems stand in one row
_STACKED = 0.6  # ems between lines of one text
_LABEL_WIDTH = 20  # characters: shorter texts beside longer ones are labels of a table, not a column
_LARGE_LABEL = 1.3  # sizes of the text beside it: no label is so large
_STACK = 2.2  # ems of white space across the whole area that part what stands above from what stands below
_SET_IN = 3.0  # points by which a box's text stands to the right of the column's
_LEVEL = 0.15  # ems by which the headings of boxes side by side may differ in height
_ROW_GAP = 0.8  # ems of white space above two boxes side by side
_LONGEST_HEADING = 60  # characters
_SMALLEST = 0.9  # a heading's size, in parts of the text's below it: a caption is smaller
_ENDED = re.compile(r"[.!?:”\"»’)]\s*$")
_NEARLY = 0.6  # of the text that the best gutter has on both sides
_MAX_DEPTH = 12
_MAX_CANDIDATES = 60


def regions(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a page in reading order, as the regions (columns, boxes, bands) they stand in."""
    return [r for r in _cut(list(lines), 0) if r]


def _cut(lines: list[Line], depth: int) -> list[list[Line]]:
    ordered = rows(lines)
    form = form_rows(ordered) if depth < _MAX_DEPTH and len(lines) > _MIN_LINES else None
    if form is not None:
        above, pairs, below = form
        cells = [cell for pair in pairs for cell in pair if cell]
        head, tail = (_cut(part, depth + 1) if part else [] for part in (above, below))
        return [*head, *cells, *tail]
    gutter = _gutter(ordered) if len(lines) > _MIN_LINES and depth < _MAX_DEPTH else None
    if gutter is None:
        return [ordered]
    apart = parted_at_other_columns(ordered, gutter)
    if apart is not None:
        return _merged([region for part in apart for region in _cut(part, depth + 1)])
    crossed = bands(ordered, gutter)
    joined = with_columns_joined(crossed, gutter)
    if joined is not None:
        return _merged([region for part in joined for region in _cut(part, depth + 1)])
    stacked = [part for piece in _stacked(ordered, gutter) for part in _parted_at_headings(piece, gutter)]
    if len(stacked) > 1:
        return _merged([region for part in stacked for region in _cut(part, depth + 1)])
    parts: list[list[Line]] = []
    for band in with_headings_below(crossed, gutter):
        left, right = _sides(band, gutter)
        if len(left) + len(right) == len(band) and _side_by_side(left, right):
            parts += _cut(left, depth + 1) + _cut(right, depth + 1)
        else:
            parts += _cut(band, depth + 1) if len(band) < len(lines) else [band]
    return _merged(parts)


def _stacked(ordered: list[Line], gutter: float) -> list[list[Line]]:
    """Part the area where white space of several lines' height crosses all of it: boxes stand below one another.

    What stands on one side of the gutter only (a box's heading above its column) goes with what follows.
    """
    parts: list[list[Line]] = []
    bottom = 0.0
    for line in ordered:
        if not parts or (line.y0 - bottom > _STACK * line.size and not _one_sided(parts[-1], gutter)):
            parts.append(_hanging(parts[-1], gutter) if parts else [])
        parts[-1].append(line)
        bottom = max(bottom, line.y1)
    if len(parts) > 1 and _one_sided(parts[-1], gutter):
        last = parts.pop()
        parts[-1] += last
    return parts


def _hanging(part: list[Line], gutter: float) -> list[Line]:
    """Take the heading off a part that stands below what crosses the gutter, on one side of it: it heads that column."""
    last = part[-1]
    before = part[-2:-1]
    if before and _one_sided([last], gutter) and not _one_sided(before, gutter):
        return [part.pop()]
    return []


def _parted_at_headings(ordered: list[Line], gutter: float) -> list[list[Line]]:
    """Part an area above each short line that heads both columns below it, though it stands over the left one only."""
    looks = Counter((round(line.size, 1), line.bold, line.colour) for line in ordered)
    plain = looks.most_common(1)[0][0]  # no heading looks like most of the text
    parts: list[list[Line]] = [[]]
    for line in ordered:
        unlike = (round(line.size, 1), line.bold, line.colour) != plain
        if unlike and parts[-1] and (_heads_both(line, ordered, gutter) or _begins_row(line, ordered, gutter)):
            parts.append([])
        parts[-1].append(line)
    return parts


def _heads_both(heading: Line, lines: Sequence[Line], gutter: float) -> bool:
    """Whether nothing stands beside a line of another look, and both columns go on below it at the same height.

    A heading's last line does not when its first line has something beside it.
    """
    if heading.x1 > gutter + 1 or len(heading.text) > _LONGEST_HEADING or heading.bold_prefix:
        return False
    above = [line for line in lines if 0 < heading.y0 - line.y0 < 2 * heading.size and _same_look(line, heading)]
    if any(abs(line.x0 - heading.x0) < _SET_IN and not _stands_alone(line, lines) for line in above):
        return False
    below = [line for line in lines if line.y0 >= heading.y1 - 0.3 * heading.size]
    left = min((line for line in below if line.x1 <= gutter + 1), key=lambda line: line.y0, default=None)
    right = min((line for line in below if line.x0 >= gutter - 1), key=lambda line: line.y0, default=None)
    if left is None or right is None or abs(left.y1 - right.y1) > 0.25 * left.size:
        return False
    if not looks_unlike(heading, left) or looks_unlike(right, left):
        return False
    if heading.size < _SMALLEST * left.size or not _stands_alone(heading, lines):
        return False
    over = [line for line in lines if line.y1 <= heading.y0 + 1]
    ends = [
        max((line.y1 for line in side), default=0.0)
        for side in ([line for line in over if line.x1 <= gutter + 1], [line for line in over if line.x0 >= gutter - 1])
    ]
    beside = max((line for line in over if line.x0 >= gutter - 1), key=lambda line: line.y1, default=None)
    return beside is None or abs(ends[0] - ends[1]) < 2 * left.size or bool(_ENDED.search(beside.text))


def _stands_alone(heading: Line, lines: Sequence[Line]) -> bool:
    """Whether nothing stands beside a line, in whichever column."""
    edge = 0.3 * heading.size
    return not any(o is not heading and o.y0 < heading.y1 - edge and o.y1 > heading.y0 + edge for o in lines)


def _same_look(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.2 and (a.bold, a.colour, a.font) == (b.bold, b.colour, b.font)


def _begins_row(heading: Line, lines: Sequence[Line], gutter: float) -> bool:
    """Whether a heading and one like it in the other column stand side by side, set in: two boxes begin.

    Headings of plain columns may come to stand at one height by chance; their left edges are those of the columns.
    """
    if heading.x1 > gutter + 1:
        return False
    row = [line for line in lines if line is not heading and abs(line.y0 - heading.y0) < _LEVEL * heading.size]
    if not row or min(line.x0 for line in row) < gutter - 1:
        return False
    if not all(_same_look(line, heading) for line in row):
        return False
    column = [line.x0 for line in lines if line.x0 < heading.x1 and heading.x0 < line.x1 <= gutter + 1]
    if min(column, default=heading.x0) > heading.x0 - _SET_IN:
        return False
    above = max((line.y1 for line in lines if line.y0 < heading.y0 - 0.5 * heading.size), default=-math.inf)
    below = next((line for line in lines if line.y0 > heading.y1 - 1 and line.x1 <= gutter + 1), None)
    if below is None or below.x0 < heading.x0 - _SET_IN:  # only the heading is set in, on a bar
        return False
    return looks_unlike(heading, below) and heading.y0 - above > _ROW_GAP * below.size


def _one_sided(lines: list[Line], gutter: float) -> bool:
    return all(line.x1 <= gutter + 1 for line in lines) or all(line.x0 >= gutter - 1 for line in lines)


def _merged(parts: list[list[Line]]) -> list[list[Line]]:
    """Let full-width parts that follow one another, with the same left edge, be one region."""
    merged: list[list[Line]] = []
    for part in parts:
        if merged and not _is_column_part(merged[-1], part):
            merged[-1] = merged[-1] + part
        else:
            merged.append(part)
    return merged


def _is_column_part(before: list[Line], after: list[Line]) -> bool:
    """Whether two parts differ in place: one beside the other, or of another width."""
    above = max(line.y1 for line in before) <= min(line.y0 for line in after) + 0.5 * after[0].size
    same_left = abs(min(line.x0 for line in before) - min(line.x0 for line in after)) < 2
    return not (above and same_left)


def rows(lines: Sequence[Line]) -> list[Line]:
    """Sort lines from top to bottom, those of one row from left to right."""
    result: list[Line] = []
    row: list[Line] = []
    for line in sorted(lines, key=_middle):
        if row and _middle(line) - _middle(row[0]) > _ROW * min(line.size, row[0].size):
            result += sorted(row, key=lambda item: item.x0)
            row = []
        row.append(line)
    return result + sorted(row, key=lambda item: item.x0)


def _middle(line: Line) -> float:
    # The baseline is steadier than the box's middle where sizes differ (drop capitals, small print).
    return line.y1 - 0.2 * line.size


def _gutter(lines: list[Line]) -> float | None:
    """Return the left edge of the column that splits the area best, or ``None`` where nothing stands side by side.

    That is the one with most text on both sides, or one nearly as good that fewer lines cross.
    """
    left_edge, right_edge = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = right_edge - left_edge
    found: list[tuple[float, int, float]] = []
    for x in _column_starts(lines):
        if x - left_edge < _MIN_COLUMN * width or right_edge - x < _MIN_COLUMN * width:
            continue
        score, crossing = 0.0, 0
        for band in bands(lines, x):
            left, right = _sides(band, x)
            if len(left) + len(right) < len(band):
                crossing += len(band)
            elif _side_by_side(left, right):
                score += min(sum(len(line.text) for line in side) for side in (left, right))
        if score:
            found.append((score, crossing, x))
    best = max(found, default=(0.0, 0, 0.0))[0]
    return min(
        ((crossing, -score, x) for score, crossing, x in found if score >= _NEARLY * best), default=(0, 0, None)
    )[2]


def _column_starts(lines: list[Line]) -> list[float]:
    """The left edges at which lines begin (to a point and a half), from left to right."""
    starts: list[float] = []
    for edge in sorted(line.x0 for line in lines):
        if not starts or edge - starts[-1] > 1.5:
            starts.append(edge)
    return starts[:_MAX_CANDIDATES]


def _sides(band: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    """What stands left and right of ``x``; what crosses it is in neither."""
    left = [line for line in band if line.x1 <= x + 1]
    return left, [line for line in band if line.x0 >= x - 1 and line.x1 > x + 1]


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    if len(left) < _MIN_LINES or len(right) < _MIN_LINES:
        return False
    size = min(median(line.size for line in left), median(line.size for line in right))
    top = max(min(line.y0 for line in left), min(line.y0 for line in right))
    bottom = min(max(line.y1 for line in left), max(line.y1 for line in right))
    if bottom - top < 1.8 * size:
        return False
    # What stands above or below the other column may reach further.
    inner = [line.x1 for line in left if line.y1 > top and line.y0 < bottom]
    outer = [line.x0 for line in right if line.y1 > top and line.y0 < bottom]
    gap = min(outer, default=math.inf) - max(inner, default=-math.inf)
    return gap >= _MIN_GUTTER * size * 0.5 and not _is_table(left, right)


def _is_table(left: list[Line], right: list[Line]) -> bool:
    """Labels in the left column, each on the row of what it labels: to be read row by row."""
    if median(len(line.text) for line in left) > _LABEL_WIDTH:
        return False
    large = median(line.size for line in left) > _LARGE_LABEL * median(line.size for line in right)
    if large and not any(char.isdigit() for line in left for char in line.text):
        return False  # a title of many lines, in a column of its own: no large figures beside what they count
    if len(right) > 2 * len(left) and all(b.y0 - a.y1 < _STACKED * a.size for a, b in pairwise(left)):
        return False  # a note beside the text
    middles = sorted(map(_middle, right))
    next_to = ((_middle(a), bisect_right(middles, _middle(a) - _ROW * a.size), _ROW * a.size) for a in left)
    aligned = sum(i < len(middles) and middles[i] < middle + reach for middle, i, reach in next_to)
    return aligned >= 0.8 * len(left)
