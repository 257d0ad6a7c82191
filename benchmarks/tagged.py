"""Headings as the publisher tagged them, read by poppler's ``pdfinfo -struct-text``: no code of ours or of a peer.

Elements H, H1–H6 after the role map. Tags are the publisher's word, not the truth: some tag running heads or titles
in two elements, some leave headings out.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

PROGRAM = "pdfinfo"
DOCUMENTS = Path("../shared/pdf/swedish")
FEWEST = 3  # headings that make a file count as tagged
_ELEMENT = re.compile(r"( *)(\w+) .*\((?:block|inline|unknown)\)")
_HEADING = re.compile(r"H[1-6]?")
_TEXT = re.compile(r' *"(.*)"')


def tagged_headings(path: Path) -> tuple[str, ...]:
    """Return the headings of a PDF's structure tree in order, empty ones left out.

    Raises:
        FileNotFoundError: poppler's pdfinfo is not installed.
    """
    shown = subprocess.run([PROGRAM, "-struct-text", str(path)], capture_output=True, check=False)
    return tuple(_headings(shown.stdout.decode("utf-8", "replace")))


def _headings(tree: str) -> Iterator[str]:
    """Yield the text below each heading element of an indented tree."""
    depth, words = -1, list[str]()
    for line in (*tree.splitlines(), "END (block)"):
        element = _ELEMENT.match(line)
        if element and len(element[1]) <= depth:
            if text := " ".join(" ".join(words).split()):
                yield text
            depth, words = -1, []
        if element and depth < 0 and _HEADING.fullmatch(element[2]):
            depth = len(element[1])
        elif depth >= 0 and (piece := _TEXT.fullmatch(line)):
            words.append(piece[1])


def without_tags(path: Path, folder: Path) -> Path:
    """Write a copy of a PDF without its structure tree into ``folder``; return it. What is drawn stays as it is."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=path)
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in writer.root_object:
            del writer.root_object[key]
    copy = folder / path.name
    writer.write(copy)
    return copy


def documents() -> dict[Path, tuple[str, ...]]:
    """Return the files with at least FEWEST tagged headings, and these."""
    found = {path: tagged_headings(path) for path in sorted(DOCUMENTS.glob("*.pdf"))}
    return {path: headings for path, headings in found.items() if len(headings) >= FEWEST}
