"""A change to anything that reading depends on makes another stamp, so that no base stays stale."""

import ast
from importlib.resources import files
from pathlib import Path

import pytest

from ingest import stamp
from ingest.stamp import digest, extractor, unread

ROOT = Path(str(files("ingest")))
NOT_READING = {"kb.config", "kb.duplicates", "kb.errors", "kb.messages"}
"""Modules of kb that ingestion uses and that change nothing of what is read."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "below" / "b.toml").write_text("2")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").write_text("2"),
        lambda folder: (folder / "below" / "b.toml").write_text(""),
        lambda folder: (folder / "c.tsv").write_text(""),
        lambda folder: (folder / "a.py").rename(folder / "z.py"),
        lambda folder: (folder / "a.py").unlink(),
        lambda folder: (folder / "a.py").rename(folder / "below" / "a.py"),
    ],
    ids=["program", "data", "new", "renamed", "gone", "moved"],
)
def test_every_change_shows(folder, change):
    before = digest([folder])
    assert digest([folder]) == before
    change(folder)
    assert digest([folder]) != before


def test_what_the_interpreter_leaves_behind_does_not_count(folder):
    before = digest([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"x")
    (folder / ".a.py.swp").write_bytes(b"x")
    assert digest([folder]) == before


def test_bytes_do_not_wander_from_one_file_to_the_next(tmp_path):
    for name, contents in {"one": ("ab", "c"), "two": ("a", "bc")}.items():
        (tmp_path / name / "x").mkdir(parents=True)
        for file, content in zip("pq", contents, strict=True):
            (tmp_path / name / "x" / file).write_text(content)
    assert digest([tmp_path / "one" / "x"]) != digest([tmp_path / "two" / "x"])


def test_the_stamp_is_of_all_of_ingest_and_of_the_engines(monkeypatch):
    seen = []
    monkeypatch.setattr(stamp, "digest", lambda items: seen.extend(map(str, items)) or "0" * 64)
    stamps = set()
    for release in ("1.0", "1.1"):
        monkeypatch.setattr(stamp, "version", lambda name, release=release: release)
        stamp._bundled.cache_clear()
        stamps.add(extractor())
    stamp._bundled.cache_clear()
    assert str(ROOT) in seen
    assert len(stamps) == 2


def test_everything_of_kb_that_reading_imports_is_in_the_stamp():
    imported = {
        node.module
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kb"
    }
    stamped = {f"kb.{part.removesuffix('.py')}" for part in stamp.OF_KB if part.endswith(".py")}
    assert imported == stamped | NOT_READING
    assert all(ROOT.parent.joinpath("kb", part).exists() for part in stamp.OF_KB)


def test_a_taxonomy_of_ones_own_is_part_of_the_stamp(folder):
    bundled, own = extractor(), extractor(folder)
    assert own.startswith(bundled)
    (folder / "a.py").write_text("2")
    assert len({bundled, own, extractor(folder)}) == 3


def test_an_unread_scan_has_a_stamp_of_its_own():
    assert unread(extractor()) not in {extractor(), unread(unread(extractor()))}
