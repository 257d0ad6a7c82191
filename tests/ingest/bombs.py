"""Documents made to hurt: small files that ask for much memory, time or depth; ``python -m benchmarks.hostile`` too."""

import zlib
from collections.abc import Callable

from tests.ingest.bombs_of_references import REFERENCES
from tests.ingest.bombs_of_text import TEXTS
from tests.ingest.pdfs import A4, FONTS, packed, pages, pdf, stream, text


def nested_forms(depth: int = 24, fan: int = 10) -> bytes:
    """Each form XObject draws the next one ten times: 10^24 characters, if anybody followed."""
    extra: dict[int, bytes | str] = {}
    for level in range(depth):
        number = 1000 + level
        entries = f"/Type /XObject /Subtype /Form /BBox [{A4}] /Resources << /Font {FONTS}"
        entries += f" /XObject << /X {number + 1} 0 R >> >>" if level + 1 < depth else " >>"
        draw = b"/X Do\n" * fan if level + 1 < depth else text(72, 700, "x")
        extra[number] = stream(draw, entries)
    return pages([b"/X Do"], resources="/XObject << /X 1000 0 R >>", extra=extra)


def self_drawing_form() -> bytes:
    """A form that draws itself."""
    entries = f"/Type /XObject /Subtype /Form /BBox [{A4}] /Resources << /XObject << /X 1000 0 R >> >>"
    return pages([b"/X Do"], resources="/XObject << /X 1000 0 R >>", extra={1000: stream(b"/X Do /X Do", entries)})


def huge_tounicode(entries: int = 400_000) -> bytes:
    """A font whose character map has hundreds of thousands of ranges, packed to some kilobytes."""
    block = b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 100 + b"endbfrange\n"
    cmap = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" + block * (entries // 100)
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 1001 0 R /DescendantFonts"
        " [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (A) /Ordering (I)"
        " /Supplement 0 >> >>] >>"
    )
    extra = {1000: font, 1001: stream(cmap, compress=True)}
    content = b"BT /F9 12 Tf 72 700 Td <004100420043> Tj ET"
    return pages([content], resources="/Font << /F9 1000 0 R >>", extra=extra)


def image_bomb(side: int = 60_000) -> bytes:
    """One page under an image of 3.6 gigapixels, packed twice to some kilobytes."""
    entries = (
        f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8"
        " /Filter [/FlateDecode /FlateDecode]"
    )
    image = stream(zlib.compress(packed(b"\0", side * side >> 20), 9), entries)
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    return pages([draw], resources="/XObject << /I 1000 0 R >>", extra={1000: image})


def many_pages(count: int = 200_000) -> bytes:
    """A page tree that names one page 200,000 times."""
    kids = "3 0 R " * count
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{A4}] >>",
        }
    )


def lying_page_count() -> bytes:
    """A page tree that claims two thousand million pages and has one."""
    return pages([text(72, 700, "Bakgrund")]).replace(b"/Count 1 ", b"/Count 2000000000 ")


def deep_page_tree(depth: int = 50_000) -> bytes:
    """A page tree 50,000 levels deep."""
    objects: dict[int, bytes | str] = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    for level in range(depth):
        parent = f"/Parent {level + 1} 0 R" if level else ""
        objects[2 + level] = f"<< /Type /Pages /Count 1 /Kids [{level + 3} 0 R] {parent} >>"
    objects[2 + depth] = f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [{A4}] >>"
    return pdf(objects)


def deep_arrays(depth: int = 200_000) -> bytes:
    """An array in an array in an array, in the catalogue and in a page's content."""
    nested = "[" * depth + "]" * depth
    content = nested.encode() + b" TJ " + text(72, 700, "x")
    return pages([content], catalog=f"/Deep {nested}")


def deep_dictionaries(depth: int = 100_000) -> bytes:
    """A dictionary in a dictionary in a dictionary, where the document's information should be."""
    nested = "<< /A " * depth + "1" + " >>" * depth
    return pages([text(72, 700, "x")], trailer=f"/Info 1000 0 R /Deep {nested}", extra={1000: nested})


def flate_bomb(megabytes: int = 2048) -> bytes:
    """A page whose content is two gigabytes of spaces, packed twice to some kilobytes."""
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{A4}] /Contents 4 0 R >>",
            4: stream(zlib.compress(packed(b" ", megabytes), 9), "/Filter [/FlateDecode /FlateDecode]"),
        }
    )


def many_characters(count: int = 5_000_000) -> bytes:
    """A page with five million characters on top of each other."""
    return pages([b"BT /F1 9 Tf 72 700 Td " + b"(abcdefghij) Tj " * (count // 10) + b"ET"], compress=True)


def many_objects(count: int = 400_000) -> bytes:
    """A page with 400,000 single letters, each in its own place."""
    draw = b"".join(b"BT /F1 9 Tf %d %d Td (a) Tj ET\n" % (i % 500 + 20, i // 500) for i in range(count))
    return pages([draw], compress=True)


def struct_tree_cycle() -> bytes:
    """Structure elements that are each other's parents, and a role map that runs in a circle."""
    extra: dict[int, bytes | str] = {
        1000: "<< /Type /StructTreeRoot /K 1001 0 R /ParentTree 1003 0 R /RoleMap << /A /B /B /A >> >>",
        1001: "<< /S /A /P 1002 0 R /K [1002 0 R 0] >>",
        1002: "<< /S /B /P 1001 0 R /K 1001 0 R >>",
        1003: "<< /Kids [1003 0 R 1004 0 R] >>",
        1004: "<< /Nums [0 [1001 0 R]] /Limits [0 0] >>",
    }
    content = b"/P << /MCID 0 >> BDC " + text(72, 700, "Bakgrund och mer") + b"EMC"
    return pages([content], catalog="/StructTreeRoot 1000 0 R", page="/StructParents 0", extra=extra)


def outline_cycle() -> bytes:
    """Bookmarks that follow each other in a ring."""
    extra = {
        1000: "<< /Type /Outlines /First 1001 0 R /Last 1002 0 R >>",
        1001: "<< /Title (A) /Parent 1000 0 R /Next 1002 0 R /First 1002 0 R >>",
        1002: "<< /Title (B) /Parent 1000 0 R /Next 1001 0 R /First 1001 0 R >>",
    }
    return pages([text(72, 700, "Bakgrund")], catalog="/Outlines 1000 0 R", extra=extra)


def self_drawing_glyph() -> bytes:
    """A Type 3 font whose only letter is written with itself, in a pattern that is painted with itself."""
    extra: dict[int, bytes | str] = {
        1000: "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97"
        " /LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a 1001 0 R >>"
        " /Resources << /Font << /F9 1000 0 R >> >> >>",
        1001: stream(b"1000 0 0 0 1000 1000 d1 BT /F9 9 Tf (aaaaaaaa) Tj ET"),
        1002: stream(
            b"/Pattern cs /P scn 0 0 9 9 re f",
            "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep .01 /YStep .01"
            " /Resources << /Pattern << /P 1002 0 R >> >>",
        ),
    }
    draw = b"BT /F9 12 Tf 72 700 Td (aaaa) Tj ET /Pattern cs /P scn 0 0 595 842 re f"
    return pages([draw], resources="/Font << /F9 1000 0 R >> /Pattern << /P 1002 0 R >>", extra=extra)


def giant_page(side: int = 2_000_000_000) -> bytes:
    """A scan on a sheet of two thousand million points: who draws it for OCR at 300 dpi?"""
    image = stream(
        b"\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    draw = b"q %d 0 0 %d 0 0 cm /I Do Q" % (side, side)
    box = f"/MediaBox [0 0 {side} {side}]"
    return pages([draw], page=box, resources="/XObject << /I 1000 0 R >>", extra={1000: image})


def diamond_page_tree(depth: int = 40) -> bytes:
    """Every node of the page tree names the next one twice: 2^40 pages."""
    objects: dict[int, bytes | str] = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    for level in range(depth):
        kid = f"{level + 3} 0 R"
        objects[2 + level] = f"<< /Type /Pages /Count 2 /Kids [{kid} {kid}] >>"
    objects[2 + depth] = f"<< /Type /Page /MediaBox [{A4}] /Parent {depth + 1} 0 R >>"
    return pdf(objects)


def deep_outline(depth: int = 60_000) -> bytes:
    """Bookmarks 60,000 levels deep."""
    extra: dict[int, bytes | str] = {
        1000 + n: f"<< /Title (A) /Parent {999 + n} 0 R /First {1001 + n} 0 R /Last {1001 + n} 0 R >>"
        for n in range(depth)
    }
    return pages([text(72, 700, "Bakgrund")], catalog="/Outlines 1000 0 R", extra=extra)


def deep_structure(depth: int = 60_000) -> bytes:
    """Text in an element in an element in an element, and each one's role is another's."""
    roles = " ".join(f"/R{n} /R{n + 1}" for n in range(depth))
    extra: dict[int, bytes | str] = {
        1000: f"<< /Type /StructTreeRoot /K 1002 0 R /ParentTree 1001 0 R /RoleMap << {roles} >> >>",
        1001: f"<< /Nums [0 [{' '.join(f'{1002 + n} 0 R' for n in range(depth))}]] >>",
    }
    extra |= {1002 + n: f"<< /S /R{n} /P {1003 + n} 0 R /K {n} >>" for n in range(depth)}
    marked = b"".join(b"/P << /MCID %d >> BDC %b EMC\n" % (n, text(72, 700, "x")) for n in range(0, depth, 20))
    return pages([marked], catalog="/StructTreeRoot 1000 0 R", page="/StructParents 0", extra=extra, compress=True)


def lying_predictor() -> bytes:
    """A stream whose rows are said to be two thousand million bytes long."""
    entries = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 32 >>"
    return pages([b""]).replace(stream(b""), stream(zlib.compress(text(72, 700, "Bakgrund")), entries))


def run_length_bomb(blocks: int = 40_000) -> bytes:
    """A page's content packed four times over: run lengths in run lengths in flate."""
    packed_twice = zlib.compress(b"\x81\x81" * (blocks * 64) + b"\x80", 9)
    entries = "/Filter [/FlateDecode /RunLengthDecode /RunLengthDecode /RunLengthDecode]"
    return pages([b""]).replace(stream(b""), stream(packed_twice, entries))


def self_holding_object_stream() -> bytes:
    """An object stream that lies in itself, under a cross-reference stream that has itself as its predecessor."""
    held = stream(b"1 0 2 30 << /Type /Catalog /Pages 2 0 R >> << >>", "/Type /ObjStm /N 2000000000 /First 9")
    body = b"%PDF-1.7\n4 0 obj\n" + held + b"\nendobj\n"
    rows = b"".join(bytes([2, 0, 4, n]) for n in range(5))
    entries = f"/Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Prev {len(body)}"
    table = b"5 0 obj\n" + stream(rows, entries) + b"\nendobj\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def repeated_contents(count: int = 300_000) -> bytes:
    """A page that has the same paragraph as its content 300,000 times."""
    extra = {1000: stream(text(72, 700, "Kommunen startade en telefon."))}
    references = b"[" + b"1000 0 R " * count + b"]"
    return pages([b""], extra=extra).replace(b"/Contents 4 0 R", b"/Contents " + references)


def nested_operators(depth: int = 500_000) -> bytes:
    """Graphics states and marked contents, opened half a million times and never closed."""
    return pages([b"q /Span << /MCID 1 >> BDC " * depth + text(72, 700, "Bakgrund")], compress=True)


def laughing_metadata() -> bytes:
    """XML of a thousand million laughs as the document's metadata, beside a script and an attachment."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'
    extra: dict[int, bytes | str] = {
        1000: stream(xml.encode(), "/Type /Metadata /Subtype /XML"),
        1001: "<< /Names [(x) << /S /JavaScript /JS (while(1);) >>] /Kids [1001 0 R 1001 0 R] >>",
        1002: "<< /Names [(x.pdf) << /Type /Filespec /F (x.pdf) /EF << /F 1003 0 R >> >>] /Kids [1002 0 R] >>",
        1003: stream(packed(b" ", 64), "/Type /EmbeddedFile /Filter /FlateDecode"),
    }
    catalog = "/Metadata 1000 0 R /Names << /JavaScript 1001 0 R /EmbeddedFiles 1002 0 R >>"
    return pages([text(72, 700, "Bakgrund")], catalog=catalog, extra=extra)


BOMBS: dict[str, Callable[[], bytes]] = {
    make.__name__: make
    for make in (
        nested_forms,
        self_drawing_form,
        huge_tounicode,
        image_bomb,
        many_pages,
        lying_page_count,
        deep_page_tree,
        deep_arrays,
        deep_dictionaries,
        flate_bomb,
        many_characters,
        many_objects,
        struct_tree_cycle,
        outline_cycle,
        self_drawing_glyph,
        giant_page,
        diamond_page_tree,
        deep_outline,
        deep_structure,
        lying_predictor,
        run_length_bomb,
        self_holding_object_stream,
        repeated_contents,
        nested_operators,
        laughing_metadata,
        *REFERENCES,
        *TEXTS,
    )
}
