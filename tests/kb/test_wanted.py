import pytest

from kb.lexical import Bm25Index
from kb.terms import Document, Terms
from kb.text.thesaurus import read
from kb.wanted import MOST_WORDS, PART_WEIGHT, SPELLING_WEIGHT, STOPWORD_WEIGHT, SYNONYM_WEIGHT, Interpreter

THESAURUS = read('groups = [["SIG", "social insatsgrupp"], ["anhörig", "närstående", "pårørende"]]')
TEXTS = [
    ("sv", "Stödtelefonen för anhöriga och närstående startade. De vände sig till en social insatsgrupp."),
    ("sv", "En telefon på kontoret. Framgången kom på en gång."),
    ("da", "Telefonen er åben for pårørende."),
    ("en", "The people of the town and the police."),
    ("en", "The school and the people."),
]


@pytest.fixture
def index():
    documents = [Document(number, language, "", text) for number, (language, text) in enumerate(TEXTS, start=1)]
    return Bm25Index.of(Terms().changed(documents, []))


def interpreter(index, *languages):
    return Interpreter(index, languages or ("sv",), THESAURUS)


def alternatives(reading, written):
    (one,) = [one for one in reading.wanted if one.written == written]
    return {(a.reason, a.terms): a.weight for a in one.alternatives}


@pytest.fixture
def swedish():
    documents = [Document(number, "sv", "", text) for number, (_, text) in enumerate(TEXTS, start=1)]
    return Bm25Index.of(Terms().changed(documents, []))


def test_a_word_its_parts_and_what_means_the_same(swedish):
    index = swedish
    reading = interpreter(index).read("stödtelefon anhörig")
    assert alternatives(reading, "stödtelefon") == {
        ("word", ("stödtelefon",)): 1.0,
        ("part", ("stöd",)): PART_WEIGHT,
        ("part", ("telefon",)): pytest.approx(PART_WEIGHT),
    }
    assert alternatives(reading, "anhörig")[("synonym", ("närståend",))] == pytest.approx(SYNONYM_WEIGHT)


def test_a_synonym_that_the_base_lacks_is_not_asked_for(swedish):
    lacking = Bm25Index.of(Terms().changed([Document(1, "sv", "", "Anhöriga i kommunen.")], []))
    for index, expected in ((lacking, set()), (swedish, {("närståend",), ("pårörend",)})):
        found = alternatives(interpreter(index).read("anhörig"), "anhörig")
        assert {terms for reason, terms in found if reason == "synonym"} == expected


def test_a_word_is_stemmed_in_each_language(index):
    assert set(alternatives(interpreter(index, "sv", "da").read("telefonen"), "telefonen")) == {("word", ("telefon",))}


def test_a_compound_is_cut_the_way_of_a_language_that_has_it(index):
    """Danish would find "gång" in the Swedish framgång."""
    found = alternatives(interpreter(index, "da", "sv").read("framgång"), "framgång")
    assert not [terms for reason, terms in found if reason == "part"]


def test_small_words_weigh_little_and_an_acronym_is_none(swedish):
    index = swedish
    reading = interpreter(index).read("sig")
    assert alternatives(reading, "sig") == {("word", ("sig",)): STOPWORD_WEIGHT}
    found = alternatives(interpreter(index).read("SIG i kommunen"), "sig")
    assert found[("synonym", ("social", "insatsgrupp"))] == SYNONYM_WEIGHT
    assert found[("word", ("sig",))] == 1.0
    assert ("synonym", ("sig",)) not in alternatives(interpreter(index).read("social insatsgrupp"), "social")


def test_a_slip_is_mended_and_told_to_the_embedder(swedish):
    index = swedish
    reading = interpreter(index).read("Stödtelfonen för närstånde")
    assert reading.text == "stödtelefonen för närstående"
    assert alternatives(reading, "stödtelfonen")[("spelling", ("stödtelefon",))] == pytest.approx(SPELLING_WEIGHT)


def test_what_the_base_holds_is_not_mended(index):
    assert interpreter(index).read("anhöriga telefonen").text == "anhöriga telefonen"


def test_words_side_by_side_rank_as_pairs_but_not_small_words(index):
    pairs = [
        one.written for one in interpreter(index).read("en social insatsgrupp för en").wanted if " " in one.written
    ]
    assert pairs == ["en social", "social insatsgrupp", "insatsgrupp för"]


def test_a_common_word_of_a_rare_language_is_not_rare(index):
    assert index.rarity_in_language("peopl") < index.rarity("peopl")
    (one,) = interpreter(index, "sv", "en").read("people").wanted
    assert max(a.weight for a in one.alternatives if a.terms == ("peopl",)) < 1.0
    assert one.attainable == pytest.approx(index.rarity_in_language("peopl") * 1.5)


def test_of_a_long_text_the_most_telling_words_are_kept(index):
    text = " ".join(f"ord{number} telefon" for number in range(3 * MOST_WORDS))
    wanted = interpreter(index).read(text).wanted
    assert len(wanted) == MOST_WORDS


@pytest.mark.parametrize(
    ("query", "held"), [("telefon", 1.0), ("xqzvv blörf", 0.0), ("anhörig xqzvv", 0.5), ("på en", 0.0)], ids=str
)
def test_how_much_the_base_has_at_all(swedish, query, held):
    index = swedish
    assert interpreter(index).read(query).held(index) == pytest.approx(held, abs=0.2)


def test_the_same_query_is_read_the_same(index):
    first = interpreter(index, "da", "en", "sv").read("anhöriga stödtelefon")
    assert first == interpreter(index, "da", "en", "sv").read("anhöriga stödtelefon")
