"""Invented magazine pages: what is set apart from the running text by how it looks."""

from dataclasses import replace

import pytest

from ingest.layout import lay_out
from ingest.pages import Document, Line, Page

PITCH, LEFT, WIDTH = 14.0, 60.0, 220.0


def line(y: float, text: str, *, size: float = 10.0, x: float = LEFT, bold: bool = False, width: float = 0.0) -> Line:
    return Line(text, (x, y, x + (width or 0.45 * size * len(text)), y + size), size=size, bold=bold)


def paragraph(y: float, name: str, count: int = 5, *, size: float = 10.0, end: str = "slut.") -> list[Line]:
    texts = [f"{name} {n} " + "ord " * 9 + (end if n == count - 1 else "och") for n in range(count)]
    return [line(y + 1.4 * size * n, text, size=size, width=WIDTH) for n, text in enumerate(texts)]


def kinds(*lines: Line, areas: tuple = ()) -> dict[str, str]:
    page = Page(1, 595, 842, lines, areas=areas)
    blocks = lay_out(Document(pages=(page,), page_count=1, info={})).blocks
    return {" ".join(block.text.split()[:2]): block.kind for block in blocks}


def article(*inserted: Line) -> list[Line]:
    """Three headings, each with a paragraph; what is inserted stands in the gap after the second."""
    lines: list[Line] = [line(40, "Stor rubrik över sidan", size=30)]
    for name, y in (("A", 100), ("B", 220), ("C", 440)):
        lines += [line(y, f"Rubrik {name}", size=14, bold=True), *paragraph(y + 22, name)]
    return [*lines, *inserted]


def test_small_print_between_paragraphs_is_a_caption_and_does_not_part_them():
    upper = paragraph(100, "A", end="som")
    lower = [replace(p, text=p.text.replace("B 0", "fortsätter här")) for p in paragraph(210, "B")]
    found = kinds(*upper, line(190, "Gården om hösten", size=7.5), *lower)
    assert found == {"A 0": "text", "Gården om": "caption"}


@pytest.mark.parametrize(
    "lines",
    [
        [line(330 + 10 * n, "Liten text i flera stycken " * 3 + "slut.", size=7.5) for n in (0, 3, 6)],
        [line(330, "Kontakt: anna@exempel.example", size=7.5)],
        [line(330, "• punkten är liten", size=7.5)],
        [line(330, "Rubrik i litet format", size=7.5, bold=True)],
    ],
    ids=["a section set small", "a key", "a list", "bold"],
)
def test_no_caption(lines):
    assert "caption" not in kinds(*article(*lines)).values()


def test_what_is_larger_than_all_headings_and_looks_like_none_is_a_pull_quote():
    lines = article(line(540, "Rubrik D", size=14, bold=True), *paragraph(562, "D"))
    quote = [line(330, "Det var som att någon", size=19), line(355, "släckte ljuset", size=19)]
    found = kinds(*lines, *quote)
    assert found["Det var"] == "pull_quote"
    assert found["Stor rubrik"] == found["Rubrik C"] == "text"


@pytest.mark.parametrize(
    "text",
    ["Framgångsfaktorer och goda råd", "Del två"],
    ids=["known to the lexicon", "too short"],
)
def test_a_larger_heading_is_no_pull_quote(text):
    lines = article(line(540, "Rubrik D", size=14, bold=True), *paragraph(562, "D"), line(330, text, size=19))
    assert "pull_quote" not in kinds(*lines).values()


def test_body_text_larger_than_bold_headings_is_no_pull_quote():
    lines: list[Line] = []
    for n, name in enumerate("ABCD"):
        lines += [line(60 + 150 * n, f"Rubrik {name}", size=9, bold=True), *paragraph(80 + 150 * n, name, size=11)]
    assert set(kinds(*lines).values()) == {"text"}


def test_what_is_said_is_a_paragraph_whose_first_line_is_set_in():
    said = [line(100, "– Vi hade ett kunskapscenter en dag om året och", x=LEFT + 11, width=WIDTH - 11)]
    said += [line(114, "en polis på fyra kommuner, säger samordnaren.", width=WIDTH - 20)]
    then = [line(128, "Skolans kurator minns en eftermiddag då hon fick", x=LEFT + 11, width=WIDTH - 11)]
    then += [line(142, "ringa sju olika nummer innan någon svarade henne.", width=WIDTH)]
    assert list(kinds(*said, *then)) == ["– Vi", "Skolans kurator"]


def test_centred_lines_are_one_text():
    lines = [line(100, "En lång rad som står mitt i", size=18, x=60), line(124, "spalten här", size=18, x=60 + 64.8)]
    assert list(kinds(*lines, *paragraph(200, "A"))) == ["En lång", "A 0"]


def test_a_number_in_bold_text_is_a_headings_and_in_plain_text_an_items():
    lines = [line(100, "1. Så började det", bold=True), *paragraph(120, "A"), line(210, "2. en sak till i en lista")]
    assert kinds(*lines) == {"1. Så": "text", "A 0": "text", "2. en": "item"}


def test_a_line_alone_in_another_family_of_type_is_a_text_of_its_own():
    lines = [replace(p, font="Palatino") for p in paragraph(120, "A")]
    alone = replace(line(106, "Bordet", x=150, size=10.6), font="AvantGarde-Book")
    assert list(kinds(alone, *lines)) == ["Bordet", "A 0"]


def test_what_recurs_beside_the_text_is_no_part_of_it():
    label = line(300, "SAMLING 2031", size=8, x=5, width=40)
    made = tuple(Page(n, 595, 842, (label, *paragraph(200, name, 12))) for n, name in ((1, "A"), (2, "B")))
    blocks = lay_out(Document(pages=made, page_count=2, info={})).blocks
    assert [block.kind for block in blocks if block.text == "SAMLING 2031"] == ["running"] * 2
    lone = lay_out(Document(pages=made[:1], page_count=1, info={})).blocks
    assert [block.kind for block in lone if block.text == "SAMLING 2031"] == ["caption"]


@pytest.mark.parametrize(("words", "kind"), [(8, "pull_quote"), (60, "text")], ids=["display", "long"])
def test_a_large_quotation_that_is_long_is_a_part_of_the_text(words, kind):
    text = "”" + "Ingen hade frågat oss förut " + "ord " * words + "slut.”"
    pieces = [text[i : i + 60] for i in range(0, len(text), 60)]
    quoted = [line(200 + 20 * n, piece, size=15.0, width=300.0) for n, piece in enumerate(pieces)]
    found = kinds(*paragraph(60, "A"), *quoted, *paragraph(500, "B"))
    assert next(kind for text, kind in found.items() if text.startswith("”Ingen")) == kind


def test_both_halves_of_a_large_quotation_are_none_of_the_headings_looks():
    lines = [line(60, "Rubrik A", size=17, bold=True), *paragraph(90, "A"), *paragraph(300, "B")]
    quoted = [line(200, "”Ingen hade frågat oss förut, nu frågar de", size=15, bold=True, width=300.0)]
    quoted += [line(240, "Varje vecka.”", size=15, bold=True, width=90.0)]
    found = kinds(*lines, *quoted)
    assert [kind for text, kind in found.items() if text.startswith(("”Ingen", "Varje"))] == ["pull_quote"] * 2
