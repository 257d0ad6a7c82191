"""One PDF into one case, or one page into a picture, by way of the sandbox. Touches no base."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ingest.identity import file_name_of
from ingest.limits import MEGABYTE
from ingest.sandbox import Limits, Usage, run
from ingest.tesseract import SECONDS_A_PAGE, installed_languages
from kb.config import Settings
from kb.errors import DocumentError, EmptyDocument, FileMissing, TooLarge
from kb.types import BBox, Case, Passage

SCANS = frozenset({"scanned", "scanned_pages"})
"""Warnings of a case with pages that were not read."""

UNREAD = "ocr_unread"
"""The warning of a case with pages that OCR tried to read in vain."""

OCR_COULD_MORE = SCANS | {UNREAD, "ocr_language"}
"""Warnings of a case that another installation of tesseract could read better."""

_READ = "ingest.reader:read"
_OCR_SECONDS = 2
_TOO_SLOW_FOR_OCR = 3.0  # CPU seconds; a scan without its text is read in a moment; this one is something else


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave: its case, and the case's passages (the base numbers them)."""

    case: Case
    passages: tuple[Passage, ...]


def extract_case(path: str | Path, settings: Settings | None = None, *, ocr: bool = True) -> Case:
    """Read one PDF into a case.

    ``ocr`` lets tesseract read scanned pages, where it is installed.

    Raises:
        DocumentError: it cannot be read; which kind says why.
    """
    path = Path(path)
    settings = settings or Settings.load()
    return extract_bytes(read_bytes(path, settings), file_name_of(path), settings, ocr=ocr)


def read_bytes(path: Path, settings: Settings) -> bytes:
    """Return a file's bytes, if they are few enough.

    Raises:
        FileMissing, TooLarge, EmptyDocument: as they say.
        DocumentError: it cannot be opened.
    """
    file = file_name_of(path)
    if not path.is_file():
        raise FileMissing(file=str(path))
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= settings.max_megabytes * MEGABYTE else b""
    except OSError as error:
        raise DocumentError(file=file, reason=error.strerror or str(error)) from error
    if size > settings.max_megabytes * MEGABYTE:
        raise TooLarge(file=file, found=f"{size / MEGABYTE:.0f} MB", limit=f"{settings.max_megabytes} MB")
    if not data:
        raise EmptyDocument(file=file)
    return data


def extract_bytes(data: bytes, file_name: str, settings: Settings | None = None, *, ocr: bool = True) -> Case:
    """Read a PDF's bytes into a case.

    Raises:
        DocumentError: they cannot be read; which kind says why.
    """
    return extract_reading(data, file_name, settings, ocr=ocr).case


def extract_reading(
    data: bytes,
    file_name: str,
    settings: Settings | None = None,
    *,
    ocr: bool = True,
    on_usage: Callable[[Usage], None] | None = None,
) -> Reading:
    """Read a PDF's bytes into a case and its passages; ``on_usage`` hears what each child process took.

    Raises:
        DocumentError: they cannot be read; which kind says why.
    """
    settings = settings or Settings.load()
    taken: list[Usage] = []

    def heard(usage: Usage) -> None:
        taken.append(usage)
        if on_usage:
            on_usage(usage)

    arguments: dict[str, Any] = {
        "name": file_name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "max_pages": settings.max_pages,
        "taxonomy": str(settings.taxonomy.absolute()) if settings.taxonomy else None,
    }
    read = partial(run, _READ, data, returns=Reading, file=file_name, on_usage=heard, **arguments)
    reading: Reading = read(limits=Limits.of(settings), languages=[])
    scans = sum(int(w.params["count"]) for w in reading.case.warnings if w.code in SCANS)
    languages = installed_languages() if ocr and scans else ()
    if not languages or sum(usage.cpu_seconds for usage in taken) > _TOO_SLOW_FOR_OCR:
        return reading
    limits = Limits(settings.memory_megabytes, _OCR_SECONDS + SECONDS_A_PAGE * scans)
    try:
        return read(limits=limits, languages=list(languages))
    except DocumentError:
        return _without_ocr(reading)


def _without_ocr(reading: Reading) -> Reading:
    """What was read without OCR, with a warning that OCR was tried in vain."""
    warnings = tuple(replace(w, code=UNREAD) if w.code in SCANS else w for w in reading.case.warnings)
    return replace(reading, case=replace(reading.case, warnings=warnings))


def render_page(
    data: bytes, page: int, *, width_px: int, boxes: Sequence[BBox] = (), settings: Settings | None = None
) -> bytes:
    """Return page ``page`` (from 1) as a PNG, ``width_px`` wide, with ``boxes`` (PDF points) marked.

    Raises:
        DocumentError: the page does not exist or cannot be drawn.
    """
    return run(
        "ingest.pdf:render_page",
        data,
        returns=bytes,
        limits=Limits.of(settings or Settings.load()),
        file="PDF",
        page=page,
        width_px=width_px,
        boxes=[list(box) for box in boxes],
    )
