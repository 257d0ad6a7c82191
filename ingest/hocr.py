"""What tesseract says of a page (hOCR 1.2): lines of words with their size and slope, pictures, frames. In pixels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree

import numpy as np

from ingest.frames import frames
from kb.types import BBox

_SURE = 30  # tesseract's confidence (0–100) below which a word is likely a speck or a line
_LONG = 5  # letters
_HYPHEN_AS_DASH = re.compile(r"(?<=\S) - (?=\S)")  # in print a hyphen has no space on both sides
_BULLET = re.compile(r"^[»«+*°©®¢eo·>] (?=\S)")  # what tesseract takes a list's bullet for
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_DESCENT = 0.22  # of a line whose baseline is not told, in parts of its size


@dataclass(frozen=True, slots=True)
class Row:
    """A line as tesseract saw it: box, size and baseline (its height in the middle) in pixels, slope, confidence 0–100.

    ``small`` is the height of its small letters, in pixels; 0 where none is told.
    """

    text: str
    box: BBox
    size: float
    base: float
    slope: float
    confidence: float
    small: float = 0.0

    @property
    def sideways(self) -> bool:
        """Whether this is a line that runs up or down."""
        x0, y0, x1, y1 = self.box
        return len(self.text) > 3 and y1 - y0 > x1 - x0


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as tesseract saw it: its lines in tesseract's order, and the boxes of pictures and frames."""

    rows: tuple[Row, ...]
    areas: tuple[BBox, ...]


def read_hocr(hocr: str) -> Seen:
    """Read the hOCR of one page.

    A line's size is that of its small letters, in the proportion that most of the page has: tesseract's own is larger
    for a line with Å or Ö in it, and smaller for one without long letters. A line in capitals has no small letters,
    which tesseract then makes up; its size is that of its capitals.
    """
    rows: list[Row] = []
    heights: list[tuple[float, float]] = []  # of small letters and of capitals
    pictures: list[BBox] = []
    rules: list[BBox] = []
    for element in ElementTree.fromstring(hocr).iter():  # noqa: S314 (in the sandbox)
        kind = element.get("class")
        if kind in {"ocr_photo", "ocr_separator"}:
            box = numbers("bbox", element)
            (pictures if kind == "ocr_photo" else rules).extend([(box[0], box[1], box[2], box[3])] if box else [])
        elif kind in _LINES and (row := _row(element)):
            rows.append(row)
            above, below = (next(iter(numbers(name, element)), 0.0) for name in ("x_ascenders", "x_descenders"))
            heights.append((max(1.0, row.size - above - below), max(1.0, row.size - below)))
    usual = [weighted_median([row.size / h[i] for row, h in zip(rows, heights, strict=True)], rows) for i in (0, 1)]
    sized = []
    for row, measured in zip(rows, heights, strict=True):
        size = usual[0] * measured[0]
        if row.text.upper() == row.text:
            sized.append(replace(row, size=usual[1] * measured[1]))
        else:
            sized.append(replace(row, size=size, small=measured[0]))
    return Seen(tuple(sized), (*pictures, *frames(rules)))


def weighted_median(values: Sequence[float], rows: Sequence[Row]) -> float:
    """Return the median of what ``values`` says of each row, over the characters of all; 0 where there are none."""
    return float(np.median(np.repeat(values, [len(row.text) for row in rows]))) if rows else 0.0


def numbers(name: str, element: ElementTree.Element) -> list[float]:
    """Return the numbers behind ``name`` in an hOCR title ("bbox 1 2 3 4; x_size 30")."""
    match = re.search(rf"\b{name} ([-\d. ]+)", element.get("title", ""))
    return [float(v) for v in match[1].split()] if match else []


def _row(element: ElementTree.Element) -> Row | None:
    words = [w for w in element.iter() if w.get("class") == "ocrx_word" and _is_word(w)]
    text = " ".join("".join(w.itertext()).strip() for w in words).strip()
    if not re.search(r"\w|[•*–-]", text):
        return None
    boxes = [numbers("bbox", w) for w in words]
    x0, y0, x1, y1 = (pick(b[i] for b in boxes) for i, pick in enumerate((min, min, max, max)))
    size = (numbers("x_size", element) or [y1 - y0])[0]
    left, _, right, bottom = numbers("bbox", element) or (x0, y0, x1, y1)
    slope, rise = numbers("baseline", element) or (0.0, -_DESCENT * size)
    base = bottom + rise + slope * (right - left) / 2
    sure = sum(numbers("x_wconf", w)[0] for w in words) / len(words)
    text = _HYPHEN_AS_DASH.sub(" – ", _BULLET.sub("• ", text))
    return Row(text, (x0, y0, x1, y1), max(size, 1.0), base, slope, sure)


def _is_word(element: ElementTree.Element) -> bool:
    """Whether tesseract is sure of a word; a long one is not a speck even if no dictionary knows it: an address."""
    letters = sum(c.isalpha() for c in "".join(element.itertext()))
    return letters >= _LONG or numbers("x_wconf", element)[0] >= _SURE
