import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records import (
    case_record,
    dump_case,
    dump_contact,
    dump_spans,
    extract_record,
    load_case,
    load_contact,
    load_spans,
)
from kb.taxonomy import Taxonomy
from kb.types import (
    DOCUMENT_TYPES,
    FIELD_NAMES,
    Case,
    Contact,
    FacetValue,
    FieldValue,
    Notice,
    Section,
    Span,
)
from tests.kb.fakes import make_case, make_field, make_span

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
SPANS = st.lists(st.builds(Span, st.integers(1, 500), st.tuples(NUMBER, NUMBER, NUMBER, NUMBER), TEXT), max_size=3).map(
    tuple
)
FIELD = st.builds(FieldValue, TEXT, SPANS, TEXT, st.floats(0, 1))
TEXTS = st.none() | st.lists(TEXT, max_size=3).map(tuple)
YEAR = st.none() | st.integers(1900, 2100)
CASES = st.builds(
    Case,
    case_id=TEXT,
    file=TEXT,
    sha256=TEXT,
    document_type=st.sampled_from(DOCUMENT_TYPES),
    language=TEXT,
    page_count=st.integers(0, 500),
    title=TEXT,
    organisation=st.none() | TEXT,
    country=st.none() | TEXT,
    start_year=YEAR,
    published_year=YEAR,
    target_groups=TEXTS,
    partners=TEXTS,
    funding=st.none() | TEXT,
    facets=st.lists(st.builds(FacetValue, TEXT, TEXT, TEXT, st.integers(1, 9)), max_size=3).map(tuple),
    fields=st.fixed_dictionaries(dict.fromkeys(FIELD_NAMES, st.none() | FIELD)),
    sections=st.lists(
        st.builds(Section, TEXT, st.integers(1, 6), TEXT, SPANS, st.none() | st.sampled_from(FIELD_NAMES)), max_size=2
    ).map(tuple),
    warnings=st.lists(
        st.builds(Notice, TEXT, st.dictionaries(TEXT, TEXT | st.integers(-9, 9), max_size=2)), max_size=2
    ).map(tuple),
)


@given(CASES)
def test_nothing_is_lost_on_the_way_to_json_and_back(case):
    assert load_case(dump_case(case)) == case


@given(SPANS)
def test_spans_come_back(spans):
    assert load_spans(dump_spans(spans)) == spans


def test_a_contact_comes_back():
    contact = Contact(name="Åsa Öst", phone="070-000 00 00")
    assert load_contact(dump_contact(contact)) == contact


def test_the_kept_record_has_no_contact():
    assert "ann-mari" not in dump_case(make_case()).lower()
    assert load_case(dump_case(make_case())).contact is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"case_id": 1}'])
def test_what_is_no_case_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 – msgspec's own kinds of it
        load_case(text)


def test_the_record_of_the_contract():
    case = make_case(
        target_groups=("unga", "föräldrar"),
        partners=(),
        warnings=(),
        fields={**dict.fromkeys(FIELD_NAMES), "method": make_field("Rad 1\nRad 2", page=3)},
    )
    record = extract_record(case)
    assert record | {"facets": None} == {
        "file": "stodtelefon-lindvik.pdf",
        "case_id": "stodtelefon-lindvik",
        "document_type": "example",
        "language": "sv",
        "title": "Exemplet stodtelefon-lindvik",
        "organisation": None,
        "place": None,
        "country": "SE",
        "start_year": 2017,
        "published_year": None,
        "target_groups": ["unga", "föräldrar"],
        "partners": [],
        "funding": None,
        "contact_email": "ann-mari@lindvik.example",
        "facets": None,
        "facet_evidence": [{"facet": "measure", "value": "support_line", "quote": "en stödtelefon", "page": 1}],
        "fields": {
            "background": None,
            "method": {
                "text": "Rad 1\nRad 2",
                "pages": [3],
                "spans": [{"page": 3, "bbox": [72.0, 96.5, 523.25, 110.0], "quote": "Rad 1\nRad 2"}],
                "rule": "tag-heading",
                "confidence": 0.75,
            },
            "success_factors": None,
            "challenges": None,
            "results": None,
        },
        "warnings": [],
        "warning_codes": [],
        "page_count": 2,
        "sha256": case.sha256,
    }
    assert json.loads(json.dumps(record)) == record


def test_every_facet_is_listed_and_unknown_ones_are_not_lost():
    facets = (FacetValue("measure", "support_line", "…", 1), FacetValue("own_facet", "x", "…", 2))
    listed = extract_record(make_case(facets=facets))["facets"]
    assert listed["measure"] == ["support_line"]
    assert listed["own_facet"] == ["x"]
    assert listed["arena"] == []
    assert set(Taxonomy.load().facets) - {"country", "language", "document_type"} <= set(listed)


def test_what_has_a_place_of_its_own_is_not_listed_among_the_facets():
    assert not {"country", "language", "document_type"} & set(extract_record(make_case())["facets"])


def test_warnings_are_sentences_with_their_codes(monkeypatch):
    sentences = {"sv": "Sidan {page} är en bild.", "en": "Page {page} is a picture."}
    monkeypatch.setattr("kb.messages.catalogue", lambda language: {"warning.picture": sentences[language]})
    case = make_case(warnings=(Notice("picture", {"page": 4}),))
    assert extract_record(case)["warnings"] == ["Sidan 4 är en bild."]
    assert extract_record(case, "en")["warnings"] == ["Page 4 is a picture."]
    assert extract_record(case)["warning_codes"] == ["picture"]


def test_a_shown_case_tells_its_contact_only_when_given():
    case = make_case()
    assert case_record(case)["contact_email"] is None
    assert "contact" not in case_record(case)
    shown = case_record(case, contact=case.contact)
    assert shown["contact"] == {"name": "Ann-Mari Testsson", "role": None, "email": case.contact.email, "phone": None}
    assert shown["contact_email"] == case.contact.email


def test_a_field_that_is_not_named_is_null():
    assert extract_record(make_case(fields={}))["fields"] == dict.fromkeys(FIELD_NAMES)


def test_a_span_keeps_its_box():
    assert load_spans(dump_spans([make_span("q", 2)])) == (make_span("q", 2),)
