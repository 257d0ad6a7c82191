import pytest

from ingest.layout.areas import stand_ins
from ingest.layout.model import BodyStyle
from ingest.layout.order import regions
from ingest.pages import Line

LEFT, MIDDLE, RIGHT, WIDTH, PITCH = 40.0, 220.0, 400.0, 160.0, 14.0
QUOTE = ["”Ingen hade frågat oss förut, nu frågar de", "varje vecka.”"]


def line(x: float, y: float, text: str, *, size: float = 10.0, width: float | None = None) -> Line:
    return Line(text, (x, y, x + (width or 0.5 * size * len(text)), y + size), size=size, bold=size > 10)


def column(x: float, y: float, name: str, *, end: str = "och", start: str = "") -> list[Line]:
    """Six lines; the first begins and the last ends as told."""
    texts = [f"{start if n == 0 else ''}{name} {n} ord ord ord ord ord {end if n == 5 else 'och'}" for n in range(6)]
    return [line(x, y + PITCH * n, text, width=WIDTH) for n, text in enumerate(texts)]


def picture(y: float) -> list[Line]:
    return stand_ins((LEFT, y, MIDDLE + WIDTH, y + 40), BodyStyle(10.0, False, False, 0, ""))


def quote(y: float) -> list[Line]:
    return [line(LEFT, y + 20 * n, text, size=16.0, width=[330.0, 110.0][n]) for n, text in enumerate(QUOTE)]


def heading(y: float) -> list[Line]:
    return [line(LEFT, y, "Det som hände när vi började om", size=16.0, width=330.0)]


def order(lines: list[Line]) -> list[str]:
    """The names of the columns in the order in which they are read."""
    found = [item.text.split()[0].strip("A") for region in regions(lines) for item in region]
    return list(dict.fromkeys(name for name in found if len(name) == 1))


def page(between: list[Line], *, ends: str = "och") -> list[Line]:
    above = [*column(LEFT, 100, "a", end=ends), *column(MIDDLE, 100, "b", end=ends)]
    return [*above, *between, *column(LEFT, 260, "c", end=ends), *column(MIDDLE, 260, "d", end=ends)]


@pytest.mark.parametrize(
    ("between", "ends", "expected"),
    [
        (quote(200), "och", "acbd"),
        (picture(200), "och", "acbd"),
        (heading(200), "och", "abcd"),
        (quote(200), "slut.", "abcd"),
    ],
    ids=["a quote", "a picture", "a heading", "a quote between whole sentences"],
)
def test_columns_go_on_below_what_interrupts_them(between, ends, expected):
    lines = page(between, ends=ends)
    assert order(lines) == list(expected)


def test_where_sentences_go_on_across_a_picture_parts_bands():
    lines = [*column(LEFT, 100, "a"), *column(MIDDLE, 100, "b", end="slut."), *picture(200)]
    lines += [*column(LEFT, 260, "c", start="A"), *column(MIDDLE, 260, "d")]
    assert order(lines) == ["a", "b", "c", "d"]


def test_the_gutter_that_nothing_crosses_is_cut_first():
    lines = [*page(quote(200)), *[x for n in range(3) for x in column(RIGHT, 100 + 84 * n, "xyz"[n])]]
    assert order(lines) == ["a", "c", "b", "d", "x", "y", "z"]
