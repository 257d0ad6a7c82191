"""The only importer of a PDF engine: pypdf at the gate, pypdfium2 for characters and pictures."""

from ingest.pdf.document import read_document

__all__ = ["read_document"]
