"""Bands of a page: what stands beside a gutter and what crosses it, from top to bottom, and how they are read on."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.layout.hyphens import HYPHENS
from ingest.pages import Line

STAND_IN = "\N{FULL BLOCK}"
"""Lines of this fill the places of boxes and pictures."""

_OPENING, _CLOSING = "\"“”„»«’‘'", "\"“”„»«’‘'.!?"
_PITCH = 1.6  # ems from one line of a quotation to the next
_LARGER = 1.1  # a quotation's type, in parts of the text's
_ENDED = re.compile(r"[.!?:…][\"”»’)\]]*\s*$")


def bands(ordered: list[Line], x: float) -> list[list[Line]]:
    """Part the lines into bands from top to bottom: those that cross ``x``, and those beside it."""
    found: list[list[Line]] = []
    crossing_before: bool | None = None
    for line in ordered:
        crosses = _crosses(line, x)
        if crosses != crossing_before:
            found.append([])
            crossing_before = crosses
        found[-1].append(line)
    return found


def with_headings_below(ordered: list[list[Line]], gutter: float) -> list[list[Line]]:
    """Move short lines of another look from the end of two columns to the full-width text that they head."""
    result = [list(band) for band in ordered]
    for band, below in pairwise(result):
        if not any(_crosses(line, gutter) for line in below):
            continue
        usual = _usual(band)
        while len(band) > 1 and looks_unlike(band[-1], below[-1]) and looks_unlike(band[-1], usual):
            others = [line.y1 for line in band if (line.x0 >= gutter - 1) != (band[-1].x0 >= gutter - 1)]
            if band[-1].y0 < max(others, default=math.inf) - 0.3 * band[-1].size:
                break
            below.insert(0, band.pop())
    return result


def with_columns_joined(ordered: list[list[Line]], gutter: float) -> list[list[Line]] | None:
    """Join two columns over what interrupts them: a quote, picture or box that crosses the gutter in the midst of a page.

    It comes before the columns, each of which goes on below it. ``None`` where nothing interrupts columns.
    """
    result: list[list[Line]] = []
    joined: set[int] = set()
    for band in _with_quotes_whole(ordered, gutter):
        if len(result) > 1 and _is_stepped_over(result[-2], result[-1], band, gutter):
            result[-2:] = [result[-1], [*result[-2], *band]]
            joined.add(id(result[-1]))
        else:
            result.append(band)
    if not joined:
        return None
    return [part for band in result for part in (_sides(band, gutter) if id(band) in joined else [band])]


def _with_quotes_whole(ordered: list[list[Line]], gutter: float) -> list[list[Line]]:
    """Let the last line of what crosses the gutter stay with it, though it is too short to cross it."""
    result = [list(band) for band in ordered]
    for above, band in pairwise(result):
        while above and band and _crosses(above[0], gutter) and _is_next_line(above[-1], band[0]):
            above.append(band.pop(0))
    return [band for band in result if band]


def _crosses(line: Line, x: float) -> bool:
    return line.x0 < x - 1 and line.x1 > x + 1


def _is_next_line(line: Line, below: Line) -> bool:
    pitch = below.y1 - line.y1
    return (below.size, below.bold, below.font) == (line.size, line.bold, line.font) and pitch < _PITCH * line.size


def _is_stepped_over(above: Sequence[Line], between: Sequence[Line], below: Sequence[Line], gutter: float) -> bool:
    """Whether each column goes on below what lies between, rather than the left one at the head of the right one."""
    (a, b), (c, d) = _sides(above, gutter), _sides(below, gutter)
    if not (a and b and c and d) or not _interrupts(between, a[0]):
        return False
    down = [_goes_on(a[-1], c[0]), _goes_on(c[-1], b[0]), _goes_on(b[-1], d[0])]
    across = [_goes_on(a[-1], b[0]), _goes_on(b[-1], c[0]), _goes_on(c[-1], d[0])]
    return sum(down) >= max(sum(across), 1)


def _sides(band: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """What stands left and right of a gutter; nothing where something crosses it."""
    left, right = [line for line in band if line.x1 <= gutter + 1], [line for line in band if line.x0 >= gutter - 1]
    return (left, right) if len(left) + len(right) == len(band) else ([], [])


def _interrupts(band: Sequence[Line], text: Line) -> bool:
    """Whether a band is a picture, a box or a large quotation."""
    first, last = band[0].text.strip(), band[-1].text.strip()
    quoted = first[:1] in _OPENING and last[-1:] in _CLOSING and all(line.size > _LARGER * text.size for line in band)
    return quoted or all(set(line.text) == {STAND_IN} for line in band)


def _goes_on(before: Line, after: Line) -> int:
    """1 where a sentence goes on from one line to another, -1 where it cannot, 0 where neither is sure."""
    small = after.text[:1].islower()
    if _ENDED.search(before.text):
        return -1 if small else 0
    return -1 if looks_unlike(after, before) else int(small or before.text.endswith(HYPHENS))


def looks_unlike(heading: Line, text: Line) -> bool:
    """Whether a line is bolder or larger than another, or of another colour."""
    return heading.bold > text.bold or heading.size > 1.05 * text.size or heading.colour != text.colour


def _usual(lines: Sequence[Line]) -> Line:
    """A line that looks like most of the text."""
    looks: Counter[tuple[float, bool, int]] = Counter()
    for line in lines:
        looks[round(line.size), line.bold, line.colour] += len(line.text)
    most = max(looks, key=lambda look: looks[look])
    return next(line for line in lines if (round(line.size), line.bold, line.colour) == most)
