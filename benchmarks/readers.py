"""The readers that are compared, each run in a process of its own: ``python -m benchmarks.readers NAME OUT ROUNDS``.

Paths come as a JSON list on standard input; what was read, and what that took, goes to the file OUT as JSON. The
peers give headings and text; what fields these make is decided alike for all of them in :mod:`benchmarks.mapping`.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import styled
from benchmarks.blocks import Block, Output, Record, Spent
from kb.errors import KnowledgeBaseError

SMALL = Path("ingest/data/warm-up.pdf")
_LONG = 20.0  # seconds of a round
Read = Callable[[Sequence[Path]], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that reads PDFs: ``package`` as on PyPI, ``program`` what it calls besides, ``note`` how it is used."""

    package: str
    read: Read
    note: str
    program: str | None = None

    @property
    def absence(self) -> str:
        """Why it cannot run here; empty when it can."""
        if not find_spec(self.package.replace("-", "_")) and self.package != OURS:
            return f"{self.package} is not installed: pip install -e '.[bench]'"
        if self.program and not shutil.which(self.program):
            return f"{self.program} is not on the PATH"
        return ""

    @property
    def version(self) -> str:
        """The package's version."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return "?"


def _each(read: Callable[[Path], tuple[Block, ...]]) -> Read:
    """Make a reader of many documents of one that reads one; whatever a peer raises is its result."""

    def read_all(paths: Sequence[Path]) -> Iterator[Record]:
        for path in paths:
            try:
                blocks = read(path)
            except Exception as error:
                yield Record(path.name, error=f"{type(error).__name__}: {error}"[:200])
            else:
                yield Record(path.name, blocks)

    return read_all


def read_ours(paths: Sequence[Path]) -> Iterator[Record]:
    """Read as the product does: sandbox, OCR of scans and all."""
    from ingest.extract import extract_reading

    for path in paths:
        try:
            case = extract_reading(path.read_bytes(), path.name).case
        except KnowledgeBaseError as error:
            yield Record(path.name, error=str(error))
        else:
            yield Record(path.name, case=case)


def read_pypdf_text(path: Path) -> tuple[Block, ...]:
    """Read pypdf's plain text, a block a page."""
    from pypdf import PdfReader

    pages = enumerate(PdfReader(path).pages, start=1)
    return tuple(Block("text", page.extract_text(), number) for number, page in pages)


def read_kreuzberg(path: Path) -> tuple[Block, ...]:
    """Read kreuzberg's document structure; it reads scans with tesseract."""
    from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync

    config = ExtractionConfig(
        use_cache=False,
        output_format="markdown",  # the structure has headings only then
        include_document_structure=True,
        ocr=OcrConfig(backend="tesseract", language="swe+nor+dan+eng"),
    )
    document: Any = extract_file_sync(path, config=config).document or {"nodes": ()}
    blocks = []
    for node in document["nodes"]:
        content, page = node["content"], node.get("page") or 1
        match content["node_type"]:
            case "group" | "list":
                continue  # their children follow as nodes
            case "title" | "heading":
                blocks.append(Block("heading", content["text"], page, content.get("level", 1)))
            case "table":
                cells = content.get("grid", {}).get("cells", ())
                blocks += [Block("text", cell["content"], page) for cell in cells if cell["content"].strip()]
            case _ if content.get("text"):
                blocks.append(Block("text", content["text"], page))
    return tuple(blocks)


def read_opendataloader(paths: Sequence[Path], *, tags: bool = False) -> Iterator[Record]:
    """Read all in one run of opendataloader-pdf's Java program; ``tags`` lets it use the structure tree."""
    import opendataloader_pdf

    with tempfile.TemporaryDirectory() as scratch:
        failed = ""
        try:
            opendataloader_pdf.convert(
                [str(path) for path in paths],
                output_dir=scratch,
                format="json",
                quiet=True,
                image_output="off",
                use_struct_tree=tags,
            )
        except subprocess.CalledProcessError as error:
            failed = f"opendataloader-pdf: exit code {error.returncode}"
        for path in paths:
            written = Path(scratch, f"{path.stem}.json")
            if written.exists():
                yield Record(path.name, tuple(_elements(json.loads(written.read_text("utf-8")))))
            else:
                yield Record(path.name, error=failed or "opendataloader-pdf wrote nothing")


def _elements(node: dict[str, Any]) -> Iterator[Block]:
    """Walk opendataloader's tree in reading order; running heads and feet are left out, as it says what they are."""
    kind, page = node.get("type"), node.get("page number") or 1
    if kind in {"header", "footer"}:
        return
    text = node.get("content") or ""
    if text.strip():
        heading = kind == "heading"
        yield Block("heading" if heading else "text", text, page, node.get("heading level") or 1 if heading else 0)
    for name in ("kids", "rows", "cells", "list items"):
        for child in node.get(name) or ():
            yield from _elements(child)


OURS, WITH_TAGS = "exempelbanken", "opendataloader-pdf, tags"
READERS = {
    OURS: Reader(OURS, read_ours, "as the product reads"),
    "pypdf": Reader(
        "pypdf", _each(read_pypdf_text), "plain text, lines that our lexicon's phrases and patterns match are headings"
    ),
    "pypdf, sizes": Reader("pypdf", _each(styled.read_pypdf), "visitor; headings by size and weight"),
    "pdfplumber": Reader("pdfplumber", _each(styled.read_pdfplumber), "lines; headings by size and weight"),
    "kreuzberg": Reader("kreuzberg", _each(read_kreuzberg), "document structure; OCR by tesseract"),
    "opendataloader-pdf": Reader("opendataloader-pdf", read_opendataloader, "JSON, its XY-cut", program="java"),
    WITH_TAGS: Reader(
        "opendataloader-pdf",
        lambda paths: read_opendataloader(paths, tags=True),
        "JSON, --use-struct-tree",
        program="java",
    ),
}
PEERS = tuple(name for name in READERS if name != OURS)


def main(name: str, out: str, rounds: str) -> None:
    """Read a small document, then those named on standard input, in rounds; write what came of them, and what it took.

    A round that takes long is steady enough and not repeated.
    """
    import psutil

    paths = [Path(path) for path in json.load(sys.stdin)]
    read = READERS[name].read
    list(read([SMALL]))
    records: list[Record] = []
    marks = [Spent(time.time(), _cpu_seconds())]
    while len(marks) <= int(rounds) and (len(marks) == 1 or marks[-1].seconds - marks[-2].seconds < _LONG):
        found = list(read(paths))
        marks.append(Spent(time.time(), _cpu_seconds()))
        records = records or found
    start = Spent(marks[0].seconds - psutil.Process().create_time(), marks[0].cpu_seconds)
    spent = [Spent(b.seconds - a.seconds, b.cpu_seconds - a.cpu_seconds) for a, b in pairwise(marks)]
    Path(out).write_bytes(msgspec.json.encode(Output(records, start, spent)))


def _cpu_seconds() -> float:
    """Return what this process has taken so far, and its children: those that ended, and those that live (a zygote)."""
    import psutil

    ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    living = (sum(child.cpu_times()[:4]) for child in psutil.Process().children())  # with what they waited for
    return float(sum(usage.ru_utime + usage.ru_stime for usage in ended) + sum(living))


if __name__ == "__main__":
    main(*sys.argv[1:])
