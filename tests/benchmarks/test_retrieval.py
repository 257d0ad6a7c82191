import pytest

from benchmarks.retrieval import ABLATIONS, PASSAGE_LENGTH, passages_of, table, thinned, transposed
from kb import wanted


def test_passages_end_at_paragraphs_and_lose_nothing():
    text = "\n".join(f"Stycke {number} " + "ord " * 80 for number in range(12))
    pieces = list(passages_of(text))
    assert "\n".join(pieces) == text
    assert all(len(piece) <= PASSAGE_LENGTH for piece in pieces)
    assert len(pieces) > 2


@pytest.mark.parametrize(("most", "left"), [(None, 10), (3, 3), (4, 4), (10, 10), (99, 10)])
def test_queries_are_thinned_evenly(most, left):
    queries = {str(number): "x" for number in range(10)}
    found = thinned(queries, most)
    assert len(found) <= left
    assert most is None or len(found) >= min(most, 10) // 2
    assert next(iter(found)) == "0"


def test_a_table_has_the_mean():
    rows = {"a": {"lexical": 0.5, "both": 1.0}, "b": {"lexical": 0.0, "both": 0.5}}
    assert table(rows).splitlines() == [
        "| queries | words | both |",
        "|---|---|---|",
        "| a | 0.500 | 1.000 |",
        "| b | 0.000 | 0.500 |",
        "| **mean** | 0.250 | 0.750 |",
    ]
    assert transposed(rows) == {"lexical": {"a": 0.5, "b": 0.0}, "both": {"a": 1.0, "b": 0.5}}


@pytest.mark.parametrize("name", ABLATIONS)
def test_what_is_left_out_is_put_back(name):
    before = vars(wanted).copy()
    with ABLATIONS[name]():
        pass
    assert vars(wanted) == before
