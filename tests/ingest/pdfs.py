"""PDFs made by hand, object by object, for tests of reading: what no producer would write can be written here."""

import zlib
from collections.abc import Mapping, Sequence

A4 = "0 0 595 842"
FONTS = (
    "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    " /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> >>"
)


def stream(content: bytes, entries: str = "", *, compress: bool = False) -> bytes:
    """A stream object's body."""
    if compress:
        content, entries = zlib.compress(content, 9), f"{entries} /Filter /FlateDecode"
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def packed(byte: bytes, megabytes: int) -> bytes:
    """Return ``megabytes`` of one byte, deflated: one packed block over and over (no true checksum)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(byte * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * (megabytes // 16) + b"\x03\x00" + b"\0\0\0\0"


def pdf(objects: Mapping[int, bytes | str], *, trailer: str = "", root: int = 1) -> bytes:
    """A PDF of numbered objects with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number in sorted(objects):
        body = objects[number]
        offsets[number] = len(out)
        raw = body.encode("latin-1") if isinstance(body, str) else body
        out += f"{number} 0 obj\n".encode() + raw + b"\nendobj\n"
    start, size = len(out), max(offsets) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{offsets[number]:010} 00000 n \n".encode() if number in offsets else b"0000000000 00000 f \n"
    out += f"trailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def pages(
    contents: Sequence[bytes],
    *,
    catalog: str = "",
    page: str = "",
    resources: str = "",
    trailer: str = "",
    extra: Mapping[int, bytes | str] | None = None,
    compress: bool = False,
) -> bytes:
    """A PDF with one page a content stream. Objects of ``extra`` must have numbers from 1,000."""
    objects: dict[int, bytes | str] = {1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", **(extra or {})}
    kids = []
    for index, content in enumerate(contents):
        number = 3 + 2 * index
        kids.append(f"{number} 0 R")
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{A4}] /Contents {number + 1} 0 R"
            f" /Resources << /Font {FONTS} {resources} >> {page} >>"
        )
        objects[number + 1] = stream(content, compress=compress)
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return pdf(objects, trailer=trailer)


def text(x: float, y: float, words: str, *, font: str = "F1", size: float = 11, before: str = "") -> bytes:
    """Operators that show ``words`` with their baseline beginning at (x, y), origin bottom left."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {before} /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n".encode("cp1252")
