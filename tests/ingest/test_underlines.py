import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.underlines import without_underlines

DPI = 300.0
RULE = slice(60, 65), slice(50, 450)


def sheet() -> NDArray[np.uint8]:
    return np.full((200, 600), 255, dtype=np.uint8)


def letters(pixels: NDArray[np.uint8], *, bottom: int, start: int = 50, stop: int = 450) -> None:
    """Draw strokes that stand on a line."""
    for x in range(start, stop, 20):
        pixels[bottom - 24 : bottom, x : x + 5] = 0


def test_a_rule_under_letters_is_taken_out_and_what_crosses_it_stays():
    pixels = sheet()
    letters(pixels, bottom=57)
    written = pixels.copy()
    written[40:75, 201:206] = 0  # a descender
    drawn = written.copy()
    drawn[RULE] = 0
    assert (without_underlines(drawn, DPI) == written).all()
    assert (drawn[RULE] == 0).all()  # nothing is changed in place


def test_letters_that_stand_on_the_rule_keep_their_feet():
    pixels = sheet()
    letters(pixels, bottom=60)
    pixels[RULE] = 0
    clean = without_underlines(pixels, DPI)
    assert (clean[59, 50:55] == 0).all()
    assert (clean[62:66, 50:450] == 255).all()


@pytest.mark.parametrize("case", ["of a table", "under a few words", "short", "thick", "blank", "picture"])
def test_other_rules_stay(case):
    pixels = sheet()
    match case:
        case "of a table":  # with room between the letters and it
            letters(pixels, bottom=40)
            pixels[RULE] = 0
        case "under a few words":
            letters(pixels, bottom=57, stop=150)
            pixels[RULE] = 0
        case "short":  # a dash, the foot of a letter
            letters(pixels, bottom=57, stop=120)
            pixels[60:65, 50:120] = 0
        case "thick":
            letters(pixels, bottom=57)
            pixels[60:90, 50:450] = 0
        case "picture":
            pixels[:, :] = np.random.default_rng(1).integers(0, 2, (200, 600), dtype=np.uint8) * 255
    assert without_underlines(pixels, DPI) is pixels


def test_a_page_as_large_as_can_be_with_many_rules_is_left_alone():
    pixels = np.full((5_000, 600), 255, dtype=np.uint8)
    pixels[::1, :500] = 0
    assert without_underlines(pixels, DPI) is pixels
