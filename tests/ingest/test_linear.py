import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.linear import Linear

MODEL = Linear.of(("yes", "no"), (0.25, -0.25), {"w:ja": (1.29, -1.29), "b:å ö": (-0.07, 0.57), "q": (0.0, 3.0)})


def test_what_was_written_is_read_back(tmp_path):
    MODEL.write(tmp_path, "answers")
    read = Linear.read(tmp_path, "answers", classes=["yes", "no"], bias=[0.25, -0.25])
    assert (read.classes, read.bias, read.rows) == (MODEL.classes, MODEL.bias, MODEL.rows)
    assert read.weights.dtype == np.int16
    assert read.weights.tolist() == [[129, -129], [-7, 57], [0, 300]]


@given(st.lists(st.integers(-32_000, 32_000), min_size=1, max_size=20))
def test_hundredths_are_kept_to_the_last_bit(hundredths):
    weights = [round(number / 100, 2) for number in hundredths]
    model = Linear.of(("only",), (0.0,), {f"w:{i}": (weight,) for i, weight in enumerate(weights)})
    assert (model.weights[:, 0] / 100.0).tolist() == weights


def test_features_that_are_not_known_say_nothing():
    known = MODEL.log_probabilities({"w:ja": 0.5, "q": 1.0})
    assert known == MODEL.log_probabilities({"w:ja": 0.5, "w:nej": 9.0, "q": 1.0})
    assert known["yes"] - known["no"] == pytest.approx(0.5 + 0.5 * 2.58 - 3.0)


@pytest.mark.parametrize("features", [{}, {"w:nej": 1.0}], ids=["none", "unknown"])
def test_without_features_the_bias_decides(features):
    found = MODEL.log_probabilities(features)
    assert sum(map(math.exp, found.values())) == pytest.approx(1.0)
    assert found["yes"] - found["no"] == pytest.approx(0.5)


def test_a_list_and_a_table_that_do_not_belong_together_are_refused(tmp_path):
    MODEL.write(tmp_path, "answers")
    with (tmp_path / "answers.txt").open("a", encoding="utf-8") as stream:
        stream.write("w:extra\n")
    with pytest.raises(ValueError, match="4 features"):
        Linear.read(tmp_path, "answers", classes=["yes", "no"], bias=[0.25, -0.25])


@pytest.mark.parametrize("feature", ["w:a\nb", "w:a\rb"])
def test_a_feature_must_be_a_line(tmp_path, feature):
    with pytest.raises(ValueError, match="line break"):
        Linear.of(("only",), (0.0,), {feature: (1.0,)}).write(tmp_path, "odd")


def test_objects_are_never_unpickled(tmp_path):
    MODEL.write(tmp_path, "answers")
    np.save(tmp_path / "answers.npy", np.array([{"w": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="pickle"):
        Linear.read(tmp_path, "answers", classes=["yes", "no"], bias=[0.25, -0.25])
