import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.linear import Linear, in_hundredths, write

WEIGHTS = {"w:ja": (1.29, -1.29), "b:å ö": (-0.07, 0.57), "q": (0.0, 3.0)}
CLASSES, BIAS = ["yes", "no"], [0.25, -0.25]
MODEL = Linear.of(CLASSES, BIAS, WEIGHTS)


def test_what_was_written_is_read_back(tmp_path):
    write(WEIGHTS, tmp_path, "answers")
    read = Linear.read(tmp_path, "answers", classes=CLASSES, bias=BIAS)
    assert (tmp_path / "answers.txt").read_text("utf-8").split() == ["w:ja", "b:å", "ö", "q"]
    assert np.load(tmp_path / "answers.npy").tolist() == [[129, -129], [-7, 57], [0, 300]]
    for features in ({name: 1.0} for name in WEIGHTS):
        assert read.log_probabilities(features) == MODEL.log_probabilities(features)


@given(st.lists(st.integers(-32_000, 32_000), min_size=1, max_size=20))
def test_hundredths_are_kept_to_the_last_bit(hundredths):
    weights = [round(number / 100, 2) for number in hundredths]
    table = in_hundredths({f"w:{i}": (weight,) for i, weight in enumerate(weights)}, 1)
    assert (table[:, 0] / 100.0).tolist() == weights


@given(st.dictionaries(st.text(max_size=6), st.integers(-300, 300), max_size=60), st.data())
def test_each_feature_has_its_own_weight(hundredths, data):
    model = Linear.of(("it", "else"), (0.0, 0.0), {name: (n / 100, 0.0) for name, n in hundredths.items()})
    asked = data.draw(st.dictionaries(st.text(max_size=6) | st.sampled_from([*hundredths, "x"]), st.floats(0, 3)))
    found = model.log_probabilities(asked)
    expected = sum(value * hundredths.get(name, 0) / 100 for name, value in asked.items())
    assert found["it"] - found["else"] == pytest.approx(expected, abs=1e-9)


def test_features_that_are_not_known_say_nothing():
    known = MODEL.log_probabilities({"w:ja": 0.5, "q": 1.0})
    assert known == MODEL.log_probabilities({"w:ja": 0.5, "w:nej": 9.0, "q": 1.0})
    assert known["yes"] - known["no"] == pytest.approx(0.5 + 0.5 * 2.58 - 3.0)


@pytest.mark.parametrize("features", [{}, {"w:nej": 1.0}], ids=["none", "unknown"])
@pytest.mark.parametrize("model", [MODEL, Linear.of(CLASSES, BIAS, {})], ids=["model", "empty model"])
def test_without_features_the_bias_decides(model, features):
    found = model.log_probabilities(features)
    assert sum(map(math.exp, found.values())) == pytest.approx(1.0)
    assert found["yes"] - found["no"] == pytest.approx(0.5)


def test_a_list_and_a_table_that_do_not_belong_together_are_refused(tmp_path):
    write(WEIGHTS, tmp_path, "answers")
    with (tmp_path / "answers.txt").open("a", encoding="utf-8") as stream:
        stream.write("w:extra\n")
    with pytest.raises(ValueError, match="4 features"):
        Linear.read(tmp_path, "answers", classes=CLASSES, bias=BIAS)


@pytest.mark.parametrize("feature", ["w:a\nb", "w:a\rb"])
def test_a_feature_must_be_a_line(tmp_path, feature):
    with pytest.raises(ValueError, match="line break"):
        write({feature: (1.0,)}, tmp_path, "odd")


@pytest.mark.parametrize("weight", [327.68, -400.0, math.inf, math.nan], ids=str)
def test_a_weight_must_have_its_place_in_sixteen_bits(weight):
    with pytest.raises(ValueError, match="too large"):
        Linear.of(CLASSES, BIAS, {"w:ja": (weight, 0.0)})


def test_objects_are_never_unpickled(tmp_path):
    write(WEIGHTS, tmp_path, "answers")
    np.save(tmp_path / "answers.npy", np.array([{"w": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="pickle"):
        Linear.read(tmp_path, "answers", classes=CLASSES, bias=BIAS)
