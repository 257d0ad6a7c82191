"""Where a page goes over from one set of columns to another: two wide ones below text with a narrow one beside it.

What crosses a gutter is a full-width line as a rule, and parts the area into bands. Where other lines stand beside it,
it is a column's that begins elsewhere, and bands would take it apart line by line.
"""

from collections.abc import Iterator, Sequence

from ingest.layout.bands import STAND_IN
from ingest.pages import Line

_FEWEST = 2  # lines of a column
_EDGE = 3.0  # points within which left edges are the same
_APART = 1.2  # ems of white space at most between the lines of one set of columns
_ROW = 0.3  # ems by which neighbouring rows may overlap


def parted_at_other_columns(ordered: Sequence[Line], gutter: float) -> list[list[Line]] | None:
    """Part an area above and below columns whose own gutter lies elsewhere; ``None`` where there are none.

    ``ordered`` are the lines of an area from top to bottom.
    """
    crossing = [line for line in ordered if _crosses(line, gutter) and set(line.text) != {STAND_IN}]
    for column in _columns(crossing):
        beside = _beside(column, ordered)
        other = _own_gutter(column, beside)
        if other is None:
            continue
        start, stop = _range(ordered, [*column, *beside], other)
        rest = [*ordered[:start], *ordered[stop:]]
        if any(_crosses(line, other) for line in rest) and not any(abs(line.x0 - other) < _EDGE for line in rest):
            parts = ordered[:start], ordered[start:stop], ordered[stop:]
            return [list(part) for part in parts if part]
    return None


def _crosses(line: Line, x: float) -> bool:
    return line.x0 < x - 1 and line.x1 > x + 1


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines close below one another that begin at one edge."""
    runs: list[list[Line]] = []
    for line in lines:
        run = next((r for r in runs if abs(r[-1].x0 - line.x0) < _EDGE), None)
        if run and line.y0 - run[-1].y1 < _APART * line.size:
            run.append(line)
            continue
        if run:
            runs.remove(run)
            yield run
        runs.append([line])
    yield from runs


def _beside(column: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """The lines in the rows of a column that are not its own."""
    edge = _ROW * column[0].size
    top, bottom = column[0].y0 + edge, column[-1].y1 - edge
    own = set(map(id, column))
    return [line for line in lines if id(line) not in own and line.y0 < bottom and line.y1 > top]


def _own_gutter(column: Sequence[Line], beside: Sequence[Line]) -> float | None:
    """Return the left edge of the right one of two columns, if they are such."""
    if len(column) < _FEWEST or len(beside) < _FEWEST:
        return None
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    if all(line.x1 < left for line in beside):
        return left
    return min(line.x0 for line in beside) if all(line.x0 > right for line in beside) else None


def _range(ordered: Sequence[Line], lines: Sequence[Line], gutter: float) -> tuple[int, int]:
    """Where ``lines`` begin and end in ``ordered``, with what stands close to them and does not cross the gutter."""
    known = set(map(id, lines))
    places = [i for i, line in enumerate(ordered) if id(line) in known]
    start, stop = places[0], places[-1] + 1
    while start and _stands_close(ordered[start - 1], ordered[start]) and not _crosses(ordered[start - 1], gutter):
        start -= 1
    while (
        stop < len(ordered) and _stands_close(ordered[stop - 1], ordered[stop]) and not _crosses(ordered[stop], gutter)
    ):
        stop += 1
    return start, stop


def _stands_close(above: Line, below: Line) -> bool:
    return below.y0 - above.y1 < _APART * below.size
