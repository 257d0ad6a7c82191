from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.address import MOST_SHOWN, PAGE_SIZE, SearchState, href, query_string, toggled, with_values
from app.i18n import Texts
from kb import Filters
from kb.errors import InvalidFilter, UnknownFacet, UnknownFacetValue
from kb.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, SearchState()),
        ({"q": ["  mentor  "], "lang": ["en"]}, SearchState("mentor")),
        (
            {"measure": ["mentoring", "support_line"], "country": ["SE"]},
            SearchState(filters=Filters(facets={"measure": ["mentoring", "support_line"]}, country="SE")),
        ),
        ({"field": ["challenges"]}, SearchState(filters=Filters(field="challenges"))),
        ({"start_year": ["2015..2020"]}, SearchState(filters=Filters(started_from=2015, started_to=2020))),
        ({"measure": [""]}, SearchState()),
        ({"n": ["30"]}, SearchState(shown=30)),
        ({"n": ["99999"]}, SearchState(shown=PAGE_SIZE)),
        ({"n": ["9999"]}, SearchState(shown=MOST_SHOWN)),
        ({"n": ["-1"]}, SearchState(shown=PAGE_SIZE)),
        ({"n": ["²"]}, SearchState(shown=PAGE_SIZE)),
    ],
    ids=["nothing", "query", "or", "field", "years", "empty value", "more", "long", "most", "negative", "odd digit"],
)
def test_an_address_is_read(params, expected):
    assert SearchState.read(params, TAXONOMY) == expected


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"colour": ["red"]}, UnknownFacet),
        ({"measure": ["magic"]}, UnknownFacetValue),
        ({"field": ["moral"]}, UnknownFacetValue),
        ({"start_year": ["soon"]}, InvalidFilter),
        ({"start_year": ["2020..2015"]}, InvalidFilter),
    ],
    ids=["facet", "value", "field", "year", "backwards"],
)
def test_a_filter_that_does_not_exist_is_an_error(params, error):
    with pytest.raises(error):
        SearchState.read(params, TAXONOMY)


def test_choosing_and_unchoosing_a_value_come_back_to_the_same_address():
    params = {"q": ["skola"], "arena": ["school"]}
    assert toggled(toggled(params, "measure", "mentoring", True), "measure", "mentoring", False) == params


def test_a_value_is_chosen_once():
    assert toggled({"arena": ["school"]}, "arena", "school", True) == {"arena": ["school"]}


def test_a_changed_filter_shows_the_first_hits():
    assert with_values({"n": ["50"], "q": ["skola"]}, "arena", ["school"]) == {"q": ["skola"], "arena": ["school"]}


@given(st.dictionaries(st.sampled_from(["q", "measure"]), st.lists(st.text(min_size=1), min_size=1)))
def test_a_link_holds_just_what_it_was_made_of(params):
    assert parse_qs(query_string(params, Texts("en"))) == {**params, "lang": ["en"]}


@pytest.mark.parametrize(
    ("page", "params", "texts", "expected"),
    [
        ("search", {}, Texts("sv"), "./"),
        ("search", {"q": ["a b"]}, Texts("sv"), "./?q=a+b"),
        ("about", {}, Texts("en"), "om?lang=en"),
        ("about", {}, Texts("en", default="en"), "om"),
        ("case", {"case": 'x"><b>', "page": 2}, Texts("sv"), "exempel?case=x%22%3E%3Cb%3E&page=2"),
    ],
    ids=["home", "query", "language", "default language", "hostile id"],
)
def test_links(page, params, texts, expected):
    assert href(page, params, texts) == expected
