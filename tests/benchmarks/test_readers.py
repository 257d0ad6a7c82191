import json
from pathlib import Path

import pytest

from benchmarks import processes
from benchmarks.blocks import Block
from benchmarks.extraction import chosen
from benchmarks.gold import folder
from benchmarks.readers import OURS, READERS, Reader, _each, _elements
from benchmarks.styled import StyledLine, blocks_of, read_pypdf
from benchmarks.tagged import _headings

SMALL = Path("ingest/data/warm-up.pdf")


def line(text: str, size: float = 10.0, *, bold: bool = False, page: int = 1) -> StyledLine:
    return StyledLine(text, size, bold, page)


def test_size_and_weight_make_headings_and_levels() -> None:
    blocks = blocks_of(
        [
            line("Rösten", 20.0),
            line("i luren", 20.0),
            line("Bakgrund", 10.0, bold=True),
            line("Kommunen såg att det"),
            line("behövdes mer."),
            line("Det här är en fet mening.", 10.0, bold=True),
            line("Sida två börjar här med mer löpande text.", page=2),
        ]
    )
    assert blocks == (
        Block("heading", "Rösten i luren", 1, 1),
        Block("heading", "Bakgrund", 1, 2),
        Block("text", "Kommunen såg att det\nbehövdes mer.\nDet här är en fet mening.", 1),
        Block("text", "Sida två börjar här med mer löpande text.", 2),
    )


def test_no_lines_no_blocks() -> None:
    assert blocks_of([]) == ()


def test_opendataloaders_tree_is_walked_in_order_without_running_heads() -> None:
    tree = {
        "kids": [
            {"type": "header", "page number": 1, "kids": [{"type": "paragraph", "content": "Sidhuvud"}]},
            {"type": "heading", "page number": 1, "heading level": 2, "content": "Bakgrund"},
            {
                "type": "list",
                "page number": 2,
                "list items": [{"type": "list item", "page number": 2, "content": "Ett"}],
            },
            {
                "type": "table",
                "page number": 2,
                "rows": [{"cells": [{"page number": 2, "kids": [{"content": "Cell"}]}]}],
            },
        ]
    }
    assert list(_elements(tree)) == [
        Block("heading", "Bakgrund", 1, 2),
        Block("text", "Ett", 2),
        Block("text", "Cell", 1),
    ]


def test_whatever_a_peer_raises_is_its_result() -> None:
    def break_down(path: Path) -> tuple[Block, ...]:
        raise ValueError(path.name)

    (record,) = _each(break_down)([SMALL])
    assert record.error == f"ValueError: {SMALL.name}"


def test_a_peer_that_is_absent_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(READERS, "no-peer", Reader("no-such-package", lambda paths: iter(()), ""))
    monkeypatch.setitem(READERS, "no-java", Reader("pypdf", lambda paths: iter(()), "", program="no-such-program"))
    assert chosen(["no-peer", "no-java", "pypdf"]) == [OURS, "pypdf"]
    assert capsys.readouterr().out.split("\n\n")[:2] == [
        "**no-peer left out**: no-such-package is not installed: pip install -e '.[bench]'",
        "**no-java left out**: no-such-program is not on the PATH",
    ]


@pytest.mark.parametrize("reader", [OURS, "pypdf", "pypdf, sizes"])
def test_a_reader_reads_in_a_process_of_its_own(reader: str) -> None:
    records, cost = processes.read(reader, [SMALL], rounds=2)
    assert [record.file for record in records] == [SMALL.name]
    assert not records[0].error
    assert records[0].case or records[0].blocks
    assert len(cost.rounds) == 2
    assert cost.start.cpu_seconds > 0
    assert cost.peak_megabytes > 10


def test_a_reader_that_does_not_exist_fails_in_words() -> None:
    with pytest.raises(processes.ReaderFailed, match="no such reader"):
        processes.read("no such reader", [SMALL])


def test_pypdfs_visitor_gives_the_headings_of_a_plain_page() -> None:
    assert any(block.kind == "heading" for block in read_pypdf(SMALL))


TREE = """\
Document
  H1 (block):
     /SpaceAfter 5.875
    "1 kap. Allmänt  "
  P (block)
    "Text "i" mitten "
  H2 "" (block)
    Span (inline)
      "Bakgrund "
    Span (inline)
      "och syfte"
  H3 (block)
    " "
  L (block)
    LI (block)
      "Syfte"
"""


def test_headings_of_pdfinfos_tree() -> None:
    assert list(_headings(TREE)) == ["1 kap. Allmänt", "Bakgrund och syfte"]


def test_a_folder_by_other_hands(tmp_path: Path) -> None:
    entry = {
        "layout": "word",
        "hard": True,
        "title": "Rösten",
        "place": None,
        "fields": {"background": "a", "method": None},
        "pages": {"background": [1, 2]},
    }
    plan = {"layout": "scan", "title": "Plan", "fields": {}, "score_fields": False}
    (tmp_path / "truth.json").write_text(json.dumps({"a.pdf": entry, "plan.pdf": plan}), "utf-8")
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "a.pdf").touch()
    first, second = folder(tmp_path)
    assert first.path == tmp_path / "pdf" / "a.pdf"
    assert first.fields == {
        "background": "a",
        "method": None,
        "success_factors": None,
        "challenges": None,
        "results": None,
    }
    assert (first.pages, first.metadata, first.hard) == (
        {"background": (1, 2)},
        {"title": "Rösten", "place": None},
        True,
    )
    assert (second.path, second.fields) == (tmp_path / "plan.pdf", None)
    listed = tmp_path / "listed"
    listed.mkdir()
    (listed / "truth.json").write_text(json.dumps({"documents": [entry | {"file": "a.pdf"}]}), "utf-8")
    assert [document.path.name for document in folder(listed)] == ["a.pdf"]
