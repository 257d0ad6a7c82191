"""The bench of facets: what counts as right, wrong and missed."""

from pathlib import Path

import pytest

from benchmarks.facets import Score, samples, score, score_files


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        pytest.param(["police"], ["police"], Score(1, 0, 0), id="right"),
        pytest.param(["police"], ["school"], Score(0, 1, 1), id="wrong, and one missed"),
        pytest.param([], [], Score(), id="nothing to find"),
        pytest.param(["school"], ["school?"], Score(), id="may be given"),
        pytest.param([], ["school?"], Score(), id="may be left"),
    ],
)
def test_a_score(found, gold, expected):
    assert score(found, gold) == expected


def test_scores_read_as_precision_and_recall():
    assert str(Score(3, 1, 3) + Score(0, 0, 0)) == "P 0.750  R 0.500  (3 right, 1 wrong, 3 missed)"


def test_a_document_that_cannot_be_read_misses_all(tmp_path: Path):
    broken = tmp_path / "trasig.pdf"
    broken.write_bytes(b"%PDF-1.7 trasig")
    assert score_files({broken: {"arena": ["school"]}})["arena"] == Score(0, 0, 1)


def test_samples_keep_the_held_out_apart():
    development, held_out = samples("dev"), samples("held_out")
    assert development
    assert held_out
    assert not development.keys() & held_out.keys()
