import math
import tracemalloc

import pytest

from ingest.lexicon import LESSONS
from ingest.turns import cut_in_two, odds_of_turns, part_among

FACTORS = [
    "Att ledningen stod bakom från början var avgörande.",
    "Tilliten mellan skola och polis har gjort störst skillnad.",
    "De fasta tjänsterna gav kontinuitet och trygghet.",
]
CHALLENGES = [
    "Det har varit svårt att nå föräldrarna.",
    "Tiden räcker inte till och personalen har bytts ut ofta.",
    "Finansieringen är osäker efter årsskiftet.",
]
IN_TURN = [sentence for pair in zip(FACTORS, CHALLENGES, strict=True) for sentence in pair]


@pytest.mark.parametrize("sentences", [FACTORS, CHALLENGES], ids=["factors", "challenges"])
def test_a_text_about_one_of_both_is_left_whole(sentences):
    assert odds_of_turns(sentences) < 0


@pytest.mark.parametrize("sentences", [IN_TURN, FACTORS + CHALLENGES], ids=["in turn", "one after the other"])
def test_a_text_about_both_is_known(sentences):
    assert odds_of_turns(sentences) > 0.5


@pytest.mark.parametrize("word", ["men", "däremot", "but", "derimot", "dog"])
def test_a_word_of_contrast_speaks_for_turns(word):
    plain = "Lokalen ligger vid torget."
    assert odds_of_turns([plain, f"{word.capitalize()} lokalen ligger vid torget."]) > odds_of_turns([plain, plain])


def test_sentences_are_given_to_the_field_that_they_tell():
    names = part_among(LESSONS, IN_TURN, ())
    assert names == ["success_factors", "challenges"] * 3


def test_a_word_of_contrast_turns_where_the_sentence_says_little():
    sentences = [FACTORS[0], "Men Kalle Testsson var borta på tisdagar."]
    assert part_among(LESSONS, sentences, ()) == [*LESSONS]


def test_other_fields_than_lessons_turn_where_a_paragraph_begins(monkeypatch):
    says = {"a": {"background": 0.0, "method": -2.0}, "b": {"background": -2.0, "method": 0.0}}
    monkeypatch.setattr("ingest.turns.text_says", lambda text: says.get(text, {"background": -0.5, "method": 0.0}))
    for border in (1, 2, 3):
        names = part_among(("background", "method"), ["a", "?", "?", "b"], {border})
        assert names == ["background"] * border + ["method"] * (4 - border)


def test_nothing_is_parted_of_nothing():
    assert part_among(LESSONS, [], ()) == []
    assert odds_of_turns([]) == 0


def test_paragraphs_that_tell_first_one_and_then_the_other_are_cut_between():
    odds, names = cut_in_two([FACTORS[:2], FACTORS[2:], CHALLENGES[:1], CHALLENGES[1:]])
    assert odds > 2
    assert names == ["success_factors", "success_factors", "challenges", "challenges"]
    assert cut_in_two([CHALLENGES, FACTORS])[1] == ["challenges", "success_factors"]


@pytest.mark.parametrize(
    "paragraphs", [[[s] for s in FACTORS], [[s] for s in CHALLENGES]], ids=["factors", "challenges"]
)
def test_paragraphs_about_one_of_both_are_not_cut(paragraphs):
    assert cut_in_two(paragraphs)[0] < 0


@pytest.mark.parametrize("paragraphs", [[], [FACTORS]], ids=["none", "one"])
def test_fewer_than_two_paragraphs_cannot_be_cut(paragraphs):
    assert cut_in_two(paragraphs) == (-math.inf, [])


def test_a_chapter_of_many_paragraphs_is_cut_without_a_list_for_every_way():
    paragraphs = [FACTORS[:1]] * 700 + [CHALLENGES[:1]] * 700
    tracemalloc.start()
    try:
        _, names = cut_in_two(paragraphs)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert names == ["success_factors"] * 700 + ["challenges"] * 700
    assert peak < 8_000_000  # bytes; a list for each way would take three times as much
