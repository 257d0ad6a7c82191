"""Invented magazine pages with asides that nothing is drawn around."""

import pytest

from ingest.layout import lay_out
from ingest.pages import Document, Line, Page

SANS, SERIF = "Lato", "Lora"
LEFT, ASIDE = 60.0, 420.0


def line(x: float, y: float, text: str, *, size: float = 10.0, bold: bool = False, font: str = SERIF) -> Line:
    return Line(text, (x, y, x + 0.45 * size * len(text), y + size), size=size, bold=bold, font=font)


def section(y: float, title: str) -> list[Line]:
    text = [line(LEFT, y + 20 + 14 * n, f"{title} {n} " + "ord " * 15 + "slut.") for n in range(6)]
    return [line(LEFT, y, title, size=13.0, bold=True, font=SANS), *text]


def boxed(*aside: Line) -> bool:
    lines = [*section(60, "Bakgrund"), *section(200, "Metod"), *section(340, "Resultat"), *aside]
    blocks = lay_out(Document(pages=(Page(1, 595, 842, tuple(lines)),), page_count=1, info={})).blocks
    return any(block.boxed for block in blocks)


def aside(
    title: str = "Tre röster", *, end: str = "hemma.", size: float = 8.0, font: str = SANS, words: int = 4
) -> list:
    text = [line(ASIDE, 220 + 10 * n, "ord " * words + end, size=size, font=font) for n in range(4)]
    return [line(ASIDE, 206, title, size=10.0, bold=True, font=SANS), *text]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (aside(), True),
        (aside("Utmaningar"), False),
        (aside(size=10.0), False),
        (aside(font=SERIF), False),
        (aside(end="12"), False),
        ([*aside(), *[line(ASIDE, 262, "Mera", bold=True, font=SANS)]], False),
    ],
    ids=["an aside", "a field's heading", "as large", "the same family", "a table", "one of several"],
)
def test_an_aside_is_smaller_of_another_family_and_has_a_heading_of_its_own(lines, expected):
    assert boxed(*lines) is expected


def test_a_long_text_set_small_is_a_section():
    assert not boxed(*[x for n in range(9) for x in aside(words=4)[n > 0 :]])
