import math
from io import BytesIO

import img2pdf
import pypdf
import pytest
from PIL import Image

from ingest import ocr
from ingest.extract import extract_bytes
from ingest.pages import Document, Line, Page
from ingest.pdf import read_document, render_page, upright_to_shown
from ingest.sandbox import run
from ingest.tesseract import installed_languages, recognise
from kb.config import Settings
from kb.errors import ResourceLimit
from tests.ingest.pdfs import pages, text

NEEDS_SWEDISH = pytest.mark.skipif("swe" not in installed_languages(), reason="tesseract with swe is not installed")
SENTENCES = (
    "Föräldrar ringer när de är oroliga för någon i sin närhet.",
    "Två socialsekreterare svarar varje vardag mellan nio och tolv.",
    "Den som ringer behöver inte säga sitt namn.",
    "Under det första året kom fyrtio samtal, de flesta från mammor.",
    "Samtalen förs inte in i något register.",
    "Skolan och fritidsgården fick affischer med numret.",
    "När oron gäller ett barn tar mottagningen vid samma dag.",
    "Ledningen frågade efter siffror, men hade tålamod.",
    "En gång i månaden går gruppen igenom vad som har hänt.",
    "Imamen och prästen bjöds in till var sitt möte.",
    "Kvällstid är det svårare att nå någon ansvarig.",
    "Några samtal handlade om helt andra saker.",
)
SENTENCE = SENTENCES[0]
BODY = b"".join(text(72, 680 - 18 * n, sentence) for n, sentence in enumerate(SENTENCES))
PRINT = text(72, 720, "Framgångsfaktorer", font="F2", size=11) + BODY


def scan(*contents: bytes, turn: int = 0, skew: float = 0.0) -> bytes:
    """Draw pages, photograph them, and make a PDF of the pictures."""
    pictures = []
    for number in range(1, len(contents) + 1):
        picture = Image.open(BytesIO(render_page(pages(contents), page=number, width_px=1654)))
        stream = BytesIO()
        picture.rotate(skew, fillcolor="white").rotate(-turn, expand=True).save(stream, "PNG", dpi=(200, 200))
        pictures.append(stream.getvalue())
    return bytes(img2pdf.convert(pictures))


def document(*drawn: tuple[str, float]) -> Document:
    """A document with pages of (text, share of images)."""
    made = tuple(
        Page(number, 595, 842, (Line(words, (0, 0, 9, 9), 11),) if words else (), image_share=share)
        for number, (words, share) in enumerate(drawn, start=1)
    )
    return Document(pages=made, page_count=len(made), info={})


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param([("x" * 500, 0.0)], (), id="text"),
        pytest.param([("x" * 500, 1.0)], (), id="text over a picture"),
        pytest.param([("", 1.0), ("", 0.9)], (1, 2), id="pictures alone"),
        pytest.param([("x" * 500, 0.0), ("3", 0.95)], (2,), id="one scanned page, with a page number"),
        pytest.param([("x" * 500, 0.0), ("", 0.1)], (), id="a small picture on an empty page"),
        pytest.param([("", 0.0)], (), id="an empty page"),
        pytest.param([("", 0.1)], (1,), id="a document of one small picture"),
    ],
)
def test_which_pages_are_scans(drawn, expected):
    assert ocr.scanned_pages(document(*drawn)) == expected


def read_scan(data: bytes) -> tuple[Page, ...]:
    found = read_document(data, max_pages=10)
    read = ocr.with_text(found, data, ocr.scanned_pages(found), languages=installed_languages())
    assert (read.unread, read.missing) == ((), None)
    return read.document.pages


@NEEDS_SWEDISH
def test_a_scan_is_read_with_places_sizes_and_weight():
    (page,) = read_scan(scan(PRINT))
    heading, first, *_ = page.lines
    assert (heading.text, heading.bold, first.text, first.bold) == ("Framgångsfaktorer", True, SENTENCE, False)
    assert heading.x0 == pytest.approx(72, abs=2)
    assert first.bbox == pytest.approx((72, 153, 340, 165), abs=4)
    assert first.size == pytest.approx(11, abs=2)


@NEEDS_SWEDISH
@pytest.mark.skipif("osd" not in installed_languages(), reason="tesseract's orientation data is not installed")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_on_its_side_is_read_upright(turn):
    (page,) = read_scan(scan(PRINT, turn=turn))
    assert page.lines[1].text == SENTENCE
    assert page.width < page.height
    x0, y0, x1, y1 = 72, 113, 171, 124  # the heading on the upright page, and where turning the paper takes it
    places = {
        90: (842 - y1, x0, 842 - y0, x1),
        180: (595 - x1, 842 - y1, 595 - x0, 842 - y0),
        270: (y0, 595 - x1, y1, 595 - x0),
    }
    assert upright_to_shown(page.lines[0].bbox, page) == pytest.approx(places[turn], abs=5)


@NEEDS_SWEDISH
@pytest.mark.parametrize("skew", [0.3, 1.0, 3.0, -2.0, -5.0])
def test_a_skewed_scan_is_set_straight_and_its_boxes_lead_back(skew):
    (page,) = read_scan(scan(PRINT, skew=skew))
    starts = [line.x0 for line in page.lines if line.text in SENTENCES]
    assert len(starts) > 8
    assert max(starts) - min(starts) < 3
    angle, (left, top) = math.radians(skew), (72 - 595 / 2, 113 - 842 / 2)  # the heading, from the sheet's middle
    x, y = left * math.cos(angle) + top * math.sin(angle), top * math.cos(angle) - left * math.sin(angle)
    shown = upright_to_shown(page.lines[0].bbox, page)
    assert page.lines[0].text == "Framgångsfaktorer"
    assert (shown[0], min(abs(shown[1] - 842 / 2 - y), abs(shown[3] - 842 / 2 - y))) == pytest.approx(
        (595 / 2 + x, 0), abs=7
    )


@NEEDS_SWEDISH
@pytest.mark.parametrize("skew", [0.0, 0.3])
def test_what_is_bold_or_underlined_on_a_scan_is_bold(skew):
    typed = text(72, 720, "Erfarenheter av samtalen") + b"72 717 125 0.8 re f\n" + BODY
    (page,) = read_scan(scan(typed, skew=skew))
    assert [line.text for line in page.lines if line.bold] == ["Erfarenheter av samtalen"]
    (page,) = read_scan(scan(PRINT, skew=skew))
    assert [line.text for line in page.lines if line.bold] == ["Framgångsfaktorer"]


@NEEDS_SWEDISH
@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract's English is not installed")
def test_an_underlined_heading_and_an_address_are_read_whole():
    typed = text(72, 720, "Hur gruppen arbetar i Gullspång") + b"72 718 165 1 re f\n" + BODY
    (page,) = read_scan(scan(typed + text(72, 440, "Skriv till stodlinjen@strandby.example om du undrar.")))
    assert page.lines[0].text == "Hur gruppen arbetar i Gullspång"
    assert page.lines[-1].text == "Skriv till stodlinjen@strandby.example om du undrar."


@NEEDS_SWEDISH
def test_lines_of_one_size_have_one_size_and_pictures_on_a_scan_are_areas():
    ringed = text(72, 740, "På Åland och i Öregrund ordnas Ådagar Ännu en gång") + BODY
    (page,) = read_scan(scan(ringed + b"0.6 g 300 100 200 150 re f 0 g 320 120 60 60 re f\n"))
    assert len({line.size for line in page.lines if line.text}) == 1
    assert any(abs(x0 - 300) < 5 and abs(y1 - 742) < 5 for x0, _, _, y1 in page.areas)


def test_tesseract_that_fails_is_an_error_of_the_system(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        recognise(b"", dpi=300, seconds=1)
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(OSError, match="gave up"):
        recognise(b"", dpi=300, seconds=5)
    program.write_text("#!/bin/sh\nwhile :; do :; done\n")
    with pytest.raises(TimeoutError):
        recognise(b"", dpi=300, seconds=0.2)


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    asked = []

    def slow(page, data, language, *, osd):
        asked.append(page.number)
        raise TimeoutError

    monkeypatch.setattr(ocr, "_read_page", slow)
    read = ocr.with_text(document(*[("", 1.0)] * 5), b"", (1, 2, 3, 4, 5), languages=("swe",))
    assert (asked, read.unread) == ([1], (1, 2, 3, 4, 5))


DANISH = "Hvordan blev det til noget? Det er ikke kun kommunen, der har arbejdet med det hver dag."
ENGLISH = "The council worked with this and with what was found there, but not for those who have been at school."
MISREAD = "Tallene först: siden oppstarten har kurset hatt mange deltakere, og noen av dem er på skolen, äöä."
ALL = ("swe", "nor", "dan", "eng", "osd")


@pytest.mark.parametrize(
    ("drawn", "languages", "words", "asked", "missing"),
    [
        pytest.param(["", ""], ALL, DANISH, [(1, "swe"), (1, "dan"), (2, "dan")], None, id="found on the first page"),
        pytest.param([DANISH, ""], ALL, DANISH, [(2, "dan")], None, id="that of the pages with text"),
        pytest.param([DANISH, ""], ALL, ENGLISH, [(2, "dan"), (2, "eng")], None, id="another on the scanned page"),
        pytest.param(["", ""], ("swe", "eng"), DANISH, [(1, "swe"), (2, "swe")], "dan", id="not installed"),
        pytest.param([""], ALL, MISREAD, [(1, "swe"), (1, "nor")], None, id="letters read as Swedish"),
        pytest.param([""], ("eng", "osd"), " ".join(SENTENCES), [(1, "eng")], "swe", id="Swedish not installed"),
        pytest.param(["", ""], ALL, "", [(1, "swe"), (2, "swe")], None, id="no words"),
    ],
)
def test_the_language_of_ocr(drawn, languages, words, asked, missing, monkeypatch):
    heard = []

    def read(page, data, language, *, osd):
        heard.append((page.number, language))
        return Page(page.number, 595, 842, (Line(words, (0, 0, 9, 9), 11),) if words else ())

    monkeypatch.setattr(ocr, "_read_page", read)
    pages_drawn = document(*((text, 0.0 if text else 1.0) for text in drawn))
    found = ocr.with_text(pages_drawn, b"", ocr.scanned_pages(pages_drawn), languages=languages)
    assert (heard, found.missing) == (asked, missing)


@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract with eng is not installed")
def test_a_language_that_tesseract_lacks_is_a_clear_warning(monkeypatch):
    monkeypatch.setattr("ingest.extract.installed_languages", lambda: ("eng",))
    case = extract_bytes(scan(PRINT), "x.pdf", Settings())
    (warning,) = [w for w in case.warnings if w.code == "ocr_language"]
    assert "tesseract-ocr-swe" in warning.message("sv")


@NEEDS_SWEDISH
def test_a_mixed_document_is_read_page_by_page():
    writer = pypdf.PdfWriter()
    for part in (pages([PRINT]), scan(PRINT)):
        writer.append(BytesIO(part))
    stream = BytesIO()
    writer.write(stream)
    data = stream.getvalue()
    without = extract_bytes(data, "x.pdf", Settings(), ocr=False)
    assert [(w.code, w.params) for w in without.warnings if w.code == "scanned_pages"] == [
        ("scanned_pages", {"count": 1, "pages": "2"})
    ]
    with_ocr = extract_bytes(data, "x.pdf", Settings())
    assert [(w.code, w.params) for w in with_ocr.warnings if w.code.startswith(("ocr", "scan"))] == [
        ("ocr", {"pages": "2"})
    ]


@pytest.mark.parametrize("ocr", [True, False])
def test_without_tesseract_a_scan_is_a_clear_warning(ocr, monkeypatch):
    monkeypatch.setattr("ingest.extract.installed_languages", tuple)
    case = extract_bytes(scan(PRINT), "x.pdf", Settings(), ocr=ocr)
    (warning,) = [w for w in case.warnings if w.code == "scanned"]
    assert "tesseract-ocr-swe" in warning.message("sv")
    assert all(value is None for value in case.fields.values())


def test_ocr_in_vain_says_so(monkeypatch):
    def without_ocr(*args, languages, **kwargs):
        if languages:
            raise ResourceLimit(file="x.pdf", reason="time")
        return run(*args, languages=languages, **kwargs)

    monkeypatch.setattr("ingest.extract.run", without_ocr)
    monkeypatch.setattr("ingest.extract.installed_languages", lambda: ("swe", "osd"))
    case = extract_bytes(scan(PRINT), "x.pdf", Settings())
    (warning,) = [w for w in case.warnings if w.code == "ocr_unread"]
    assert "Installera" not in warning.message("sv")
    assert not [w for w in case.warnings if w.code == "scanned"]
