from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.tokens import normalize, tokenize


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("SKR:s råd", ["skr", "råd"]),
        ("10 000 kronor", ["10000", "kronor"]),
        ("10.000 kr", ["10000", "kr"]),
        ("3,5 procent", ["3,5", "procent"]),
        ("kl. 10:30", ["kl", "10:30"]),
        ("SFS 2018:218", ["sfs", "2018:218"]),
        ("4 § och § 4", ["§4", "och", "§4"]),
        ("4 a §", ["§4a"]),
        ("11 kap. 1 §", ["11", "kap", "§1"]),
        ("t.ex. bl.a.", ["tex", "bla"]),
        ("vit makt-musik", ["vit", "maktmusik"]),
        ("C-uppsats", ["cuppsats"]),
        ("Malmö/Lund", ["malmö", "lund"]),
        ("e-post: a@b.se", ["epost", "a", "b", "se"]),
        ("2015–2020", ["2015", "2020"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_forms(text, forms):
    assert [token.form for token in tokenize(text)] == forms


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("KÖR", "kör"),
        ("idé", "ide"),
        ("Café", "cafe"),
        ("A\u030asa", "åsa"),
        ("ø", "ø"),
        ("för\u00adening", "förening"),
    ],
)
def test_normalize(word, same):
    assert normalize(word) == same


def test_å_ä_ö_are_letters_of_their_own():
    assert len({normalize(word) for word in ("kör", "kor", "kår", "kär", "kar")}) == 5


@given(st.text(max_size=60))
def test_tokens_stand_where_they_say_and_in_order(text):
    tokens = list(tokenize(text))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(first.end <= second.start for first, second in pairwise(tokens))
    assert all(token.form == token.form.lower() for token in tokens)
