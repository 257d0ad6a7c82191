"""``kill -9`` at any instant leaves a base that opens, agrees with itself, and has all that was reported as saved."""

import random
import shutil
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from kb import KnowledgeBase, Settings
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_passages

CASES, KILLS = 12, 8
ROOT = Path(__file__).parents[2]


def step(number):
    """Return what the worker does at this step: put a case (again and again with new content), or remove one."""
    case_id = f"fall-{number % CASES}"
    return case_id, None if number % 7 == 6 else f"version {number // CASES} " + "ord " * 2000


def state_after(number):
    state = {}
    for earlier in range(number):
        case_id, content = step(earlier)
        state |= {case_id: content}
    return {f"{name}.pdf": make_case(name, content=text).sha256 for name, text in state.items() if text is not None}


def work(folder, first):
    """Run in a process of its own: steps without end, each told on stdout when it is done."""
    base = KnowledgeBase.open(folder, settings=Settings(), embedder=FakeEmbedder())
    for number in count(first):
        case_id, content = step(number)
        if content is None:
            if base.fingerprint(f"{case_id}.pdf"):
                base.remove(case_id)
        else:
            case = make_case(case_id, content=content)
            base.add(case, make_passages(case), document=make_document(case_id, content), extractor="t")
        print(number, flush=True)


def reindex(folder):
    """Run in a process of its own: to another embedder, each batch told on stdout."""
    base = KnowledgeBase.open(folder, settings=Settings(), embedder=FakeEmbedder("new", dimension=16))
    base.reindex(on_progress=lambda done, total: print(done, flush=True))


def killed(call, lines, delay):
    """Run ``call`` in a process, kill it ``delay`` seconds after so many lines, and return the lines."""
    code = f"from tests.kb.test_crash import reindex, work; {call}"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    told = [process.stdout.readline() for _ in range(lines)]
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    told += process.communicate()[0].splitlines()
    return process.returncode, [int(line) for line in told if line.strip()]


def test_adding_survives_kill_9(tmp_path):
    instants = random.Random(20)
    done = 0
    for _ in range(KILLS):
        code, told = killed(f"work({str(tmp_path)!r}, {done})", instants.randint(1, 15), instants.uniform(0, 0.02))
        assert code == -signal.SIGKILL
        done = told[-1] + 1
        with KnowledgeBase.open(tmp_path, settings=Settings(), create=False) as base:
            assert base.verify() == ()
            found = {case.file: base.fingerprint(case.file)[0] for case in base.cases()}
            assert found in (state_after(done), state_after(done + 1))
    assert done > KILLS


def test_a_base_is_made_or_not(tmp_path):
    instants = random.Random(21)
    for number in range(4):
        folder = tmp_path / str(number)
        killed(f"work({str(folder)!r}, 0)", 0, instants.uniform(0.1, 0.6))
        with KnowledgeBase.open(folder, settings=Settings()) as base:
            assert base.verify() == ()


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A base of 900 passages under the old embedder: four batches."""
    folder = tmp_path_factory.mktemp("indexed")
    with KnowledgeBase.open(folder, settings=Settings(), embedder=FakeEmbedder("old")) as base:
        for number in range(300):
            case = make_case(f"fall-{number}")
            base.add(case, make_passages(case), document=make_document(case.case_id), extractor="t")
    return folder


@pytest.mark.parametrize("batches", [1, 2, 4])
def test_reindexing_is_resumed_after_kill_9(indexed, tmp_path, batches):
    folder = tmp_path / "base"
    shutil.copytree(indexed, folder)
    old, new = FakeEmbedder("old"), FakeEmbedder("new", dimension=16)
    code, _ = killed(f"reindex({str(folder)!r})", batches, 0.0)
    assert code == -signal.SIGKILL
    with KnowledgeBase.open(folder, settings=Settings(), embedder=old, create=False) as base:
        assert (base.verify(), base.stamp) == ((), old.stamp)
        base.reindex(new)
        assert (base.verify(), base.stamp) == ((), new.stamp)
        assert new.encoded <= base.passage_count - 256 * (batches - 1)
