"""Documents made to hurt: small files that ask for much memory, time or depth; for ``benchmarks/hostile.py`` too."""

import zlib
from collections.abc import Callable

from tests.ingest.pdfs import A4, FONTS, pages, pdf, stream, text


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


def packed(byte: bytes, megabytes: int) -> bytes:
    """Return ``megabytes`` of one byte, deflated: one packed block over and over (no true checksum)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(byte * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * (megabytes // 16) + b"\x03\x00" + b"\0\0\0\0"


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


def long_line(count: int = 90_000) -> bytes:
    """One line without a break, of the kind that makes careless patterns run for ever."""
    return pages([text(72, 700, "a-" * (count // 2), size=2)])


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
        long_line,
    )
}
