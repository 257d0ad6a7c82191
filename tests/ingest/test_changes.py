import pytest

from ingest.layout.order import regions
from ingest.pages import Line

SIZE, PITCH = 10.0, 14.0


def column(name: str, x: float, width: float, y: float, count: int) -> list[Line]:
    tops = [y + PITCH * n for n in range(count)]
    return [Line(f"{name}{n} " + "ord " * 9, (x, top, x + width, top + SIZE), size=SIZE) for n, top in enumerate(tops)]


def order(lines: list[Line]) -> list[str]:
    return [line.text.split()[0] for region in regions(lines) for line in region]


def names(**counts: int) -> list[str]:
    return [f"{name}{n}" for name, count in counts.items() for n in range(count)]


WIDE, NARROW = column("W", 40, 340, 100, 12), column("N", 420, 135, 100, 10)
"""Text with a narrow column beside it; its gutter is at 420."""


@pytest.mark.parametrize(
    ("left_top", "right_top"), [(280, 280), (291, 280), (280, 291)], ids=["level", "left lower", "right lower"]
)
def test_two_columns_below_text_with_a_narrow_one_beside_it(left_top, right_top):
    below = [*column("L", 40, 240, left_top, 5), *column("R", 310, 240, right_top, 5)]
    assert order([*WIDE, *NARROW, *below]) == names(W=12, N=10, L=5, R=5)


def test_two_columns_above_text_with_a_narrow_one_beside_it():
    above = [*column("L", 40, 240, 30, 4), *column("R", 310, 240, 30, 4)]
    assert order([*above, *WIDE, *NARROW]) == names(L=4, R=4, W=12, N=10)


def test_a_full_width_line_with_nothing_beside_it_parts_columns_as_ever():
    left, right = column("L", 40, 240, 100, 6), column("R", 310, 240, 100, 6)
    full = column("F", 40, 510, 200, 2)
    assert order([*left, *right, *full]) == names(L=6, R=6, F=2)
