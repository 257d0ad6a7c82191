"""What a page carries besides its text: running heads, page numbers, rotated margin text, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.layout.model import BodyStyle
from ingest.pages import Line, Page

_OUTER = 0.12  # the share of a page's height, above and below, in which running heads and page numbers stand
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\.?\s*")  # alone on a line: the last of a narrow box, not of a margin
_SIGNS = re.compile(r"\W+")  # of which a scan's are not sure
_ROMAN = re.compile(r"\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:(?:sida|sidan|side|page|seite|s\.|p\.)\s*)?[-–—|•·]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|•·]?"
    r"\s*(?:\(?(?:av|of|af|/|\()\s*\d{1,4}\)?)?",
    re.IGNORECASE,
)
_NOTE_START = re.compile(r"(?:\[?\d{1,3}(?!\d)[\].)]?|[*†‡§]{1,3}|[a-z]\))\s*\S")
_SMALL = 0.93  # footnotes are set at most this large, in parts of the body size
_NOTE_ZONE = 0.35  # footnotes begin below this share of the page's height


def running_lines(pages: Sequence[Page], body: BodyStyle) -> set[tuple[int, int]]:
    """Return (page number, index of line) of running heads, page numbers and rotated margin text."""
    edges = {page.number: _edge_indices(page, body) for page in pages}
    keys: Counter[str] = Counter()
    slots: Counter[tuple[int, bool]] = Counter()
    for page in pages:
        keys.update({_key(page.lines[i]) for i in edges[page.number]})
        slots.update({_slot(page.lines[i]) for i in edges[page.number]})
    margins = {page.number: _margin_indices(page, body) for page in pages}
    beside = Counter(key for page in pages for key in {_key(page.lines[i]) for i in margins[page.number]})
    words = Counter(_words(line) for page in pages for line in page.lines)
    needed = 2 if len(pages) < 8 else max(2, len(pages) // 6)
    found: set[tuple[int, int]] = set()
    for page in pages:
        for index, line in enumerate(page.lines):
            outer = index in edges[page.number]
            if (
                line.raw_tag == "Rotated"
                or _is_rotated(line)
                or (index in margins[page.number] and beside[_key(line)] >= needed and not _YEAR.fullmatch(line.text))
                or (outer and keys[_key(line)] >= needed)
                or (
                    outer
                    and _PAGE_NUMBER.fullmatch(line.text)
                    and (_is_outer(line, page) or _gap(line, page) > body.size)
                )
                or (outer and slots[_slot(line)] >= needed and _stands_off(line, page, body, words))
                or (outer and line.tag == "Artifact")
            ):
                found.add((page.number, index))
        found |= {(page.number, i) for i in _lone_edge_lines(page, body, found)}
    return found


def _edge_indices(page: Page, body: BodyStyle) -> set[int]:
    """The lines in the outer parts of a page, and those of its first and last row wherever they stand."""
    upright = [(i, line) for i, line in enumerate(page.lines) if not _is_rotated(line) and line.raw_tag != "Rotated"]
    if not upright:
        return set()
    top, bottom = min(line.y0 for _, line in upright), max(line.y1 for _, line in upright)
    near = 0.5 * body.size
    return {i for i, line in upright if _is_outer(line, page) or line.y0 < top + near or line.y1 > bottom - near}


def _margin_indices(page: Page, body: BodyStyle) -> set[int]:
    """The lines beside the running text: nothing as large as that stands above or below them."""
    text = [line for line in page.lines if abs(line.size - body.size) < 0.5]
    left, right = min((o.x0 for o in text), default=0.0), max((o.x1 for o in text), default=page.width)
    return {i for i, line in enumerate(page.lines) if line.x1 <= left or line.x0 >= right}


def _slot(line: Line) -> tuple[int, bool]:
    """Where a line stands on its page, to three points: running heads change their words but not their place."""
    return round(line.y0 / 3), line.italic


def _gap(line: Line, page: Page) -> float:
    """The white space between a line of a page's first or last row and the other rows; 0 for a row in between."""
    others = [o for o in page.lines if abs(o.y0 - line.y0) > 0.5 * line.size and o.raw_tag != "Rotated"]
    below = [o.y0 - line.y1 for o in others if o.y0 > line.y0]
    above = [line.y0 - o.y1 for o in others if o.y0 < line.y0]
    return 0.0 if below and above else min(below or above, default=0.0)


def _stands_off(line: Line, page: Page, body: BodyStyle, words: Counter[str]) -> bool:
    """Whether a line stands in the page's first or last row, set otherwise than the text, with white space between.

    A page number in the same row, or words that are a heading elsewhere, are as good as another type.
    """
    if line.size > 1.05 * body.size or line.bold or len(line.text) > 100 or _gap(line, page) < 0.9 * body.size:
        return False
    row = [o.text for o in page.lines if o is not line and abs(o.y0 - line.y0) <= 0.5 * line.size]
    differs = line.italic != body.italic or line.size < body.size - 0.4 or line.text.isupper()
    return differs or words[_words(line)] > 1 or any(_PAGE_NUMBER.fullmatch(text) for text in row)


def _words(line: Line) -> str:
    return _DIGITS.sub("", line.text.lower()).strip(" .")


def _key(line: Line) -> str:
    """A line with digits masked; its size in whole points keeps a title apart from the running head it gave."""
    text = line.text.lower()
    if any(map(str.isalpha, text)):
        text = _SIGNS.sub(" ", text)
    return f"{_ROMAN.sub('#', _DIGITS.sub('#', text)).strip()}|{round(line.size)}"


def _is_outer(line: Line, page: Page) -> bool:
    return line.y1 < _OUTER * page.height or line.y0 > (1 - _OUTER) * page.height


def _is_rotated(line: Line) -> bool:
    height, width = line.y1 - line.y0, line.x1 - line.x0
    return len(line.text) > 2 and height > 3 * width and height > 3 * line.size


def _lone_edge_lines(page: Page, body: BodyStyle, known: set[tuple[int, int]]) -> list[int]:
    """Find the small line or row at the very edge of a page that white space parts from all else.

    A one-page document repeats nothing, so its running head is known by size and place alone.
    """
    rest = [(i, line) for i, line in enumerate(page.lines) if (page.number, i) not in known]
    found: list[int] = []
    for top in (True, False):
        zone = [(i, line) for i, line in rest if _at_edge(line, page, top=top)]
        others = [line for i, line in rest if (i, line) not in zone]
        if not zone or len(zone) > 3 or not others:
            continue
        inner = max(line.y1 for _, line in zone) if top else min(line.y0 for _, line in zone)
        gap = min(line.y0 for line in others) - inner if top else inner - max(line.y1 for line in others)
        if gap > 1.5 * body.size and all(_is_small_print(line, body) for _, line in zone):
            found += [i for i, line in zone if not _NOTE_START.match(line.text) or top]
    return found


def _is_small_print(line: Line, body: BodyStyle) -> bool:
    """Whether a line may be a running head by its size; figures without a letter are a page number of any size."""
    small = line.size <= 0.95 * body.size or not any(map(str.isalpha, line.text))
    return small and len(line.text) < 90


def _at_edge(line: Line, page: Page, *, top: bool) -> bool:
    return line.y1 < 0.08 * page.height if top else line.y0 > 0.92 * page.height


def footnote_lines(page: Page, body: BodyStyle, running: set[tuple[int, int]]) -> set[int]:
    """Return the indices of a page's footnote lines: small print at its foot that begins with a mark.

    Everything small below the first such line, in the same column, belongs to the notes.
    """
    small = [
        (index, line)
        for index, line in enumerate(page.lines)
        if (page.number, index) not in running
        and line.size <= _SMALL * body.size
        and line.y0 > _NOTE_ZONE * page.height
    ]
    large = [
        line
        for index, line in enumerate(page.lines)
        if (page.number, index) not in running and line.size > _SMALL * body.size
    ]
    found: set[int] = set()
    for index, line in sorted(small, key=lambda item: item[1].y0):
        if index in found or not (line.superscript or _NOTE_START.match(line.text) or line.tag in {"Note", "FENote"}):
            continue
        below = [other for other in large if other.y0 > line.y0 and other.x0 < line.x1 and other.x1 > line.x0]
        if below and line.tag not in {"Note", "FENote"}:
            continue
        found |= {i for i, other in small if other.y0 >= line.y0 - 1 and other.x1 > line.x0 - 4 * body.size}
    return found
