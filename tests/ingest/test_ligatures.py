import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from ingest.pdf import read_document
from ingest.pdf.ligatures import ligatures_of
from tests.ingest.pdfs import pages


def font(differences: list[object], name: str = "/ABCDEF+Lagom-Light") -> DictionaryObject:
    entries = [NumberObject(e) if isinstance(e, int) else NameObject(e) for e in differences]
    encoding = DictionaryObject({NameObject("/Differences"): ArrayObject(entries)})
    return DictionaryObject({NameObject("/BaseFont"): NameObject(name), NameObject("/Encoding"): encoding})


def page(*fonts: DictionaryObject) -> DictionaryObject:
    named = DictionaryObject({NameObject(f"/F{number}"): font for number, font in enumerate(fonts)})
    return DictionaryObject({NameObject("/Resources"): DictionaryObject({NameObject("/Font"): named})})


@pytest.mark.parametrize(
    ("differences", "found"),
    [
        ([27, "/f_f_i", "/fl"], {27: "ﬃ", 28: "ﬂ"}),
        ([65, "/A", 30, "/f_f", 31, "/fi"], {30: "ﬀ", 31: "ﬁ"}),
        ([1, "/f_f_l"], {1: "ﬄ"}),
        ([26, "/f_b", "/bullet"], {}),
        ([], {}),
    ],
    ids=["in a row", "apart", "three", "no letter of its own", "none"],
)
def test_a_glyph_s_name_tells_its_letters(differences, found):
    ligatures = ligatures_of(page(font(differences)))
    assert {code: chr(letter) for (_, code), letter in ligatures.items()} == found
    assert {name for name, _ in ligatures} <= {"Lagom-Light"}


def test_each_font_has_its_own_codes():
    found = ligatures_of(page(font([31, "/fi"], "/A+Light"), font([31, "/f_f"], "/B+Bold")))
    assert (chr(found["Light", 31]), chr(found["Bold", 31])) == ("ﬁ", "ﬀ")


def test_a_page_without_fonts_has_none():
    assert ligatures_of(DictionaryObject()) == {}


def document(differences: str, shown: str) -> list[str]:
    """The lines of a page set in a font whose codes 29 to 31 are as wide as letters."""
    widths = " ".join(["500"] * 3 + ["0"] + ["500"] * 91)
    faces = (
        "/Font << /F9 << /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Lagom /FirstChar 29 /LastChar 123"
        f" /Widths [{widths}] /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Lagom /Flags 4"
        " /ItalicAngle 0 /Ascent 750 /Descent -250 /CapHeight 700 /StemV 80 /FontBBox [0 -250 1000 750] >>"
        f" /Encoding << /Type /Encoding /Differences [{differences}] >> >> >>"
    )
    content = f"BT /F9 12 Tf 60 700 Td ({shown}) Tj ET".encode("latin-1")
    data = pages([content]).replace(b"/Font << /F1", faces.encode() + b" /Was << /F1", 1)
    return [line.text for line in read_document(data, max_pages=5).pages[0].lines]


@pytest.mark.parametrize(
    ("differences", "text"), [("30 /f_f", "effort"), ("30 /f_f_i", "effiort"), ("30 /odd", "e ort")], ids=str
)
def test_a_ligature_that_pdfium_does_not_know_is_read(differences, text):
    assert document(differences, "e\\036ort") == [text]
