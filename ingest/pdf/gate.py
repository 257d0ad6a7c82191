"""The gatekeeper: pypdf opens a document first and tells what it says about itself.

Nothing here draws or decodes a page. Scripts and attachments are flagged, never touched. pypdf raises nearly every
exception there is on damaged input, so each fact is asked for by :func:`safely`: one that cannot be read is missing.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

from pypdf import PdfReader

from ingest.pages import Line, Page
from ingest.pdf.ligatures import Ligatures, ligatures_of
from ingest.pdf.object_streams import LazyReader
from ingest.pdf.tags import StructureTree

T = TypeVar("T")
INFO_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
MAX_INFO = 2_000
_MOST_READ = 100_000  # characters of a line or a title
_SIGNATURES_EXIST = 1

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def safely(read: Callable[[], T], otherwise: T) -> T:
    """Return ``read()``, or ``otherwise`` where the document is too damaged for it."""
    try:
        return read()
    except MemoryError:
        raise
    except Exception:  # the engine's boundary: any error means "cannot be read"
        return otherwise


@dataclass(frozen=True, slots=True)
class Gate:
    """What pypdf learnt.

    ``reader`` is ``None`` when it cannot open the document (or not without a password). ``empty``: the document says
    itself that it has no pages.
    """

    reader: PdfReader | None
    language: str | None
    tagged: bool
    flags: tuple[str, ...]
    structure: StructureTree | None
    empty: bool = False

    @property
    def info(self) -> dict[str, str]:
        """What pypdf reads of the document's information, for documents of which PDFium reads none."""
        reader = self.reader
        return safely(lambda: _info(reader), {}) if reader else {}

    def ligatures(self, index: int) -> Ligatures:
        """Return the ligatures of the fonts of a page (by index) that only the names of their glyphs tell."""
        reader = self.reader
        return safely(lambda: ligatures_of(reader.pages[index]), {}) if reader else {}


def inspect(data: bytes) -> Gate:
    """Open ``data`` with pypdf and collect what it says about itself; never raises for damage."""
    reader = safely(lambda: LazyReader(BytesIO(data)), None)
    encrypted = reader is not None and safely(lambda: reader.is_encrypted, False)
    flags = ["owner_encrypted"] if encrypted else []
    if reader is None or (encrypted and not safely(lambda: reader.decrypt(""), 0)):
        return Gate(None, None, False, tuple(flags), None)
    root: Any = safely(lambda: reader.root_object, {})
    flags += [name for name, present in _CHECKS.items() if safely(lambda check=present: check(root), False)]  # type: ignore[misc]
    structure = safely(lambda: StructureTree(reader), None)
    return Gate(
        reader=reader,
        language=safely(lambda: str(root["/Lang"]).strip() or None if "/Lang" in root else None, None),
        tagged=bool(structure) or safely(lambda: bool(root["/MarkInfo"]["/Marked"]), False),
        flags=tuple(flags),
        structure=structure or None,
        empty=safely(lambda: root["/Pages"]["/Count"] == 0, False),
    )


def _info(reader: PdfReader) -> dict[str, str]:
    metadata: Any = reader.metadata or {}
    return {
        key: text[:MAX_INFO]
        for key in INFO_KEYS
        if (text := readable(safely(lambda key=key: str(metadata.get(f"/{key}", "")), "")))  # type: ignore[misc]
    }


def readable(text: str) -> str:
    """Return text, or the beginning of it, without control characters and lone surrogates, which nothing can take."""
    joined = text[:_MOST_READ].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(c for c in joined if c.isprintable() or c in "\n\t").strip()


def _has_javascript(root: Any) -> bool:
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    opens = isinstance(action, dict) and action.get("/S") == "/JavaScript"
    return opens or "/JavaScript" in _names(root)


def _names(root: Any) -> Any:
    return root["/Names"].get_object() if "/Names" in root else {}


def _form(root: Any) -> Any:
    return root["/AcroForm"].get_object() if "/AcroForm" in root else {}


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "javascript": _has_javascript,
    "attachments": lambda root: "/EmbeddedFiles" in _names(root) or "/AF" in root,
    "forms": lambda root: bool(_form(root).get("/Fields")) or "/XFA" in _form(root),
    "signed": lambda root: bool(int(_form(root).get("/SigFlags", 0)) & _SIGNATURES_EXIST),
}


def pages_by_pypdf(reader: PdfReader) -> Iterator[Page]:
    """Yield pages as pypdf reads them, for documents that PDFium cannot open: right words, rough boxes."""
    for number, page in enumerate(reader.pages, start=1):
        box = safely(lambda page=page: [float(v) for v in page.cropbox], [0.0, 0.0, 595.0, 842.0])  # type: ignore[misc]
        lines: list[Line] = []
        safely(lambda page=page, box=box, lines=lines: _collect(page, box, lines), None)  # type: ignore[misc]
        yield Page(number, box[2] - box[0], box[3] - box[1], tuple(lines))


def _collect(page: Any, box: list[float], lines: list[Line]) -> None:
    pending: list[tuple[str, float, float, float, str]] = []

    def flush() -> None:
        text = readable("".join(p[0] for p in pending))
        if text:
            _, x, y, size, font = pending[0]
            x0, base = x - box[0], box[3] - y
            width = 0.5 * size * len(text)  # pypdf measures no glyphs; half an em is the usual mean
            lines.append(Line(text, (x0, base - 0.8 * size, x0 + width, base + 0.22 * size), size, font=font))
        pending.clear()

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        name = str((font or {}).get("/BaseFont", "")).removeprefix("/")
        for i, part in enumerate(text.split("\n")):
            if i:
                flush()
            if part.strip():
                pending.append((part, x, y, abs(size * scale), name))

    page.extract_text(visitor_text=visit)
    flush()
