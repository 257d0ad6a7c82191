import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.hocr import Row
from ingest.second_look import with_address, with_addresses, with_capital

BASE, SMALL = 100, 24


def row(text: str, *, slope: float = 0.0, small: float = SMALL) -> Row:
    return Row(text, (50.0, 60.0, 450.0, 108.0), 41.0, BASE + slope * 200, slope, 90.0, small)


def picture(first: int) -> NDArray[np.uint8]:
    """A line whose first letter is ``first`` pixels tall, the second as tall as a capital."""
    pixels = np.full((160, 500), 255, dtype=np.uint8)
    pixels[BASE - first : BASE, 52:70] = 0
    pixels[BASE - 33 : BASE, 76:94] = 0
    return pixels


@pytest.mark.parametrize(
    ("text", "height", "expected"),
    [
        ("värdarna kommer", 33, "Värdarna kommer"),
        ("värdarna kommer", 24, "värdarna kommer"),
        ("bordet är runt", 33, "bordet är runt"),
        ("Värdarna kommer", 33, "Värdarna kommer"),
        ("värdarna kommer", 48, "värdarna kommer"),
    ],
    ids=["capital", "small", "another shape", "read right", "grown together with what is above"],
)
def test_the_first_letter_is_a_capital_if_it_is_as_tall(text, height, expected):
    assert with_capital(row(text), picture(height)).text == expected


def test_a_line_without_ink_is_left_as_it_was_read():
    assert with_capital(row("värdarna kommer"), np.full((160, 500), 255, dtype=np.uint8)).text == "värdarna kommer"


def test_nothing_is_said_of_a_line_whose_small_letters_are_not_known():
    assert with_capital(row("värdarna kommer", small=0.0), picture(33)).text == "värdarna kommer"


def test_a_line_that_sinks_is_measured_where_it_begins():
    assert with_capital(row("värdarna kommer", slope=0.02), picture(24)).text == "värdarna kommer"
    assert with_capital(row("värdarna kommer", slope=0.02), picture(33)).text == "Värdarna kommer"


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("E-post: stodQby.example.", "E-post: stod@by.example.", "E-post: stod@by.example."),
        ("Spørsmål mentor(Ønord-by.no, tlf", "Sporsmal mentor@nord-by.no, tIf", "Spørsmål mentor@nord-by.no, tlf"),
        ("skriv till stod Qby.se i dag", "skriv till stod @by.se | dag", "skriv till stod@by.se i dag"),
        ("läs mer på kommunen.se i dag", "las mer pa kommunen.se | dag", "läs mer på kommunen.se i dag"),
        ("läs mer på kommunen.se i dag", "", "läs mer på kommunen.se i dag"),
        ("skriv till stödQby.se", "skriv till st6d@by.se", "skriv till stödQby.se"),
    ],
    ids=["letter", "bracket and letter", "spaces", "no address", "not read", "read otherwise"],
)
def test_an_address_is_read_again(text, seen, expected):
    assert with_address(row(text), picture(24), lambda crop: seen).text == expected


@pytest.mark.parametrize("text", ["Frågor: stod@by.se", "Det tog tid, t.ex. en vecka.", "Klockan 9.30 börjar mötet."])
def test_what_has_no_domain_or_its_sign_already_is_not_read_again(text):
    def read(crop):
        raise AssertionError

    assert with_address(row(text), picture(24), read).text == text


def test_a_directory_is_not_read_again_line_by_line():
    asked = []

    def read(crop):
        asked.append(crop)
        return "stod@by.se"

    rows = with_addresses([row("Ett hus"), *(row("stodQby.se") for _ in range(60))], picture(24), read)
    assert len(rows) == 61
    assert 0 < len(asked) < 20
    assert [rows[0].text, rows[1].text, rows[-1].text] == ["Ett hus", "stod@by.se", "stodQby.se"]
