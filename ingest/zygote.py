"""The child side of :mod:`ingest.sandbox`: a process that has everything loaded and forks one reader per document.

The *zygote* is started once by the parent; it imports the engines and waits. For each job it forks a *reader*, which
takes the document off the job's socket, gives up its rights and only then looks at it. The zygote holds the clock of
all readers, kills a reader's whole process group when its time is over, and tells the parent how it ended. Only the
reader ever touches hostile bytes.

Jobs and answers are frames of MessagePack: nothing that arrives can run code in the parent.
"""

import ctypes
import gc
import importlib
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from ingest.limits import MEGABYTE, apply_limits
from kb.errors import KnowledgeBaseError

_FRAME = 8  # bytes of a frame's length
_CHUNK = 1 << 18
_SMALLEST = 32  # bytes that malloc hands out with their length, at least


class Job(msgspec.Struct, frozen=True, array_like=True):
    """What to run: ``function`` ("module:name") takes the document's bytes and ``arguments`` by keyword."""

    function: str
    arguments: dict[str, Any]
    memory_megabytes: int
    seconds: int
    output_megabytes: int


class Ending(msgspec.Struct, frozen=True, array_like=True):
    """How a job ended: ``how`` is "result", "error", "crash", or the limit that was met ("time", "memory", "output").

    ``payload`` is the result as MessagePack; ``code`` and ``params`` are an error's; ``signal`` killed the reader.
    """

    how: str
    payload: bytes = b""
    code: str = ""
    params: dict[str, str | int] = {}
    signal: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_megabytes: int = 0


def send_frame(connection: socket.socket, payload: bytes) -> None:
    """Send ``payload`` behind its length."""
    connection.sendall(len(payload).to_bytes(_FRAME, "big"))
    connection.sendall(payload)


def receive_frame(connection: socket.socket, *, limit: int) -> bytes:
    """Receive one frame.

    Raises:
        ConnectionError: the other side is gone, or sends more than ``limit`` bytes.
    """
    length = int.from_bytes(_receive(connection, _FRAME), "big")
    if length > limit:
        raise ConnectionError("frame too long")
    return bytes(_receive(connection, length))


def _receive(connection: socket.socket, length: int) -> bytearray:
    buffer = bytearray(length)
    view, filled = memoryview(buffer), 0
    while filled < length:
        count = connection.recv_into(view[filled:])
        if count == 0:
            raise ConnectionError("the other side is gone")
        filled += count
    return buffer


def serve(control: int, preload: list[str]) -> None:
    """Load ``preload`` (modules, or "module:function" to call), then do jobs until the parent ends.

    For each socket that arrives over ``control`` a reader is forked.
    """
    for name in preload:
        module, _, warm_up = name.partition(":")
        loaded = importlib.import_module(module)
        if warm_up:
            getattr(loaded, warm_up)()
    gc.collect()
    gc.freeze()  # readers share these pages; a collection in one of them would copy them
    _fill_holes()
    with socket.socket(fileno=control) as connection:
        _Keeper(connection).keep()


class _MallocInfo(ctypes.Structure):
    """What ``mallinfo2(3)`` of glibc tells; ``free`` includes ``top``, what is free after all that is in use."""

    _fields_ = (("_others", ctypes.c_size_t * 8), ("free", ctypes.c_size_t), ("top", ctypes.c_size_t))


def _fill_holes() -> None:
    """Take what loading left free between its own (glibc's heap), so that a reader's own lies on pages of its own.

    In a hole it would lie on a page that is shared and so is copied, which costs twice what a new one costs; and holes
    are many and small, so that it would lie on many.
    """
    libc = ctypes.CDLL(None)
    with suppress(AttributeError):
        libc.mallinfo2.restype = _MallocInfo
        info = libc.mallinfo2()
        libc.malloc.restype = ctypes.c_void_p
        deque(map(libc.malloc, repeat(_SMALLEST - 8, (info.free - info.top) // _SMALLEST)), maxlen=0)


@dataclass(slots=True)
class _Reader:
    """A reader at work: its process, what it writes, its end of the parent's socket, and when it must be done."""

    pid: int
    inlet: int
    parent: socket.socket
    started: float
    job: Job
    output: bytearray = field(default_factory=bytearray)

    @property
    def deadline(self) -> float:
        return self.started + self.job.seconds


class _Keeper:
    """Starts readers, listens to them, and ends them."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._readers: dict[int, _Reader] = {}  # each by its inlet and by its parent's socket
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def keep(self) -> None:
        """Do jobs until the parent is gone."""
        while True:
            # New jobs come first, as they were registered: what is opened for them is not yet what others closed.
            for descriptor, _ in self._poll.poll(self._milliseconds_left()):
                if descriptor == self._control.fileno():
                    if not self._start():
                        return self._abandon()
                elif reader := self._readers.get(descriptor):
                    self._attend(reader, descriptor)
            for reader in [r for r in self._readers.values() if r.deadline <= time.monotonic()]:
                self._end(reader, "time")

    def _milliseconds_left(self) -> float | None:
        """Return the time to the next deadline, ``None`` where nobody is at work."""
        deadlines = [reader.deadline for reader in self._readers.values()]
        return 1000 * max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _start(self) -> bool:
        """Take the next job and start its reader; tell whether there is a parent still."""
        _, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        if not descriptors:
            return False
        parent = socket.socket(fileno=descriptors[0])
        try:
            job = msgspec.msgpack.decode(receive_frame(parent, limit=MEGABYTE), type=Job)
        except (OSError, msgspec.MsgspecError):
            parent.close()  # whoever asked is gone: nobody to tell
            return True
        inlet, outlet = os.pipe()
        started, zygote = time.monotonic(), os.getpid()
        try:
            pid = os.fork()
        except OSError:  # no memory, or too many processes: others' readers go on
            os.close(inlet)
            os.close(outlet)
            _tell(parent, Ending("memory"))
            return True
        if pid == 0:
            _read(job, parent, outlet, zygote)
        os.close(outlet)
        self._readers[inlet] = self._readers[parent.fileno()] = _Reader(pid, inlet, parent, started, job)
        self._poll.register(inlet, select.POLLIN)
        self._poll.register(parent, 0)  # only whether it was closed
        return True

    def _attend(self, reader: _Reader, descriptor: int) -> None:
        """Take what a reader wrote, and end it if that was all or too much, or if its parent hung up."""
        chunk = os.read(reader.inlet, _CHUNK) if descriptor == reader.inlet else b""
        reader.output += chunk
        if not chunk:
            self._end(reader, "ended" if descriptor == reader.inlet else "abandoned")
        elif len(reader.output) > reader.job.output_megabytes * MEGABYTE:
            self._end(reader, "output")

    def _abandon(self) -> None:
        for reader in list(self._readers.values()):
            self._end(reader, "abandoned")

    def _end(self, reader: _Reader, how: str) -> None:
        """Kill a reader with all that it started, and tell the parent how it ended, if it is there to hear."""
        if self._readers.pop(reader.inlet, None) is None:
            return  # ended before
        for descriptor in (reader.inlet, reader.parent.fileno()):
            self._readers.pop(descriptor, None)
            self._poll.unregister(descriptor)
        os.close(reader.inlet)
        for kill in (os.killpg, os.kill):  # the group first: an OCR program may run in it
            with suppress(ProcessLookupError, PermissionError):  # macOS refuses to signal what has ended
                kill(reader.pid, signal.SIGKILL)
        _tell(reader.parent, _ending_of(reader, how))


def _tell(parent: socket.socket, ending: Ending) -> None:
    """Send the last frame, if somebody is there to hear."""
    with parent, suppress(OSError):
        send_frame(parent, msgspec.msgpack.encode(ending))


def _ending_of(reader: _Reader, how: str) -> Ending:
    """Wait for a reader's process and return how it ended, by its own word where it had the last one."""
    _, status, usage = os.wait4(reader.pid, 0)
    killed_by = os.WTERMSIG(status) if how == "ended" and os.WIFSIGNALED(status) else 0
    ending = Ending("crash", signal=killed_by)
    if how != "ended":
        ending = Ending(how)
    elif not killed_by or reader.output:
        with suppress(msgspec.MsgspecError):
            ending = msgspec.msgpack.decode(reader.output, type=Ending)
    return msgspec.structs.replace(
        ending,
        seconds=time.monotonic() - reader.started,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_megabytes=usage.ru_maxrss // (1024 if sys.platform != "darwin" else MEGABYTE),
    )


def _read(job: Job, parent: socket.socket, outlet: int, zygote: int) -> NoReturn:
    """Take the document, give up all rights, do the job, write the ending, and be gone."""
    try:
        os.setsid()
        gc.disable()  # the process ends before it would pay: a tenth of the time, for a few megabytes
        document = receive_frame(parent, limit=sys.maxsize)
        outlet = _only(outlet)
        function = _function(job.function)
        apply_limits(memory_megabytes=job.memory_megabytes, seconds=job.seconds)
        if os.getppid() != zygote:  # which died before the limits said that its readers die with it
            os._exit(0)
        ending = msgspec.msgpack.encode(_ending(function, document, job.arguments))
        while ending:
            ending = ending[os.write(outlet, ending) :]
    finally:
        os._exit(0)


def _ending(function: Callable[..., Any], document: bytes, arguments: dict[str, Any]) -> Ending:
    try:
        return Ending("result", payload=msgspec.msgpack.encode(function(document, **arguments)))
    except KnowledgeBaseError as error:
        plain = {k: v if isinstance(v, int) else str(v) for k, v in error.params.items()}
        return Ending("error", code=error.code, params=plain)
    except MemoryError:
        return Ending("memory")
    except Exception as error:  # a fault of ours: it must cost this document only, and be findable
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        return Ending("error", code="document_error", params={"reason": place})


def _function(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return found


def _only(outlet: int) -> int:
    """Keep nothing open but ``outlet`` (as descriptor 3, not inherited by programs) and an empty 0, 1 and 2."""
    nothing = os.open(os.devnull, os.O_RDWR)
    moved = os.dup2(outlet, 3, inheritable=False) if outlet != 3 else 3
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(4, 1024)
    return moved
