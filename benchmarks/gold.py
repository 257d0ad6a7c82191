"""The documents of the bench, each with what is true of it.

Three sources: our own samples (development and held out), case studies beside their publisher's own web page, and a
folder with a ``truth.json`` by other hands.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from benchmarks.measures import true_pages
from kb.types import FIELD_NAMES

SAMPLES, SAMPLE_PDFS = Path("data/samples/cases"), Path("data/raw_pdfs")
STUDIES = Path("../shared/pdf/cases")
STUDY_SECTIONS = {
    "Background": "background",
    "Project": "method",
    "Impact": "results",
    "Challenges": "challenges",
    "Takeaways": "success_factors",
}
METADATA = (
    "title",
    "organisation",
    "place",
    "country",
    "start_year",
    "contact_email",
    "published_year",
    "language",
    "document_type",
)

Split = Literal["dev", "held_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One document and the truth about it.

    ``fields`` is ``None`` where only metadata are judged; a field that the document lacks is ``None`` in it.
    ``pages`` names the pages (from 1) of the fields for which they are known; ``metadata`` what is judged.
    """

    path: Path
    layout: str
    fields: Mapping[str, str | None] | None
    pages: Mapping[str, tuple[int, ...]]
    metadata: Mapping[str, object]
    split: Split = "dev"
    hard: bool = False


@cache
def page_texts(path: Path) -> tuple[str, ...]:
    """Return the text of each page as PDFium gives it, to find where the gold stands.

    Empty strings for scans; no pages where PDFium cannot open the file.
    """
    import pypdfium2

    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(path) as document:
        return tuple(page.get_textpage().get_text_range() for page in document)
    return ()


def samples() -> Iterator[Gold]:
    """Yield the samples of ``data/samples`` with the metadata of their front matter."""
    from data.samples.render.source import gold, load

    for source_path in sorted(SAMPLES.glob("*.md")):
        source, pdf = load(source_path), SAMPLE_PDFS / f"{source_path.stem}.pdf"
        if not pdf.exists():
            continue
        meta, fields = source.meta, gold(source)
        metadata = {name: getattr(meta, name) for name in METADATA if name != "contact_email"}
        yield Gold(
            path=pdf,
            layout=meta.layout,
            split=meta.split,
            fields=fields,
            pages=_pages_of(fields, page_texts(pdf)),
            metadata=metadata | {"contact_email": meta.contact.email if meta.contact else None},
        )


def studies() -> Iterator[Gold]:
    """Yield the published case studies; their texts are those of the publisher's web page."""
    for entry in json.loads((STUDIES / "truth.json").read_text("utf-8")):
        fields: dict[str, str | None] = dict.fromkeys(FIELD_NAMES)
        for section in entry["sections"]:
            if section["name"] in STUDY_SECTIONS:
                fields[STUDY_SECTIONS[section["name"]]] = section["text"]
        pdf = STUDIES / entry["pdf"]
        yield Gold(path=pdf, layout="study", fields=fields, pages=_pages_of(fields, page_texts(pdf)), metadata={})


def folder(path: Path) -> Iterator[Gold]:
    """Yield the documents of a folder's ``truth.json``; the PDFs lie beside it or in ``pdf/``.

    It maps each file's name to layout, fields, pages, title, organisation, place, country, start_year,
    contact_email, language, document_type, hard and score_fields (false: metadata only).
    """
    truth = json.loads((path / "truth.json").read_text("utf-8"))
    for name, entry in _entries(truth):
        pdf = path / "pdf" / name
        yield Gold(
            path=pdf if pdf.exists() else path / name,
            layout=entry.get("layout", "unknown"),
            hard=entry.get("hard", False),
            fields={f: entry["fields"].get(f) for f in FIELD_NAMES} if entry.get("score_fields", True) else None,
            pages={f: tuple(pages) for f, pages in entry.get("pages", {}).items()},
            metadata={name: entry[name] for name in METADATA if name in entry},
        )


def _entries(truth: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield file names and entries of any of the forms in use: a mapping, a list, either under ``documents``."""
    listed = truth.get("documents", truth) if isinstance(truth, dict) else truth
    if isinstance(listed, dict):
        yield from listed.items()
    else:
        yield from ((entry.get("file") or entry["pdf"], entry) for entry in listed)


def _pages_of(fields: Mapping[str, str | None], texts: Sequence[str]) -> dict[str, tuple[int, ...]]:
    known = {name: true_pages(text, texts) for name, text in fields.items() if text}
    return {name: pages for name, pages in known.items() if pages}
