"""The committed PDFs are those of the sources, as the build made them."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from data.samples.render.model import Source
from data.samples.render.source import gold, load

DATA = Path(__file__).parents[2] / "data"
SOURCES = [load(path) for path in sorted((DATA / "samples" / "cases").glob("*.md"))]
WITH_TEXT = [source for source in SOURCES if source.meta.layout != "scan"]
SCANS = [source for source in SOURCES if source.meta.layout == "scan"]

TAGGED = {"office": True, "bold": False, "magazine": False, "report": False, "typst": True, "simple": False}
PRODUCER = {
    "office": "LibreOffice",
    "bold": "LibreOffice",
    "magazine": "WeasyPrint",
    "report": "LuaTeX",
    "typst": "",
    "simple": "ReportLab",
}


def name(source: Source) -> str:
    return source.meta.id


def reader(source: Source) -> PdfReader:
    return PdfReader(DATA / "raw_pdfs" / f"{source.meta.id}.pdf")


def letters(text: str) -> str:
    """Only letters and digits: what hyphenation, ligatures, line ends and bullets leave alone."""
    text = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")
    return "".join(re.findall(r"[^\W_]", text.casefold()))


def test_there_is_one_pdf_for_each_source() -> None:
    assert {path.stem for path in (DATA / "raw_pdfs").glob("*.pdf")} == {name(source) for source in SOURCES}


def test_the_pdfs_are_small_enough_for_git() -> None:
    assert sum(path.stat().st_size for path in (DATA / "raw_pdfs").glob("*.pdf")) < 12_000_000


@pytest.mark.parametrize("source", WITH_TEXT, ids=name)
def test_the_text_of_every_field_is_in_the_pdf(source: Source) -> None:
    pdf = letters("\n".join(page.extract_text() for page in reader(source).pages))
    sentences = [
        letters(sentence) for text in gold(source).values() for sentence in re.split(r"(?<=[.?!])\s|\n", text or "")
    ]
    # A sentence may be broken by a page's foot and head, by a footnote mark, or by the fact box beside it.
    found = [sentence for sentence in sentences if sentence in pdf]
    assert len(found) >= 0.95 * len(sentences)


@pytest.mark.parametrize("source", WITH_TEXT, ids=name)
def test_the_first_page_says_that_the_example_is_invented(source: Source) -> None:
    text = letters(reader(source).pages[0].extract_text())
    assert letters("".join(run.text for run in source.ingress[0].runs)) in text


@pytest.mark.parametrize("source", WITH_TEXT, ids=name)
def test_the_pdf_is_made_in_the_way_of_its_layout(source: Source) -> None:
    pdf = reader(source)
    assert bool(pdf.trailer["/Root"].get("/StructTreeRoot")) == TAGGED[source.meta.layout]
    assert PRODUCER[source.meta.layout] in ((pdf.metadata and pdf.metadata.producer) or "")


@pytest.mark.parametrize("source", SCANS, ids=name)
def test_a_scan_is_one_picture_a_page_without_text(source: Source) -> None:
    for page in reader(source).pages:
        assert page.extract_text() == ""
        assert len(page.images) == 1
