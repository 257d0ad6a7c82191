"""Bytes to :class:`~ingest.pages.Document`: pypdf at the gate, PDFium for the pages, each the other's fallback."""

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.frames import frames
from ingest.pages import Document, OutlineItem, Page
from ingest.pdf import engine
from ingest.pdf.gate import MAX_INFO, Gate, inspect, pages_by_pypdf, readable, safely
from ingest.pdf.glyphs import ARTIFACT, Frame, page_glyphs
from ingest.pdf.lines import page_lines, rounded
from ingest.pdf.tags import Tag
from kb.errors import DamagedDocument, EmptyDocument, NotAPdf, TooManyPages
from kb.types import BBox

_HEADER_WITHIN = 1 << 20  # the standard says 1,024 bytes; real files have longer junk before the header
_SCAN_SHARE = 0.5  # images over this much of a page: invisible text on it is an OCR layer
_MAX_OUTLINE = 2_000


def read_document(data: bytes, *, max_pages: int) -> Document:
    """Read a PDF. Run this in the sandbox: the bytes are hostile until proven otherwise.

    Raises:
        EmptyDocument: no bytes, or no pages.
        NotAPdf: something else.
        EncryptedDocument: a password is needed; one that opens with an empty password is read and flagged.
        DamagedDocument: neither engine gets a page out of it.
        TooManyPages: more pages than ``max_pages``.
    """
    if not data.strip(b"\0\t\n\f\r "):
        raise EmptyDocument
    start = data.find(engine.HEADER, 0, _HEADER_WITHIN)
    data = data[start:] if start > 0 else data
    gate = inspect(data)
    try:
        with engine.open_document(data) as document:
            return _by_pdfium(document, gate, max_pages)
    except (DamagedDocument, EmptyDocument, NotAPdf):
        if gate.reader is None:
            raise
        found = _by_pypdf(gate, max_pages)
        if found is None:
            raise
        return found


def _by_pdfium(document: Any, gate: Gate, max_pages: int) -> Document:
    count = len(document)
    if count == 0:
        raise EmptyDocument
    if count > max_pages:
        raise TooManyPages(found=count, limit=max_pages)
    reader = _Reader(document, gate)
    pages = tuple(reader.pages(count))
    if not pages:
        raise DamagedDocument
    encrypted = raw.FPDF_GetSecurityHandlerRevision(document.raw) >= 0
    flags = dict.fromkeys(gate.flags)
    flags |= dict.fromkeys(["owner_encrypted"] if encrypted else [])
    flags |= dict.fromkeys(["pages_lost"] if len(pages) < count else [])
    flags |= dict.fromkeys(["hidden_text"] if reader.hidden else [])
    return Document(
        pages=pages,
        page_count=count,
        info=safely(lambda: _info(document), {}) or gate.info,
        outline=safely(lambda: tuple(_outline(document)), ()),
        language=gate.language,
        tagged=gate.tagged,
        flags=tuple(flags),
    )


def _by_pypdf(gate: Gate, max_pages: int) -> Document | None:
    reader = gate.reader
    count = safely(lambda: len(reader.pages), 0) if reader else 0
    if reader is None or count == 0:
        if gate.empty:
            raise EmptyDocument
        return None
    if count > max_pages:
        raise TooManyPages(found=count, limit=max_pages)
    pages: tuple[Page, ...] | None = safely(lambda: tuple(pages_by_pypdf(reader)), None)
    if not pages:
        return None
    return Document(
        pages=pages, page_count=count, info=gate.info, language=gate.language, tagged=False, flags=gate.flags
    )


class _Reader:
    """Reads the pages of one open document, fonts looked up once."""

    def __init__(self, document: Any, gate: Gate) -> None:
        self._document = document
        self._gate = gate
        self._structure = gate.structure
        self._fonts: dict[int, Any] = {}
        self.hidden = 0

    def pages(self, count: int) -> Iterator[Page]:
        """Yield each page that can be loaded."""
        for index in range(count):
            try:
                page = self._document[index]
                text_page = page.get_textpage()
            except pypdfium2.PdfiumError:
                continue
            try:
                yield self._page(page, text_page, index)
            finally:
                text_page.close()
                page.close()

    def _page(self, page: Any, text_page: Any, index: int) -> Page:
        frame = page_frame(page)
        objects = engine.page_objects(page)
        own_texts = set(objects.texts)
        share = _covered(objects.images, frame)
        elements = self._structure.tags_of(index) if self._structure else []

        def tag_of(item: int) -> Tag | None:
            # Marked-content ids inside form XObjects count anew and would hit other elements of the page.
            if not self._structure or item not in own_texts:
                return None
            number = engine.marked_content_id(item)
            if number >= 0:
                return self._structure.tag(elements, number)
            return ARTIFACT if engine.is_artifact(item) else None

        glyphs = page_glyphs(
            text_page,
            frame,
            texts=objects.texts,
            tag_of=tag_of,
            scanned=share > _SCAN_SHARE,
            fonts=self._fonts,
            ligatures=partial(self._gate.ligatures, index),
        )
        self.hidden += glyphs.hidden
        lines, turned = page_lines(glyphs, frame)
        width, height = (frame.height, frame.width) if turned % 2 else (frame.width, frame.height)
        drawn = _boxes(np.concatenate((objects.images, objects.areas)), frame, turned)
        areas = tuple(sorted({*drawn, *frames(_boxes(objects.rules, frame, turned))}))
        return Page(index + 1, width, height, lines, round(share, 3), turned, areas=areas)


def upright_to_shown(box: BBox, page: Page) -> BBox:
    """Return a box of a page that was read sideways or set straight as the page is shown."""
    if page.skew:
        box = _askew(box, page)
    width, height = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    return rounded(Frame(0, 0, width, height, 0).shown(box, page.turned))


def _askew(box: BBox, page: Page) -> BBox:
    """Return the box around a box that is turned back about the page's middle."""
    angle = math.radians(page.skew)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = (box[0] + box[2] - page.width) / 2, (box[1] + box[3] - page.height) / 2
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    x, y = page.width / 2 + x * cos - y * sin, page.height / 2 + x * sin + y * cos
    wide, high = wide * cos + high * abs(sin), wide * abs(sin) + high * cos
    return x - wide, y - high, x + wide, y + high


def page_frame(page: Any) -> Frame:
    """Return the frame in which a PDFium page is shown: crop box within media box, and rotation."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = media
    return Frame(left, bottom, right, top, page.get_rotation() // 90 % 4)


def _covered(images: NDArray[np.float64], frame: Frame) -> float:
    """Return the part of the page under images, at most 1; overlaps are counted twice (strips of a scan do not)."""
    area = sum(
        max(0.0, min(x1, frame.right) - max(x0, frame.left)) * max(0.0, min(y1, frame.top) - max(y0, frame.bottom))
        for x0, y0, x1, y1 in images.tolist()
    )
    return float(min(1.0, area / max(1.0, frame.width * frame.height)))


def _boxes(bounds: NDArray[np.float64], frame: Frame, turned: int) -> list[BBox]:
    """Return the boxes of what is drawn, in the frame of the page's lines, as far as they lie on the page."""
    boxes: list[BBox] = []
    for left, bottom, right, top in bounds.tolist():
        (xa, ya), (xb, yb) = frame.point(left, bottom), frame.point(right, top)
        x0, x1 = max(0.0, min(xa, xb)), min(frame.width, max(xa, xb))
        y0, y1 = max(0.0, min(ya, yb)), min(frame.height, max(ya, yb))
        if x0 < x1 and y0 < y1:
            boxes.append(rounded(frame.turned((x0, y0, x1, y1), turned)))
    return boxes


def _info(document: Any) -> dict[str, str]:
    return {key: text for key, value in document.get_metadata_dict().items() if (text := readable(value)[:MAX_INFO])}


def _outline(document: Any) -> Iterator[OutlineItem]:
    for number, item in enumerate(document.get_toc(max_depth=6)):
        if number >= _MAX_OUTLINE:
            return
        target = item.get_dest()
        page = target.get_index() if target else None
        title = readable(item.get_title())
        if title:
            yield OutlineItem(title, item.level + 1, page + 1 if page is not None else None)
