import pytest

from kb.explain import matched_terms
from kb.lexical import Bm25Index
from kb.terms import Document, Terms
from kb.text.thesaurus import bundled
from kb.wanted import Interpreter

LANGUAGES = ("sv", "nb", "en")


def matched(query, text, language="sv"):
    index = Bm25Index.of(Terms().changed([Document(1, language, "", text)], []))
    wanted = Interpreter(index, LANGUAGES, bundled()).read(query).wanted
    return [(text[one.start : one.end], one.term) for one in matched_terms(text, language, wanted)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("anhörig", "Stöd till anhöriga.", [("anhöriga", "anhör")]),
        ("telefon", "En stödtelefon finns.", [("telefon", "telefon")]),
        ("stödtelefon", "Stödtelefonen ringde.", [("Stödtelefonen", "stödtelefon")]),
        ("SKL", "Råd från SKR i år.", [("SKR", "skr")]),
        ("social insatsgrupp", "En SIG träffas.", []),
        ("vit makt", "Musik om vit makt spelas.", [("vit", "vit"), ("makt", "makt")]),
        ("Brå", "Brottsförebyggande rådet skriver.", [("Brottsförebyggande rådet", "brottsförebygg råd")]),
        ("4 §", "Enligt 4 § i lagen", [("4 §", "§4")]),
        ("radikalisernig", "Radikalisering av unga.", [("Radikalisering", "radikalisering")]),
        ("10000", "Det kostade 10 000 kronor.", [("10 000", "10000")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_matched_and_its_form(query, text, found):
    assert matched(query, text) == found


@pytest.mark.parametrize("query", ["stöd för dem på nätet i skolan", "Hur gör man med stöd när det är på gång?"])
def test_small_words_are_not_marked(query):
    text = "På skolan, för dem som är i det: stöd när man är med."
    assert {found.lower() for found, _ in matched(query, text)} <= {"skolan", "stöd"}


def test_small_words_are_marked_where_there_are_no_others():
    assert matched("vad är det", "Det är bra.") == [("Det", "det"), ("är", "är")]


def test_stretches_do_not_overlap():
    found = matched("stödtelefon telefon stöd", "Stödtelefonen")
    assert found == [("Stödtelefonen", "stödtelefon")]
