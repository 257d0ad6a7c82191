from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.fields import assign
from ingest.layout import lay_out
from ingest.pages import Document, Line, Page
from ingest.sections import parts_of
from kb.types import BBox

PITCH = 14.0
LEFT, MIDDLE, WIDTH = 60.0, 310.0, 220.0


def line(x: float, y: float, text: str, *, size: float = 10.0, bold: bool = False, width: float | None = None) -> Line:
    return Line(text, (x, y, x + (width or 0.5 * size * len(text)), y + size), size=size, bold=bold)


def heading(x: float, y: float, text: str) -> Line:
    return line(x, y, text, size=14.0, bold=True)


def told(x: float, y: float, name: str, count: int, *, width: float = WIDTH - 20) -> list[Line]:
    texts = [f"{name} {n} " + "ord " * 8 + ("slut." if n == count - 1 else "och") for n in range(count)]
    return [line(x, y + PITCH * n, text, width=width) for n, text in enumerate(texts)]


def card(x: float, y: float, title: str, count: int = 4) -> tuple[list[Line], BBox]:
    lines = [line(x + 10, y + 8, title, size=11.0, bold=True), *told(x + 10, y + 26, title, count)]
    return lines, (x, y, x + WIDTH, y + 100)


def page(number: int, *parts: list[Line], areas: tuple[BBox, ...] = ()) -> Page:
    return Page(number, 595, 842, tuple(x for lines in parts for x in lines), areas=areas)


def fields(*pages: Page) -> list[tuple[str | None, tuple[str, ...], bool]]:
    found = parts_of(lay_out(Document(pages=pages, page_count=len(pages), info={})), language="sv")
    names = assign(found)
    return [(p.heading.text if p.heading else None, own, p.boxed) for p, own in zip(found, names, strict=True)]


def around(y: float) -> list[Line]:
    """A heading and some text above boxes, so that they are not most of the document."""
    return [heading(LEFT, y, "Bakgrund"), *told(LEFT, y + 20, "Text", 14, width=470)]


def test_cards_side_by_side_are_the_text_of_their_section():
    (one, a), (two, b) = card(LEFT, 380, "Tiden"), card(MIDDLE, 380, "Bordet")
    found = fields(page(1, around(100), [heading(LEFT, 350, "Framgångsfaktorer")], one, two, areas=(a, b)))
    assert found[1:] == [
        ("Framgångsfaktorer", ("success_factors",), False),
        ("Tiden", ("success_factors",), False),
        ("Bordet", ("success_factors",), False),
    ]


def test_cards_go_on_at_the_head_of_the_next_page():
    (one, a), (two, b), (three, c) = card(LEFT, 380, "Först"), card(LEFT, 500, "Sedan"), card(LEFT, 60, "Sist")
    first = page(1, around(100), [heading(LEFT, 350, "Så gjorde vi")], one, two, areas=(a, b))
    second = page(2, three, [heading(LEFT, 200, "Resultat")], told(LEFT, 220, "Mer", 6), areas=(c,))
    assert [(head, own) for head, own, _ in fields(first, second)][1:] == [
        ("Så gjorde vi", ("method",)),
        ("Först", ("method",)),
        ("Sedan", ("method",)),
        ("Sist", ("method",)),
        ("Resultat", ("results",)),
    ]


@pytest.mark.parametrize("titles", [("Kontakt", "Röster"), ("Utmaningar", "Resultat"), ("Fakta", "Röster")], ids=str)
def test_boxes_that_known_headings_name_stand_by_themselves(titles):
    (one, a), (two, b) = card(LEFT, 380, titles[0]), card(MIDDLE, 380, titles[1])
    layout = lay_out(Document(pages=(page(1, around(100), one, two, areas=(a, b)),), page_count=1, info={}))
    assert all(block.boxed for block in layout.blocks if block.first.y0 > 380)


def test_a_few_words_in_boxes_beside_each_other_are_a_picture():
    lines = [line(x + 10, 390 + 20 * n, text) for x in (LEFT, MIDDLE) for n, text in enumerate(("12", "Se", "Tala"))]
    boxes = tuple((x, 380.0, x + WIDTH, 460.0) for x in (LEFT, MIDDLE))
    layout = lay_out(Document(pages=(page(1, around(100), lines, areas=boxes),), page_count=1, info={}))
    assert all(block.boxed for block in layout.blocks if block.first.y0 > 380)


def test_a_short_box_goes_on_from_the_page_before():
    box = [heading(LEFT + 10, 700, "Utmaningar"), *told(LEFT + 10, 720, "A", 4)]
    first = page(1, around(100), [heading(LEFT, 400, "Metod")], told(LEFT, 420, "M", 12, width=470), box)
    second = page(2, told(LEFT + 10, 66, "B", 2), [heading(LEFT, 140, "Resultat")], told(LEFT, 160, "R", 9))
    pages = [
        Page(p.number, p.width, p.height, p.lines, areas=((LEFT, y, LEFT + WIDTH, y + height),))
        for p, y, height in ((first, 690, 100), (second, 60, 40))
    ]
    found = parts_of(lay_out(Document(pages=tuple(pages), page_count=2, info={})), language="sv")
    texts = {p.heading.text: [" ".join(b.text.split()[:2]) for b in p.blocks] for p in found if p.heading}
    assert (texts["Utmaningar"], texts["Metod"]) == (["A 0", "B 0"], ["M 0"])


def test_boxes_side_by_side_part_the_columns_above_from_those_below():
    above = [*told(LEFT, 100, "A", 8), *told(MIDDLE, 100, "B", 8)]
    below = [*told(LEFT, 380, "C", 8), *told(MIDDLE, 380, "D", 8)]
    (one, a), (two, b) = card(LEFT, 240, "Utmaningar"), card(MIDDLE, 240, "Framgångsfaktorer")
    layout = lay_out(Document(pages=(page(1, above, one, two, below, areas=(a, b)),), page_count=1, info={}))
    assert [b.text.split()[0] for b in layout.blocks if not b.boxed] == ["A", "B", "C", "D"]


def test_panels_that_hold_most_of_the_text_give_its_order_and_are_no_asides():
    """Two columns of panels: that the gaps between them meet at one height parts nothing."""
    left = [heading(LEFT + 10, 110, "Bakgrund"), *told(LEFT + 10, 130, "A", 9), heading(LEFT + 10, 290, "Metod")]
    left += told(LEFT + 10, 310, "B", 9)[:-1]
    right = [*told(MIDDLE + 10, 110, "C", 10), heading(MIDDLE + 10, 285, "Resultat"), *told(MIDDLE + 10, 305, "D", 9)]
    tops = ((LEFT, 100, 270), (LEFT, 276, 440), (MIDDLE, 100, 265), (MIDDLE, 270, 440))
    areas = tuple((x, y, x + WIDTH, y1) for x, y, y1 in tops)
    layout = lay_out(Document(pages=(page(1, left, right, areas=areas),), page_count=1, info={}))
    assert not any(block.boxed for block in layout.blocks)
    words = [block.text.split()[0] for block in layout.blocks]
    assert words == ["Bakgrund", "A", "Metod", "B", "Resultat", "D"]  # C goes on with B's last sentence


@pytest.mark.parametrize(
    ("before", "box", "apart"),
    [
        ("Vi frågade dem alla:", ["ord ord ord ord", "ord ord ord", "ord ord slut."], False),
        ("Vi frågade dem alla.", ["ord ord ord ord", "ord ord ord", "ord ord slut."], True),
        ("Vi frågade dem alla.", ["• Tiden ord ord", "• Bordet ord ord", "• Kartan ord"], False),
        ("Vi frågade dem alla.", ["– Vi kom hit ord", "– Vi gick hem ord", "– Vi kom igen"], True),
        ("Vi frågade dem alla.", ["”Först " + "ord " * 20, "sedan " + "ord " * 20 + "slut.”", "– Ylva Ekelund"], False),
        ("Vi frågade dem alla.", ["”Först ord ord", "sedan ord ord slut.”", "– Ylva Ekelund"], True),
    ],
    ids=["announced", "not announced", "a list on a tint", "what is said", "a long quotation", "a short quotation"],
)
def test_what_the_text_announces_lists_on_a_tint_and_long_quotations_belong_to_it(before, box, apart):
    lines = [*around(100), line(LEFT, 320, before)]
    lines += [line(LEFT + 10, 346 + PITCH * n, text, width=WIDTH - 20) for n, text in enumerate(box)]
    found = page(1, lines, told(LEFT, 420, "Efter", 8), areas=((LEFT, 340, LEFT + WIDTH, 392),))
    layout = lay_out(Document(pages=(found,), page_count=1, info={}))
    assert any(block.boxed for block in layout.blocks) is apart


@pytest.mark.parametrize(("number", "colour"), [(3, 0), (2, 0xFF0000)], ids=["a page between", "another colour"])
def test_texts_of_two_boxes_are_not_joined(number, colour):
    one = told(LEFT + 10, 306, "A", 4)[:-1]
    other = [replace(x, colour=colour) for x in told(LEFT + 10, 306, "b", 3)]
    texts = [told(LEFT, 60, "Text", 14, width=470), told(LEFT, 400, "Mer", 14, width=470)]
    area = (LEFT, 300.0, LEFT + WIDTH, 360.0)
    pages = [page(n + 1, *texts) for n in range(3)]
    pages[0], pages[number - 1] = page(1, *texts, one, areas=(area,)), page(number, *texts, other, areas=(area,))
    boxed = [block.page for block in lay_out(Document(pages=tuple(pages), page_count=3, info={})).blocks if block.boxed]
    assert boxed == [1, number]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.sampled_from(["Ord", "Kontakt", "Metod"])), max_size=6)
)
def test_however_cards_stand_every_line_comes_out_once(places):
    cards = {(x, y): card(60.0 + 160 * x, 60.0 + 120 * y, title, 3) for x, y, title in places}
    lines = [line for own, _ in cards.values() for line in own]
    found = page(1, lines, told(LEFT, 700, "Text", 5), areas=tuple(area for _, area in cards.values()))
    blocks = lay_out(Document(pages=(found,), page_count=1, info={})).blocks
    assert Counter(p.line.text for block in blocks for p in block.lines) == Counter(x.text for x in found.lines)
