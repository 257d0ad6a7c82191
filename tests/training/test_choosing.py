"""What the models of choices have in common: sets left out, weights written, nothing collected unasked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from training.choosing import Learner, Weights


@dataclass(frozen=True, slots=True)
class Word:
    set: str
    right: str


WORDS = [Word("a", "x"), Word("a", "y"), Word("b", "x")]


@pytest.fixture
def learner(tmp_path: Path) -> Learner[Word]:
    def learnt(words: Sequence[Word]) -> dict[str, float]:
        return {word.right: 1.0 for word in words}

    def knows(word: Word, weights: Weights) -> bool:
        return word.right in weights

    return Learner(tmp_path / "in", tmp_path / "out", lambda _: iter(["line"]), lambda: WORDS, learnt, knows)


def test_each_set_is_told_by_what_the_others_teach(learner):
    assert list(learner.left_out(WORDS)) == [("a", 1, 2), ("b", 1, 1)]


@pytest.mark.parametrize(("asked", "written"), [(["x"], True), (["x", "--check"], False)])
def test_weights_are_written_unless_only_checked(learner, asked, written, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", asked)
    learner.main("")
    assert learner.target.exists() is written
    assert "left out: 0.667 of 3 documents" in capsys.readouterr().out
    assert not written or json.loads(learner.target.read_text("utf-8")) == {"x": 1.0, "y": 1.0}
    assert not learner.examples.exists()
