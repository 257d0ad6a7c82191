"""Fact boxes found by geometry: keys set alike ("Målgrupp", "Startår"), each with its value below or beside it.

A box may be a list, a table or a grid of several columns. Its lines are taken out before the page is cut into columns,
which a box in their midst would break.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ingest.layout.model import BodyStyle
from ingest.lexicon import is_box_title, key_of, meaning_of
from ingest.pages import Line

_GAP = 0.9  # ems between the lines of a value
_TITLE_GAP = 3.0  # ems between a box's title and its first key
_EDGE = 3.0  # points within which left edges are the same
_LONGEST_VALUE = 12  # lines

Look = tuple[float, bool, str]


def fact_box_cells(lines: Sequence[Line], body: BodyStyle) -> list[list[Line]]:
    """Return the cells of a page's fact boxes: each a key line and the lines of its value; a title is a cell alone.

    Keys that look like the headings of sections are headings, not keys.
    """
    looks: dict[Look, list[Line]] = {}
    rows = _rows(lines)
    for line in lines:
        if key_of(line.text) and (
            line.bold or line.text.endswith(":") or line.size < 0.95 * body.size or id(line) in rows
        ):
            looks.setdefault(_look(line), []).append(line)
    if sum(map(len, looks.values())) < 2:
        return []
    headings = {
        look
        for line in lines
        if (look := _look(line)) in looks and meaning_of(line.text).score == 1.0 and key_of(line.text) is None
    }
    cells: list[list[Line]] = []
    for look, keys in looks.items():
        keys = [key for key in keys if _is_lone(key)]
        if look in headings or len({key_of(key.text) for key in keys}) < 2 or not _together(keys, body):
            continue
        keys = _with_unknown(keys, look, lines, rows)
        known = set(keys)
        others = sorted((line for line in lines if line not in known), key=lambda line: line.y0)
        cells += [[key, *_value(key, keys, others, rows)] for key in keys]
    taken = {id(line) for cell in cells for line in cell}
    titles = [
        [line]
        for line in lines
        if id(line) not in taken and is_box_title(line.text) and any(_heads(line, cell[0]) for cell in cells)
    ]
    return [*titles, *cells]


def _rows(lines: Sequence[Line]) -> set[int]:
    """The ids of lines that begin the rows of a table of two columns: each with a line beside it, all at one edge."""
    ordered = sorted(lines, key=lambda line: line.y1)
    bottoms = [line.y1 for line in ordered]

    def near(line: Line) -> Sequence[Line]:
        reach = 0.5 * line.size
        return ordered[bisect_left(bottoms, line.y1 - reach) : bisect_right(bottoms, line.y1 + reach)]

    pairs = [
        (line, beside)
        for line in lines
        if _is_lone(line) and (beside := _beside(line, near(line))) is not None and not key_of(beside.text)
    ]
    edges = [np.array([line.x0 for line in column]) for column in zip(*pairs, strict=True)]
    alike = [np.abs(edge[:, np.newaxis] - edge) < _EDGE for edge in edges]
    several = np.logical_and(*alike).sum(axis=1) > 2 if pairs else ()
    return {id(line) for (line, _), many in zip(pairs, several, strict=True) if many}


def _with_unknown(keys: list[Line], look: Look, lines: Sequence[Line], rows: set[int]) -> list[Line]:
    """Add the keys that no list has: lines among the known ones that look and stand alike, with a value beside them."""
    top, bottom = min(key.y0 for key in keys), max(key.y1 for key in keys)
    edges = [key.x0 for key in keys if id(key) in rows]
    reach = 2.5 * keys[0].size
    more = [
        line
        for line in lines
        if id(line) in rows
        and line not in keys
        and _look(line) == look
        and top - reach < line.y0 < bottom + reach
        and any(abs(line.x0 - edge) < _EDGE for edge in edges)
    ]
    return [*keys, *more]


def _look(line: Line) -> Look:
    return round(line.size * 2) / 2, line.bold, line.font


def _is_lone(line: Line) -> bool:
    return len(line.text) < 40 and (":" not in line.text or line.text.rstrip().endswith(":"))


def _together(keys: Sequence[Line], body: BodyStyle) -> bool:
    """Keys of one box stand near each other: at most a value's length apart."""
    ordered = sorted(keys, key=lambda key: key.y0)
    return all(b.y0 - a.y1 < 12 * body.size for a, b in pairwise(ordered))


def _value(key: Line, keys: Sequence[Line], others: Sequence[Line], rows: set[int]) -> list[Line]:
    """The lines below a key at its left edge, or else those beside it in the next column.

    ``others`` are the page's other lines from top to bottom.
    """
    stop = min((k.y0 for k in keys if k.y0 > key.y1 and abs(k.x0 - key.x0) < 3), default=float("inf"))
    below = [line for line in others if _is_under(line, key) and line.y0 - key.y1 < _GAP * key.size and line.y0 < stop]
    beside = _beside(key, others)
    # In a table the line below is the next key: it looks like this one.
    if below and (beside is None or id(key) not in rows or _look(below[0]) != _look(key)):
        return _downwards(below[0], others, stop=stop)
    return _downwards(beside, others, stop=stop) if beside else []


def _beside(key: Line, lines: Sequence[Line]) -> Line | None:
    """The next line to the right on the same baseline."""
    found = [line for line in lines if abs(line.y1 - key.y1) < 0.5 * key.size and 0 < line.x0 - key.x1 < 20 * key.size]
    return min(found, key=lambda line: line.x0, default=None)


def _downwards(first: Line, others: Sequence[Line], *, stop: float) -> list[Line]:
    """The lines of a value from ``first`` on, as long as they stand close and look alike."""
    value, bottom = [first], first.y1
    for line in others:
        if len(value) >= _LONGEST_VALUE or line.y0 >= stop:
            break
        if line is first or line.y0 < first.y0 or not abs(line.x0 - first.x0) < 3:
            continue
        if line.y0 - bottom > _GAP * line.size or _look(line) != _look(first):
            break
        value.append(line)
        bottom = line.y1
    return value


def _is_under(line: Line, key: Line) -> bool:
    return line.y0 > key.y0 + 0.5 * key.size and abs(line.x0 - key.x0) < 3


def _heads(title: Line, key: Line) -> bool:
    return 0 <= key.y0 - title.y1 < _TITLE_GAP * key.size and abs(title.x0 - key.x0) < 60
