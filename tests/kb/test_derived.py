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
    """The vectors are opened before, the terms after the other process has added a case."""
    plain, meanwhile = derived.FaissIndex, []

    def opened_slowly(dimension, file=None):
        index = plain(dimension, file)
        if not meanwhile:
            meanwhile.append("b")
            with open_base(path) as other:
                add(other, "b")
                other.search("bakgrund")
        return index

    with open_base(path) as base:
        monkeypatch.setattr(derived, "FaissIndex", opened_slowly)
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
            patched.setattr(derived, "_update", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                base.search("bakgrund")
        monkeypatch.setattr(derived, "_clear", lambda folder: pytest.fail("made anew"))
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
