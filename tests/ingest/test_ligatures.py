import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject, PdfObject

from ingest.pdf import read_document
from ingest.pdf.gate import inspect
from ingest.pdf.ligatures import ligatures_of
from tests.ingest.pdfs import pages, pdf


def font(differences: list[object], name: str = "/ABCDEF+Lagom-Light") -> DictionaryObject:
    entries = [NumberObject(e) if isinstance(e, int) else NameObject(e) for e in differences]
    encoding = DictionaryObject({NameObject("/Differences"): ArrayObject(entries)})
    return DictionaryObject({NameObject("/BaseFont"): NameObject(name), NameObject("/Encoding"): encoding})


def page(*fonts: PdfObject) -> DictionaryObject:
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


def nested(depth: int) -> ArrayObject:
    array = ArrayObject()
    for _ in range(depth):
        array = ArrayObject([array])
    return array


LONG = NameObject("/" + "f" * 1_000)


def odd_font(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


@pytest.mark.parametrize(
    "odd",
    [
        NumberObject(3),
        NullObject(),
        odd_font(BaseFont=nested(5_000), Encoding=NumberObject(1)),
        odd_font(BaseFont=LONG, Encoding=odd_font(Differences=NameObject("/f_f"))),
        odd_font(Encoding=odd_font(Differences=ArrayObject([nested(5_000), NullObject(), LONG] * 10_000))),
    ],
    ids=["a number", "nothing", "no encoding", "no list", "no names"],
)
def test_a_font_that_is_none_has_no_ligatures_and_takes_them_from_no_other(odd):
    assert ligatures_of(page(odd, font([31, "/fi"]))) == {("Lagom-Light", 31): ord("ﬁ")}


@pytest.mark.parametrize(
    "odd",
    [
        DictionaryObject({NameObject("/Resources"): NumberObject(1)}),
        DictionaryObject({NameObject("/Resources"): DictionaryObject({NameObject("/Font"): ArrayObject()})}),
    ],
    ids=["resources", "fonts"],
)
def test_what_is_no_dictionary_holds_no_fonts(odd):
    assert ligatures_of(odd) == {}


@pytest.mark.parametrize(
    ("objects", "found"),
    [
        ({1000: "<< /Differences [31 /fi] >>"}, {("Lagom", 31): ord("ﬁ")}),
        ({1000: "1001 0 R", 1001: "1000 0 R"}, {}),
        ({1000: "1000 0 R"}, {}),
        ({}, {}),
    ],
    ids=["an encoding", "two that refer to each other", "one that refers to itself", "none"],
)
def test_damage_ends_in_no_ligatures(objects, found):
    faces = "/Resources << /Font << /F9 << /BaseFont /Lagom /Encoding 1000 0 R >> >> >>"
    page_objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {faces} >>",
    }
    gate = inspect(pdf(page_objects | objects))
    assert gate.ligatures(0) == found
    assert gate.ligatures(99) == {}


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
