"""What a case was read by, as a stamp that changes by itself with anything that reading depends on.

A base whose cases bear another stamp is read anew by the next ``kb ingest``. Nobody has to remember to raise a
number: the stamp is a digest of the programs, word lists, models and facets that reading uses.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

ENGINES = ("pypdf", "pypdfium2")
"""The packages that read PDFs, by their versions."""

OF_KB = ("data/given_names.txt", "privacy.py", "taxonomy", "taxonomy.py", "types.py")
"""What reading uses of ``kb``; ``tests/ingest/test_stamp.py`` holds it against the imports."""


def extractor(taxonomy: Path | None = None) -> str:
    """Return the stamp of reading with the bundled facets, or with those of the folder ``taxonomy`` on top.

    >>> extractor() == extractor()
    True
    """
    own = "" if taxonomy is None else f"+{digest([taxonomy])[:8]}"
    return f"ingest-{_bundled()[:12]}{own}"


def unread(stamp: str) -> str:
    """Return the stamp of documents with pages that only OCR could have read: read again once OCR is installed."""
    return f"{stamp}-unread"


def digest(items: Sequence[Traversable]) -> str:
    """Return a SHA-256 in hex over the names and contents of files and folders, compiled and hidden files apart."""
    found = hashlib.sha256()
    for item in items:
        for name, content in _contents(item, item.name):
            found.update(f"{name}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()


@cache
def _bundled() -> str:
    sources = digest([files("ingest"), *(files("kb").joinpath(part) for part in OF_KB)])
    engines = ",".join(f"{name} {version(name)}" for name in ENGINES)
    return hashlib.sha256(f"{sources} {engines}".encode()).hexdigest()


def _contents(item: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if item.is_file():
        yield name, item.read_bytes()
        return
    for child in sorted(item.iterdir(), key=lambda entry: entry.name):
        if not child.name.startswith((".", "__pycache__")):
            yield from _contents(child, f"{name}/{child.name}")
