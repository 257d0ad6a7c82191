"""Characters to lines: runs on one baseline, split at wide gaps, with footnote marks set aside.

PDFium's drawing order is kept: where a producer draws column by column, so do the lines come. What it gets wrong is
mended by geometry: pieces of one line drawn far apart are joined, letters drawn twice to look bold counted once,
letter-spaced headings closed up.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np

from ingest.pages import Line
from ingest.pdf.glyphs import ROTATED, Frame, Glyphs, Style
from ingest.pdf.grid import Grid
from ingest.pdf.justified import with_words_joined
from ingest.pdf.letters import UNIT, clean
from ingest.pdf.tags import Tag
from kb.types import BBox

ASCENT, DESCENT = 0.8, 0.22  # a line's box, in parts of its size above and below the baseline
_SAME_BASELINE = 0.15
_SPACE = 0.2  # a gap of this many ems between pieces is a space
_GAP = 1.2  # … and this wide it parts two columns or cells
_GAP_AFTER_SPACE = 2.2  # justified text stretches its drawn spaces
_GAP_AFTER_LABEL = 5.0  # from a bullet or a number to its text
_GAP_IN_ELEMENT = 6.0  # a tab inside one tagged paragraph
_SIZE_RATIO = 1.7  # small capitals join their line; drop capitals do not
_LABEL = re.compile(r"[•·▪■□●○◦‣⁃–—*✓➢>-]|\(?\w{1,3}[.)]|[\d.]{1,8}")
_MARK = re.compile(r"[(\[]?(?:\d{1,3}(?:\s*,\s*\d{1,3})*|[*†‡§]{1,3}|[a-z])[)\]]?,?")


@dataclass(slots=True)
class Piece:
    """A stretch [start, stop) of a page's glyphs within one text object."""

    start: int
    stop: int
    x0: float
    x1: float
    base: float
    style: Style
    space: int
    text: str


@dataclass(slots=True)
class _Draft:
    """A line being built."""

    pieces: list[Piece]
    x0: float
    x1: float
    base: float
    size: float
    marks: list[str] = field(default_factory=list)
    bold: bool = False

    @property
    def text(self) -> str:
        parts = [self.pieces[0].text]
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            gap = piece.x0 - before.x1
            spaced = (piece.space or gap > _SPACE * self.size) and not unicodedata.combining(piece.text[0])
            parts += [" " if spaced else "", piece.text]
        return "".join(parts)


def page_lines(glyphs: Glyphs, frame: Frame) -> tuple[tuple[Line, ...], int]:
    """Group glyphs into lines, in drawing order, and return them with the quarter turn of the page's text.

    The direction of most of the page's text is its reading direction: boxes are in the frame where that runs to the
    right (nearly always the page as shown, turn 0). Text that runs another way comes last, as artifacts.
    """
    by_quarter: dict[int, list[Piece]] = {}
    for piece in _pieces(glyphs):
        by_quarter.setdefault(piece.style.quarter, []).append(piece)
    weights = {quarter: sum(len(p.text) for p in pieces) for quarter, pieces in by_quarter.items()}
    main = max(weights, key=lambda q: weights[q], default=0)
    lines: list[Line] = []
    for quarter in sorted(by_quarter, key=lambda q: q != main):
        for draft in _without_repeats(_joined(_drafts(by_quarter[quarter]))):
            line = _line(draft, glyphs)
            if line is None:
                continue
            if quarter != main:
                box = frame.turned(frame.shown(line.bbox, quarter), main)
                line = replace(line, bbox=rounded(box), tag=ROTATED.role, raw_tag=ROTATED.raw_role)
            lines.append(line)
    return tuple(with_words_joined(lines)), main


def rounded(box: BBox) -> BBox:
    """Return a box to a hundredth of a point, finer than anybody can see."""
    x0, y0, x1, y1 = box
    return round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)


def _pieces(glyphs: Glyphs) -> list[Piece]:
    """Cut the page where the text object changes, the pen jumps, or a gap is too wide for one line."""
    count = len(glyphs.codes)
    if not count:
        return []
    size = glyphs.size
    same = np.concatenate(([False], glyphs.style[1:] == glyphs.style[:-1]))
    gap = np.concatenate(([0.0], glyphs.x0[1:] - glyphs.x1[:-1]))
    wide = gap > np.where(glyphs.space == 2, _GAP_AFTER_SPACE, _GAP) * size
    # The letters of a ligature share one box, so a small step back is nothing.
    starts = np.flatnonzero(~same | wide | (gap < -2 * size))
    x0 = np.minimum.reduceat(glyphs.x0, starts).tolist()
    x1 = np.maximum.reduceat(glyphs.x1, starts).tolist()
    spaced = ((glyphs.space > 0) | (gap > 0.4 * size)).tolist()
    letters = [f" {c}" if s else c for c, s in zip(map(chr, glyphs.codes.tolist()), spaced, strict=True)]
    first = starts.tolist()
    base, style, space = (values[starts].tolist() for values in (glyphs.base, glyphs.style, glyphs.space))
    return [
        Piece(a, b, x0[i], x1[i], base[i], glyphs.styles[style[i]], space[i], "".join(letters[a:b]).lstrip(" "))
        for i, (a, b) in enumerate(zip(first, [*first[1:], count], strict=True))
    ]


def _drafts(pieces: list[Piece]) -> list[_Draft]:
    """Follow the pen: a piece continues the line, is a footnote mark on it, or begins the next line."""
    drafts: list[_Draft] = []
    recent: list[Piece] = []
    for piece in pieces:
        again = [old for old in recent if _drawn_again(piece, old)]
        for old in again:
            old.style = replace(old.style, bold=True)
        if again:
            continue
        recent = [*recent[-3:], piece]
        line = drafts[-1] if drafts else None
        if line is None or not _continue(line, piece):
            drafts.append(_Draft([piece], piece.x0, piece.x1, piece.base, piece.style.size))
    return drafts


def _drawn_again(piece: Piece, old: Piece) -> bool:
    near = 0.2 * piece.style.size
    return piece.text == old.text and abs(piece.x0 - old.x0) < near and abs(piece.base - old.base) < near


def _continue(line: _Draft, piece: Piece) -> bool:
    """Add ``piece`` to ``line`` if it belongs there, and tell whether it did."""
    size, larger = piece.style.size, max(line.size, piece.style.size)
    gap = piece.x0 - line.x1
    rise = line.base - piece.base
    if unicodedata.combining(piece.text[0]) and abs(gap) < 2 * larger:
        piece.space = 0  # an accent drawn over the letter before it
        gap = 0.0
    if gap < -0.6 * larger or (piece.style.tag == ROTATED) != (line.pieces[0].style.tag == ROTATED):
        return False
    if abs(rise) <= _SAME_BASELINE * larger and larger <= _SIZE_RATIO * min(line.size, size):
        if gap > _widest(line, piece) * larger:
            return False
        line.pieces.append(piece)
    elif size <= 0.8 * line.size and 0.1 < rise / line.size < 0.8 and gap < 0.6 * line.size and _is_mark(line, piece):
        line.marks.append(piece.text.strip("()[], "))
    elif size <= 0.85 * line.size and -0.35 < rise / line.size < 0.8 and gap < 0.3 * line.size:
        line.pieces.append(piece)  # an index: CO₂, m², 1:a
    elif line.size <= 0.8 * size and _MARK.fullmatch(line.text) and -0.8 < rise / size < -0.1 and gap < size:
        # A footnote: its raised mark was drawn first, and is now seen to stand before larger text.
        line.marks.append(line.text.strip("()[], "))
        line.pieces, line.base, line.size = [piece], piece.base, size
    else:
        return False
    line.x1 = max(line.x1, piece.x1)
    line.x0 = min(line.x0, piece.x0)
    return True


def _widest(line: _Draft, piece: Piece) -> float:
    """How many ems may lie between a line and what continues it."""
    last = line.pieces[-1].style.tag
    if last is not None and piece.style.tag == last and last.role not in {"Artifact", "TD", "TH", "TOCI"}:
        return _GAP_IN_ELEMENT
    if len(line.pieces) <= 8 and _LABEL.fullmatch(clean(line.text)[0]):  # a label has at most 8 characters
        return _GAP_AFTER_LABEL
    return _GAP_AFTER_SPACE if piece.space == 2 else _GAP


def _is_mark(line: _Draft, piece: Piece) -> bool:
    return bool(_MARK.fullmatch(piece.text)) and not (piece.text in {"2", "3"} and UNIT.search(line.text))


def _joined(drafts: list[_Draft]) -> list[_Draft]:
    """Join what stands close together on one baseline but was drawn apart; each keeps its earliest place."""
    order = {id(draft): i for i, draft in enumerate(drafts)}
    kept: list[_Draft] = []
    row: list[_Draft] = []
    for draft in sorted(drafts, key=lambda d: d.base):
        if row and draft.base - row[0].base > _SAME_BASELINE * min(draft.size, row[0].size):
            kept += _joined_row(row, order)
            row = []
        row.append(draft)
    kept += _joined_row(row, order)
    return sorted(kept, key=lambda d: order[id(d)])


def _joined_row(row: list[_Draft], order: dict[int, int]) -> list[_Draft]:
    kept: list[_Draft] = []
    for draft in sorted(row, key=lambda d: d.x0):
        line = kept[-1] if kept else None
        larger = max(draft.size, line.size) if line else 0.0
        if line and larger <= _SIZE_RATIO * min(draft.size, line.size) and _adjoins(line, draft, larger):
            line.pieces += draft.pieces
            line.marks += draft.marks
            line.x1 = max(line.x1, draft.x1)
            order[id(line)] = min(order[id(line)], order[id(draft)])
        else:
            kept.append(draft)
    return kept


def _adjoins(line: _Draft, draft: _Draft, size: float) -> bool:
    if (line.pieces[-1].style.tag == ROTATED) != (draft.pieces[0].style.tag == ROTATED):
        return False
    gap = draft.x0 - line.x1
    return -0.25 * size < gap < 0.45 * size


def _without_repeats(drafts: list[_Draft]) -> list[_Draft]:
    """Keep one of each line drawn several times in place, as bold."""
    kept: Grid[_Draft] = Grid()
    result = []
    for draft in drafts:
        text = draft.text
        twin = next(kept.near(text, draft.x0, draft.base, 0.2 * draft.size), None)
        if twin:
            twin.bold = True
        else:
            kept.put(text, draft.x0, draft.base, draft)
            result.append(draft)
    return result


def _line(draft: _Draft, glyphs: Glyphs) -> Line | None:
    text, marks = clean(_closed_up(draft, glyphs))
    if not text:
        return None
    size, bold, italic, font, colour, tag = _look(draft.pieces)
    return Line(
        text=text,
        bbox=rounded((draft.x0, draft.base - ASCENT * size, draft.x1, draft.base + DESCENT * size)),
        size=size,
        bold=draft.bold or bold,
        italic=italic,
        font=font,
        colour=colour,
        tag=tag.role if tag else None,
        raw_tag=tag.raw_role if tag else None,
        element=tag.element if tag and tag.element >= 0 else None,
        superscript=(*draft.marks, *marks),
        bold_prefix=_bold_prefix(draft),
    )


def _look(pieces: list[Piece]) -> tuple[float, bool, bool, str, int, Tag | None]:
    """Return the size, font, colour and tag of most characters, and whether most are bold, and italic."""
    style = pieces[0].style
    if all(piece.style is style for piece in pieces):
        return round(style.size, 2), style.bold, style.italic, style.font, style.colour, style.tag
    looks: Counter[tuple[float, bool, bool, str, int]] = Counter()
    tags: Counter[Tag | None] = Counter()
    for piece in pieces:
        style, weight = piece.style, len(piece.text)
        looks[round(style.size, 2), style.bold, style.italic, style.font, style.colour] += weight
        tags[style.tag] += weight
    size, _, _, font, colour = max(looks, key=looks.__getitem__)
    bold, italic = (sum(count for look, count in looks.items() if look[i]) * 2 > looks.total() for i in (1, 2))
    return size, bold, italic, font, colour, max(tags, key=tags.__getitem__)


def _bold_prefix(draft: _Draft) -> int:
    """How many characters at the line's start are bold, when others follow that are not."""
    count = 0
    for i, piece in enumerate(draft.pieces):
        if not piece.style.bold:
            return count
        count += len(piece.text) + (1 if i and piece.space else 0)
    return 0


def _closed_up(draft: _Draft, glyphs: Glyphs) -> str:
    """Return a draft's text; letter-spaced words ("B A K G R U N D") are closed up by the gaps between letters."""
    text = draft.text
    tokens = text.split()
    singles = [token for token in tokens if len(token) == 1]
    if len(tokens) < 4 or sum(map(str.isalpha, singles)) < 0.8 * len(tokens):
        return text
    indices = np.concatenate([np.arange(p.start, p.stop) for p in draft.pieces])
    gaps = (glyphs.x0[indices[1:]] - glyphs.x1[indices[:-1]]).tolist()
    usual = median(gaps)
    word_gap = max(1.6 * usual, usual + 0.12 * draft.size)
    letters = [chr(c) for c in glyphs.codes[indices].tolist()]
    return letters[0] + "".join(f" {c}" if g > word_gap else c for c, g in zip(letters[1:], gaps, strict=True))
