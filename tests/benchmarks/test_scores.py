from pathlib import Path

import pytest

from benchmarks.gold import Gold, Split
from benchmarks.mapping import Answer, Found
from benchmarks.scores import Scores, details, grouped, overview
from kb.types import FIELD_NAMES, FieldName

NONE: dict[FieldName, Found | None] = dict.fromkeys(FIELD_NAMES)


def gold(*, split: Split = "dev", hard: bool = False, name: str = "x.pdf", **fields: str) -> Gold:
    return Gold(
        path=Path(name),
        layout="word",
        fields=dict.fromkeys(FIELD_NAMES) | fields,
        pages=dict.fromkeys(fields, (1,)),
        metadata={"title": "Rösten", "language": "nb", "start_year": 2017},
        split=split,
        hard=hard,
    )


def test_a_field_that_is_there_and_not_found_is_wrong_in_every_way() -> None:
    scores = Scores()
    scores.add(Answer(NONE), gold(background="Det började här"))
    assert [scores.overall(measure) for measure in ("f1", "edit", "pages")] == [0.0, 0.0, 0.0]
    assert scores.overall("null") == pytest.approx(4 / 5)


def test_an_invented_field_costs_null_accuracy_and_no_f1() -> None:
    scores = Scores()
    scores.add(Answer(NONE | {"method": Found("Påhitt", (1,))}), gold())
    assert scores.overall("null") == pytest.approx(4 / 5)
    assert scores.overall("f1") is None


def test_pages_are_right_only_when_exactly_these() -> None:
    scores = Scores()
    scores.add(Answer(NONE | {"method": Found("a", (1,))}), gold(method="a"))
    scores.add(Answer(NONE | {"method": Found("a", (1, 2))}), gold(method="a"))
    assert scores.mean("pages", ("method",)) == 0.5


def test_results_count_among_the_five_not_the_four() -> None:
    scores = Scores()
    scores.add(Answer(NONE | {"method": Found("a", (1,))}), gold(method="a", results="b"))
    assert scores.overall("f1") == 1.0
    assert scores.mean("f1", FIELD_NAMES) == 0.5


def test_metadata_are_exact_but_for_case_and_the_name_of_norwegian() -> None:
    scores = Scores()
    scores.add(Answer(NONE, metadata={"title": "rösten", "language": "no", "start_year": None}), gold())
    assert {name: scores.mean("metadata", (name,)) for name in scores.metadata} == {
        "title": 1.0,
        "language": 1.0,
        "start_year": 0.0,
    }


def test_documents_judged_by_metadata_only_have_no_fields_to_score() -> None:
    scores = Scores()
    scores.add(
        Answer(NONE | {"method": Found("a", (1,))}, metadata={"title": "Rösten"}),
        Gold(path=Path("x.pdf"), layout="scan", fields=None, pages={}, metadata={"title": "Rösten"}),
    )
    assert (scores.documents, scores.overall("null"), scores.mean("metadata", ("title",))) == (1, None, 1.0)


def test_groups_are_all_each_layout_and_the_hard_ones() -> None:
    documents = [gold(), gold(hard=True)]
    groups = grouped([Answer(NONE)] * 2, documents, by_split=False)
    assert {name: scores.documents for name, scores in groups.items()} == {"all": 2, "all, word": 2, "all, hard": 1}


def test_held_out_documents_are_apart_and_never_shown_one_by_one() -> None:
    documents = [gold(name="ours.pdf"), gold(split="held_out", name="secret.pdf")]
    answers = [Answer(NONE)] * 2
    assert set(grouped(answers, documents, by_split=True)) == {"dev", "dev, word", "held_out", "held_out, word"}
    assert "ours.pdf" in details(answers, documents)
    assert "secret" not in details(answers, documents)


def test_details_mark_what_was_invented_wrong_pages_and_wrong_metadata() -> None:
    answer = Answer(
        NONE | {"method": Found("a", (2,)), "results": Found("b", (1,))},
        metadata={"title": "Fel", "language": "nb", "start_year": 2017},
    )
    assert "| – | 1.00 p | – | – | ! | title: Fel |" in details([answer], [gold(method="a")])


def test_a_reader_that_failed_is_told_in_the_overview() -> None:
    scores = Scores()
    scores.add(Answer(NONE, error="broken"), gold(method="a"))
    row = overview({"peer": scores}).splitlines()[2]
    assert row.startswith("| peer | 0.000 ")
    assert row.endswith("| 1 |")
