"""What the page shows of one case, and what of its PDF it marks. Pure: no Streamlit, no HTML, no base."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.address import Params
from app.i18n import Texts
from app.view_models import facet_label, value_label
from kb.taxonomy import Taxonomy
from kb.types import FIELD_NAMES, BBox, Case, FieldName, FieldValue, Passage, Span


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a case. ``paragraphs`` is ``None`` where the document does not have the field."""

    name: FieldName
    label: str
    paragraphs: tuple[str, ...] | None
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A facet value of a case, with the quote and the page that support it."""

    facet: str
    value: str
    label: str
    quote: str
    page: int


@dataclass(frozen=True, slots=True)
class Look:
    """What of the PDF is shown: a page, and the boxes marked on it. ``field`` is the one that they belong to.

    ``passage`` is the position of the passage that is marked instead of a whole field.
    """

    page: int
    field: FieldName | None
    passage: int | None
    boxes: tuple[BBox, ...]


def field_views(case: Case, texts: Texts) -> tuple[FieldView, ...]:
    """Return every field of a case in order, those too that its document does not have."""
    return tuple(_field_view(name, case.fields.get(name), texts) for name in FIELD_NAMES)


def _field_view(name: FieldName, value: FieldValue | None, texts: Texts) -> FieldView:
    if value is None:
        return FieldView(name, texts.field(name), None, ())
    paragraphs = tuple(line for line in value.text.split("\n") if line.strip())
    return FieldView(name, texts.field(name), paragraphs, value.pages)


def look(case: Case, passages: Sequence[Passage], params: Params) -> Look:
    """Return what an address asks to see of the PDF; what makes no sense in it is passed over.

    ``passage`` (a position) wins over ``field``; without a ``page`` it is the first that has something marked. Who asks
    for nothing sees the first field.
    """
    passage = _passage(passages, params)
    asked_for = params.get("field", ()) if {"field", "page"} & params.keys() else FIELD_NAMES
    names = [name for name in FIELD_NAMES if name in asked_for]
    field = passage.field if passage else next((name for name in names if case.fields.get(name)), None)
    spans = _spans(case, passage, field)
    asked = _number(params, "page")
    page = asked if asked is not None and 1 <= asked <= case.page_count else spans[0].page if spans else 1
    boxes = tuple(span.bbox for span in spans if span.page == page)
    return Look(page, field, passage.position if passage else None, boxes)


def _spans(case: Case, passage: Passage | None, field: FieldName | None) -> tuple[Span, ...]:
    if passage is not None:
        return passage.spans
    value = case.fields.get(field) if field else None
    return value.spans if value else ()


def _passage(passages: Sequence[Passage], params: Params) -> Passage | None:
    position = _number(params, "passage")
    return next((passage for passage in passages if passage.position == position), None)


def _number(params: Params, name: str) -> int | None:
    text = "".join(params.get(name, ())[:1])
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def facts(case: Case, taxonomy: Taxonomy, texts: Texts) -> tuple[tuple[str, str | None], ...]:
    """Return what is known of a case, label and value; ``None`` where the document does not say."""

    def of(facet: str, value: str | None) -> str | None:
        return taxonomy.label(facet, value, texts.language) if value else None

    def several(values: Sequence[str] | None) -> str | None:
        return None if values is None else "; ".join(values) or texts("none_stated")

    def year(value: int | None) -> str | None:
        return None if value is None else str(value)

    named = {
        "organisation": case.organisation,
        "place": case.place,
        "country": of("country", case.country),
        "start_year": year(case.start_year),
        "published_year": year(case.published_year),
        "target_groups": several(case.target_groups),
        "partners": several(case.partners),
        "funding": case.funding,
        "language": of("language", case.language),
        "document_type": of("document_type", case.document_type),
        "file": f"{case.file} ({texts.count('pages', case.page_count)})",
    }
    return tuple((texts(f"fact.{name}"), value) for name, value in named.items())


def tags(case: Case, taxonomy: Taxonomy, texts: Texts) -> dict[str, tuple[Tag, ...]]:
    """Return the facet values of a case by the facet's label, in the taxonomy's order."""
    found: dict[str, tuple[Tag, ...]] = {}
    for facet in taxonomy.facets:
        first = {
            value: next(f for f in case.facets if (f.facet, f.value) == (facet, value))
            for value in case.values_of(facet)
        }
        if first:
            found[facet_label(facet, taxonomy, texts)] = tuple(
                Tag(facet, value, value_label(facet, value, taxonomy, texts), f.quote, f.page)
                for value, f in first.items()
            )
    return found
