"""One killable child process per PDF.

:func:`run` calls a function on hostile bytes in a process with limits on memory, CPU and wall time, without network.
Whatever happens there (a crash, an endless loop, a bomb, a compromise), the caller gets the result or one
:class:`~kb.errors.DocumentError`. Safe from threads, worker pools, Streamlit and scripts without a main guard: the
child never imports the caller's main module. See :mod:`ingest.zygote` for the other side.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from ingest.limits import MEGABYTE
from ingest.zygote import Ending, Job, receive_frame, send_frame
from kb.config import Settings
from kb.errors import DamagedDocument, DocumentError, KnowledgeBaseError, ResourceLimit

T = TypeVar("T")

PRELOAD = ("heapq", "ingest.reader:warm_up")
"""What the child loads and runs before it forks, so that no document pays for it (heapq: for Counter.most_common)."""

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from ingest.zygote import serve; serve(int(sys.argv[2]), json.loads(sys.argv[3]))"
)
_SECONDS_TO_START = 60.0
_SECONDS_TO_SETTLE = 0.5
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Pictures of pages go back to the system when they are done with. Otherwise glibc lets what it maps by itself grow
    # to the size of what was freed last, and the heap, with holes of pictures, stays: 30 MB while tesseract runs.
    "MALLOC_MMAP_THRESHOLD_": "262144",
    # What one page of a document was read with, the next is: the heap is not handed back and asked for again.
    "MALLOC_TRIM_THRESHOLD_": "67108864",
}
_DAMAGE = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take. ``seconds`` holds for CPU and for the wall clock."""

    memory_megabytes: int
    seconds: int
    output_megabytes: int = 64

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return the limits that the settings name."""
        return cls(settings.memory_megabytes, settings.seconds)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a job took: wall and CPU seconds, and memory."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: int


def run(
    function: str,
    data: bytes,
    *,
    returns: type[T],
    limits: Limits,
    file: str,
    on_usage: Callable[[Usage], None] | None = None,
    **arguments: object,
) -> T:
    """Return ``function(data, **arguments)`` as computed in a child process.

    ``function`` is "module:name", so that the caller need not load what only the child needs; ``arguments`` must be
    plain values. The result crosses as MessagePack and is checked against ``returns``. ``file`` names the document in
    errors.

    Raises:
        KnowledgeBaseError: the child cannot start (a broken installation).
        DocumentError: as raised by ``function``, with ``file`` added; or ``document_error`` for a fault in it.
        ResourceLimit: it took more memory, time or output than ``limits``.
        DamagedDocument: the engine crashed on it.
    """
    job = Job(function, arguments, limits.memory_megabytes, limits.seconds, limits.output_megabytes)
    ending = _end(job, data)
    if on_usage is not None:
        on_usage(Usage(ending.seconds, ending.cpu_seconds, ending.peak_megabytes))
    if ending.how != "result":
        raise _error(ending, file)
    try:
        return msgspec.msgpack.decode(ending.payload, type=returns)
    except msgspec.MsgspecError as error:  # only a child that was taken over answers with another type
        raise DamagedDocument(file=file) from error


def _end(job: Job, data: bytes) -> Ending:
    request = msgspec.msgpack.encode(job)
    for attempt in (1, 2):
        zygote = _zygote()
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    zygote.adopt(theirs)
                ours.settimeout(_SECONDS_TO_START + job.seconds)
                send_frame(ours, request)
                send_frame(ours, data)
                answer = receive_frame(ours, limit=(job.output_megabytes + 1) * MEGABYTE)
                return msgspec.msgpack.decode(answer, type=Ending)
            except TimeoutError:
                return Ending("time")
            except (OSError, msgspec.MsgspecError):
                # The zygote was killed from outside (by the system's memory guard, or by hand).
                exit_status = zygote.settle()
                if attempt == 2 and exit_status == 1:
                    # Python gave up before any document: a broken installation.
                    reason = f"{sys.executable} cannot load {', '.join(PRELOAD)}"
                    raise KnowledgeBaseError(reason=reason) from None
    return Ending("crash")


def _error(ending: Ending, file: str) -> DocumentError:
    if ending.how == "error":
        kind = _document_errors().get(ending.code, DocumentError)
        reason = {"reason": ending.code} if kind is DocumentError else {}
        with suppress(TypeError, KeyError):  # only a child that was taken over tells of an error that makes no sentence
            error = kind(**(reason | ending.params | {"file": file}))
            if error.message():
                return error
        return DamagedDocument(file=file)
    if ending.how == "crash" and (ending.signal == 0 or ending.signal in _DAMAGE):
        return DamagedDocument(file=file)
    return ResourceLimit(file=file, reason=ending.how)


@cache
def _document_errors() -> dict[str, type[DocumentError]]:
    def tree(kind: type[DocumentError]) -> Iterator[type[DocumentError]]:
        yield kind
        for below in kind.__subclasses__():
            yield from tree(below)

    return {kind.code: kind for kind in tree(DocumentError)}


class _Zygote:
    """The running child from which readers are forked; ends when this process does."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        path = [str(Path(p or ".").absolute()) for p in sys.path]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own code, no shell)
                [sys.executable, "-c", _START, json.dumps(path), str(theirs.fileno()), json.dumps(PRELOAD)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ | _ENVIRONMENT,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def settle(self) -> int | None:
        """Give a zygote that is about to die the time to; return its exit status, ``None`` if it lives."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_SECONDS_TO_SETTLE)
        return None

    def adopt(self, connection: socket.socket) -> None:
        """Hand the other end of a job's socket over."""
        socket.send_fds(self._control, [b"!"], [connection.fileno()])

    def end(self) -> None:
        self._control.close()
        self._process.wait()


_lock = threading.Lock()
_running: list[_Zygote] = []
_inherited: list[_Zygote] = []


def _zygote() -> _Zygote:
    with _lock:
        if not _running or not _running[0].alive:
            close()
            _running.append(_Zygote())
        return _running[0]


@atexit.register
def close() -> None:
    """End the waiting child; the next :func:`run` starts a new one."""
    while _running:
        _running.pop().end()


def _forget() -> None:
    """After a fork the zygote is our parent's: keep it referenced, so that nobody waits for it, and use another."""
    global _lock
    _lock = threading.Lock()
    _inherited.extend(_running)
    _running.clear()


os.register_at_fork(after_in_child=_forget)
