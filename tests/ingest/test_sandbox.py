import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

from ingest import sandbox, zygote
from ingest.sandbox import Limits, Usage, run
from ingest.zygote import Ending, Job, receive_frame, send_frame
from kb.errors import DamagedDocument, DocumentError, EncryptedDocument, ResourceLimit
from tests.ingest import jobs

LIMITS = Limits(memory_megabytes=300, seconds=20, output_megabytes=1)
BRIEF = Limits(memory_megabytes=300, seconds=1)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="what Linux alone enforces")


def call(job: str, data: bytes = b"", *, returns: type = int, limits: Limits = LIMITS, **arguments: object):
    return run(f"tests.ingest.jobs:{job}", data, returns=returns, limits=limits, file="x.pdf", **arguments)


def test_a_result_comes_back_typed():
    assert call("length", b"abc", times=2) == 6


def test_large_documents_cross_whole():
    assert call("length", bytes(30 << 20)) == 30 << 20


@pytest.mark.parametrize(
    ("job", "error"),
    [
        pytest.param("refuse", EncryptedDocument, id="an error keeps its kind"),
        pytest.param("wrong_type", DamagedDocument, id="an answer of another type is not believed"),
        pytest.param("flood", ResourceLimit, id="too much output"),
        pytest.param("loop", ResourceLimit, id="busy for ever"),
        pytest.param("sleep", ResourceLimit, id="idle for ever"),
        pytest.param("devour", ResourceLimit, id="too much memory", marks=LINUX),
        pytest.param("segfault", DamagedDocument, id="segmentation fault"),
        pytest.param("abort", ResourceLimit, id="abort, as PDFium does when memory ends"),
        pytest.param("vanish", DamagedDocument, id="gone without a word"),
        pytest.param("babble", DamagedDocument, id="an answer that is none"),
    ],
)
def test_every_ending_is_one_clear_error_that_names_the_file(job, error):
    with pytest.raises(error) as caught:
        call(job, limits=BRIEF if job in {"loop", "sleep"} else LIMITS)
    assert caught.value.params["file"] == "x.pdf"
    assert "x.pdf" in caught.value.message("sv")
    assert call("length", b"ab") == 2  # and the next document is none the worse


@pytest.mark.parametrize(
    "said",
    [
        Ending("error", code="damaged_document", params={"self": 1}),
        Ending("error", code="duplicate_name", params={}),
        Ending("error", code="no_such_code", params={"self": "x"}),
    ],
)
def test_an_error_that_makes_no_sentence_is_a_damaged_document(said):
    with pytest.raises(DamagedDocument) as caught:
        call("lie", msgspec.msgpack.encode(said))
    assert "x.pdf" in caught.value.message("sv")


def test_a_fault_of_ours_is_told_with_its_place():
    with pytest.raises(DocumentError) as caught:
        call("stumble")
    assert caught.value.code == "document_error"
    assert str(caught.value.params["reason"]).startswith("IndexError in jobs.py:")


@LINUX
def test_what_the_child_started_dies_with_it(monkeypatch, tmp_path):
    sandbox.close()
    monkeypatch.setenv("MARK", str(tmp_path))
    with pytest.raises(ResourceLimit):
        call("spawn_and_stay", limits=BRIEF)
    assert _until(lambda: _relatives(tmp_path) == 1)  # the zygote; no reader or grandchild
    sandbox.close()
    assert _relatives(tmp_path) == 0


@LINUX
@pytest.mark.parametrize("job", ["call_out", "write_file"])
def test_the_child_has_no_network_and_writes_no_files(job, tmp_path):
    assert call(job, str(tmp_path / "x").encode(), returns=str) == "refused"
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").read_bytes()  # as far as the kernel can forbid it


@LINUX
def test_the_child_inherits_no_open_files():
    with Path(__file__).open():
        assert call("descriptors", returns=list[int]) == [3]


def test_usage_is_told():
    heard: list[Usage] = []
    run("tests.ingest.jobs:length", b"", returns=int, limits=LIMITS, file="x.pdf", on_usage=heard.append)
    assert heard[0].peak_megabytes > 0


def test_a_killed_zygote_is_replaced():
    call("length")
    os.kill(sandbox._running[0]._process.pid, signal.SIGKILL)
    assert call("length", b"abc") == 3


@LINUX
def test_a_reader_does_not_outlive_its_zygote(monkeypatch, tmp_path):
    sandbox.close()
    monkeypatch.setenv("MARK", str(tmp_path))
    thread = threading.Thread(target=jobs.ending, args=("sleep",))
    thread.start()
    for _ in range(2):  # a job is tried a second time
        assert _until(lambda: sandbox._running and sandbox._running[0].alive and _relatives(tmp_path) == 2)
        time.sleep(0.2)  # until the reader has given up its rights
        os.kill(sandbox._running[0]._process.pid, signal.SIGKILL)
    thread.join()
    assert _until(lambda: _relatives(tmp_path) == 0)


@LINUX
@pytest.mark.parametrize("sent", [[], ["job"], ["job", "document"]], ids=["at once", "before the document", "at work"])
def test_a_caller_that_hangs_up_is_survived(sent, monkeypatch, tmp_path):
    sandbox.close()
    monkeypatch.setenv("MARK", str(tmp_path))
    waiting = sandbox._zygote()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        waiting.adopt(theirs)
        theirs.close()
        frames = {"job": msgspec.msgpack.encode(Job("tests.ingest.jobs:sleep", {}, 300, 50, 1)), "document": b"x"}
        for name in sent:
            send_frame(ours, frames[name])
        assert not sent or _until(lambda: _relatives(tmp_path) == 2)  # the zygote and the reader
    assert _until(lambda: _relatives(tmp_path) == 1)
    assert call("length", b"abc") == 3
    assert waiting is sandbox._zygote()
    sandbox.close()


def test_a_reader_that_cannot_be_forked_costs_its_document_only(monkeypatch):
    def refuse():
        raise BlockingIOError(11, "too many processes")

    control, theirs = socket.socketpair()
    ours, parent = socket.socketpair()
    with control, theirs, ours:
        socket.send_fds(control, [b"!"], [parent.fileno()])
        parent.close()
        send_frame(ours, msgspec.msgpack.encode(Job("tests.ingest.jobs:length", {}, 300, 5, 1)))
        control.close()
        before = set(Path("/dev/fd").iterdir())
        with monkeypatch.context() as patched:
            patched.setattr(os, "fork", refuse)
            zygote._Keeper(theirs).keep()  # until the parent is gone
        assert set(Path("/dev/fd").iterdir()) == before
        assert msgspec.msgpack.decode(receive_frame(ours, limit=1000), type=Ending).how == "memory"


def test_threads_work_side_by_side():
    results: list[int] = []
    threads = [threading.Thread(target=lambda n=n: results.append(call("length", bytes(n)))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(12))


def test_a_forked_process_uses_a_zygote_of_its_own():
    call("length")
    child = os.fork()
    if child == 0:
        os._exit(0 if call("length", b"abc") == 3 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert call("length", b"ab") == 2


@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_a_pool_of_workers_outlives_the_death_of_children(backend):
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    dying = ["length", "segfault", "length", "abort", "vanish", "length", "segfault", "length"]
    try:
        endings = Parallel(2, backend=backend)(delayed(jobs.ending)(job) for job in dying)
    finally:
        get_reusable_executor().shutdown(wait=True)
    expected = {"segfault": "damaged_document", "abort": "resource_limit", "vanish": "damaged_document"}
    assert endings == [expected.get(job, "result") for job in dying]


SCRIPT = """
from ingest.sandbox import Limits, run
limits = Limits(memory_megabytes=300, seconds=5)
print(run("tests.ingest.jobs:length", b"abc", returns=int, limits=limits, file="x.pdf"))
"""


@pytest.mark.parametrize("how", ["-c", "script", "stdin"])
def test_a_plain_script_needs_no_main_guard(how, tmp_path):
    path = tmp_path / "script.py"
    path.write_text(SCRIPT)
    command = {"-c": ["-c", SCRIPT], "script": [str(path)], "stdin": ["-"]}[how]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, *command], input=SCRIPT, capture_output=True, text=True, env=environment, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("3", "")


@LINUX
def test_nothing_is_left_when_the_caller_is_killed(tmp_path):
    script = SCRIPT.replace("length", "sleep").replace("seconds=5", "seconds=50")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "MARK": str(tmp_path)}
    caller = subprocess.Popen([sys.executable, "-c", script], env=environment)
    assert _until(lambda: _relatives(tmp_path) == 3)  # caller, zygote, reader
    caller.kill()
    caller.wait()
    assert _until(lambda: _relatives(tmp_path) == 0)


def _relatives(mark: Path) -> int:
    """How many processes were started with MARK set to ``mark``."""
    count = 0
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            count += f"MARK={mark}".encode() in entry.read_bytes()
        except OSError:
            continue
    return count


def _until(condition, *, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_an_installation_that_cannot_start_the_child_says_so(monkeypatch):
    from kb.errors import KnowledgeBaseError

    sandbox.close()
    monkeypatch.setattr(sandbox, "PRELOAD", ("ingest.no_such_module",))
    monkeypatch.setattr(sandbox.subprocess, "Popen", _quiet(sandbox.subprocess.Popen))
    with pytest.raises(KnowledgeBaseError, match="cannot load"):
        call("length")
    sandbox.close()


def _quiet(popen):
    return lambda *args, **kwargs: popen(*args, **kwargs, stderr=subprocess.DEVNULL)
