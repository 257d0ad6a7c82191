import numpy as np
import pytest

from training.pairs import Lexicon, Pairs, Ragged, concatenate, leaked, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Vad gäller, enligt 5 §?", ["vad", "gäller", "enligt", "5"], id="punctuation"),
        pytest.param("sam\u00adverkan", ["samverkan"], id="soft hyphen"),
        pytest.param("50 % av", ["50", "%", "av"], id="mark that is kept"),
        pytest.param("a\u030atga\u0308rd", ["åtgärd"], id="composed"),
    ],
)
def test_words_are_those_the_tokenizer_sees(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_rows_are_taken_and_joined() -> None:
    rows = Ragged.from_rows([[1, 2], [], [3]])
    taken = concatenate([rows.take(np.array([2, 0])), rows])
    assert taken.flat.tolist() == [3, 1, 2, 1, 2, 3]
    assert taken.lengths().tolist() == [1, 2, 2, 0, 1]


def test_a_text_that_stands_in_a_development_set_is_found() -> None:
    lexicon = Lexicon()
    long = " ".join(f"ord{i}" for i in range(20))
    development = Ragged.from_rows([lexicon.encode(f"före {long} efter")])
    texts = Ragged.from_rows([lexicon.encode(long), lexicon.encode("något helt annat"), lexicon.encode("ord1 ord3")])
    assert leaked(texts, development).tolist() == [True, False, False]


def test_pairs_keep_their_sources() -> None:
    sides = Ragged.from_rows([[1], [2], [3]])
    assert Pairs(sides, sides, np.array([5, 6, 7], np.int32)).take(np.array([2, 0])).source.tolist() == [7, 5]
