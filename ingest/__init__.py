"""PDFs become cases: read one (:func:`extract_case`), or bring a base up to date with a folder of them."""

from ingest.extract import extract_bytes, extract_case
from ingest.pipeline import FileOutcome, Report, ingest_folder, ingest_paths

__all__ = ["FileOutcome", "Report", "extract_bytes", "extract_case", "ingest_folder", "ingest_paths"]
