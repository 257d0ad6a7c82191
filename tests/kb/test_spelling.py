import pytest

from kb.lexical import Bm25Index
from kb.spelling import is_known, mend
from kb.terms import Document, Terms
from kb.text.analysis import stem_of_word

WORDS = (
    "radikalisering orosanmälan socialtjänst samordnare mentorer återvändare Syrien avhoppare Kvarnberga samtycke "
    "fritidsgård extremism anhörig lägesbild polis barn"
)


@pytest.fixture(scope="module")
def index():
    return Bm25Index.of(Terms().changed([Document(1, "sv", "", WORDS)], []))


def mended(form, index):
    found = mend(form, [stem_of_word(form, "sv")], index)
    return None if found is None else found.terms[0]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("radikaliserng", "radikalisering"),
        ("radiklaisering", "radikalisering"),
        ("radikkalisering", "radikalisering"),
        ("orosanmälna", "orosanmälan"),
        ("socialtjänt", "socialtjänst"),
        ("samordnre", "samordnare"),
        ("mentorrer", "mentorer"),
        ("återvändre", "återvändare"),
        ("syrein", "syrien"),
        ("avhopare", "avhoppare"),
        ("kvarnberag", "kvarnberga"),
        ("samtyke", "samtycke"),
        ("frittidsgård", "fritidsgård"),
        ("extrimism", "extremism"),
        ("lägesblid", "lägesbild"),
        ("polsi", "polis"),
    ],
)
def test_slips_are_mended(index, slip, meant):
    assert mended(slip, index) == stem_of_word(meant, "sv")


@pytest.mark.parametrize("form", ["xqzvv", "abc", "bygglov", "kvantfysik", "blörf", "zzradikalisering", "or"])
def test_what_is_near_nothing_is_left(index, form):
    assert mended(form, index) is None


@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("skolan", True),
        ("extremism", True),
        ("ungdommer", True),
        ("udfordringer", True),
        ("volunteers", True),
        ("said", True),
        ("tested", True),
        ("radikaliserng", False),
    ],
)
def test_known_words(form, known):
    assert is_known(form) is known


def test_the_nearest_comes_first_and_only_the_nearest(index):
    found = mend("mentorer", ["mentor"], index)
    assert found is not None
    assert found.word == "mentorer"
