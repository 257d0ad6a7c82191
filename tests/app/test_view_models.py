import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.address import SearchState
from app.i18n import Texts
from app.view_models import (
    QUOTE_LENGTH,
    Segment,
    byline,
    card,
    chips,
    excerpt,
    facet_groups,
    segments,
    years_label,
)
from kb import Filters, Hit, PassageHit
from kb.taxonomy import Taxonomy
from kb.types import FacetCount, MatchedTerm
from tests.app.fakes import make_case, make_passages

TAXONOMY = Taxonomy.load()
SV, EN = Texts("sv"), Texts("en")

matches = st.lists(
    st.tuples(st.integers(-5, 1200), st.integers(-5, 1200)).map(lambda pair: MatchedTerm(*pair, "x")), max_size=12
)
words = st.lists(st.text(alphabet="abcåäö<&\n", min_size=1, max_size=12), max_size=150).map(" ".join)


def joined(found):
    return "".join(segment.text for segment in found)


@given(st.text(max_size=80), matches)
def test_segments_say_the_text_whatever_the_matches(text, matched):
    assert joined(segments(text, matched)) == text


@given(words, matches)
def test_an_excerpt_is_a_stretch_of_the_text_and_not_much_longer_than_asked(text, matched):
    found = excerpt(text, matched, length=100)
    shown = joined(found).removeprefix("… ").removesuffix(" …")
    assert shown in text.replace("\n", " ")
    assert len(shown) <= 100
    assert bool(text.strip()) <= bool(shown)


@given(words)
def test_what_is_marked_is_what_matched(text):
    matched = [MatchedTerm(i, i + 1, "å") for i, letter in enumerate(text) if letter == "å"]
    found = excerpt(text, matched, length=100)
    assert all((segment.text == "å") == segment.marked or "å" not in segment.text for segment in found)
    assert any(segment.marked for segment in found) == bool(matched)


def test_a_short_text_is_shown_whole():
    assert excerpt("Stöd\ntill unga", []) == (Segment("Stöd till unga"),)


def test_a_long_text_is_shown_where_most_matches_stand():
    text = "inledning " * 60 + "här svarar stödtelefonen och stödlinjen " + "slutord " * 60
    at = [text.index("stödtelefonen"), text.index("stödlinjen")]
    found = excerpt(text, [MatchedTerm(0, 9, "inledning"), *(MatchedTerm(i, i + 10, "stöd") for i in at)])
    assert found[0].text == "… "
    assert found[-1].text == " …"
    assert [segment.text for segment in found if segment.marked] == ["stödtelefo", "stödlinjen"]
    assert len(joined(found)) <= QUOTE_LENGTH + 4


def hit_of(case, *, lexical=0.3, semantic=0.1, matched=()):
    passages = make_passages(case)
    found = tuple(
        PassageHit(passage=p, score=lexical + semantic, lexical=lexical, semantic=semantic, matched=matched)
        for p in passages
    )
    return Hit(rank=1, score=0.4, case=case, passages=found)


def test_a_card_says_who_where_when_and_why():
    found = card(hit_of(make_case(), matched=(MatchedTerm(0, 8, "anhörig"),)), TAXONOMY, SV)
    assert found.byline == ("Lindviks kommun, socialtjänsten", "Sverige", "start 2017")
    assert [quote.label for quote in found.quotes] == ["Bakgrund", "Så gjorde man", "Framgångsfaktorer", "Utmaningar"]
    assert [quote.page for quote in found.quotes] == [1, 1, 2, 2]
    assert found.by_words == 75
    assert found.words[0] == "anhöriga"
    assert found.kind is None


def test_a_card_of_another_kind_of_document_says_so():
    assert card(hit_of(make_case(document_type="action_plan")), TAXONOMY, EN).kind == "Action plan"


def test_a_listed_case_has_no_reason():
    assert card(hit_of(make_case(), lexical=0.0, semantic=0.0), TAXONOMY, SV).by_words is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"organisation": None}, ("Lindvik", "Sverige", "start 2017")),
        ({"organisation": "Stiftelsen Trygg"}, ("Stiftelsen Trygg", "Lindvik", "Sverige", "start 2017")),
        (
            {"start_year": None, "published_year": 2021},
            ("Lindviks kommun, socialtjänsten", "Sverige", "publicerad 2021"),
        ),
        ({"organisation": None, "place": None, "country": None, "start_year": None}, ()),
        ({"country": "XX", "organisation": None}, ("Lindvik", "XX", "start 2017")),
    ],
    ids=["place only", "place apart", "published", "nothing known", "unknown country"],
)
def test_a_byline_says_what_is_known(changes, expected):
    assert byline(make_case(**changes), TAXONOMY, SV) == expected


COUNTS = {
    "measure": (FacetCount("mentoring", 3), FacetCount("support_line", 1, selected=True)),
    "country": (FacetCount("SE", 4),),
    "document_type": (FacetCount("example", 3),),
    "field": (FacetCount("challenges", 2),),
    "unheard_of": (FacetCount("x", 1),),
}


def test_facets_are_grouped_and_named():
    groups = facet_groups(COUNTS, 4, TAXONOMY, SV)
    assert {name: [facet.label for facet in facets] for name, facets in groups.items()} == {
        "work": ["Insatstyp"],
        "document": ["Avsnitt", "Dokumenttyp"],
    }
    measure = groups["work"][0]
    assert [(c.label, c.count, c.selected) for c in measure.choices] == [
        ("Mentorskap", 3, False),
        ("Stödtelefon", 1, True),
    ]
    assert measure.active


def test_a_facet_that_all_share_is_left_out_unless_chosen():
    chosen = {"country": (FacetCount("SE", 4, selected=True),)}
    assert facet_groups(COUNTS | chosen, 4, TAXONOMY, SV)["where"][0].id == "country"


def test_each_filter_in_force_has_a_chip_that_takes_it_away():
    params = {"q": ["x"], "measure": ["mentoring", "support_line"], "field": ["challenges"], "start_year": ["2015.."]}
    state = SearchState.read(params, TAXONOMY)
    found = chips(state, params, TAXONOMY, SV)
    assert [(chip.facet, chip.label) for chip in found] == [
        ("Insatstyp", "Mentorskap"),
        ("Insatstyp", "Stödtelefon"),
        ("Avsnitt", "Utmaningar"),
        ("Startår", "från 2015"),
    ]
    assert found[0].without == {**params, "measure": ["support_line"]}
    for chip in found:
        assert len(chips(SearchState.read(chip.without, TAXONOMY), chip.without, TAXONOMY, SV)) == 3


def test_no_filter_no_chip():
    assert chips(SearchState("x", Filters()), {"q": ["x"]}, TAXONOMY, SV) == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(2015, None, "from 2015"), (None, 2020, "until 2020"), (2015, 2020, "2015–2020"), (2017, 2017, "2017")],
    ids=["from", "until", "between", "one"],
)
def test_years(first, last, expected):
    assert years_label(first, last, EN) == expected
