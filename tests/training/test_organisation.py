"""The model of organisations: what is written is what is learnt, and a sign of the right body speaks for it."""

import json

import pytest

from training.choice import Choice, fit
from training.organisation import STATEMENTS, TARGET, example_of, learnt, line_of, read_examples, sources_of, statements


def test_a_sign_of_the_right_option_speaks_for_it():
    run, paid = frozenset({"runs"}), frozenset({"pays"})
    choices = 5 * [Choice((run, paid), (True, False)), Choice((paid, frozenset({"none"})), (False, True))]
    weights = fit(choices, penalty=0.1, free={"none"})
    assert weights["runs"] > 0 > weights["pays"]
    assert weights["none"] > weights["pays"]


def test_a_choice_that_is_none_teaches_nothing():
    alone = Choice((frozenset({"runs"}),), (True,))
    nowhere = Choice((frozenset({"runs"}), frozenset()), (False, False))
    assert fit([alone, nowhere], penalty=1.0) == {}


def test_a_rare_sign_is_left_out():
    choices = [Choice((frozenset({"runs", "once"}), frozenset()), (True, False))]
    choices += 3 * [Choice((frozenset({"runs"}), frozenset()), (True, False))]
    assert fit(choices, penalty=0.1, fewest=2).keys() == {"runs"}


def test_what_is_written_is_what_is_learnt():
    written = json.loads(TARGET.read_text("utf-8"))
    found = learnt(read_examples())
    assert found.keys() == written.keys()
    assert found == pytest.approx(written, abs=0.05)


def test_the_weights_choose_rightly_among_what_they_learnt_from():
    weights = json.loads(TARGET.read_text("utf-8"))
    examples = read_examples()
    assert len(examples) > 500
    assert sum(example.is_told_by(weights) for example in examples) > 0.95 * len(examples)


def test_a_statement_names_its_right_body():
    rows = STATEMENTS.read_text("utf-8").splitlines()
    told = list(statements())
    assert len(told) == len(rows) > 150
    wrong = [row for row, example in zip(rows, told, strict=True) if not (any(example.right) or example.none_is_right)]
    assert wrong == []


def test_a_line_holds_no_name():
    told = "byline: Norrljus, 2019 || fact place: Ekby || text: Ekby kommun betalar.\nRegion Norrmark är med."
    example = example_of("x", sources_of(told), ["Ekby kommun"], inferred=False)
    assert [candidate.name for candidate in example.candidates] == ["Ekby kommun", "Region Norrmark"]
    assert "Ekby" not in line_of(example)


@pytest.mark.parametrize(
    ("right", "inferred", "rights", "none"),
    [
        (["Ekby kommun, socialtjänsten"], False, (True,), False),
        (["Ekby kommun"], False, (True,), False),
        ([None], False, (False,), True),
        (["Norrås kommun"], True, (False,), True),
        (["Ekby kommun"], True, (True,), False),
    ],
    ids=["its department", "the body", "none", "by the place", "named"],
)
def test_which_are_right(right, inferred, rights, none):
    example = example_of("x", sources_of("text: Ekby kommun betalar."), right, inferred=inferred)
    assert (example.right, example.none_is_right) == (rights, none)
