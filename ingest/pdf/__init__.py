"""The only importer of a PDF engine: pypdf at the gate, pypdfium2 for characters and pictures."""

from ingest.pdf.document import read_document, upright_to_shown
from ingest.pdf.lines import rounded
from ingest.pdf.render import page_pixels, render_page

__all__ = ["page_pixels", "read_document", "render_page", "rounded", "upright_to_shown"]
