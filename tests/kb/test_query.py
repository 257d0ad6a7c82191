import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import EmptyQuery, QueryTooLong
from kb.query import LONGEST_DESCRIPTION, LONGEST_QUERY, Query, describe, parse


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("stödtelefon", Query("stödtelefon")),
        ("  två   ord ", Query("två ord")),
        ('"social insatsgrupp"', Query("social insatsgrupp", ("social insatsgrupp",))),
        ("”social insatsgrupp” unga", Query("social insatsgrupp unga", ("social insatsgrupp",))),
        ("»vit makt« musik", Query("vit makt musik", ("vit makt",))),
        ("stöd -polis", Query("stöd", (), ("polis",))),
        ("stöd −polis", Query("stöd", (), ("polis",))),
        ('stöd -"vit makt"', Query("stöd", (), ("vit makt",))),
        ("SLT-samordnare", Query("SLT-samordnare")),
        ("stöd - polis", Query("stöd polis")),
        ("2015-2020", Query("2015-2020")),
        ('"inte stängd', Query("inte stängd")),
        ('stöd ""', Query("stöd")),
        ("a AND b", Query("a AND b")),
        ("titel:stöd (polis)", Query("titel:stöd (polis)")),
        ("4 § SoL", Query("4 § SoL")),
        ("§ 4 & § 5", Query("§ 4 § 5")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parse(typed, query):
    assert parse(typed) == query


@pytest.mark.parametrize("typed", ["", "   ", "?!", '""', "-polis", "§"])
def test_nothing_to_search_for(typed):
    with pytest.raises(EmptyQuery):
        parse(typed)


def test_too_long():
    assert parse("x" * LONGEST_QUERY).text
    with pytest.raises(QueryTooLong):
        parse("x" * (LONGEST_QUERY + 1))


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(typed):
    try:
        query = parse(typed)
    except EmptyQuery:
        return
    assert query.text
    assert all(phrase in query.text for phrase in query.phrases)


def test_a_description_is_plain_text():
    assert describe('Vi sa "nej" -och gick') == Query('Vi sa "nej" -och gick')
    with pytest.raises(EmptyQuery):
        describe("…")
    with pytest.raises(QueryTooLong):
        describe("x" * (LONGEST_DESCRIPTION + 1))
