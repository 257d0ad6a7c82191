import subprocess
import sys

import pytest

from kb import KnowledgeBase, Settings
from kb.errors import EmbedderMismatch
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_passages

OLD, NEW = FakeEmbedder("old"), FakeEmbedder("new", dimension=16)


def add(base, name):
    case = make_case(name)
    base.add(case, make_passages(case), document=make_document(name), extractor="t")


@pytest.fixture
def base(tmp_path):
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=OLD) as base:
        for name in ("a", "b"):
            add(base, name)
        yield base


def vectors(base):
    with base._database.read() as connection:
        return dict(connection.execute("SELECT embedder, count(*) FROM vectors GROUP BY embedder"))


def test_swaps_everything_and_uses_the_new_embedder(base):
    before = base.generation
    base.reindex(NEW)
    assert (base.stamp, vectors(base), base.verify()) == (NEW.stamp, {NEW.stamp.key: 6}, ())
    assert base.generation > before
    assert base.embedder is NEW
    add(base, "c")
    assert vectors(base) == {NEW.stamp.key: 9}


def test_tells_how_far_it_is(base, monkeypatch):
    monkeypatch.setattr("kb.reindex._BATCH", 4)
    told = []
    base.reindex(NEW, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 6), (4, 6), (6, 6)]


class Interrupting(FakeEmbedder):
    """Calls ``action`` before each batch after the first."""

    def __init__(self, action):
        super().__init__("new", dimension=16)
        self.action = action

    def encode_passages(self, texts):
        if self.encoded:
            self.action()
        return super().encode_passages(texts)


def test_a_stopped_run_goes_on_where_it_was(base, monkeypatch):
    monkeypatch.setattr("kb.reindex._BATCH", 2)

    def stop():
        raise KeyboardInterrupt

    before = base.generation
    with pytest.raises(KeyboardInterrupt):
        base.reindex(Interrupting(stop))
    assert (base.stamp, base.generation, base.embedder) == (OLD.stamp, before, OLD)
    assert vectors(base) == {OLD.stamp.key: 6, NEW.stamp.key: 2}
    assert base.verify() == ()
    new = FakeEmbedder("new", dimension=16)
    base.reindex(new)
    assert new.encoded == 4
    assert vectors(base) == {NEW.stamp.key: 6}


def test_cases_that_come_and_go_meanwhile_are_not_lost(base, monkeypatch):
    monkeypatch.setattr("kb.reindex._BATCH", 2)
    other = KnowledgeBase.open(base.path, settings=Settings(), embedder=OLD)
    names = iter(["c", "d"])

    def meanwhile():
        if name := next(names, None):
            add(other, name)
            other.remove("a" if name == "c" else "b")

    base.reindex(Interrupting(meanwhile))
    assert {case.case_id for case in base.cases()} == {"c", "d"}
    assert (vectors(base), base.verify()) == ({NEW.stamp.key: 6}, ())
    with pytest.raises(EmbedderMismatch, match="kb reindex"):
        add(other, "e")
    other.close()


def test_an_empty_base_takes_the_stamp(tmp_path):
    with KnowledgeBase.open(tmp_path, settings=Settings(), embedder=OLD) as base:
        base.reindex(NEW)
        assert (base.stamp, base.verify()) == (NEW.stamp, ())


def test_vectors_left_by_an_abandoned_model_go_at_the_next_swap(base, monkeypatch):
    monkeypatch.setattr("kb.reindex._BATCH", 2)
    base._store.stage_vectors(FakeEmbedder("third").stamp, [1, 2], FakeEmbedder("third").encode_passages(["a", "b"]))
    base.reindex(NEW)
    assert vectors(base) == {NEW.stamp.key: 6}


def test_a_model_that_gives_nonsense_changes_nothing(base):
    class Broken(FakeEmbedder):
        def encode_passages(self, texts):
            return super().encode_passages(texts)[:, :-1]

    with pytest.raises(ValueError, match="broken"):
        base.reindex(Broken("broken"))
    assert (base.stamp, vectors(base)) == (OLD.stamp, {OLD.stamp.key: 6})


SLOWLY = """
import sys, time
from kb import KnowledgeBase, Settings, reindex
from tests.kb.fakes import FakeEmbedder

class Slow(FakeEmbedder):
    def encode_passages(self, texts):
        print("batch", flush=True)
        time.sleep(float(sys.argv[2]))
        return super().encode_passages(texts)

reindex._BATCH = 2
with KnowledgeBase.open(sys.argv[1], settings=Settings(), embedder=Slow("new", dimension=16)) as base:
    base.reindex()
print("done", flush=True)
"""


def reindexing(path, pause):
    """Another process that reindexes two passages at a time, and says so before each batch."""
    command = [sys.executable, "-c", SLOWLY, str(path), str(pause)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_others_search_while_a_process_reindexes(base):
    before = [(hit.case.case_id, hit.score) for hit in base.search("bakgrund a")]
    assert before
    searched = 0
    with reindexing(base.path, 0.2) as process:
        for line in process.stdout:
            if line == "batch\n":
                assert [(hit.case.case_id, hit.score) for hit in base.search("bakgrund a")] == before
                searched += 1
    assert (process.returncode, searched) == (0, 3)
    with KnowledgeBase.open(base.path, settings=Settings(), embedder=NEW) as again:
        assert {hit.case.case_id for hit in again.search("bakgrund a")} == {name for name, _ in before}
        assert again.verify() == ()


def test_what_a_killed_process_had_done_is_not_done_again(base):
    with reindexing(base.path, 60) as process:
        assert process.stdout.readline() == "batch\n"
        process.kill()
    # Killed while it made the first batch; the next process is killed after that batch was saved.
    with reindexing(base.path, 0.5) as process:
        assert [process.stdout.readline() for _ in range(2)] == ["batch\n"] * 2
        process.kill()
    assert vectors(base) == {OLD.stamp.key: 6, NEW.stamp.key: 2}
    assert base.search("bakgrund a").hits
    assert base.verify() == ()
    new = FakeEmbedder("new", dimension=16)
    base.reindex(new)
    assert new.encoded == 4
    assert (vectors(base), base.verify()) == ({NEW.stamp.key: 6}, ())
