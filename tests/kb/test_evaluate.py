import math

import pytest

from kb.errors import EvaluationError, FileMissing
from kb.evaluate import evaluate, measure, read_qrels, read_queries, trec_lines


def write(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "file"
    path.write_text(content, encoding)
    return path


def test_queries(tmp_path):
    path = write(tmp_path, "kw-01\tstöd för anhöriga \n\n2\ten\ttabb till\n", "utf-8-sig")
    assert read_queries(path) == {"kw-01": "stöd för anhöriga", "2": "en\ttabb till"}


@pytest.mark.parametrize("content", ["utan tabb", "\ttext", "1\t", "1\ta\n1\tb"])
def test_bad_queries_name_the_line(tmp_path, content):
    with pytest.raises(EvaluationError) as caught:
        read_queries(write(tmp_path, content))
    assert caught.value.params["line"] == content.count("\n") + 1


def test_qrels(tmp_path):
    assert read_qrels(write(tmp_path, "q 0 a.pdf 3\nq 0 b.pdf 0\n")) == {"q": {"a.pdf": 3, "b.pdf": 0}}


@pytest.mark.parametrize("content", ["q 0 a.pdf", "q 0 a.pdf tre", "q 0 a b 1"])
def test_bad_qrels(tmp_path, content):
    with pytest.raises(EvaluationError):
        read_qrels(write(tmp_path, content))


@pytest.mark.parametrize("read", [read_queries, read_qrels])
def test_files_that_cannot_be_read(tmp_path, read):
    with pytest.raises(FileMissing):
        read(tmp_path / "none")
    with pytest.raises(FileMissing):
        read(tmp_path)
    with pytest.raises(EvaluationError, match="UTF-8"):
        read(write(tmp_path, "1\tå", "latin-1"))


def test_a_run_in_trec_form():
    assert list(trec_lines("q", [("a.pdf", 0.5), ("b.pdf", 0.25)], name="n")) == [
        "q Q0 a.pdf 1 0.500000 n",
        "q Q0 b.pdf 2 0.250000 n",
    ]


def test_measures_are_the_usual_ones():
    """Worked by hand: the only relevant document is third, of grade 2."""
    found = measure({"q": [("a", 3.0), ("b", 2.0), ("c", 1.0)]}, {"q": {"c": 2, "a": 0}})
    assert found == pytest.approx({"nDCG@10": 1 / math.log2(4), "P@1": 0.0, "R@100": 1.0, "RR": 1 / 3})


class Base:
    """Ranks what its table says, whatever the system."""

    def rank(self, text, *, k, lexical=True, semantic=True):
        return [("a", 2.0), ("b", 1.0)][:k] if semantic else [("b", 1.0)]


def test_groups_are_prefixes_and_only_judged_queries_count():
    queries = {"kw-1": "x", "kw-2": "y", "q-1": "z", "none-1": "w"}
    qrels = {"kw-1": {"a": 1}, "kw-2": {"b": 1}, "q-1": {"a": 3}, "none-1": {"a": 0}}
    found = evaluate(Base(), queries, qrels)
    assert list(found) == ["all", "kw", "q"]
    assert found["kw"]["both"]["P@1"] == 0.5
    assert found["q"]["lexical"]["RR"] == 0.0
    assert found["all"]["dense"]["P@1"] == pytest.approx(2 / 3)
