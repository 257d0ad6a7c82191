"""The bench as it is run: a folder by other hands, ours and a peer, figures as JSON."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from benchmarks import extraction
from benchmarks.tagged import without_tags
from ingest import extract_case

SMALL = Path("ingest/data/warm-up.pdf")


def test_a_folder_is_scored_beside_a_peer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = extract_case(SMALL)
    fields = {name: value.text if value else None for name, value in case.fields.items()}
    pages = {name: value.pages for name, value in case.fields.items() if value}
    entry = {"layout": "small", "title": case.title, "fields": fields, "pages": pages}
    folder = tmp_path / "others"
    folder.mkdir()
    shutil.copy(SMALL, folder)
    (folder / "truth.json").write_text(json.dumps({SMALL.name: entry}), "utf-8")
    written = tmp_path / "figures.json"
    arguments = ["--dir", str(folder), "--peers", "pypdf", "--details", "--json", str(written)]
    monkeypatch.setattr(sys, "argv", ["extraction", *arguments])
    extraction.main()
    figures = json.loads(written.read_text("utf-8"))
    ours = figures["sets"]["others"]["exempelbanken"]["all"]
    assert (ours["documents"], ours["failed"]) == (1, 0)
    assert (ours["f1"], ours["null"], ours["pages"], ours["metadata"]["title"]) == (1.0, 1.0, 1.0, 1.0)
    assert figures["sets"]["others"]["pypdf"]["all"]["failed"] == 0
    assert {cost["reader"] for cost in figures["costs"]} == {"exempelbanken", "pypdf"}
    shown = capsys.readouterr().out
    assert "### others: all\n" in shown
    assert f"| {SMALL.name} | small |" in shown


def test_sets_that_are_not_here_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(extraction.gold, "STUDIES", Path("nowhere/cases"))
    monkeypatch.setattr(extraction.tagged, "DOCUMENTS", Path("nowhere/swedish"))
    extraction.run(extraction.Bench(["exempelbanken"], details=False), ["studies", "headings"], None)
    assert capsys.readouterr().out.split("\n\n")[:2] == [
        "**studies left out**: nowhere/cases is not here",
        "**headings left out**: nowhere/swedish is not here",
    ]


def test_a_copy_without_tags_says_the_same(tmp_path: Path) -> None:
    tagged = next(
        path for path in sorted(Path("data/raw_pdfs").glob("*.pdf")) if "/StructTreeRoot" in PdfReader(path).root_object
    )
    before, after = PdfReader(tagged), PdfReader(without_tags(tagged, tmp_path))
    assert "/StructTreeRoot" not in after.root_object
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
