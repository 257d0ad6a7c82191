"""Pictures of pages: for people (PNG, with the places of a quote marked) and for OCR (grey pixels)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ingest.pdf.engine import HEADER, open_document
from kb.errors import DamagedDocument

POINTS_PER_INCH = 72
_MARK_FILL, _MARK_EDGE = (255, 200, 0, 90), (200, 120, 0, 220)
_MAX_PIXELS = 40_000_000  # an A3 at 300 dpi has 17 million


def render_page(data: bytes, *, page: int, width_px: int, boxes: Sequence[Sequence[float]] = ()) -> bytes:
    """Return page ``page`` (from 1) as PNG, ``width_px`` wide, with ``boxes`` (points as shown) marked.

    Raises:
        DamagedDocument: the page does not exist or cannot be drawn.
        EncryptedDocument: the document needs a password.
    """
    with _page(data, page) as drawn:
        width, height = drawn.get_size()
        scale = _bounded(width_px / max(1.0, width), width, height)
        picture = drawn.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    if boxes:
        layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
        draw = ImageDraw.Draw(layer)
        for box in boxes:
            x0, y0, x1, y1 = (v * scale for v in box)
            draw.rectangle((x0 - 2, y0 - 1, x1 + 2, y1 + 1), fill=_MARK_FILL, outline=_MARK_EDGE)
        picture = Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def page_pixels(data: bytes, *, page: int, dpi: int) -> tuple[NDArray[np.uint8], float]:
    """Return page ``page`` (from 1) as grey pixels (rows, columns) and the dots per inch they were drawn at.

    Raises:
        DamagedDocument: the page does not exist or cannot be drawn.
    """
    with _page(data, page) as drawn:
        scale = _bounded(dpi / POINTS_PER_INCH, *drawn.get_size())
        bitmap = drawn.render(scale=scale, grayscale=True, may_draw_forms=False)
        pixels: NDArray[np.uint8] = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    return pixels, scale * POINTS_PER_INCH


def _bounded(scale: float, width: float, height: float) -> float:
    """Return ``scale``, lowered where the picture would be too large to hold."""
    return float(min(scale, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5))


@contextmanager
def _page(data: bytes, number: int) -> Iterator[Any]:
    start = max(0, data.find(HEADER))
    with open_document(data[start:]) as document:
        if not 1 <= number <= len(document):
            raise DamagedDocument
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise DamagedDocument from error
        try:
            yield page
        finally:
            page.close()
