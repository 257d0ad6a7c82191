"""The child side of :mod:`ingest.sandbox`: a process that has everything loaded and forks one reader per document.

Three processes play a part. The *zygote* is started once by the parent; it imports the engines and waits. For each
job it forks a *keeper*, which takes the job off its socket and forks the *reader*. The reader gives up its rights and
only then looks at the document; the keeper holds the clock, kills the reader's whole process group when it is over,
and tells the parent how it ended. Only the reader ever touches hostile bytes.

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
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from ingest.limits import MEGABYTE, apply_limits
from kb.errors import KnowledgeBaseError

_FRAME = 8  # bytes of a frame's length
_CHUNK = 1 << 18


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
    """Load ``preload`` (modules, or "module:function" to call), then wait for jobs until the parent ends.

    For each socket that arrives over ``control`` a keeper is forked.
    """
    for name in preload:
        module, _, warm_up = name.partition(":")
        loaded = importlib.import_module(module)
        if warm_up:
            getattr(loaded, warm_up)()
    gc.collect()
    gc.freeze()  # readers share these pages; a collection in one of them would copy them
    _give_back_free_memory()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are reaped by the kernel
    with socket.socket(fileno=control) as connection:
        while True:
            _, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
            if not descriptors:
                return
            if os.fork() == 0:
                connection.close()
                _keep(descriptors[0])
            os.close(descriptors[0])


def _give_back_free_memory() -> None:
    """Return what loading left free to the system (glibc): a reader gets a new page for half of what a copy costs."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _keep(descriptor: int) -> NoReturn:
    """Run one job to its end and report; never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with socket.socket(fileno=descriptor) as parent:
            job = msgspec.msgpack.decode(receive_frame(parent, limit=MEGABYTE), type=Job)
            document = receive_frame(parent, limit=sys.maxsize)
            send_frame(parent, msgspec.msgpack.encode(_run(job, document, parent)))
    except (ConnectionError, msgspec.MsgspecError):
        pass  # the parent is gone: nobody to tell
    finally:
        os._exit(0)


def _run(job: Job, document: bytes, parent: socket.socket) -> Ending:
    started = time.monotonic()
    inlet, outlet = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(inlet)
        _read(job, document, outlet)
    os.close(outlet)
    how, output = _listen(inlet, parent, deadline=started + job.seconds, limit=job.output_megabytes * MEGABYTE)
    for kill in (os.killpg, os.kill):  # the group first: an OCR program may run in it
        try:
            kill(reader, signal.SIGKILL)
        except ProcessLookupError:
            continue
    _, status, usage = os.wait4(reader, 0)
    peak = usage.ru_maxrss // (1024 if sys.platform != "darwin" else MEGABYTE)
    killed_by = os.WTERMSIG(status) if how == "ended" and os.WIFSIGNALED(status) else 0
    ending = Ending("crash", signal=killed_by)
    if how != "ended":
        ending = Ending(how)
    elif not killed_by or output:
        try:
            ending = msgspec.msgpack.decode(output, type=Ending)
        except msgspec.MsgspecError:
            ending = Ending("crash", signal=killed_by)
    cpu = usage.ru_utime + usage.ru_stime
    seconds = time.monotonic() - started
    return msgspec.structs.replace(ending, seconds=seconds, cpu_seconds=cpu, peak_megabytes=peak)


def _listen(inlet: int, parent: socket.socket, *, deadline: float, limit: int) -> tuple[str, bytes]:
    """Collect what the reader writes until it closes, the clock or the limit strikes, or the parent goes away."""
    output = bytearray()
    while True:
        left = deadline - time.monotonic()
        ready, _, _ = select.select([inlet, parent.fileno()], [], [], max(0.0, left))
        if not ready:
            return "time", b""
        if parent.fileno() in ready:
            return "abandoned", b""
        chunk = os.read(inlet, _CHUNK)
        if not chunk:
            return "ended", bytes(output)
        output += chunk
        if len(output) > limit:
            return "output", b""


def _read(job: Job, document: bytes, outlet: int) -> NoReturn:
    """Give up all rights, do the job, write the ending, and be gone."""
    try:
        os.setsid()
        gc.disable()  # the process ends before it would pay: a tenth of the time, for a few megabytes
        outlet = _only(outlet)
        function = _function(job.function)
        apply_limits(memory_megabytes=job.memory_megabytes, seconds=job.seconds)
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
