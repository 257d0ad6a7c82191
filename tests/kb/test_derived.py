import shutil

import numpy as np
import pytest

from kb import KnowledgeBase, Settings, derived
from kb.database import DERIVED
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_passages


def open_base(path):
    return KnowledgeBase.open(path, settings=Settings(), embedder=FakeEmbedder())


def add(base, name):
    case = make_case(name)
    base.add(case, make_passages(case), document=make_document(name), extractor="t")


@pytest.fixture
def path(tmp_path):
    with open_base(tmp_path / "base") as base:
        add(base, "a")
        base.search("bakgrund")
    return tmp_path / "base"


def test_indexes_that_another_process_changes_while_they_are_opened_are_of_one_state(path, monkeypatch):
    """The vectors are opened before, those of whole cases after the other process has added a case."""
    plain, meanwhile = derived.FlatIndex.read, []

    def opened_slowly(file, dimension):
        index = plain(file, dimension)
        if not meanwhile:
            meanwhile.append("b")
            with open_base(path) as other:
                add(other, "b")
                other.search("bakgrund")
        return index

    with open_base(path) as base:
        monkeypatch.setattr(derived.FlatIndex, "read", opened_slowly)
        indexes = derived.load(base._store, path / DERIVED)
        assert meanwhile == ["b"]
        for found in (indexes.dense.ids(), indexes.lexical.ids()):
            np.testing.assert_array_equal(found, indexes.passages)
        assert indexes.case_ids == ("a",)
        assert {hit.case.case_id for hit in base.search("bakgrund").hits} == {"a", "b"}
        assert base.verify() == ()


def test_indexes_whose_change_was_cut_off_are_mended_not_made_anew(path, monkeypatch):
    with open_base(path) as base:
        add(base, "b")
        with monkeypatch.context() as patched:
            patched.setattr(derived, "_changed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                base.search("bakgrund")
        monkeypatch.setattr(derived._Opened, "empty", lambda dimension: pytest.fail("made anew"))
        assert {hit.case.case_id for hit in base.search("bakgrund").hits} == {"a", "b"}
        assert base.verify() == ()


def test_nothing_of_a_former_version_stays_in_the_indexes(path):
    with open_base(path) as base:
        case = make_case("a", content="ny")
        base.add(case, make_passages(case), document=make_document("a", "ny"), extractor="t")
        base.search("bakgrund")
        indexes = derived.load(base._store, path / DERIVED)
        for found in (indexes.dense.ids(), indexes.lexical.ids()):
            np.testing.assert_array_equal(found, indexes.passages)
        assert base.verify() == ()


def test_what_an_older_version_left_is_cleared_away(path):
    folder = path / DERIVED
    (folder / "terms").mkdir()
    (folder / "terms" / "segment").write_text("personen som togs bort")
    (folder / "stamp.json").write_text('[1, "fake@1/64", 1]')
    with open_base(path) as base:
        assert base.search("bakgrund").hits
    assert not (folder / "terms").exists()


@pytest.mark.parametrize("name", ["lexical", "dense", "whole_lexical", "whole_dense"])
@pytest.mark.parametrize("content", [b"", b"not a file of tensors", b"\xff" * 64], ids=["empty", "text", "noise"])
def test_a_damaged_file_is_told_and_made_anew(path, name, content):
    (path / DERIVED / f"{name}.tensors").write_bytes(content)
    with open_base(path) as base:
        assert [problem.code for problem in base.verify()] == ["index_differs"]
        assert base.search("bakgrund").hits
        assert base.verify() == ()


def flipped(content):
    middle = len(content) * 2 // 3
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("name", ["lexical", "dense", "whole_lexical", "whole_dense"])
def test_a_single_wrong_bit_is_told_and_made_anew(path, name):
    file = path / DERIVED / f"{name}.tensors"
    whole = file.read_bytes()
    file.write_bytes(flipped(whole))
    with open_base(path) as base:
        assert [problem.code for problem in base.verify()] == ["index_differs"]
        assert base.search("bakgrund").hits
    assert file.read_bytes() == whole


@pytest.mark.parametrize("name", ["lexical", "dense"])
def test_a_whole_file_of_other_passages_is_made_anew(path, name):
    """Of cases instead of passages: what it holds is sound, but its numbers mean something else."""
    folder = path / DERIVED
    with open_base(path) as base:
        add(base, "b")
        base.search("bakgrund")
    whole = (folder / f"{name}.tensors").read_bytes()
    (folder / f"{name}.tensors").write_bytes((folder / f"whole_{name}.tensors").read_bytes())
    with open_base(path) as base:
        assert base.search("bakgrund").hits
        assert base.verify() == ()
    assert (folder / f"{name}.tensors").read_bytes() == whole


@pytest.mark.parametrize("later", [0, 1], ids=["as many changes", "more changes"])
def test_the_indexes_of_another_history_are_not_used(path, tmp_path, later):
    """A backup put back: its passages have got the numbers that other texts had in the indexes that lie there."""
    other = tmp_path / "other"
    with open_base(other) as base:
        for name in ("x", "y")[: 1 + later]:
            add(base, name)
        base.search("bakgrund")
    shutil.rmtree(other / DERIVED)
    shutil.copytree(path / DERIVED, other / DERIVED)
    with open_base(other) as base:
        assert {hit.case.case_id for hit in base.search("bakgrund").hits} == set("xy"[: 1 + later])
        indexed = derived.load(base._store, other / DERIVED)
        fresh = derived._changed(base._store, derived._Opened.empty(64), base.stamp)
        assert indexed.lexical._terms.vocabulary == fresh.lexical._terms.vocabulary
        np.testing.assert_array_equal(indexed.dense._vectors, fresh.dense._vectors)


def test_indexes_that_cannot_be_written_are_kept_in_memory(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with open_base(path) as base:
        add(base, "b")
        monkeypatch.setattr("kb.tensors.write", full)
        assert {hit.case.case_id for hit in base.search("bakgrund").hits} == {"a", "b"}
