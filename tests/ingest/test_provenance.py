"""Every sentence that is extracted is in the PDF, at the page and in the box that its span names.

What stands there is read by PDFium's own means and compared with the span's quote, letter for letter. Left out are the
order within a line (a list's number may be drawn after its text) and the digits of footnote marks, which a quote lacks.
"""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.portions import RULE
from ingest.reader import read
from kb.types import Case, Span
from tests.ingest.pdfs import pages, text

RAW = Path(__file__).parents[2] / "data" / "raw_pdfs"
ROOM = 1.0  # points by which a box is widened: PDFium takes a letter whose middle is inside


def letters(words: str) -> Counter[str]:
    return Counter(c for c in words.lower() if c.isalpha())


def spans_of(case: Case) -> Iterator[Span]:
    for section in case.sections:
        yield from section.spans
    for value in case.fields.values():
        yield from value.spans if value else ()


def read_back(document: pdfium.PdfDocument, span: Span) -> str:
    page = document[span.page - 1]
    height = page.get_height()
    x0, y0, x1, y1 = span.bbox
    found: str = page.get_textpage().get_text_bounded(x0 - ROOM, height - y1 - 0.5, x1 + ROOM, height - y0 + 0.5)
    return found


def assert_provenance(data: bytes, case: Case) -> int:
    """Check all spans of a case; return how many there were."""
    document = pdfium.PdfDocument(BytesIO(data))
    spans = list(spans_of(case))
    for span in spans:
        there = read_back(document, span)
        assert letters(there) == letters(span.quote), (case.file, span)
        assert not Counter(filter(str.isdigit, span.quote)) - Counter(filter(str.isdigit, there)), (case.file, span)
    for value in filter(None, case.fields.values()):
        quoted = letters(" ".join(span.quote for span in value.spans))
        assert not letters(value.text) - quoted, case.file
        # Where a text is parted between two sentences, both fields quote the line that they share.
        assert value.rule == RULE or letters(value.text) == quoted, case.file
    document.close()
    return len(spans)


@pytest.mark.parametrize("path", sorted(RAW.glob("*.pdf")), ids=lambda path: path.stem)
def test_quotes_of_the_samples_stand_where_their_spans_say(path: Path):
    data = path.read_bytes()
    case = read(data, name=path.name, sha256="", max_pages=50).case
    if not any(notice.code == "scanned" for notice in case.warnings):
        assert assert_provenance(data, case) > 20


WORDS = st.lists(
    st.sampled_from(
        [
            "kommunen",
            "skolan",
            "möter",
            "unga",
            "och",
            "deras",
            "föräldrar",
            "varje",
            "vecka",
            "med",
            "stöd",
            "av",
            "polisen",
            "på",
            "gården",
        ]
    ),
    min_size=3,
    max_size=5,
).map(" ".join)
HEADINGS = st.sampled_from(["Bakgrund", "Så gjorde vi", "Framgångsfaktorer", "Utmaningar", "Resultat", "Kontakt"])
SECTION = st.tuples(HEADINGS, st.lists(WORDS, min_size=1, max_size=6), st.booleans())


def drawn(sections: list[tuple[str, list[str], bool]], *, columns: int) -> bytes:
    """Sections one below the other, in one column or two, some of their lines as lists."""
    out = [text(60, 790, "Stödet i Exempelby", font="F2", size=22)]
    x, y = 60.0, 740.0
    for title, lines, listed in sections:
        if y - 20 * (len(lines) + 2) < 60:
            x, y = x + 260, 740.0
        if x > 60 + 260 * (columns - 1):
            break
        out.append(text(x, y, title, font="F2", size=14))
        for number, line in enumerate(lines):
            y -= 16
            out.append(text(x, y, f"- {line}." if listed else line + ("." if number == len(lines) - 1 else "")))
        y -= 34
    return pages([b"".join(out)])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # a page takes a while to shrink
)
@given(st.lists(SECTION, min_size=1, max_size=9), st.sampled_from([1, 2]))
def test_whatever_is_drawn_its_quotes_stand_where_their_spans_say(sections, columns):
    data = drawn(sections, columns=columns)
    assert_provenance(data, read(data, name="x.pdf", sha256="", max_pages=5).case)
