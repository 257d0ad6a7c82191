from dataclasses import replace

import pytest

from ingest.layout.forms import form_rows
from ingest.layout.order import regions
from ingest.pages import Line

SIZE, PITCH = 10.0, 14.0


def line(x: float, y: float, text: str, *, size: float = SIZE, bold: bool = False) -> Line:
    return Line(text, (x, y, x + 0.5 * size * len(text), y + size), size=size, bold=bold)


def column(x: float, y: float, name: str, count: int) -> list[Line]:
    return [line(x, y + PITCH * n, f"{name} {n} " + "ord " * 8) for n in range(count)]


def order(lines: list[Line]) -> list[str]:
    return [" ".join(item.text.split()[:2]) for region in regions(lines) for item in region]


LEFT, RIGHT = 60, 320


def test_a_short_heading_over_the_left_column_heads_both():
    upper = [*column(LEFT, 100, "A", 3), *column(RIGHT, 100, "B", 3)]
    lower = [*column(LEFT, 180, "C", 3), *column(RIGHT, 180, "D", 3)]
    heading = line(LEFT, 155, "Utmaningar", size=16, bold=True)
    assert order([*upper, heading, *lower]) == [
        *(f"{name} {n}" for name in "AB" for n in range(3)),
        "Utmaningar",
        *(f"{name} {n}" for name in "CD" for n in range(3)),
    ]


def test_a_heading_inside_a_column_leaves_the_columns_whole():
    left = [*column(LEFT, 100, "A", 3), line(LEFT, 155, "Utmaningar", size=16, bold=True), *column(LEFT, 180, "C", 3)]
    right = column(RIGHT, 100, "B", 9)
    names = order([*left, *right])
    assert names == ["A 0", "A 1", "A 2", "Utmaningar", "C 0", "C 1", "C 2", *(f"B {n}" for n in range(9))]


def test_a_heading_below_two_columns_goes_with_the_full_width_text_under_it():
    columns = [*column(LEFT, 100, "A", 6), *column(RIGHT, 100, "B", 5)]
    heading = line(LEFT, 195, "Resultat", size=14, bold=True)
    wide = [line(LEFT, 215 + PITCH * n, f"W {n} " + "ord " * 22) for n in range(2)]
    names = order([*columns, heading, *wide])
    assert names[-3:] == ["Resultat", "W 0", "W 1"]
    assert names[:-3] == [*(f"A {n}" for n in range(6)), *(f"B {n}" for n in range(5))]


def form(*, middle: bool) -> list[Line]:
    lines, y = [], 100.0
    for label, count in (("Bakgrund", 5), ("Så gjorde vi", 3), ("Utmaningar", 4)):
        lines += column(180, y, label[0], count)
        lines.append(line(60, y + (PITCH * (count - 1) / 2 if middle else 0), label))
        y += PITCH * count + 16
    return lines


def test_labels_come_before_their_texts_wherever_in_the_row_they_stand():
    for middle in (False, True):
        names = order(form(middle=middle))
        assert [name for name in names if name[-1] not in "0123456789"] == ["Bakgrund", "Så gjorde", "Utmaningar"]
        assert names.index("Så gjorde") == 6
        assert names.index("Utmaningar") == 10


def test_what_goes_on_from_the_page_before_comes_before_the_first_label():
    lines = [*column(180, 30, "X", 4), *form(middle=False)]
    assert order(lines)[:5] == ["X 0", "X 1", "X 2", "X 3", "Bakgrund"]


def test_two_columns_of_text_are_no_form():
    assert form_rows([*column(LEFT, 100, "A", 6), *column(RIGHT, 100, "B", 6)]) is None


def test_a_list_of_facts_is_no_form():
    facts = [line(60, 100 + 20 * n, key) for n, key in enumerate(("Målgrupp", "Startår", "Kommun"))]
    assert form_rows([*facts, *(line(180, 100 + 20 * n, "Värde") for n in range(3))]) is None


def test_what_stands_above_a_column_may_reach_over_the_gutter():
    wide = Line("Underrubrik över spalterna", (LEFT, 80, RIGHT - 1, 90), size=SIZE)
    bullets = [line(RIGHT + 10, 100 + PITCH * n, f"P {n} " + "ord " * 6) for n in range(3, 9)]
    names = order([wide, *column(LEFT, 100, "A", 9), *column(RIGHT, 100, "B", 3), *bullets])
    assert names == [
        "Underrubrik över",
        *(f"A {n}" for n in range(9)),
        *(f"B {n}" for n in range(3)),
        *(f"P {n}" for n in range(3, 9)),
    ]


def test_a_caption_over_the_left_column_heads_nothing():
    left = [*column(LEFT, 100, "A", 3), line(LEFT, 146, "Foto av huset", size=7), *column(LEFT, 160, "C", 3)]
    right = [*column(RIGHT, 100, "B", 3), *column(RIGHT, 160, "D", 3)]
    names = order([*left, *right])
    assert names.index("C 2") < names.index("B 0")


def test_the_last_line_of_a_heading_with_text_beside_its_first_heads_one_column():
    heading = [line(LEFT, 140 + 20 * n, f"Rubrik {n}", size=16, bold=True) for n in range(2)]
    left = [*column(LEFT, 90, "A", 3), *heading, *column(LEFT, 195, "C", 3)]
    right = [*column(RIGHT, 90, "B", 5), *column(RIGHT, 195, "D", 3)]
    names = order([*left, *right])
    assert names.index("C 2") < names.index("B 0")


def test_a_note_of_some_lines_beside_a_column_is_no_table_of_labels():
    note = [line(LEFT, 100 + PITCH * n, f"Namn {n}", bold=True) for n in range(4)]
    text = column(180, 100, "T", 14)
    assert order([*note, *text]) == [*(f"Namn {n}" for n in range(4)), *(f"T {n}" for n in range(14))]


def test_a_heading_beside_the_text_of_another_column_of_its_own_side_heads_one_column():
    first, second, third = 60, 240, 420
    texts = {"A": "ord " * 4, "B": "ord " * 4, "C": "ord " * 4, "D": "ord " * 7, "E": "ord " * 7}
    starts = {
        "A": (first, 100, 10),
        "B": (second, 100, 4),
        "C": (second, 190, 4),
        "D": (third, 100, 4),
        "E": (third, 184, 8),
    }
    columns = [line(second, 160, "Utmaningar", size=16, bold=True)]
    for name, (x, y, count) in starts.items():
        columns += [line(x, y + PITCH * n, f"{name} {n} och {texts[name]}") for n in range(count)]
    found = order(columns)
    assert found.index("A 9") < found.index("B 0") < found.index("Utmaningar") < found.index("C 3") < found.index("D 0")


def test_body_text_above_a_smaller_imprint_stays_in_its_column():
    columns = [*column(LEFT, 100, "A", 8), *column(RIGHT, 100, "B", 5)]
    imprint = line(LEFT, 212, "Redaktion och tryck " * 6, size=7)
    assert order([*columns, imprint]) == [*(f"A {n}" for n in range(8)), *(f"B {n}" for n in range(5)), "Redaktion och"]


def test_two_headings_near_each_other_head_a_column_each():
    left = [*column(LEFT, 100, "A", 2), line(LEFT, 142, "Framgång", size=11, bold=True), *column(LEFT, 160, "C", 6)]
    right = [*column(RIGHT, 100, "B", 3), line(RIGHT, 159, "Resultat", size=11, bold=True), *column(RIGHT, 176, "D", 6)]
    found = order([*left, *right])
    assert found.index("C 5") < found.index("B 0") < found.index("Resultat")


def test_headings_on_bars_at_nearly_one_height_head_a_column_each():
    left = [*column(50, 100, "vänster", 6), line(58, 190, "Resultat", size=14, bold=True), *column(50, 215, "nedre", 6)]
    right = [*column(310, 100, "höger", 6), line(318, 193, "Läs mer", size=14, bold=True), *column(310, 218, "sist", 6)]
    found = order([*left, *right])
    assert found.index("Resultat") < found.index("höger 0")


@pytest.mark.parametrize(
    ("first", "large"),
    [
        (["De kör hem", "dem som", "ingen", "hämtar"], True),
        (["64", "19 %", "3 av 4", "2021"], False),
    ],
)
def test_a_large_title_has_a_column_of_its_own_and_large_figures_stand_by_what_they_count(first, large):
    left = [Line(text, (40, 78 + 29 * n, 40 + 10 * len(text), 103 + 29 * n), size=25.0) for n, text in enumerate(first)]
    right = [Line(f"rad {n} av texten", (216, 88 + 29 * n, 370, 98 + 29 * n), size=10.0) for n in range(4)]
    found = [item.text for region in regions([*left, *right]) for item in region]
    assert (found[: len(first)] == first) is large


@pytest.mark.parametrize(
    ("names", "kept"),
    [(("Bakgrund", "Kostnad", "Utmaningar"), None), (("Utbildning", "Lokaler", "Resultat"), "TD")],
    ids=["sections", "measures"],
)
def test_cells_are_labels_where_several_of_them_name_sections(names, kept):
    labels = [replace(line(60, 100 + 60 * n, name), tag="TD") for n, name in enumerate(names)]
    cells = [x for n in range(3) for x in column(180, 100 + 60 * n, f"{n}", 3)]
    found = form_rows(sorted([*labels, *cells], key=lambda item: item.y0))
    assert found is not None
    assert [(label.text, label.tag) for (label,), _ in found[1]] == [(name, kept) for name in names]
