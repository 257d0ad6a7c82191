"""A second look at what tesseract tends to misread: capitals shaped like small letters, and the sign @ of addresses.

Its models of one language know words, not signs and heights: "värdarna" for "Värdarna" at the beginning of a sentence,
"mentorQby.no" for an address. The picture of the line tells.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ingest.hocr import Row

_ALIKE = frozenset("cosuvwxz")
"""Letters whose capitals are the same shape, only taller."""

_CAPITAL = 1.18  # of the height of a small letter: halfway to a capital's
_TALLEST = 1.6  # what is taller is no letter alone
_DARK = 128  # of 255
_DOMAIN = re.compile(r"[^\W\d_]{2,}\.[a-z]{2,8}(?:\W|$)")
_ADDRESS = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MOST_READ_AGAIN = 12  # lines of a page, each of which takes tesseract a moment; what has more is a directory
_MARGIN = 10  # pixels around a line that is read again
_WHITE = 255


def with_capital(row: Row, pixels: NDArray[np.uint8]) -> Row:
    """Return a line whose first letter is a capital if it is as tall as one."""
    if row.text[:1] not in _ALIKE or row.sideways or not row.small:
        return row
    height = _first_height(row, pixels)
    if not _CAPITAL < height / row.small < _TALLEST:
        return row
    return replace(row, text=row.text[0].upper() + row.text[1:])


def _first_height(row: Row, pixels: NDArray[np.uint8]) -> float:
    """How far the first letter of a line rises above its baseline, in pixels."""
    x0, y0, x1, _ = map(int, row.box)
    base = row.base - row.slope * (x1 - x0) / 2
    dark = pixels[max(y0, 0) : int(base) + 1, x0 : x0 + int(2 * row.small)] < _DARK
    inked = np.flatnonzero(dark.any(axis=0))
    if not inked.size:
        return 0.0
    gaps = np.flatnonzero(np.diff(inked) > 1)
    letter = dark[:, inked[0] : inked[gaps[0] if gaps.size else -1] + 1]
    return float(base - y0 - np.flatnonzero(letter.any(axis=1))[0])


def with_addresses(
    rows: Iterable[Row], pixels: NDArray[np.uint8], read: Callable[[NDArray[np.uint8]], str]
) -> list[Row]:
    """Return a page's lines, the first of those that wait for the sign @ read again: see :func:`with_address`."""
    rows = list(rows)
    again = set(map(id, islice(filter(_waits_for_sign, rows), _MOST_READ_AGAIN)))
    return [with_address(row, pixels, read) if id(row) in again else row for row in rows]


def _waits_for_sign(row: Row) -> bool:
    """Whether a line has a domain in it, and no sign @."""
    return "@" not in row.text and not row.sideways and _DOMAIN.search(row.text) is not None


def with_address(row: Row, pixels: NDArray[np.uint8], read: Callable[[NDArray[np.uint8]], str]) -> Row:
    """Return a line with the address in it as ``read`` sees it, where that finds the sign @ that a domain waits for."""
    if not _waits_for_sign(row):
        return row
    x0, y0, x1, y1 = map(int, row.box)
    top, left = max(y0 - _MARGIN, 0), max(x0 - _MARGIN, 0)
    crop = np.pad(pixels[top : y1 + _MARGIN, left : x1 + _MARGIN], 2 * _MARGIN, constant_values=_WHITE)
    seen = _ADDRESS.search(read(crop))
    if not seen:
        return row
    local, domain = (part.strip() for part in seen[0].split("@"))
    misread = re.search(rf"{re.escape(local)} ?\S{{1,2}} ?{re.escape(domain)}", row.text)
    return replace(row, text=row.text.replace(misread[0], f"{local}@{domain}")) if misread else row
