"""A reader in a process of its own: what it read, and what that took, children (Java, sandboxes) and all."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.blocks import Output, Record, Spent

_EVERY = 0.05  # seconds between two looks at the memory
_MEGABYTE = 1 << 20
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "HF_HUB_OFFLINE": "1"}


class ReaderFailed(RuntimeError):
    """A reader's process ended without an answer; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the start of a process took, each round of reading after it, and the most memory of it and its children.

    Memory is proportional set size (shared pages counted once), looked at every 50 ms; resident size where the system
    does not tell it.
    """

    start: Spent
    rounds: tuple[Spent, ...]
    peak_megabytes: float


def read(reader: str, paths: Sequence[Path], *, rounds: int = 1) -> tuple[list[Record], Cost]:
    """Let a reader read documents, one after another, and all of them in so many rounds.

    Raises:
        ReaderFailed: it did not come to an end.
    """
    import psutil

    with tempfile.TemporaryDirectory() as scratch:
        out, errors = Path(scratch, "records.json"), Path(scratch, "stderr")
        with errors.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.readers", reader, str(out), str(rounds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=os.environ | _ONE_THREAD,
            )
        if process.stdin:
            with process.stdin:
                process.stdin.write(json.dumps([str(path.absolute()) for path in paths]).encode())
        watched, peak = psutil.Process(process.pid), 0
        while process.poll() is None:
            with suppress(psutil.Error):
                peak = max(peak, sum(map(_memory, (watched, *watched.children(recursive=True)))))
            time.sleep(_EVERY)
        if process.returncode:
            lines = errors.read_text("utf-8", "replace").strip().splitlines()
            raise ReaderFailed(lines[-1] if lines else f"exit code {process.returncode}")
        output = msgspec.json.decode(out.read_bytes(), type=Output)
    return output.records, Cost(output.start, tuple(output.rounds), peak / _MEGABYTE)


def _memory(process: object) -> int:
    import psutil

    if isinstance(process, psutil.Process):
        with suppress(psutil.Error):
            info = process.memory_full_info()
            return int(getattr(info, "pss", info.rss))
    return 0
