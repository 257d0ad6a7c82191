"""The model of starting years: it learns what the examples say, and the weights written are those of what is here."""

import json

import pytest

from ingest.year_features import Mention
from ingest.years import most_likely
from training.start_year import TARGET, Example, fit, read_examples, statements


def example(right: int | None, **told: str) -> Example:
    mentions = tuple(Mention(int(year[1:]), frozenset(signs.split())) for year, signs in told.items())
    return Example("x", (right,), mentions)


def test_a_sign_that_is_right_speaks_for_a_year():
    examples = [
        example(2018, y2018="start", y2020="report"),
        example(2019, y2015="report", y2019="start"),
        example(None, y2021="report"),
    ]
    weights = fit(5 * examples)
    assert weights["start"] > 0 > weights["report"]
    assert [most_likely(e.mentions, weights) for e in examples] == [2018, 2019, None]


def test_the_mentions_of_a_year_add_up():
    weights = {"bias": -1.0, "start": 0.8}
    once, twice = Mention(2018, frozenset({"start"})), Mention(2019, frozenset({"start"}))
    assert most_likely([once], weights) is None
    assert most_likely([once, twice, twice], weights) == 2019
    assert most_likely([], weights) is None


def test_what_is_written_is_what_is_learnt():
    written = json.loads(TARGET.read_text("utf-8"))
    learnt = fit([*read_examples(), *statements()])
    assert learnt.keys() == written.keys()
    assert learnt == pytest.approx(written, abs=0.05)


def test_the_statements_are_read():
    told = list(statements())
    assert len(told) > 100
    assert all(len(e.right) == 1 for e in told)
    assert any(e.right == (None,) for e in told)
