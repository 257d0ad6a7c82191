from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.fields import assign, portions_of
from ingest.layout import BODY_KINDS, lay_out
from ingest.layout.areas import boxes_of, pictures_of, stand_ins
from ingest.layout.model import BodyStyle
from ingest.pages import Document, Line, Page
from ingest.sections import parts_of
from ingest.understood import with_sections_understood
from kb.types import BBox

PITCH = 14.0
LEFT, RIGHT = 60.0, 320.0
WIDTH = 220.0


def line(x: float, y: float, text: str, *, size: float = 10.0, bold: bool = False, width: float | None = None) -> Line:
    return Line(text, (x, y, x + (width or 0.5 * size * len(text)), y + size), size=size, bold=bold)


def heading(x: float, y: float, text: str) -> Line:
    return line(x, y, text, size=14.0, bold=True)


def column(x: float, y: float, name: str, count: int, *, size: float = 10.0) -> list[Line]:
    texts = [f"{name} {n} " + "ord " * 9 + ("slut." if n == count - 1 else "och") for n in range(count)]
    return [line(x, y + PITCH * n, text, size=size, width=WIDTH) for n, text in enumerate(texts)]


def document(lines: list[Line], *areas: BBox) -> Document:
    return Document(pages=(Page(1, 595, 842, tuple(lines), areas=areas),), page_count=1, info={})


def beginnings(found: Document) -> list[tuple[str, str]]:
    return [(block.kind, " ".join(block.text.split()[:2])) for block in lay_out(found).blocks]


def sections(found: Document) -> list[tuple[str | None, list[str], bool]]:
    return [
        (p.heading.text if p.heading else None, [" ".join(b.text.split()[:2]) for b in p.blocks], p.boxed)
        for p in parts_of(lay_out(found), language="sv")
    ]


def with_box_in_left_column(*box: Line) -> Document:
    left = [heading(LEFT, 100, "Bakgrund"), *column(LEFT, 120, "A", 6), *box, *column(LEFT, 320, "B", 6)]
    right = [*column(RIGHT, 100, "C", 8), heading(RIGHT, 240, "Resultat"), *column(RIGHT, 260, "D", 10)]
    return document([*left, *right], (LEFT - 6, 212, LEFT + WIDTH + 6, 310))


def test_a_box_in_a_column_neither_breaks_it_nor_ends_its_section():
    box = [heading(LEFT, 220, "Vanliga frågor"), *column(LEFT, 240, "Q", 4, size=9.0)]
    assert sections(with_box_in_left_column(*box)) == [
        ("Bakgrund", ["A 0", "B 0", "C 0"], False),
        ("Vanliga frågor", ["Q 0"], True),
        ("Resultat", ["D 0"], False),
    ]


def test_a_box_without_a_heading_in_the_midst_of_a_section_is_none_of_it():
    found = sections(with_box_in_left_column(*column(LEFT, 220, "Q", 6)))
    assert found[1:2] == [(None, ["Q 0"], True)]


def test_a_box_right_below_a_heading_is_its_section():
    lines = [heading(LEFT, 100, "Resultat"), *column(LEFT, 130, "A", 4)]
    lines += [heading(LEFT, 220, "Utmaningar"), *column(LEFT, 250, "B", 8)]
    assert sections(document(lines, (50, 125, 400, 190)))[0] == ("Resultat", ["A 0"], False)


def test_a_box_with_keys_is_a_fact_box_whatever_else_is_in_it():
    box = [line(LEFT, 220 + PITCH * n, text, size=9.0) for n, text in enumerate(("Startår: 2017", "Målgrupp: unga"))]
    box.append(line(LEFT, 262, "Ett påhittat exempel", size=9.0))
    kinds = {text: kind for kind, text in beginnings(with_box_in_left_column(*box))}
    assert [kinds[text] for text in ("Startår: 2017", "Målgrupp: unga", "Ett påhittat")] == ["fact_box"] * 3


def test_a_box_titled_facts_is_a_fact_box():
    box = [heading(LEFT, 220, "Fakta"), *column(LEFT, 240, "Q", 4, size=9.0)]
    kinds = {text: kind for kind, text in beginnings(with_box_in_left_column(*box))}
    assert (kinds["Fakta"], kinds["Q 0"], kinds["B 0"]) == ("fact_box", "fact_box", "text")


def test_a_heading_in_a_box_names_the_box_and_nothing_else():
    lines = [heading(LEFT, 100, "Bakgrund"), *column(LEFT, 120, "A", 4), heading(LEFT, 190, "Framgångsfaktorer")]
    lines += [*column(LEFT, 210, "Q", 3), *column(LEFT, 280, "B", 9)]
    parts = parts_of(lay_out(document(lines, (50, 185, 400, 255))), language="sv")
    assert assign(parts) == [("background",), ("success_factors",)]
    assert [len(part.blocks) for part in parts] == [2, 1]


def test_what_interrupts_a_paragraph_does_not_part_it():
    upper = [line(LEFT, 100 + PITCH * n, "ord " * 10 + "som", width=WIDTH) for n in range(5)]
    lower = column(LEFT, 300, "fortsätter", 8)
    found = document([*upper, *column(LEFT, 190, "Q", 4, size=8.0), *lower], (50, 180, 300, 250))
    texts = [block.text for block in lay_out(found).blocks if not block.boxed]
    assert len(texts) == 1
    assert "som fortsätter 0" in texts[0]


def test_a_heading_beside_a_picture_heads_its_own_column():
    left = [*column(LEFT, 100, "A", 6), heading(LEFT, 200, "Resultat"), *column(LEFT, 220, "B", 8)]
    right = [*column(RIGHT, 100, "C", 6), *column(RIGHT, 220, "D", 8)]
    picture = (RIGHT, 186.0, RIGHT + WIDTH, 215.0 + 4)
    found = [text for _, text in beginnings(document([*left, *right], picture))]
    assert found == ["A 0", "Resultat", "B 0", "C 0", "D 0"]


@pytest.mark.parametrize(
    ("area", "lines"),
    [
        ((50.0, 95.0, 300.0, 125.0), [heading(LEFT, 100, "Bakgrund"), *column(LEFT, 130, "A", 20)]),
        ((20.0, 20.0, 575.0, 822.0), column(LEFT, 100, "A", 20)),
        ((50.0, 95.0, 170.0, 300.0), column(LEFT, 100, "A", 30)),
    ],
    ids=["a heading's tint", "the page's ground", "a drawing behind the text"],
)
def test_no_box(area, lines):
    page = Page(1, 595, 842, (*lines, *column(LEFT, 600, "Z", 2)), areas=(area,))
    assert not boxes_of([(page, page.lines)]).get(1)


def test_what_holds_most_of_the_text_is_no_aside():
    page = Page(1, 595, 842, (*column(LEFT, 100, "A", 30), *column(LEFT, 600, "Z", 2)), areas=((50, 95, 300, 370),))
    assert [box.apart for box in boxes_of([(page, page.lines)])[1]] == [False]


def test_what_holds_the_title_is_no_box():
    page = Page(1, 595, 842, tuple(column(LEFT, 300, "A", 20)))
    title = [line(LEFT, 60, "Stor rubrik", size=30), *column(LEFT, 100, "I", 3, size=12.0)]
    found = document([*title, *page.lines], (40, 50, 555, 160))
    assert not any(block.boxed for block in lay_out(found).blocks)


@settings(max_examples=60, deadline=None)
@example(areas=[(277.0, 0.0, 537.0, 133.0), (280.0, 0.0, 537.0, 136.0)])
@example(areas=[(310.0, 90.0, 560.0, 300.0), (315.0, 110.0, 555.0, 200.0)])
@given(
    areas=st.lists(
        st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(10, 500), st.floats(10, 400)).map(
            lambda a: (a[0], a[1], a[0] + a[2], a[1] + a[3])
        ),
        max_size=6,
    )
)
def test_whatever_is_drawn_every_line_comes_out_once(areas):
    left = [heading(LEFT, 100, "Bakgrund"), *column(LEFT, 120, "A", 20)]
    found = document([*left, *column(RIGHT, 100, "B", 25)], *areas)
    blocks = lay_out(found).blocks
    assert Counter(p.line.text for block in blocks for p in block.lines) == Counter(
        x.text for x in found.pages[0].lines
    )
    assert {block.kind for block in blocks} <= {*BODY_KINDS, "fact_box"}


def test_a_page_of_very_many_pictures_is_read_without_them():
    areas = [(x, y, x + 70.0, y + 40.0) for x in range(0, 500, 80) for y in range(400, 800, 50)]
    page = Page(1, 595, 842, tuple(column(LEFT, 100, "A", 9)), areas=tuple(areas))
    assert pictures_of(page) == []
    assert len(pictures_of(replace(page, areas=page.areas[:5]))) == 5


def test_a_tall_picture_has_few_stand_ins():
    style = BodyStyle(1.0, False, False, 0, "")
    assert len(stand_ins((0, 0, 100, 14_400), style)) <= 60


def test_a_box_whose_heading_says_nothing_is_given_no_field_by_its_text():
    lines = [heading(LEFT, 60, "Bakgrund"), *column(LEFT, 80, "A", 6), heading(LEFT, 180, "Utmaningar")]
    lines += [*column(LEFT, 200, "B", 8), heading(LEFT, 340, "Tre röster från soffan")]
    told = "Det svåra har varit att tiden inte räcker och att ingen har svarat på frågor om pengar för detta."
    lines += [line(LEFT, 360 + PITCH * n, told, width=WIDTH) for n in range(4)]
    parts = parts_of(lay_out(document(lines, (50, 335, 400, 425))), language="sv")
    found = with_sections_understood(portions_of(parts), "sv")
    assert [portion.field for portion in found if portion.part.boxed] == [None]


def test_a_headings_bar_at_the_foot_of_a_picture_heads_the_column_below():
    title = [line(40, 100, "En dag i staden", size=24), line(40, 150, "Om ett arbete", size=18)]
    left, right = column(40, 320, "vänster", 12), column(345, 320, "höger", 12)
    bar = heading(345, 262, "Lärdomar")
    first = Page(1, 595, 842, (line(40, 100, "Rapporten", size=30),))
    second = Page(2, 595, 842, (*title, bar, *left, *right), areas=((0, 0, 595, 290), (340, 255, 595, 290)))
    below = {head: texts for head, texts, _ in sections(Document(pages=(first, second), page_count=2, info={}))}
    assert below["Lärdomar"] == ["höger 0"]


def wrapped(*, gutter_inside: bool = True) -> Document:
    """Two columns of lines with a picture between them that both run round, or that stands in the right one."""
    area = (230.0, 200.0, 365.0, 290.0) if gutter_inside else (RIGHT, 200.0, RIGHT + WIDTH, 290.0)
    lines = []
    for n in range(20):
        beside = 195 < 100 + PITCH * n < 290
        y = 100 + PITCH * n
        if gutter_inside:
            lines.append(line(60, y, f"A {n} ord ord ord ord ord", width=160 if beside else 225))
            lines.append(
                line(372 if beside else 310, y + 3, f"B {n} ord ord ord ord ord", width=160 if beside else 225)
            )
        else:
            lines.append(line(60, y, f"A {n} ord ord ord ord ord", width=225))
            if not beside:
                lines.append(line(RIGHT, y, f"B {n} ord ord ord ord ord", width=WIDTH))
    return document(lines, area)


@pytest.mark.parametrize(("gutter_inside", "parting"), [(True, 0), (False, 1)], ids=["on the gutter", "in a column"])
def test_columns_that_run_round_a_picture_are_not_parted_by_it(gutter_inside, parting):
    found = wrapped(gutter_inside=gutter_inside)
    assert len(pictures_of(found.pages[0])) == parting
    words = [text for block in lay_out(found).blocks for text in (p.line.text[0] for p in block.lines)]
    assert words == sorted(words)


def test_a_tint_behind_the_labels_of_a_form_is_no_box():
    labels = ["Benämning", "Bakgrund", "Metod", "Resultat"]
    tops = [100.0, 120.0, 200.0, 280.0]
    cells = [[line(180, 100, "Lugna gatan", width=300)], *(column(180, top, f"{top}", 5) for top in tops[1:])]
    lines = [
        x for name, top, cell in zip(labels, tops, cells, strict=True) for x in (line(60, top, name, bold=True), *cell)
    ]
    tints = [(55.0, top - 3, 175.0, bottom - 3) for top, bottom in zip(tops, [*tops[1:], 360.0], strict=True)]
    found = document(lines, *tints)
    assert boxes_of([(found.pages[0], found.pages[0].lines)]) == {1: []}
    assert [name for name, _, _ in sections(found)] == labels


def test_a_tint_behind_the_first_row_of_a_table_of_columns_is_no_box():
    starts, names = (40.0, 220.0, 400.0), ("Bakgrund", "Framgångsfaktorer", "Utmaningar")
    lines = [line(x, 100, name, bold=True, width=90) for x, name in zip(starts, names, strict=True)]
    texts = [f"{n} " + "ord " * 8 + "och" for n in range(5)]
    cells = [line(x, 120 + PITCH * n, text, width=160) for x in starts for n, text in enumerate(texts)]
    found = document([*lines, *cells], (36, 96, 570, 114))
    assert sections(found) == [(name, ["0 ord"], False) for name in names]


def test_a_tint_with_a_row_of_words_above_full_lines_is_a_box():
    words = [line(x, 100, word, bold=True, width=40) for x, word in ((60, "Kort"), (200, "Fakta"), (340, "Mål"))]
    found = document([*words, *column(60, 130, "A", 6)], (50, 96, 400, 114))
    assert len(boxes_of([(found.pages[0], found.pages[0].lines)])[1]) == 1
