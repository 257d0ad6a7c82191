"""Underlines taken out of the picture of a page before its text is recognised.

Typists and forms underline headings, and a rule that touches the feet of letters costs them: tesseract reads "vorfor
vi nte" for an underlined "Hvorfor vi begynte". Rules that nothing stands on, of tables, frames and footnotes, stay.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_DARK = 170  # of 255; a scan makes ink pale
_INCH_PARTS = 3  # an underline is longer than this part of an inch …
_THICKEST = 0.03  # … no thicker than this much of one …
_FOOT = 0.045  # … and letters stand within this much above it
_PIECES, _STOOD_ON = 8, 0.7  # of its pieces, how many have letters above
_INK = 0.04  # the share of ink in such a piece
_MOST_RUNS = 4_000  # of dark pixels; a page with more shows pictures
_WHITE = 255

Rule = tuple[int, int, int, int]
"""Top, bottom (exclusive), left, right (exclusive), in pixels."""


def without_underlines(pixels: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return grey pixels without underlines: the same array if there are none.

    What crosses one, a descender, stays; of what only stands on it, perhaps a comma's tail, half the rule's height.
    """
    dark = pixels < _DARK
    found = [rule for rule in _rules(dark, dpi) if _is_stood_on(dark, rule, dpi)]
    if not found:
        return pixels
    clean = pixels.copy()
    for top, bottom, left, right in found:
        above, below = dark[max(top - 2, 0), left:right], dark[min(bottom + 1, len(dark) - 1), left:right]
        middle = (top + bottom) // 2
        clean[max(top - 1, 0) : middle, left:right][:, ~above] = _WHITE
        clean[middle : bottom + 1, left:right][:, ~(above & below)] = _WHITE
    return clean


def _rules(dark: NDArray[np.bool_], dpi: float) -> Iterator[Rule]:
    """Yield long thin runs of dark pixels, those one below another taken together."""
    rows, starts, stops = _runs(dark, round(dpi / _INCH_PARTS))
    if len(rows) > _MOST_RUNS:
        return
    open_: list[list[int]] = []
    for row, start, stop in zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True):
        touching = [rule for rule in open_ if rule[1] >= row - 1 and rule[2] < stop and start < rule[3]]
        if touching:
            first, *others = touching
            for rule in others:
                first[0], first[2], first[3] = min(first[0], rule[0]), min(first[2], rule[2]), max(first[3], rule[3])
                open_.remove(rule)
            first[1], first[2], first[3] = row + 1, min(first[2], start), max(first[3], stop)
        else:
            open_.append([row, row + 1, start, stop])
    thickest = max(2, round(_THICKEST * dpi))
    yield from ((rule[0], rule[1], rule[2], rule[3]) for rule in open_ if rule[1] - rule[0] <= thickest)


def _runs(dark: NDArray[np.bool_], shortest: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows, starts and stops of runs of dark pixels of at least ``shortest``, from top to bottom."""
    height, width = dark.shape
    padded = np.zeros((height, width + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    steps = np.diff(padded.ravel())
    starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    long = stops - starts >= shortest
    rows, offsets = np.divmod(starts[long], width + 2)
    return rows, offsets, offsets + (stops - starts)[long]


def _is_stood_on(dark: NDArray[np.bool_], rule: Rule, dpi: float) -> bool:
    """Whether letters stand on a rule nearly along its whole length."""
    top, _, left, right = rule
    band = dark[max(top - round(_FOOT * dpi), 0) : max(top - 2, 0), left:right]
    if not band.size:
        return False
    inked = [piece.mean() > _INK for piece in np.array_split(band, _PIECES, axis=1)]
    return bool(sum(inked) >= _STOOD_ON * _PIECES)
