"""Rules to frames: what four lines, drawn one by one or seen by OCR, stand around."""

from collections.abc import Iterator, Sequence

from kb.types import BBox

_APART = 0.03  # by how much of a frame's width its sides may miss each other
_SIDE = 0.8  # a frame's upright rule is at least so long, in parts of its height
_MOST_RULES = 200  # of a page; more are a table or a drawing


def frames(rules: Sequence[BBox]) -> Iterator[BBox]:
    """Yield the frames that rules make: two level ones, one above the other, with an upright one at either end.

    The rows of a table share their rules, and are none.

    >>> list(frames([(0, 0, 100, 1), (0, 50, 100, 51), (99, 0, 100, 51)]))
    [(0, 0, 100, 51)]
    """
    if len(rules) > _MOST_RULES:
        return
    level = sorted((r for r in rules if r[2] - r[0] > r[3] - r[1]), key=lambda r: r[1])
    upright = [r for r in rules if r[2] - r[0] <= r[3] - r[1]]
    found: list[tuple[BBox, BBox]] = []
    for i, top in enumerate(level):
        near = _APART * (top[2] - top[0])
        below = (r for r in level[i + 1 :] if abs(r[0] - top[0]) < near and abs(r[2] - top[2]) < near)
        bottom = next(below, None)
        if bottom and any(
            min(abs(r[0] - top[0]), abs(r[2] - top[2])) < near
            and min(r[3], bottom[3]) - max(r[1], top[1]) > _SIDE * (bottom[3] - top[1])
            for r in upright
        ):
            found.append((top, bottom))
    tops, bottoms = [top for top, _ in found], [bottom for _, bottom in found]
    for top, bottom in found:
        if top not in bottoms and bottom not in tops:
            yield min(top[0], bottom[0]), top[1], max(top[2], bottom[2]), bottom[3]
