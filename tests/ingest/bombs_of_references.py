"""Documents made to hurt by what their parts say of each other: loops, chains, crowds and lies about size."""

import struct
import zlib

from tests.ingest.pdfs import A4, packed, pages, stream, text

_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"


def object_streams_in_each_other() -> bytes:
    """The catalogue lies in an object stream that lies in another, which lies in the first."""
    bodies = {
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{A4}] >>".encode(),
        6: stream(f"1 0 7 {len(_CATALOG) + 1} {_CATALOG} null".encode(), "/Type /ObjStm /N 2 /First 10 /Extends 7 0 R"),
        7: stream(b"2 0 6 48 << /Type /Pages /Count 1 /Kids [3 0 R] >>       null", "/Type /ObjStm /N 2 /First 9"),
    }
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in bodies.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = [(0, 0, 0), (2, 6, 0), (2, 7, 0), (1, offsets[3], 0), (0, 0, 0), (1, len(out), 0), (2, 7, 1), (2, 6, 1)]
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    entries = "/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R"
    return bytes(out) + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(table, entries), len(out))


def packed_object_stream(megabytes: int = 1024) -> bytes:
    """The catalogue lies behind a gigabyte of spaces in an object stream of some kilobytes."""
    held = stream(packed(b" ", megabytes), "/Type /ObjStm /N 2 /First 1000000 /Filter /FlateDecode")
    body = b"%PDF-1.7\n4 0 obj\n" + held + b"\nendobj\n"
    rows = struct.pack(">BIB", 0, 0, 0) + struct.pack(">BIB", 2, 4, 0) + struct.pack(">BIB", 2, 4, 1)
    rows += struct.pack(">BIB", 0, 0, 0) + struct.pack(">BIB", 1, 9, 0)
    table = stream(rows, "/Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R")
    return body + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(body))


def tables_in_a_ring(count: int = 3) -> bytes:
    """Cross-reference tables of which each names the next as the one before it, and the last one the first."""
    out = bytearray(pages([text(72, 700, "Bakgrund")]))
    first = len(out)
    for number in range(count):
        following = len(out) + 80 if number + 1 < count else first
        table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\n" % following
        out += table.ljust(80)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % first


def chain_of_updates(count: int = 50_000) -> bytes:
    """A document saved 50,000 times, nothing changed."""
    out = bytearray(pages([text(72, 700, "Bakgrund")]))
    before = out.rindex(b"xref\n0 ")
    for _ in range(count):
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
        before = start
    return bytes(out)


def no_table(count: int = 300_000) -> bytes:
    """300,000 objects and no cross-reference table: all of it has to be looked through."""
    page = pages([text(72, 700, "Bakgrund")])
    body = page[: page.rindex(b"xref\n0 ")]
    objects = b"".join(b"%d 0 obj\n<< /A %d 0 R >>\nendobj\n" % (n, n + 1) for n in range(1000, 1000 + count))
    return body + objects + b"trailer\n<< /Size 9 /Root 1 0 R >>\n%%EOF\n"


def _scan(image: bytes, entries: str) -> bytes:
    entries = f"/Type /XObject /Subtype /Image {entries}"
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    return pages([draw], resources="/XObject << /I 1000 0 R >>", extra={1000: stream(image, entries)})


def jbig2_claim(side: int = 0x7FFF_FFFF) -> bytes:
    """A scan in JBIG2 whose page segment claims two thousand million rows and columns, in sixty bytes."""
    page = struct.pack(">IBBI", 0, 0x30, 1, 19) + struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    region = struct.pack(">IBBI", 1, 0x26, 1, 0xFFFF_FFFF) + struct.pack(">IIIIB", side, side, 0, 0, 0) + b"\0" * 16
    entries = f"/Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"
    return _scan(page + region, entries)


def jpx_claim(side: int = 0x7FFF_FFFF) -> bytes:
    """A scan in JPEG 2000 whose header claims two thousand million rows and columns, of 16,384 components."""
    size = struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, 1, 1, 0, 0, 16_384) + b"\x07\x01\x01" * 16_384
    stream_of_codes = b"\xff\x4f\xff\x51" + struct.pack(">H", min(len(size) + 2, 0xFFFF)) + size + b"\xff\xd9"
    return _scan(stream_of_codes, f"/Width {side} /Height {side} /Filter /JPXDecode")


def inline_image(side: int = 100_000) -> bytes:
    """A picture in the page's content that claims ten thousand million points."""
    draw = b"q 500 0 0 700 0 0 cm BI /W %d /H %d /CS /G /BPC 8 /F /Fl ID " % (side, side)
    return pages([draw + zlib.compress(b"\0" * 10_000_000) + b" EI Q " + text(72, 700, "Bakgrund")])


def many_annotations(count: int = 100_000) -> bytes:
    """A page with 100,000 links, each a field of a form too, with a picture of how it looks."""
    extra: dict[int, bytes | str] = {
        1000 + n: f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f{n}) /V (x) /Rect [{n % 500} {n // 500} 550 800]"
        " /AP << /N 900000 0 R >> /P 3 0 R >>"
        for n in range(count)
    }
    listed = " ".join(f"{n} 0 R" for n in extra)
    extra[900_000] = stream(text(0, 0, "x"), f"/Type /XObject /Subtype /Form /BBox [{A4}]")
    form = f"/AcroForm << /Fields [{listed}] >>"
    return pages([text(72, 700, "Bakgrund")], catalog=form, page=f"/Annots [{listed}]", extra=extra)


def fields_in_a_ring() -> bytes:
    """Fields of a form that are each other's children and parents."""
    extra: dict[int, bytes | str] = {
        1000: "<< /FT /Tx /T (a) /Kids [1001 0 R 1001 0 R] /Parent 1001 0 R >>",
        1001: "<< /FT /Tx /T (b) /Kids [1000 0 R 1000 0 R] /Parent 1000 0 R >>",
    }
    catalog = "/AcroForm << /Fields [1000 0 R 1001 0 R] /XFA 1000 0 R /SigFlags 1000 0 R >>"
    return pages([text(72, 700, "Bakgrund")], catalog=catalog, page="/Annots [1000 0 R 1001 0 R]", extra=extra)


def many_marked_contents(count: int = 1_000_000) -> bytes:
    """A page with a million marked contents, most of them empty, in a structure tree of one paragraph."""
    extra = {
        1000: "<< /Type /StructTreeRoot /K 1002 0 R /ParentTree 1001 0 R >>",
        1001: f"<< /Nums [0 [{'1002 0 R ' * (count // 10)}]] >>",
        1002: "<< /S /P /P 1000 0 R /K 0 >>",
    }
    marked = b"".join(b"/P<</MCID %d>>BDC EMC\n" % n for n in range(count))
    content = marked + b"/P <</MCID 7>> BDC " + text(72, 700, "Bakgrund") + b"EMC"
    return pages([content], catalog="/StructTreeRoot 1000 0 R", page="/StructParents 0", extra=extra, compress=True)


def wide_structure(count: int = 60_000) -> bytes:
    """A structure tree of 60,000 paragraphs side by side, each with a letter of one page."""
    numbers = range(1002, 1002 + count)
    listed = " ".join(f"{n} 0 R" for n in numbers)
    extra: dict[int, bytes | str] = {
        1000: f"<< /Type /StructTreeRoot /K [{listed}] /ParentTree 1001 0 R >>",
        1001: f"<< /Nums [0 [{listed}]] >>",
    }
    extra |= {n: f"<< /S /P /P 1000 0 R /K {n - 1002} >>" for n in numbers}
    marked = b"".join(
        b"/P <</MCID %d>> BDC %b EMC\n" % (n, text(20 + n % 90 * 6, 20 + n // 90 % 800, "a")) for n in range(count)
    )
    return pages([marked], catalog="/StructTreeRoot 1000 0 R", page="/StructParents 0", extra=extra, compress=True)


def wide_outline(count: int = 200_000) -> bytes:
    """200,000 bookmarks one after another, each with a title of its own."""
    last = 1000 + count
    extra = {
        1000 + n: f"<< /Title (Rubrik {n}) /Parent 1000 0 R /Next {1001 + n} 0 R /Dest [3 0 R /Fit] >>"
        for n in range(1, count + 1)
    }
    extra[1000] = f"<< /Type /Outlines /First 1001 0 R /Last {last} 0 R /Count {count} >>"
    return pages([text(72, 700, "Bakgrund")], catalog="/Outlines 1000 0 R", extra=extra)


def many_fonts(count: int = 20_000) -> bytes:
    """A page on which each letter has a font of its own, with a table of widths as long as a lie."""
    fonts = " ".join(
        f"/X{n} << /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Font{n} /FirstChar 0 /LastChar 2147483647"
        " /Widths [600 600 600] >>"
        for n in range(count)
    )
    draw = b"".join(text(20 + n % 90 * 6, 20 + n // 90 % 800, "a", font=f"X{n}") for n in range(count))
    return (
        pages([draw], compress=True)
        .replace(b"/Font << /F1", b"/Font << " + fonts.encode() + b" /F1")
        .replace(b"xref\n0 ", b"xreg\n0 ")
    )


def glyphs_that_call_each_other(depth: int = 30) -> bytes:
    """Type 3 fonts of which each draws its letter with ten of the next one's: 10^30 letters, if anybody followed."""
    extra: dict[int, bytes | str] = {}
    for level in range(depth):
        number = 1000 + 2 * level
        following = f"/F9 {number + 2} 0 R" if level + 1 < depth else ""
        extra[number] = (
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97"
            f" /LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a {number + 1} 0 R >>"
            f" /Resources << /Font << {following} >> >> >>"
        )
        extra[number + 1] = stream(b"1000 0 d0 BT /F9 99 Tf (aaaaaaaaaa) Tj ET")
    draw = b"BT /F9 12 Tf 72 700 Td (aaaa) Tj ET"
    return pages([draw], resources="/Font << /F9 1000 0 R >>", extra=extra)


def giant_title(megabytes: int = 40) -> bytes:
    """A document whose title, and whose bookmark's title, is forty million letters long."""
    extra = {
        1000: f"<< /Title ({'Bakgrund ' * (megabytes * 111_111)}) >>",
        1001: "<< /Type /Outlines /First 1000 0 R /Last 1000 0 R >>",
    }
    return pages([text(72, 700, "Bakgrund")], catalog="/Outlines 1001 0 R", trailer="/Info 1000 0 R", extra=extra)


REFERENCES = (
    object_streams_in_each_other,
    packed_object_stream,
    tables_in_a_ring,
    chain_of_updates,
    no_table,
    jbig2_claim,
    jpx_claim,
    inline_image,
    many_annotations,
    fields_in_a_ring,
    many_marked_contents,
    wide_structure,
    wide_outline,
    many_fonts,
    glyphs_that_call_each_other,
    giant_title,
)
