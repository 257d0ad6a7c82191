"""Read documents that were made to hurt: ``python -m benchmarks.hostile [DIR…]``.

Prints a table of file, seconds, peak memory of the child and outcome, and exits with 1 if any document took more than
25 s or 1,200 MB, or ended as anything but a case or one clear error. Without folders it makes its own
bombs (``tests/ingest/bombs.py``).
"""

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from ingest.extract import extract_reading
from ingest.sandbox import Usage
from kb.errors import DocumentError

SECONDS, MEGABYTES = 25.0, 1200


def attempt(path: Path) -> tuple[str, float, int, bool]:
    """Read one document; return what came of it, seconds, peak megabytes, and whether that is within bounds."""
    used: list[Usage] = []
    started = time.monotonic()
    try:
        case = extract_reading(path.read_bytes(), path.name, on_usage=used.append).case
        codes = ", ".join(w.code for w in case.warnings)
        outcome, clear = f"case, {case.page_count} p., {len(case.sections)} sections ({codes})", True
    except DocumentError as error:
        # A fault of ours comes as a plain DocumentError with a place in the code; anything else ends this program.
        outcome, clear = f"{error.code} {error.params.get('reason', '')}", error.code != "document_error"
    seconds = time.monotonic() - started
    peak = max((u.peak_megabytes for u in used), default=0)
    return outcome.strip(), seconds, peak, clear and seconds <= SECONDS and peak <= MEGABYTES


def main(folders: Sequence[str]) -> int:
    """Print the table and return the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        if not folders:
            from tests.ingest.bombs import BOMBS

            for name, make in BOMBS.items():
                Path(scratch, f"{name}.pdf").write_bytes(make())
            folders = [scratch]
        paths = sorted(path for folder in folders for path in Path(folder).glob("*.pdf"))
        breaches = 0
        print("| file | s | MB | outcome |\n| --- | --- | --- | --- |")
        for path in paths:
            outcome, seconds, peak, held = attempt(path)
            breaches += not held
            breach = "" if held else " **BREACH**"
            print(f"| {path.stem} | {seconds:.2f} | {peak} | {outcome}{breach} |", flush=True)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{len(paths)} documents, {breaches} breaches; this process {own} MB")
    return int(breaches > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
