"""A document becomes a case: the one entry point of reading, pure from pages to :class:`kb.types.Case`."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from slugify import slugify

from ingest.facets import find_facets
from ingest.fields import fields_of, portions_of, sections_of
from ingest.language import detect_language
from ingest.layout import lay_out
from ingest.metadata import read_metadata
from ingest.pages import Document
from ingest.sections import parts_of
from ingest.titles import declared_title, find_title
from ingest.triage import triage
from ingest.understood import told_in_sections, with_sections_understood
from ingest.unheaded import told_in_prose, with_combined_parted, with_lessons_parted
from kb.taxonomy import Taxonomy
from kb.types import Case, Notice

_FEW = 3  # fields: a document with fewer under telling headings may be one whose headings do not tell


def read_case(document: Document, *, file: str, sha256: str, taxonomy: Taxonomy | None = None) -> Case:
    """Read the fields, the metadata and the facets of one document.

    ``file`` is the file's name, ``sha256`` the hash of its bytes. Nothing is invented: what the document does not
    say is ``None``.
    """
    text = " ".join(line.text for page in document.pages for line in page.lines)
    language = detect_language(text, declared=document.language)
    layout = lay_out(document, language=language)
    title = find_title(layout, document)
    parts = parts_of(layout, language=language, title=title.blocks if title else (), outline=document.outline)
    heading = title.text if title else declared_title(document, words=2) or PurePath(file).stem
    examine = partial(triage, heading, text=text, first_page=_first_page(document), page_count=document.page_count)
    understood = with_sections_understood(with_combined_parted(portions_of(parts)), language)
    portions = with_lessons_parted(understood)
    fields = fields_of(portions)
    kind, notices = examine(fields)
    if not _is_regulation(notices) and sum(value is not None for value in fields.values()) < _FEW:
        told = told_in_sections(understood, language) or told_in_prose(understood)
        told = told and with_lessons_parted(told)
        told_kind, told_notices = examine(fields_of(told)) if told else (kind, notices)
        if told and (kind in {"example", "other"} or told_kind == "example"):
            portions, fields, kind, notices = told, fields_of(told), told_kind, told_notices
    if _is_regulation(notices):  # its headings mean other things
        portions = tuple(replace(portion, field=None) for portion in portions)
        fields = fields_of(portions)
    metadata = read_metadata(document, layout, portions, title, language=language)
    if metadata.organisation and metadata.organisation_inferred:
        notices = (*notices, Notice("organisation_inferred", {"organisation": metadata.organisation}))
    if metadata.start_year and metadata.start_reckoned:
        notices = (*notices, Notice("start_reckoned", {"year": metadata.start_year}))
    facets = find_facets(
        taxonomy or Taxonomy.load(),
        language=language,
        title=heading,
        portions=portions,
        metadata=metadata,
    )
    return Case(
        case_id=slugify(PurePath(file).stem) or sha256[:12],
        file=file,
        sha256=sha256,
        document_type=kind,
        language=language,
        page_count=document.page_count,
        title=heading,
        organisation=metadata.organisation,
        place=metadata.place,
        country=metadata.country,
        start_year=metadata.start_year,
        published_year=metadata.published_year,
        target_groups=metadata.target_groups,
        partners=metadata.partners,
        funding=metadata.funding,
        contact=metadata.contact,
        facets=facets,
        fields=fields,
        sections=sections_of(portions),
        warnings=notices,
    )


def _is_regulation(notices: Sequence[Notice]) -> bool:
    return any(notice.code == "regulation" for notice in notices)


def _first_page(document: Document) -> str:
    return "\n".join(line.text for page in document.pages[:1] for line in page.lines)
