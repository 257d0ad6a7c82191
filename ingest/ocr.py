"""Scanned pages: which they are, and their text by :mod:`ingest.tesseract`. Runs in the sandbox."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.hocr import Row, Seen, read_hocr, weighted_median
from ingest.language import detect_language
from ingest.pages import Document, Line, Page
from ingest.pdf import page_pixels, rounded
from ingest.pdf.lines import ASCENT, DESCENT
from ingest.second_look import with_addresses, with_capital
from ingest.tesseract import LANGUAGES, ORIENTATION, SECONDS_A_PAGE, recognise
from ingest.underlines import without_underlines
from kb.types import BBox

DPI = 300
_FEW_CHARACTERS = 25  # a stamp or a page number may lie over a scan
_IMAGE_SHARE = 0.3
_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}  # degrees clockwise to upright → quarter turns as in Page.turned
_BOLDER = 1.2  # strokes this much thicker than the page's median are bold
_SAME, _NEAR = 0.08, 0.18  # sizes that differ by less than this share are one, or may be
_DARK, _GREY = 128, 170  # of 255: ink, and ink that a scan made pale
_UNDER = 0.35  # of a line's size: so far below the baseline an underline is looked for, …
_PIECES, _RULED = 8, 0.8  # … in so many pieces, each of them dark along so much of a row of pixels
_SURE_OF_ORIENTATION = 2.0
_SKEWED, _MOST_SKEWED = 0.4, 15.0  # degrees a page is askew from which it is set straight and read again
_SECONDS_A_LINE = 2
_UNSURE = 65.0  # mean confidence below which a page may lie on its side


def scanned_pages(document: Document) -> tuple[int, ...]:
    """Return the numbers of the pages that are pictures of text: next to no characters under a large image.

    Where no page has text, every page with an image counts.
    """
    near_empty = [page for page in document.pages if _characters(page) < _FEW_CHARACTERS]
    share = _IMAGE_SHARE if len(near_empty) < len(document.pages) else 0.01
    return tuple(page.number for page in near_empty if page.image_share >= share)


def _characters(page: Page) -> int:
    return sum(len(line.text) for line in page.lines if line.tag != "Artifact")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A document with its scanned pages read.

    ``unread`` are the pages that could not be; ``missing`` is the language (tesseract's name) of the text, where it is
    not installed and the text was read as if it were another.
    """

    document: Document
    unread: tuple[int, ...]
    missing: str | None = None


def with_text(document: Document, data: bytes, pages: Sequence[int], *, languages: Sequence[str]) -> Recognised:
    """Return the document with the lines of ``pages`` read by OCR.

    ``languages`` are those installed. The first page is read in the language of the pages with text, or as Swedish,
    whose letters serve its neighbours well enough to tell which of them it is; the language then found is used for
    all. A document on which tesseract runs out of time again and again is given up.
    """
    recognised: dict[int, Page] = {}
    slow = 0
    osd = ORIENTATION in languages
    known = {page.number: page for page in document.pages}
    expected = LANGUAGES.get(detect_language(_text(document.pages), declared=document.language), "")
    first = (expected, *LANGUAGES.values())
    language = next((name for name in first if name in languages), LANGUAGES["en"])
    told, missing = False, None
    for number in pages:
        try:
            page = _read_page(known[number], data, language, osd=osd)
            if page.lines and not told:
                told = True
                found = LANGUAGES.get(detect_language(_text([page]), letters_known=False), language)
                missing = found if found not in languages else None
                if found != language and not missing:
                    language = found
                    page = _read_page(known[number], data, language, osd=osd)
            recognised[number] = page
        except TimeoutError:
            slow += 1
            if slow > len(recognised) / 4:
                break
        except OSError:
            continue
    unread = tuple(number for number in pages if number not in recognised)
    read = tuple(recognised.get(page.number, page) for page in document.pages)
    return Recognised(replace(document, pages=read), unread, missing)


def _text(pages: Sequence[Page]) -> str:
    return " ".join(line.text for page in pages for line in page.lines)


def _read_page(page: Page, data: bytes, language: str, *, osd: bool) -> Page:
    pixels, dpi = page_pixels(data, page=page.number, dpi=DPI)
    turn, seen = 0, _recognised(pixels, dpi, language)
    if osd and (_confidence_of(seen.rows) < _UNSURE or _sideways(seen.rows)):
        # Telling the orientation costs half as much as reading: ask only where reading gives reason to.
        turn = _orientation(pixels, dpi)
        if turn:
            pixels = np.ascontiguousarray(np.rot90(pixels, -(turn // 90)))
            seen = _recognised(pixels, dpi, language)
    skew = math.degrees(math.atan(_slope(seen.rows)))
    if _SKEWED < abs(skew) < _MOST_SKEWED:
        pixels = np.array(Image.fromarray(pixels).rotate(skew, Image.Resampling.BICUBIC, fillcolor=255))
        seen = _recognised(pixels, dpi, language)
    else:
        skew = 0.0
    points = 72 / dpi
    height, width = (side * points for side in pixels.shape)
    slope, middle = _slope(seen.rows), pixels.shape[0] / 2
    areas = tuple(_in_points(area, slope, middle, points) for area in seen.areas)
    read = partial(_line_recognised, dpi=dpi)
    rows = with_addresses((with_capital(row, pixels) for row in seen.rows), pixels, read)
    lines = tuple(_lines(rows, pixels, points))
    return Page(page.number, width, height, lines, page.image_share, _TURNS[turn], skew, areas)


def _picture(pixels: NDArray[np.uint8]) -> bytes:
    """Return grey pixels as a PNG: a tenth of their size, of which this process and tesseract's each hold a copy."""
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _orientation(pixels: NDArray[np.uint8], dpi: float) -> int:
    """Return by how many degrees clockwise the page must be turned to be upright."""
    try:
        output = recognise(_picture(pixels), "--psm", "0", dpi=dpi, seconds=SECONDS_A_PAGE)
    except TimeoutError:
        raise
    except OSError:  # too few letters to tell
        return 0
    turn = re.search(r"^Rotate: (\d+)", output, re.MULTILINE)
    sure = re.search(r"^Orientation confidence: ([\d.]+)", output, re.MULTILINE)
    return int(turn[1]) if turn and sure and float(sure[1]) >= _SURE_OF_ORIENTATION and int(turn[1]) in _TURNS else 0


def _recognised(pixels: NDArray[np.uint8], dpi: float, language: str) -> Seen:
    options = ("-l", language, "--psm", "3", "hocr")
    picture = _picture(without_underlines(pixels, dpi))
    return read_hocr(recognise(picture, *options, dpi=dpi, seconds=SECONDS_A_PAGE))


def _line_recognised(pixels: NDArray[np.uint8], dpi: float) -> str:
    """Return the text of a picture of one line in English, the language of addresses; nothing where that fails."""
    try:
        return recognise(_picture(pixels), "-l", LANGUAGES["en"], "--psm", "7", dpi=dpi, seconds=_SECONDS_A_LINE)
    except OSError:  # not installed, or out of time
        return ""


def _confidence_of(rows: Sequence[Row]) -> float:
    letters = sum(len(row.text) for row in rows)
    return sum(row.confidence * len(row.text) for row in rows) / letters if letters >= _FEW_CHARACTERS else 0.0


def _sideways(rows: Sequence[Row]) -> bool:
    """Tell whether most of the text runs up or down: tesseract reads that too, but no layout would."""
    return sum(len(row.text) for row in rows if row.sideways) * 2 > sum(len(row.text) for row in rows)


def _lines(rows: Sequence[Row], pixels: NDArray[np.uint8], points: float) -> Iterator[Line]:
    """Yield lines in points. Strokes thicker than the page's others are called bold.

    What little a page is askew is sheared straight sideways, so that lines that begin in one column do so here.
    """
    strokes = [_stroke(pixels[int(r.box[1]) : int(r.box[3]), int(r.box[0]) : int(r.box[2])]) for r in rows]
    typical, usual = weighted_median(strokes, rows), weighted_median([row.size for row in rows], rows)
    slope = _slope(rows)
    middle = pixels.shape[0] / 2
    for row, stroke in zip(rows, strokes, strict=True):
        ratio = row.size / usual
        larger = ratio if abs(ratio - 1) > _NEAR else 1.0  # sizes are less sure than strokes
        size = row.size if abs(ratio - 1) > _SAME else usual
        height = (row.base - ASCENT * size, row.base + DESCENT * size)  # as of a line that a PDF draws
        box = _in_points((row.box[0], height[0], row.box[2], height[1]), slope, middle, points)
        bold = stroke > _BOLDER * larger * typical > 0 or _is_underlined(pixels, row)
        yield Line(row.text, box, round(size * points, 1), bold=bold)


def _in_points(box: BBox, slope: float, middle: float, points: float) -> BBox:
    x0, y0, x1, y1 = box
    shift = slope * ((y0 + y1) / 2 - middle)
    return rounded(((x0 + shift) * points, y0 * points, (x1 + shift) * points, y1 * points))


def _slope(rows: Sequence[Row]) -> float:
    """Return how far the page's lines sink, in parts of their length."""
    return weighted_median([row.slope for row in rows if not row.sideways], [r for r in rows if not r.sideways])


def _is_underlined(pixels: NDArray[np.uint8], row: Row) -> bool:
    """Tell whether a rule runs right below a line, as typists set headings; it may sink as the line does."""
    x0, x1 = int(row.box[0]), int(row.box[2])
    below = pixels[int(row.base) : int(row.base + _UNDER * row.size), x0:x1] < _GREY
    if x1 - x0 < _PIECES or not below.size:
        return False
    return all(piece.mean(axis=1).max() > _RULED for piece in np.array_split(below, _PIECES, axis=1))


def _stroke(crop: NDArray[np.uint8]) -> float:
    """Return the mean width of the strokes in a picture of text, in pixels: twice their area by their outline."""
    dark = crop < _DARK
    outline = int((dark[:, 1:] != dark[:, :-1]).sum()) + int((dark[1:] != dark[:-1]).sum())
    return 2 * float(dark.sum()) / outline if outline else 0.0
