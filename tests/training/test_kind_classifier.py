"""Papers of all kinds, and the model fitted to them."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from ingest.kinds import kind_features
from kb.types import DocumentType
from training.kind_classifier import EXAMPLE, Paper, examples, fit, read_papers
from training.labelled import LabelledDocument, LabelledSection


def test_a_paper_is_read_with_its_head(tmp_path: Path):
    (tmp_path / "q07.txt").write_text("kind: report\nlanguage: sv\ntitle: A: b\nfound: method, results\n## C\nD.\n")
    assert list(read_papers(tmp_path)) == [Paper("report", "A: b", "C\nD.", ("method", "results"), "q")]


def test_a_paper_without_a_kind_is_none(tmp_path: Path):
    (tmp_path / "q07.txt").write_text("language: sv\ntitle: A\nB.\n")
    with pytest.raises(KeyError, match="kind"):
        list(read_papers(tmp_path))


def test_the_papers_of_the_repository_are_of_known_kinds():
    papers = list(read_papers())
    assert {paper.kind for paper in papers} == set(get_args(DocumentType))
    assert all(paper.title and len(paper.text.split()) > 50 for paper in papers)


def test_documents_with_labels_are_examples_of_which_a_reader_may_miss_a_field():
    section = LabelledSection("Så gjorde vi", (("method", "Vi gick."), ("other", "Ring.")))
    [paper] = examples([LabelledDocument("g01", "sv", (section,), "Gå")])
    assert replace(paper, found=()) == Paper(EXAMPLE, "Gå", "Så gjorde vi\nVi gick.\nRing.", (), "g")
    assert set(paper.found) <= {"method"}


def test_what_is_fitted_tells_the_kinds_apart():
    told = [Paper(EXAMPLE, f"Gå {n}", "vi gick ut och ungdomarna kom", ("method",), "a") for n in range(4)]
    others = [Paper("report", f"Läget {n}", "enkäten besvarades av respondenter", (), "a") for n in range(4)]
    plans = [Paper("action_plan", f"Plan {n}", "nämnden ska ansvara för att rutiner följs", (), "a") for n in range(4)]
    model = fit([*told, *others, *plans]).linear
    for paper in (told[0], others[0], plans[0]):
        says = model.log_probabilities(kind_features("", paper.text, paper.found))
        assert max(says, key=lambda name: says[name]) == paper.kind
