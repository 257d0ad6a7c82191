"""What the sandbox's tests run in it, and what no document should be able to do."""

import ctypes
import os
import socket
import time
from pathlib import Path

from kb.errors import EncryptedDocument


def length(data: bytes, *, times: int = 1) -> int:
    return len(data) * times


def wrong_type(data: bytes) -> str:
    return "not a number"


def flood(data: bytes) -> bytes:
    return bytes(4 << 20)


def refuse(data: bytes) -> int:
    raise EncryptedDocument(hint="x")


def stumble(data: bytes) -> int:
    return [][len(data)]


def loop(data: bytes) -> int:
    while True:
        pass


def sleep(data: bytes) -> int:
    time.sleep(60)
    return 0


def devour(data: bytes) -> int:
    hoard = [bytearray(b"x" * (1 << 24)) for _ in range(1000)]
    return len(hoard)


def segfault(data: bytes) -> int:
    return ctypes.string_at(0)[0]


def abort(data: bytes) -> int:
    os.abort()


def vanish(data: bytes) -> int:
    os._exit(0)


def babble(data: bytes) -> int:
    os.write(3, b"\xff" * 100)
    os._exit(0)


def lie(data: bytes) -> int:
    """Write an ending of one's own, as a reader that was taken over may."""
    os.write(3, data)
    os._exit(0)


def spawn_and_stay(data: bytes) -> int:
    """A grandchild that would outlive its parent, if it were not in the group that is killed."""
    os.fork()
    time.sleep(60)
    return 0


def call_out(data: bytes) -> str:
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    except PermissionError:
        return "refused"
    return "connected"


def write_file(data: bytes) -> str:
    try:
        Path(data.decode()).write_text("text")
    except OSError:
        return "refused"
    return "written"


def descriptors(data: bytes) -> list[int]:
    return [n for n in range(3, 200) if Path(f"/proc/self/fd/{n}").exists()]


def ending(job: str) -> str:
    """What the caller of ``job`` in a sandbox of its own is told."""
    from ingest.sandbox import Limits, run
    from kb.errors import DocumentError

    try:
        run(f"tests.ingest.jobs:{job}", b"", returns=int, limits=Limits(300, 20), file="x.pdf")
    except DocumentError as error:
        return error.code
    return "result"
