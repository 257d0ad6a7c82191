import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.linear import Linear, write
from ingest.section_model import bundled
from ingest.text_model import BITS, TextModel, windows_of

CLASSES, BIAS = ("yes", "no"), (0.25, -0.25)
SIGNS = {"m:we": (1.0, -1.0)}
BASE = 0x9E3779B97F4A7C15


def model(**weights: float) -> TextModel:
    """A model to which each word, with a blank on both sides, says so much for "yes"."""
    table = np.zeros((1 << BITS, len(CLASSES)))
    for word, weight in weights.items():
        table[windows_of(word), 0] = weight
    return TextModel.of(Linear.of(CLASSES, BIAS, SIGNS), table)


def hashes(text: str) -> list[int]:
    """What ``windows_of`` does, letter by letter."""
    words = re.findall(r"\w+", text.lower())
    spaced = f" {' '.join(words)} "
    found = []
    for size in (4, 6, 8):
        for start in range(len(spaced) - size + 1):
            value = 0
            for letter in spaced[start : start + size]:
                value = (value * BASE + ord(letter)) % (1 << 64)
            found.append(value * BASE % (1 << 64) >> (64 - BITS))
    return found


@given(st.text(max_size=40))
def test_windows_are_those_of_four_six_and_eight_letters(text):
    assert windows_of(text).tolist() == hashes(text)


@pytest.mark.parametrize("text", ["", "!?", "å", "ab"], ids=["empty", "marks", "a letter", "two letters"])
def test_what_is_shorter_than_a_window_is_told_by_its_signs(text):
    assert windows_of(text).tolist() == ([] if len(text) < 2 or text == "!?" else hashes(text))
    assert sum(map(math.exp, model().log_probabilities(text).values())) == pytest.approx(1.0)


def test_case_and_marks_are_not_looked_at():
    assert windows_of("Skola, polis – och hem!").tolist() == windows_of("skola polis och hem").tolist()


def test_of_a_text_without_end_the_beginning_is_looked_at():
    assert len(windows_of("ab " * 1_000_000)) == len(windows_of("ab " * 10_000))


def test_windows_and_signs_speak_together():
    says = model(skola=2.0)
    plain = says.log_probabilities("torget")
    assert plain["yes"] - plain["no"] == pytest.approx(0.5)
    assert says.log_probabilities("skola")["yes"] > plain["yes"]
    assert says.log_probabilities("vi torget")["yes"] > plain["yes"]


def test_what_was_written_is_read_back(tmp_path):
    made = model(skola=2.0, polis=-1.0)
    made.write(tmp_path, "text")
    write(SIGNS, tmp_path, "text")
    read = TextModel.read(tmp_path, "text", classes=CLASSES, bias=BIAS, unit=made.unit)
    for text in ("skola", "polis", "vi på torget"):
        assert read.log_probabilities(text) == made.log_probabilities(text)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=30))
def test_weights_are_rounded_by_half_a_unit_at_most(weights):
    table = np.zeros((1 << BITS, len(CLASSES)))
    table[: len(weights), 1] = weights
    made = TextModel.of(Linear.of(CLASSES, BIAS, SIGNS), table)
    assert np.abs(made.table[: len(weights), 1] * made.unit - weights).max() <= made.unit / 2 + 1e-12


def test_a_table_of_another_model_is_refused(tmp_path):
    write(SIGNS, tmp_path, "text")
    np.save(tmp_path / "text-windows.npy", np.zeros((8, 2), np.int8))
    with pytest.raises(ValueError, match="text-windows"):
        TextModel.read(tmp_path, "text", classes=CLASSES, bias=BIAS, unit=1.0)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Det har varit svårt att nå föräldrarna, och tiden räcker inte till.", "challenges"),
        ("Avgörande har varit att ledningen stod bakom och att alla litade på varandra.", "success_factors"),
        ("Først holdes en samtale med familien, og derefter skrives en plan.", "method"),
        ("Since the start 64 families have been supported, and reports have risen by a third.", "results"),
    ],
    ids=["sv", "sv factors", "da", "en"],
)
def test_the_bundled_model_knows_plain_cases(text, label):
    says = bundled().text.log_probabilities(text)
    assert max(says, key=says.__getitem__) == label
