import pytest

from ingest.pages import Line
from ingest.pdf.justified import with_words_joined

LEFT, RIGHT = 80.0, 516.0


def line(x0: float, x1: float, text: str, y: float, *, bold: bool = True) -> Line:
    return Line(text, (x0, y, x1, y + 10), size=10, bold=bold)


def full(y: float) -> Line:
    return line(LEFT, RIGHT, "En rad som fyller hela satsytan med sina ord", y, bold=False)


def spread(text: str, y: float, *, gap: float) -> list[Line]:
    """A row of words of 40 points each."""
    words = text.split()
    return [line(LEFT + n * (40 + gap), LEFT + n * (40 + gap) + 40, word, y) for n, word in enumerate(words)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([line(LEFT, 120, "Metoden", 100), line(476, RIGHT, "prövas", 100)], ["Metoden prövas"]),
        ([line(LEFT, 120, "2.1 Varför", 100), line(476, RIGHT, "lördag", 100)], ["2.1 Varför lördag"]),
        (spread("Vad som låg bakom", 100, gap=92), ["Vad som låg bakom"]),
        (spread("Vad som låg bakom", 100, gap=60), ["Vad", "som", "låg", "bakom"]),  # ends before the text does
        (spread("socialtjänsten, skolan, barn- och", 100, gap=92), ["socialtjänsten, skolan, barn- och"]),
        ([line(LEFT, 120, "Totalt", 100), line(476, RIGHT, "145", 100)], ["Totalt", "145"]),
        ([line(LEFT, 200, "Lugna gatan", 100), line(400, RIGHT, "Årsbok 2024", 100)], ["Lugna gatan", "Årsbok 2024"]),
        (
            [line(LEFT, 120, "Mål", 100), line(200, 240, "Grupp", 100), line(476, RIGHT, "Utfall", 100)],
            ["Mål", "Grupp", "Utfall"],
        ),
        (
            [line(LEFT, 120, "Före", 100), line(476, RIGHT, "Efter", 100), line(200, 380, "mitt emellan dem", 100)],
            ["Före", "Efter", "mitt emellan dem"],
        ),
    ],
    ids=[
        "two words",
        "numbered",
        "four words",
        "short of the edge",
        "in a paragraph",
        "figures",
        "cells",
        "uneven",
        "not alone",
    ],
)
def test_the_words_of_a_stretched_line_are_joined(row, expected):
    assert [found.text for found in with_words_joined([*row, full(130)])] == [*expected, full(130).text]


def test_without_a_full_line_nothing_tells_how_wide_the_text_is():
    row = spread("Vad som låg bakom", 100, gap=92)
    assert with_words_joined(row) == row


def test_what_is_joined_has_the_place_and_the_marks_of_its_words():
    first, last = line(LEFT, 120, "Resultat", 100), line(476, RIGHT, "hittills", 100)
    marked = Line(last.text, last.bbox, last.size, bold=True, superscript=("3",))
    joined, _ = with_words_joined([first, marked, full(130)])
    assert (joined.bbox, joined.superscript, joined.bold) == ((LEFT, 100, RIGHT, 110), ("3",), True)
