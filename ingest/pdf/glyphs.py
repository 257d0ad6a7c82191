"""Characters of one page, as arrays: from PDFium's text page to upright coordinates as shown.

Everything a character shares with its text object (size, font, colour, tag) is looked up once an object. Text that
runs up, down or upside down is turned into an upright frame here, so that :mod:`ingest.pdf.lines` only ever sees
text that runs from left to right; :meth:`Frame.shown` turns a finished box back.
"""

import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.pdf import engine
from ingest.pdf.ligatures import Ligatures
from ingest.pdf.tags import Tag
from kb.types import BBox

Floats = NDArray[np.float64]
ARTIFACT = Tag("Artifact", "Artifact", -1)
ROTATED = Tag("Artifact", "Rotated", -1)

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-_,]bd|[-_,]md|medium", re.IGNORECASE)
_NOT_BOLD = re.compile(r"light|regular|book", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv|[-_,]it\b", re.IGNORECASE)
_INVISIBLE = 3
_STROKED = 2
_SPACES = np.zeros(0x3002, dtype=bool)  # by code; the last stands for all beyond
_SPACES[[9, 10, 11, 12, 13, 32, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]] = True
_SOFT_HYPHEN = 0xAD
_SLANT = 10.0  # degrees off a right angle above which text is a watermark or a decoration
_SPACE = 0.3  # of a ligature's width: what is narrower is no space, whatever PDFium takes the code for
_SMALLEST = 1.0  # points; what is smaller cannot be read and hides something


@dataclass(frozen=True, slots=True)
class Style:
    """What the characters of one text object share; ``size`` in points after all matrices."""

    size: float
    bold: bool
    italic: bool
    font: str
    colour: int
    tag: Tag | None
    visible: bool
    quarter: int
    slanted: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """How user space becomes the page as shown: the crop box and the page's clockwise rotation in quarters."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.top - self.bottom if self.rotation % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.right - self.left if self.rotation % 2 else self.top - self.bottom

    def point(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return user-space coordinates (numbers or arrays) as shown, origin top left."""
        match self.rotation:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def upright(self, x: Any, y: Any, quarter: int) -> tuple[Any, Any]:
        """Return shown coordinates in the frame in which text turned by ``quarter`` × 90° runs to the right."""
        match quarter:
            case 1:
                return self.height - y, x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return y, self.width - x
            case _:
                return x, y

    def turned(self, box: BBox, quarter: int) -> BBox:
        """Return a shown box in the frame of :meth:`upright`."""
        (xa, ya), (xb, yb) = self.upright(*box[:2], quarter), self.upright(*box[2:], quarter)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def shown(self, box: BBox, quarter: int) -> BBox:
        """Return an upright box as it is shown; the inverse of :meth:`turned`."""
        width, height = (self.height, self.width) if quarter % 2 else (self.width, self.height)
        return Frame(0, 0, width, height, 0).turned(box, -quarter % 4)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The visible characters in drawing order, spaces taken out.

    ``space`` says what stood before a character: 0 nothing, 1 a gap that PDFium took for a space, 2 a drawn space.
    ``x0``, ``x1`` and ``base`` are upright coordinates; ``style`` indexes ``styles``.
    """

    codes: NDArray[np.int64]
    x0: Floats
    x1: Floats
    base: Floats
    style: NDArray[np.int64]
    space: NDArray[np.int8]
    styles: tuple[Style, ...]
    hidden: int

    @property
    def size(self) -> Floats:
        """Font size of each character, in points."""
        return np.array([s.size for s in self.styles] or [0.0])[self.style]


def page_glyphs(
    text_page: Any,
    frame: Frame,
    *,
    texts: list[int],
    tag_of: Callable[[int], Tag | None],
    scanned: bool,
    fonts: dict[int, Any],
    ligatures: Callable[[], Ligatures],
) -> Glyphs:
    """Read a page's characters.

    ``texts`` are the page's own text objects; ``tag_of`` gives the tag of one. ``ligatures`` is asked for what codes
    mean that are a font's own, and only on pages that have some. On a ``scanned`` page the invisible text is the text
    layer that an OCR program put there, and is kept; elsewhere nobody sees it, so it is left out and counted in
    ``hidden``.
    """
    handle, codes, objects, boxes = engine.characters(text_page)
    is_space = _SPACES[np.minimum(codes, len(_SPACES) - 1)]
    drawn = ~is_space & (objects != 0) & (codes > 0) & (codes <= sys.maxunicode)
    # A soft hyphen inside a word has no width where the producer did its work: it is not drawn, and no letter.
    breadth = np.maximum(np.abs(boxes[:, 2] - boxes[:, 0]), np.abs(boxes[:, 1] - boxes[:, 3]))
    keep = np.flatnonzero(drawn & ~((codes == _SOFT_HYPHEN) & (breadth < _SMALLEST)))
    space = _spaces_before(codes, objects, is_space, keep)
    unique, first, style = np.unique(objects[keep], return_index=True, return_inverse=True)
    items, indices = unique.tolist(), keep[first]
    facts = engine.text_objects(handle, items, indices.tolist())
    heights = np.abs(boxes[indices, 1] - boxes[indices, 3])
    styles = _styles(facts, heights, frame, list(map(tag_of, items)), fonts)
    doubled = engine.doubled(texts, set(items))
    styles = [replace(s, bold=True) if item in doubled else s for s, item in zip(styles, items, strict=True)]
    x0, y0, x1, y1 = _upright_boxes(boxes[keep].astype(np.float64), frame)
    visible = np.array([(s.visible or scanned) and s.size >= _SMALLEST for s in styles] or [True])[style]
    codes = codes[keep]
    own = engine.UNNAMED[np.minimum(codes, 32)]
    if own.any():
        codes = np.where(own, _named(codes, [styles[index].font for index in style], ligatures()), codes)
        joins = own & (codes >= 0)
        space[1:][joins[:-1] & (x0[1:] - x1[:-1] < _SPACE * (x1 - x0)[:-1])] = 0
    on_page = (codes >= 0) & (x1 > -2) & (x0 < frame.width + 2) & (y1 > -2) & (y0 < frame.height + 2)
    shown = np.flatnonzero(visible & on_page)
    base_x, base_y = frame.point(facts.origins[:, 0], facts.origins[:, 1])
    quarter = np.array([s.quarter for s in styles] or [0])[style]
    base = base_y[style]
    for turn in (1, 2, 3):
        turned = quarter == turn
        if turned.any():
            (xa, _), (xb, _) = frame.upright(x0[turned], y0[turned], turn), frame.upright(x1[turned], y1[turned], turn)
            base[turned] = frame.upright(base_x[style][turned], base_y[style][turned], turn)[1]
            x0[turned], x1[turned] = np.minimum(xa, xb), np.maximum(xa, xb)
    return Glyphs(
        codes=codes[shown],
        x0=x0[shown],
        x1=x1[shown],
        base=base[shown],
        style=style[shown],
        space=space[shown],
        styles=tuple(styles),
        hidden=int((~visible).sum()),
    )


def _named(codes: NDArray[np.int64], fonts: Sequence[str], ligatures: Ligatures) -> NDArray[np.int64]:
    """Return what stands for the ligature of each code in its font, -1 where that has none."""
    pairs = zip(fonts, codes.tolist(), strict=True)
    return np.array([ligatures.get(pair, -1) for pair in pairs], dtype=np.int64)


def _spaces_before(codes: Any, objects: Any, is_space: Any, keep: Any) -> NDArray[np.int8]:
    """For each kept character: was there a drawn space (2), a generated one (1) or none (0) since the last one."""
    real = np.concatenate(([0], np.cumsum(is_space & (objects != 0))))
    made = np.concatenate(([0], np.cumsum(is_space & (objects == 0) & (codes != 10) & (codes != 13))))
    before = np.concatenate(([0], keep[:-1])) if len(keep) else keep
    return np.where(real[keep] > real[before], 2, np.where(made[keep] > made[before], 1, 0)).astype(np.int8)


def _upright_boxes(boxes: Floats, frame: Frame) -> tuple[Floats, Floats, Floats, Floats]:
    xa, ya = frame.point(boxes[:, 0], boxes[:, 1])
    xb, yb = frame.point(boxes[:, 2], boxes[:, 3])
    return np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)


def _styles(
    facts: engine.TextObjects,
    heights: NDArray[np.float32],
    frame: Frame,
    tags: list[Tag | None],
    fonts: dict[int, tuple[str, bool, bool]],
) -> list[Style]:
    """Return the style of each text object; those alike share one."""
    known: dict[Any, Style] = {}
    styles = []
    sizes, matrices, colours = facts.sizes.tolist(), facts.matrices.tolist(), facts.colours.tolist()
    rows = zip(sizes, matrices, heights.tolist(), facts.fonts, facts.modes, colours, tags, strict=True)
    for font_size, (a, b, c, d), height, font, mode, colour, tag in rows:
        # Type 3 fonts carry their scale in the font matrix, which the size does not show: take the box's height then.
        size = font_size * math.hypot(c, d)
        if not math.isfinite(size) or size < _SMALLEST:
            size = height
        key = size, a, b, c, d, font, mode, colour, tag
        if key not in known:
            if font not in fonts:
                fonts[font] = _font(font)
            known[key] = _style(size, (a, b, c, d), frame, fonts[font], mode, colour, tag)
        styles.append(known[key])
    return styles


def _style(
    size: float,
    matrix: tuple[float, float, float, float],
    frame: Frame,
    font: tuple[str, bool, bool],
    mode: int,
    colour: int,
    tag: Tag | None,
) -> Style:
    a, b, c, d = matrix
    name, bold, italic = font
    angle = math.degrees(math.atan2(b, a)) - 90 * frame.rotation
    quarter = round(angle / 90)
    slanted = abs(angle - 90 * quarter) > _SLANT
    return Style(
        size=min(size, 1000.0),
        bold=bold or mode == _STROKED,
        italic=italic or abs(c) > 0.15 * abs(d) > 0 == b,
        font=name,
        colour=colour,
        tag=ROTATED if slanted else tag,
        visible=mode != _INVISIBLE,
        quarter=quarter % 4,
        slanted=slanted,
    )


def _font(font: int) -> tuple[str, bool, bool]:
    """Return a font's name, and whether it is bold and italic by name, weight and flags together."""
    if not font:
        return "", False, False
    name, weight, flags, angle = engine.font_facts(font)
    named = bool(_BOLD.search(name))
    forced = bool(flags & 1 << 18)
    bold = named or ((weight >= 600 or forced) and not _NOT_BOLD.search(name))
    return name, bold, bool(_ITALIC.search(name)) or bool(flags & 1 << 6) or angle != 0
