"""What runs inside the sandbox: bytes to a :class:`~kb.types.Case`, or to a picture of a page."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from ingest import ocr
from ingest.cues import taxonomy_cues
from ingest.extract import UNREAD, Reading
from ingest.gazetteer import find
from ingest.identity import case_id_of
from ingest.lexicon.words import LANGUAGES
from ingest.pages import Document
from ingest.passages import passages_of
from ingest.pdf import read_document, upright_to_shown
from ingest.reading import read_case
from kb.taxonomy import Taxonomy
from kb.types import Case, Notice, Span

WARNED = ("javascript", "attachments", "owner_encrypted", "pages_lost", "hidden_text")
"""The flags of a document that an editor should know of."""


def read(
    data: bytes,
    *,
    name: str,
    sha256: str,
    max_pages: int,
    languages: Sequence[str] = (),
    taxonomy: str | None = None,
) -> Reading:
    """Read a PDF named ``name`` into a case and its passages.

    With ``languages`` (tesseract's names) pages without a text layer are read by OCR. ``taxonomy`` is a folder that
    extends the bundled facets.

    Raises:
        DocumentError: it cannot be read; see :func:`ingest.pdf.read_document`.
    """
    document = read_document(data, max_pages=max_pages)
    scanned = ocr.scanned_pages(document)
    notices = [Notice(flag) for flag in WARNED if flag in document.flags]
    if scanned and languages:
        read_by_ocr = ocr.with_text(document, data, scanned, languages=languages)
        document = read_by_ocr.document
        recognised = [page.number for page in document.pages if page.number in scanned and page.lines]
        notices += [Notice("ocr", {"pages": _ranges(recognised)})] if recognised else []
        notices += [Notice("ocr_language", {"language": read_by_ocr.missing})] if read_by_ocr.missing else []
        scanned = read_by_ocr.unread
    if scanned:
        whole = len(scanned) == document.page_count
        code = UNREAD if languages else "scanned" if whole else "scanned_pages"
        notices.append(Notice(code, _scan_params(scanned)))
    elif not any(page.lines for page in document.pages):
        notices.append(Notice("no_text"))
    facets = Taxonomy.load(Path(taxonomy) if taxonomy else None)
    case = _turned_back(read_case(document, file=name, sha256=sha256, taxonomy=facets), document)
    case = replace(case, case_id=case_id_of(name), warnings=(*notices, *case.warnings))
    return Reading(case, passages_of(case))


def warm_up() -> None:
    """Read a small document of our own, so that word lists and engines are loaded before the first real one."""
    for language in LANGUAGES:
        taxonomy_cues(Taxonomy.load(), language)
    find("Sundsvall")  # regions are looked up so, and the document below is a municipality's
    data = files("ingest").joinpath("data", "warm-up.pdf").read_bytes()
    read(data, name="uppvärmning.pdf", sha256="", max_pages=1)


def _scan_params(pages: Sequence[int]) -> dict[str, str | int]:
    return {"count": len(pages), "pages": _ranges(pages)}


def _ranges(pages: Sequence[int]) -> str:
    """Return page numbers as people write them.

    >>> _ranges([1, 2, 3, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _turned_back(case: Case, document: Document) -> Case:
    """Return ``case`` with the boxes of pages that were read sideways or set straight as the pages are shown."""
    turned = {page.number: page for page in document.pages if page.turned or page.skew}
    if not turned:
        return case

    def shown(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            replace(s, bbox=upright_to_shown(s.bbox, turned[s.page])) if s.page in turned else s for s in spans
        )

    return replace(
        case,
        fields={name: value and replace(value, spans=shown(value.spans)) for name, value in case.fields.items()},
        sections=tuple(replace(section, spans=shown(section.spans)) for section in case.sections),
    )
