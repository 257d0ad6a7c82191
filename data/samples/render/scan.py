"""The ``scan`` layout: another layout's pages as slightly turned, noisy pictures without any text."""

import hashlib
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from data.samples.render.common import created, pick
from data.samples.render.model import Source

DPI = 150
JPEG_QUALITY = 38


def render(source: Source) -> bytes:
    """Typeset the case by another layout, then put its pages on the glass of an office scanner."""
    base = import_module(f"data.samples.render.{pick(source, 'scanned', ('bold', 'simple', 'report'))}")
    pages = list(_scanned(source, base.render(source)))
    target = BytesIO()
    date = created(source).timetuple()
    pages[0].save(
        target,
        format="PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=DPI,
        quality=JPEG_QUALITY,
        producer="Scan-to-PDF",
        creationDate=date,
        modDate=date,
    )
    return target.getvalue()


def _scanned(source: Source, pdf: bytes) -> Iterator[Image.Image]:
    """Each page as a grey picture: turned by up to 1°, blurred a little, grainy, on not quite white paper."""
    seed = hashlib.sha256(source.meta.id.encode()).digest()
    random = np.random.default_rng(int.from_bytes(seed[:8]))
    tilt = pick(source, "tilt", (-1.0, -0.6, -0.35, 0.4, 0.7, 0.9))
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
            angle = tilt + random.uniform(-0.15, 0.15)
            picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250)
            picture = picture.filter(ImageFilter.GaussianBlur(0.5))
            grey = np.asarray(picture, dtype=np.float32)
            grain = random.normal(0, 5, grey.shape)
            # Ink is not quite black, paper not quite white: most grain is clipped away on the paper.
            yield Image.fromarray(np.clip(38 + grey * 0.86 + grain, 0, 250).astype(np.uint8))
    finally:
        document.close()
