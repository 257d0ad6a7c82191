import pytest

from kb.errors import InvalidFilter, UnknownFacet, UnknownFacetValue
from kb.filters import Filters, case_condition, passage_condition
from kb.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ({"country": "SE"}, {"country": ["SE"]}),
        ({"country": "se"}, {"country": ("SE",)}),
        ({"country": ["SE", "NO", "SE"]}, {"country": ("SE", "NO")}),
        ({"language": "SV"}, {"language": ("sv",)}),
        ({"facets": {"measure": "mentoring"}}, {"facets": {"measure": ("mentoring",)}}),
        ({"facets": {"measure": []}}, {}),
        ({"facets": {"country": ["SE"], "language": "sv"}}, {"country": "SE", "language": "sv"}),
        ({"facets": {"document_type": "report"}, "document_type": "example"}, {"document_type": ["example", "report"]}),
        ({"field": "challenges"}, {"field": ["challenges"]}),
    ],
)
def test_one_or_several_come_to_the_same(given, same):
    assert Filters(**given) == Filters(**same)
    assert hash(Filters(**given)) == hash(Filters(**same))


def test_values_are_tuples_in_the_order_given():
    filters = Filters(facets={"measure": ["support_line", "mentoring"]}, country=("SE", "NO"))
    assert (filters.country, filters.facets) == (("SE", "NO"), {"measure": ("support_line", "mentoring")})


def test_empty_filters_are_false():
    assert not Filters()
    assert Filters(started_to=2020)
    assert Filters(facets={"measure": "mentoring"})


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"field": "methods"}, UnknownFacetValue),
        ({"document_type": "book"}, UnknownFacetValue),
        ({"started_from": 2020, "started_to": 2019}, InvalidFilter),
    ],
)
def test_what_no_base_can_have_is_refused(given, error):
    with pytest.raises(error):
        Filters(**given)


@pytest.mark.parametrize(
    ("texts", "filters"),
    [
        ([], Filters()),
        (["measure=support_line"], Filters(facets={"measure": "support_line"})),
        (["measure=support_line", "measure=mentoring"], Filters(facets={"measure": ["support_line", "mentoring"]})),
        ([" measure = mentoring "], Filters(facets={"measure": "mentoring"})),
        (["country=SE", "country=no"], Filters(country=["SE", "NO"])),
        (["language=nb", "document_type=report"], Filters(language="nb", document_type="report")),
        (["field=challenges"], Filters(field="challenges")),
        (["start_year=2015"], Filters(started_from=2015, started_to=2015)),
        (["start_year=2015..2020"], Filters(started_from=2015, started_to=2020)),
        (["start_year=2015.."], Filters(started_from=2015)),
        (["start_year=..2020"], Filters(started_to=2020)),
    ],
    ids=str,
)
def test_parse(texts, filters):
    assert Filters.parse(texts, TAXONOMY) == filters


@pytest.mark.parametrize(
    ("texts", "error", "told"),
    [
        (["measure"], InvalidFilter, "measure"),
        (["=x"], InvalidFilter, "=x"),
        (["measure="], InvalidFilter, "measure="),
        ([""], InvalidFilter, "SE"),
        (["colour=red"], UnknownFacet, "measure"),
        (["measure=nonsense"], UnknownFacetValue, "support_line"),
        (["country=Sverige"], UnknownFacetValue, "SE"),
        (["language=xx"], UnknownFacetValue, "sv"),
        (["document_type=book"], UnknownFacetValue, "example"),
        (["field=method_"], UnknownFacetValue, "success_factors"),
        (["start_year=abc"], InvalidFilter, "abc"),
        (["start_year=.."], InvalidFilter, ".."),
        (["start_year=20152016"], InvalidFilter, "20152016"),
        (["start_year=2020..2015"], InvalidFilter, "2020..2015"),
        (["start_year=2015", "start_year=2016"], InvalidFilter, "start_year"),
        (["start_year=٢٠١٥"], InvalidFilter, "start_year"),
        (["x=1' OR '1'='1"], UnknownFacet, "measure"),
    ],
    ids=str,
)
def test_bad_filters_say_what_is_known(texts, error, told):
    with pytest.raises(error) as caught:
        Filters.parse(texts, TAXONOMY)
    assert told in caught.value.message("sv")


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("measure", {"country": "SE", "field": "method", "started_from": 2015, "started_to": 2020}),
        ("country", {"facets": {"measure": "mentoring"}, "field": "method", "started_from": 2015, "started_to": 2020}),
        ("field", {"facets": {"measure": "mentoring"}, "country": "SE", "started_from": 2015, "started_to": 2020}),
        ("start_year", {"facets": {"measure": "mentoring"}, "country": "SE", "field": "method"}),
    ],
)
def test_without(name, left):
    whole = Filters(facets={"measure": "mentoring"}, country="SE", field="method", started_from=2015, started_to=2020)
    assert whole.without(name) == Filters(**left)
    assert whole.without("arena") == whole


def test_values_of():
    filters = Filters(facets={"measure": "mentoring"}, country="SE", field="method")
    names = ("measure", "country", "field", "arena", "language")
    assert [filters.values_of(name) for name in names] == [("mentoring",), ("SE",), ("method",), (), ()]


def test_no_value_is_written_into_the_sql():
    nasty = "x'); DROP TABLE cases; --"
    filters = Filters(facets={nasty: nasty}, country=nasty, language=nasty, field="method", started_from=2015)
    for condition in (case_condition(filters), passage_condition(filters)):
        assert "DROP" not in condition.sql.upper()
        assert condition.sql.count("?") == len(condition.values)
