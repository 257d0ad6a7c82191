"""Justified lines made whole: one of few words may be stretched until its spaces look like the gaps between columns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.pages import Line

_WORD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s)?[^\W\d_]\S*")  # one word, perhaps behind the number of a heading
_MEASURE = 4  # words of a line that shows how wide the text is set
_FLUSH = 1.5  # points by which the edges of lines may differ
_EVEN = 0.1  # how much the gaps between the words may differ, in parts of the widest
_LEVEL = 0.5  # ems
_MOST_LINES = 1_000  # of a page of print; what has more is a drawing


def with_words_joined(lines: Sequence[Line]) -> list[Line]:
    """Join the words of each row that was stretched over the whole width: evenly spaced, flush with a full line.

    The gaps are no wider than the line's own spaces, since all of them are: no two of its words stand closer. In a row
    of two columns they do, and the last word of a table's row ends where nothing else does.
    """
    if len(lines) > _MOST_LINES:
        return list(lines)
    rows: dict[tuple[float, float, bool, str], list[Line]] = defaultdict(list)
    for line in lines:
        if len(line.text) < 40 and _WORD.fullmatch(line.text) and line.tag != "Artifact":
            rows[line.y1, line.size, line.bold, line.font].append(line)
    several = [sorted(row, key=lambda line: line.x0) for row in rows.values() if len(row) > 1]
    if not several:
        return list(lines)
    full = [line for line in lines if line.text.count(" ") >= _MEASURE - 1]
    whole = {id(row[0]): row for row in several if _is_even(row) and _is_flush(row, full) and _is_alone(row, lines)}
    rest = {id(line) for row in whole.values() for line in row[1:]}
    return list(_replaced(lines, whole, rest))


def _replaced(lines: Sequence[Line], whole: dict[int, list[Line]], rest: set[int]) -> Iterator[Line]:
    for line in lines:
        row = whole.get(id(line), [line])
        if len(row) > 1:
            marks = tuple(mark for word in row for mark in word.superscript)
            box = (line.x0, min(word.y0 for word in row), row[-1].x1, line.y1)
            yield replace(line, text=" ".join(word.text for word in row), bbox=box, superscript=marks)
        elif id(line) not in rest:
            yield line


def _is_even(row: Sequence[Line]) -> bool:
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    return min(gaps) > 0 and max(gaps) - min(gaps) < _EVEN * max(gaps)


def _is_flush(row: Sequence[Line], full: Sequence[Line]) -> bool:
    x0, x1 = row[0].x0, row[-1].x1
    return any(abs(line.x0 - x0) < _FLUSH and abs(line.x1 - x1) < _FLUSH for line in full)


def _is_alone(row: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether nothing else stands between a row's ends."""
    own = {id(line) for line in row}
    reach = _LEVEL * row[0].size
    return not any(
        id(line) not in own and abs(line.y1 - row[0].y1) < reach and line.x1 > row[0].x0 and line.x0 < row[-1].x1
        for line in lines
    )
