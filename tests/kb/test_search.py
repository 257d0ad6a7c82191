"""Search as its users meet it: the bundled model, real indexes, cases of a few sentences."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import Filters, KnowledgeBase, Settings
from kb.types import FacetValue
from tests.kb.fakes import make_case, make_document, make_field, make_passages

CASES = {
    "stodtelefon": {
        "title": "Stödtelefonen i Lindvik",
        "start_year": 2015,
        "fields": {
            "background": "Anhöriga som var oroliga för en ung person i en extremistisk miljö visste inte vart de "
            "skulle vända sig.",
            "method": "Socialtjänsten öppnade en stödtelefon enligt 4 § socialtjänstlagen. De tog 10 000 samtal.",
            "challenges": "Sekretess mellan polis och socialtjänst gjorde uppföljningen svår.",
        },
    },
    "mentorer": {
        "title": "Mentorerna i Österhamn",
        "start_year": 2018,
        "fields": {
            "background": "Unga drogs till en våldsam rörelse som spelade vit makt-musik.",
            "method": "Mentorer träffade en ungdom var en gång i veckan under ett helt år.",
            "challenges": "Det var svårt att hitta mentorer som hade tid på kvällarna.",
        },
        "facets": (FacetValue("measure", "mentoring", "mentorer", 1),),
    },
    "bibliotek": {
        "title": "Källkritik på biblioteket i Myrstad",
        "start_year": None,
        "fields": {
            "background": "Konspirationsteorier spreds bland elever och pensionärer.",
            "method": "Bibliotekarier höll samtal om källkritik i skolan, med social insatsgrupp som mottagare av oro.",
            "challenges": "Lärare var rädda för att säga fel.",
        },
        "facets": (FacetValue("measure", "knowledge_house", "samtal", 1),),
    },
    "gruppe": {
        "title": "Foreldregruppen i Nesdal",
        "language": "nb",
        "country": "NO",
        "start_year": 2020,
        "fields": {
            "background": "Foreldre var bekymret for ungdommer som ble radikalisert.",
            "method": "Kommunen inviterte pårørende til samtaler med politiet i en foreldregruppe.",
            "challenges": "Mange foreldre skammet seg og ville ikke komme.",
        },
        "facets": (),
    },
}


def add(base, name, **values):
    given = {field: make_field(text) for field, text in values.pop("fields").items()}
    case = make_case(name, fields={**dict.fromkeys(make_case().fields), **given}, **values)
    base.add(case, make_passages(case), document=make_document(name), extractor="test")
    return case


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    with KnowledgeBase.open(tmp_path_factory.mktemp("search") / "base", settings=Settings()) as base:
        for name, values in CASES.items():
            add(base, name, **values)
        yield base


def found(result):
    return [hit.case.case_id for hit in result]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("stödtelefon", "stodtelefon"),
        ("telefoner för anhöriga", "stodtelefon"),
        ("Vem kan en orolig mamma ringa till?", "stodtelefon"),
        ("mentorsprogam", "mentorer"),
        ("källkritik i klassrummet", "bibliotek"),
        ("konspirationstoerier", "bibliotek"),
        ("föräldrar", "gruppe"),
        ("parents of radicalised young people", "gruppe"),
        ("bekymrede forældre", "gruppe"),
        ("4 §", "stodtelefon"),
        ("10000", "stodtelefon"),
        ("Myrstad", "bibliotek"),
        ("SIG", "bibliotek"),
    ],
)
def test_the_right_case_comes_first(base, query, first):
    assert found(base.search(query))[:1] == [first]


class TestSyntax:
    def test_a_phrase_must_stand_word_by_word(self, base):
        assert found(base.search('"vit makt"')) == ["mentorer"]
        assert found(base.search('"makt vit"')) == []
        assert found(base.search('samtal "social insatsgrupp"')) == ["bibliotek"]

    def test_a_phrase_is_found_in_other_forms(self, base):
        assert found(base.search('"social insatsgrupper"')) == ["bibliotek"]

    def test_what_is_excluded_stands_nowhere(self, base):
        assert "mentorer" in found(base.search("unga samtal stöd"))
        assert "mentorer" not in found(base.search("unga samtal stöd -mentorer"))
        assert "mentorer" not in found(base.search('unga samtal stöd -"vit makt"'))

    def test_a_statute_is_not_another(self, base):
        words = [hit for hit in base.search("5 § socialtjänstlagen") for p in hit.passages for m in p.matched]
        assert all("§" not in m.term for hit in words for p in hit.passages for m in p.matched)


class TestExplanation:
    def test_shares_add_up_and_passages_are_of_different_fields(self, base):
        for hit in base.search("oroliga anhöriga stödtelefon sekretess"):
            fields = [passage.passage.field for passage in hit.passages]
            assert len(set(fields)) == len(fields) > 0
            for passage in hit.passages:
                assert passage.score == pytest.approx(passage.lexical + passage.semantic)
                assert passage.lexical >= 0
                assert passage.semantic >= 0

    def test_words_carry_their_analysed_form(self, base):
        (best, *_) = base.search("stödtelefoner")[0].passages
        marked = {best.passage.text[m.start : m.end].lower(): m.term for m in best.matched}
        assert marked == {"stödtelefon": "stödtelefon"}

    def test_small_words_are_not_marked(self, base):
        for hit in base.search("Vem kan jag ringa i en kris om en ung på väg in i det?"):
            marked = {p.passage.text[m.start : m.end].lower() for p in hit.passages for m in p.matched}
            assert not marked & {"i", "en", "på", "om", "det", "för", "som", "kan"}


class TestManyAlike:
    @pytest.fixture
    def base(self, tmp_path_factory):
        with KnowledgeBase.open(tmp_path_factory.mktemp("alike") / "base", settings=Settings()) as base:
            short = "Kommunen öppnade en stödtelefon för oroliga anhöriga."
            padding = "Projektet redovisades för nämnden, som lade handlingarna till sin akt. " * 3
            add(base, "kort", title="Kort", fields={"method": short})
            add(base, "lang", title="Lång", fields={"method": f"{short}\n{padding * 5}", "background": padding * 9})
            add(base, "annan", title="Annan", fields={"method": padding})
            case = make_case("upprepad", title="Upprepad", fields={"method": make_field(short)})
            passages = [replace(make_passages(case)[0], position=at) for at in range(30)]
            base.add(case, passages, document=make_document("upprepad"), extractor="test")
            yield base

    def test_length_does_not_help(self, base):
        order = found(base.search("stödtelefon för oroliga anhöriga"))
        assert order.index("kort") < order.index("lang")

    def test_near_identical_passages_show_one_case_once_and_one_passage(self, base):
        hits = base.search("stödtelefon för oroliga anhöriga")
        assert len(set(found(hits))) == len(hits)
        (repeated,) = [hit for hit in hits if hit.case.case_id == "upprepad"]
        assert len(repeated.passages) == 1

    def test_saying_it_thirty_times_is_hardly_better(self, base):
        scores = {hit.case.case_id: hit.score for hit in base.search("stödtelefon för oroliga anhöriga")}
        assert scores["upprepad"] < 1.5 * scores["kort"]


class TestSimilar:
    def test_itself_and_its_versions_are_left_out(self, base, tmp_path):
        assert "stodtelefon" not in found(base.similar("stodtelefon"))
        with KnowledgeBase.open(tmp_path / "base", settings=Settings()) as own:
            for name, values in CASES.items():
                add(own, name, **values)
            changed = {**CASES["stodtelefon"], "title": "Stödtelefonen i Lindvik, ny"}
            add(own, "stodtelefon", **changed)
            assert len(own.versions("stodtelefon")) == 2
            assert "stodtelefon" not in found(own.similar("stodtelefon"))

    def test_a_situation_is_answered_with_a_reason_from_each_field(self, base):
        situation = "Anhöriga är oroliga för en ung person, men sekretess mellan polis och socialtjänst hindrar oss."
        (hit, *_) = base.similar(text=situation)
        assert hit.case.case_id == "stodtelefon"
        reasons = {p.passage.field: [p.passage.text[m.start : m.end] for m in p.matched] for p in hit.passages}
        assert {"background", "challenges"} <= set(reasons)
        assert "Anhöriga" in reasons["background"]
        assert "Sekretess" in reasons["challenges"]

    def test_a_case_that_is_not_in_the_base(self, base):
        text = make_field("En jourtelefon dit oroliga anhöriga och närstående kan ringa.")
        assert (
            found(base.similar(case=make_case("ny", title="Jourtelefon", fields={"method": text})))[0] == "stodtelefon"
        )


CHOICES = st.builds(
    Filters,
    facets=st.dictionaries(
        st.just("measure"),
        st.sets(st.sampled_from(["support_line", "mentoring", "knowledge_house"]), max_size=2),
        max_size=1,
    ),
    country=st.sets(st.sampled_from(["SE", "NO"]), max_size=2),
    language=st.sets(st.sampled_from(["sv", "nb"]), max_size=1),
    field=st.sets(st.sampled_from(["method", "challenges"]), max_size=1),
    started_from=st.none() | st.integers(2014, 2017),
    started_to=st.none() | st.integers(2018, 2021),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=CHOICES, query=st.sampled_from(["samtal med unga", "oroliga anhöriga", "polis", "svårt", "föräldrar"]))
def test_a_count_is_what_choosing_it_finds(base, filters, query):
    """Also of the facet that is filtered: each count is the number of hits if that value alone were chosen."""
    result = base.search(query, k=99, filters=filters)
    assert result.total == len(result.hits)
    for facet, counts in result.facets.items():
        if facet == "field":  # other passages are scored then: looked at below
            continue
        for one in counts:
            chosen = {**filters.chosen, facet: (one.value,)}
            alone = Filters(facets=chosen, started_from=filters.started_from, started_to=filters.started_to)
            assert base.search(query, k=99, filters=alone).total == one.count, (facet, one)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=CHOICES, query=st.sampled_from(["samtal med unga", "oroliga anhöriga", "polis"]))
def test_every_hit_passes_the_filters(base, filters, query):
    passing = {case.case_id for case in base.cases(filters)}
    for hit in base.search(query, filters=filters):
        assert hit.case.case_id in passing
        assert not filters.field or {p.passage.field for p in hit.passages} <= set(filters.field)


def test_only_one_field_is_searched(base):
    assert found(base.search("sekretess", filters=Filters(field="challenges"))) == ["stodtelefon"]
    elsewhere = base.search("stödtelefon", filters=Filters(field="challenges"))
    assert all(passage.matched == () for hit in elsewhere for passage in hit.passages)
    counts = {c.value: c.count for c in base.search("sekretess", filters=Filters(field="challenges")).facets["field"]}
    assert counts["challenges"] >= 1


def test_nothing_close_is_said(base):
    for query in ("xqzvv blörf kjaspel 47113", "surdegsbröd med råg", "bygglov för inglasad altan"):
        result = base.search(query)
        assert (result.nothing_close, result.hits, result.total) == (True, (), 0)
