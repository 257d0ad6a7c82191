"""PDFium by its C interface: open a document, walk its pages, copy characters out fast.

pypdfium2's own wrappers cost a Python call and a ctypes conversion a character. The prototypes below take plain
addresses and keep the GIL, which makes the per-character loops run inside ``map``: 2 calls a character cost about
2 ms a page. Only the sandboxed child (one thread) may use them.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from kb.errors import DamagedDocument, EncryptedDocument, NotAPdf

_void, _int, _float, _uint = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_uint
_handle = ctypes.c_size_t  # a returned pointer as a plain number, 0 for NULL
HEADER = b"%PDF-"
_WIDE, _HIGH, _THIN = 50.0, 14.0, 5.0  # points; what is drawn smaller is a bullet, a letter
_WHITE = 250  # of 255
_MOST_DRAWN = 1_000  # paths of a page; more are a map or a chart
_HYPHEN = 2  # the code of a hyphen at a line's end
_TWIN = 1.0  # points between the bounds of a text object and its double
UNNAMED = np.array([0 < code < 32 and code not in {_HYPHEN, 9, 10, 11, 12, 13} for code in range(33)])
"""Whether a code is one of the font's own, of which PDFium knows no letter."""
MAX_CHARACTERS = 100_000
"""What is read of one page; a page of dense print holds about 10,000."""


def _fast(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), _void).value or 0)


_unicode = _fast("FPDFText_GetUnicode", _uint, _void, _int)
_text = _fast("FPDFText_GetText", _int, _void, _int, _int, _void)
_text_object = _fast("FPDFText_GetTextObject", _handle, _void, _int)
_loose_box = _fast("FPDFText_GetLooseCharBox", _int, _void, _int, _void)
_origin = _fast("FPDFText_GetCharOrigin", _int, _void, _int, _void, _void)
_matrix = _fast("FPDFText_GetMatrix", _int, _void, _int, _void)
_page_object = _fast("FPDFPage_GetObject", _handle, _void, _int)
_object_type = _fast("FPDFPageObj_GetType", _int, _void)
_bounds = _fast("FPDFPageObj_GetBounds", _int, _void, _void, _void, _void, _void)
_form_count = _fast("FPDFFormObj_CountObjects", _int, _void)
_form_object = _fast("FPDFFormObj_GetObject", _handle, _void, _uint)
_marked_content_id = _fast("FPDFPageObj_GetMarkedContentID", _int, _void)
_mark_count = _fast("FPDFPageObj_CountMarks", _int, _void)
_mark = _fast("FPDFPageObj_GetMark", _handle, _void, _uint)
_mark_name = _fast("FPDFPageObjMark_GetName", _int, _void, _void, ctypes.c_ulong, _void)
_fill = _fast("FPDFPageObj_GetFillColor", _int, _void, _void, _void, _void, _void)
_draw_mode = _fast("FPDFPath_GetDrawMode", _int, _void, _void, _void)
_font_size = _fast("FPDFTextObj_GetFontSize", _int, _void, _void)
_render_mode = _fast("FPDFTextObj_GetTextRenderMode", _int, _void)
_font = _fast("FPDFTextObj_GetFont", _handle, _void)
_font_name = _fast("FPDFFont_GetBaseFontName", ctypes.c_size_t, _void, _void, ctypes.c_size_t)
_font_weight = _fast("FPDFFont_GetWeight", _int, _void)
_font_flags = _fast("FPDFFont_GetFlags", _int, _void)
_font_angle = _fast("FPDFFont_GetItalicAngle", _int, _void, _void)


@contextmanager
def open_document(data: bytes) -> Iterator[Any]:
    """Open ``data`` with PDFium and close it afterwards. An empty user password is tried by PDFium itself.

    Raises:
        NotAPdf: no PDF header, and PDFium finds no PDF either.
        EncryptedDocument: it needs a password.
        DamagedDocument: PDFium cannot open it.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium's error code may be left over from another document: look for the encryption too.
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise EncryptedDocument from error
        raise (DamagedDocument if HEADER in data else NotAPdf) from error
    try:
        yield document
    finally:
        document.close()


def characters(text_page: Any) -> tuple[int, NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Copy a text page out: its handle, code points, text-object addresses and loose boxes.

    Boxes are (left, top, right, bottom) in PDF user space, by advance width, of what is no space; 0 means an object
    unknown (generated).
    """
    handle = address(text_page.raw)
    count = max(0, min(text_page.count_chars(), MAX_CHARACTERS))
    codes = _codes(handle, count)
    drawn = (codes > ord(" ")) | (codes == _HYPHEN) | UNNAMED[np.minimum(codes, ord(" "))]
    boxes = np.zeros((count, 4), dtype=np.float32)
    rows, indices = _rows(boxes), np.flatnonzero(drawn).tolist()
    _run(map(_loose_box, repeat(handle), indices, map(rows.__getitem__, indices)))
    return handle, codes, _objects(handle, drawn), boxes


def _objects(handle: int, drawn: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the text object of each character, 0 where there is none.

    Of a word (``drawn`` characters without a space) only the ends are asked for where both are of one object.
    """
    objects = np.zeros(len(drawn), dtype=np.int64)

    def ask(which: NDArray[np.bool_]) -> None:
        indices = np.flatnonzero(which)
        objects[indices] = np.fromiter(map(_text_object, repeat(handle), indices.tolist()), np.int64, len(indices))

    edges = np.diff(drawn, prepend=False, append=False)
    first, last = edges[:-1] & drawn, edges[1:] & drawn
    ask(~drawn | first | last)
    alike, word = objects[first] == objects[last], np.cumsum(first) - 1
    inner = drawn & ~first & ~last
    whole = inner & np.append(alike, False)[word]
    objects[whole] = objects[first][word[whole]]
    ask(inner & ~whole)
    return objects


def _codes(handle: int, count: int) -> NDArray[np.int64]:
    """Return the code points of the first ``count`` characters.

    All at once where the text has exactly one unit of UTF-16 for each (it has none for some, and two for others);
    what the characters have as 0x02, a hyphen at a line's end, the text has as U+FFFE.
    """
    units = np.zeros(count + 1, dtype=np.uint16)
    if _text(handle, 0, count, units.ctypes.data) == count + 1 and not ((units >= 0xD800) & (units < 0xE000)).any():
        return np.where(units == 0xFFFE, _HYPHEN, units)[:count].astype(np.int64)
    return np.fromiter(map(_unicode, repeat(handle), range(count)), dtype=np.int64, count=count)


def address(pointer: Any) -> int:
    """Return the plain address behind one of pypdfium2's handles."""
    return ctypes.cast(pointer, _void).value or 0


@dataclass(frozen=True, slots=True)
class TextObjects:
    """Facts of text objects, as columns.

    ``origins`` are points on the baseline in user space, ``matrices`` (a, b, c, d) of the text matrix, ``sizes`` the
    font sizes as set, ``fonts`` addresses (0: none), ``modes`` text rendering modes (ISO 32000-1, 9.3.6: 2 fills and
    strokes, 3 is invisible), ``colours`` of the fill as 0xRRGGBB.
    """

    origins: NDArray[np.float64]
    matrices: NDArray[np.float32]
    sizes: NDArray[np.float32]
    fonts: list[int]
    modes: list[int]
    colours: NDArray[np.int64]


def text_objects(handle: int, items: list[int], characters: list[int]) -> TextObjects:
    """Copy the facts of text objects out; ``characters`` are the indices of a character of each."""
    count, text = len(items), repeat(handle)
    origins, matrices = np.zeros((count, 2)), np.zeros((count, 6), dtype=np.float32)
    matrices[:] = (1, 0, 0, 1, 0, 0)
    sizes, colours = np.zeros(count, dtype=np.float32), np.zeros((count, 4), dtype=np.uint32)
    _run(map(_origin, text, characters, _rows(origins), _rows(origins, 1)))
    _run(map(_matrix, text, characters, _rows(matrices)))
    _run(map(_font_size, items, _rows(sizes)))
    _run(map(_fill, items, *(_rows(colours, part) for part in range(4))))
    red, green, blue, _ = colours.astype(np.int64).T
    return TextObjects(
        origins,
        matrices[:, :4],
        sizes,
        list(map(_font, items)),
        list(map(_render_mode, items)),
        red << 16 | green << 8 | blue,
    )


def _rows(array: NDArray[Any], column: int = 0) -> range:
    """Return the addresses of an array's rows, or of one cell in each."""
    start = array.ctypes.data + column * array.itemsize
    return range(start, start + array.nbytes, array.strides[0] or 1)  # no rows: no stride


def _run(calls: Iterator[object]) -> None:
    """Run through an iterator the fastest way there is: into a queue of no length."""
    deque(calls, maxlen=0)


def font_facts(font: int) -> tuple[str, int, int, int]:
    """Return a font's base name without subset prefix, weight, flags and italic angle."""
    buffer = ctypes.create_string_buffer(256)
    _font_name(font, ctypes.addressof(buffer), 256)
    angle = _int()
    _font_angle(font, ctypes.addressof(angle))
    name = buffer.value.decode("utf-8", "replace")
    if len(name) > 7 and name[6] == "+":
        name = name[7:]
    return name, int(_font_weight(font)), int(_font_flags(font)), angle.value


def marked_content_id(text_object: int) -> int:
    """Return the marked-content id of a page object, -1 where there is none."""
    return int(_marked_content_id(text_object))


def is_artifact(text_object: int) -> bool:
    """Tell whether a page object is marked as an artifact (a running head, a page number, a decoration)."""
    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    for i in range(min(_mark_count(text_object), 8)):
        mark = _mark(text_object, i)
        if mark and _mark_name(mark, ctypes.addressof(buffer), 64, ctypes.addressof(length)):
            name = buffer.raw[: max(0, min(length.value, 64) - 2)].decode("utf-16-le", "replace")
            if name == "Artifact":
                return True
    return False


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What is drawn on the page itself: addresses of text objects, bounds of images (forms looked into) and the like.

    ``areas`` are shadings, and paths large enough to tint, frame or picture something; ``rules`` are long and thin.
    """

    texts: list[int]
    images: NDArray[np.float64]
    areas: NDArray[np.float64]
    rules: NDArray[np.float64]


def page_objects(page: Any, *, limit: int = 50_000) -> PageObjects:
    """Return what is drawn on the page itself."""
    count = min(raw.FPDFPage_CountObjects(page.raw), limit)
    items = list(map(_page_object, repeat(address(page.raw)), range(count)))
    kinds = list(map(_object_type, items))
    texts = [item for item, kind in zip(items, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_TEXT]
    images: list[int] = []
    drawn: list[int] = []
    for item, kind in zip(items, kinds, strict=True) if len(texts) < count else ():
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and _holds_image(item)):
            images.append(item)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            drawn.append(item)
    return PageObjects(texts, _bounds_of(images), *_areas_and_rules(drawn))


def _areas_and_rules(items: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds of those paths and shadings that are not white; of a drawing's thousands none."""
    bounds = _bounds_of(items if len(items) <= _MOST_DRAWN else [])
    breadth, height = bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]
    large = (breadth > _WIDE) & (height > _HIGH)
    thin = ((breadth > _WIDE) & (height < _THIN)) | ((height > _HIGH) & (breadth < _THIN))
    kept = np.array([i for i in np.flatnonzero(large | thin).tolist() if not _is_white(items[i])], dtype=np.int64)
    return bounds[kept[large[kept]]], bounds[kept[thin[kept]]]


def _is_white(item: int) -> bool:
    """Tell whether a path is filled with white and has no outline."""
    colour = np.zeros(4, dtype=np.uint32)
    mode, stroked = _int(), _int()
    if not _draw_mode(item, ctypes.addressof(mode), ctypes.addressof(stroked)):
        return False  # no path
    filled = mode.value and _fill(item, *_rows(colour)) and not (colour[:3] > _WHITE).all()
    return not filled and not stroked.value


def doubled(texts: list[int], read: set[int]) -> set[int]:
    """Return the text objects that are drawn twice in place, to look bold.

    PDFium reads only one of them: look for neighbours of which one was not ``read`` and whose bounds are the same.
    """
    was_read = np.fromiter(map(read.__contains__, texts), dtype=bool, count=len(texts))
    pairs = np.flatnonzero(was_read[1:] != was_read[:-1])
    bounds = _bounds_of(texts)
    twins = pairs[(np.abs(bounds[pairs] - bounds[pairs + 1]) < _TWIN).all(axis=1)]
    return {texts[i] if was_read[i] else texts[i + 1] for i in twins.tolist()}


def _holds_image(form: int, *, limit: int = 100) -> bool:
    items = (_form_object(form, i) for i in range(min(_form_count(form), limit)))
    return any(item and _object_type(item) == raw.FPDF_PAGEOBJ_IMAGE for item in items)


def _bounds_of(items: list[int]) -> NDArray[np.float64]:
    """Return (left, bottom, right, top) of page objects."""
    bounds = np.zeros((len(items), 4), dtype=np.float32)
    _run(map(_bounds, items, *(_rows(bounds, side) for side in range(4))))
    return bounds.astype(np.float64)
