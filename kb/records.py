"""A case as JSON: the lossless form that the base keeps, and the record that ``--json`` prints.

What the base keeps leaves the contact out: personal data lies in a table of its own.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import msgspec

from kb.filters import COLUMNS
from kb.messages import Language
from kb.taxonomy import Taxonomy
from kb.types import FIELD_NAMES, Case, Contact, FieldValue, Span

_encode = msgspec.json.Encoder().encode
_decode_case = msgspec.json.Decoder(Case).decode
_decode_contact = msgspec.json.Decoder(Contact).decode
_decode_spans = msgspec.json.Decoder(tuple[Span, ...]).decode


def dump_case(case: Case) -> str:
    """Return ``case`` as JSON, whole but for its contact."""
    return _encode(replace(case, contact=None)).decode()


def load_case(record: str) -> Case:
    """Return the case that :func:`dump_case` wrote, without a contact.

    Raises:
        ValueError: ``record`` is not such JSON.
    """
    return _decode_case(record)


def dump_contact(contact: Contact) -> str:
    """Return ``contact`` as JSON."""
    return _encode(contact).decode()


def load_contact(record: str) -> Contact:
    """Return the contact that :func:`dump_contact` wrote.

    Raises:
        ValueError: ``record`` is not such JSON.
    """
    return _decode_contact(record)


def dump_spans(spans: Iterable[Span]) -> str:
    """Return ``spans`` as a JSON list."""
    return _encode(list(spans)).decode()


def load_spans(record: str) -> tuple[Span, ...]:
    """Return the spans that :func:`dump_spans` wrote.

    Raises:
        ValueError: ``record`` is not such JSON.
    """
    return _decode_spans(record)


def extract_record(case: Case, language: Language = "sv", *, taxonomy: Taxonomy | None = None) -> dict[str, Any]:
    """Return the record of ``kb extract --json``: plain values, keys in a fixed order.

    ``null`` means that the document does not say; ``[]`` that it says there are none. ``facets`` lists every facet of
    ``taxonomy`` (default: the bundled one) with its value ids, less those that are keys of the record themselves.
    ``warnings`` are sentences in ``language``, ``warning_codes`` the same warnings for machines. ``contact_email`` is
    that of ``case``, which a case from a base does not carry.

    >>> case = Case(case_id="x", file="x.pdf", sha256="…", document_type="example", language="sv", page_count=1,
    ...             title="Stödtelefonen", country="SE")
    >>> record = extract_record(case)
    >>> record["country"], record["fields"]["method"], record["facets"]["measure"]
    ('SE', None, [])
    """
    known = Taxonomy.load().facets if taxonomy is None else taxonomy.facets
    facets = dict.fromkeys([*(name for name in known if name not in COLUMNS), *(f.facet for f in case.facets)])
    return {
        "file": case.file,
        "case_id": case.case_id,
        "document_type": case.document_type,
        "language": case.language,
        "title": case.title,
        "organisation": case.organisation,
        "place": case.place,
        "country": case.country,
        "start_year": case.start_year,
        "published_year": case.published_year,
        "target_groups": _list(case.target_groups),
        "partners": _list(case.partners),
        "funding": case.funding,
        "contact_email": case.contact.email if case.contact else None,
        "facets": {facet: list(case.values_of(facet)) for facet in facets},
        "facet_evidence": [{"facet": f.facet, "value": f.value, "quote": f.quote, "page": f.page} for f in case.facets],
        "fields": {name: _field(case.fields.get(name)) for name in FIELD_NAMES},
        "warnings": [notice.message(language) for notice in case.warnings],
        "warning_codes": [notice.code for notice in case.warnings],
        "page_count": case.page_count,
        "sha256": case.sha256,
    }


def case_record(case: Case, language: Language = "sv", *, contact: Contact | None = None) -> dict[str, Any]:
    """Return the record of ``kb show --json``: as :func:`extract_record`, with the contact only if it is given."""
    record = extract_record(replace(case, contact=contact), language)
    return record | {"contact": asdict(contact)} if contact else record


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _field(value: FieldValue | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "text": value.text,
        "pages": list(value.pages),
        "spans": [{"page": s.page, "bbox": list(s.bbox), "quote": s.quote} for s in value.spans],
        "rule": value.rule,
        "confidence": value.confidence,
    }
