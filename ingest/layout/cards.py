"""Cards: boxes in a row or one below the other that set the steps, reasons or parts of a section, and are no asides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.layout.areas import EDGE, GAP, Box, as_wide, begins_column, begins_page, ends_page
from ingest.lexicon import is_box_title, meaning_of
from ingest.pages import Line, Page

_FEWEST_WORDS = 10  # of a card, in the mean


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box, its page, and whether it stands at the head of its page or its column, or at their foot."""

    page: int
    box: Box
    heads_page: bool
    heads_column: bool
    ends: bool


@dataclass(slots=True)
class _Group:
    """Neighbouring boxes, and those of them on this page and the one before: only they have neighbours still."""

    boxes: list[Box]
    last: list[_Placed]


def with_cards_in_text(
    pages: Sequence[tuple[Page, Sequence[Line]]], boxes: Mapping[int, Sequence[Box]]
) -> dict[int, list[Box]]:
    """Tell cards from asides: boxes near each other, as wide as each other, that hold sentences.

    They may go on at the head of the next page. Boxes that known headings name ("Kontakt", "Utmaningar") stand by
    themselves, and so do a few words in a picture.
    """
    cards = {id(box) for group in _neighbours(pages, boxes) if _are_cards(group) for box in group}
    return {
        number: [replace(box, apart=False) if id(box) in cards else box for box in own] for number, own in boxes.items()
    }


def _neighbours(
    pages: Sequence[tuple[Page, Sequence[Line]]], boxes: Mapping[int, Sequence[Box]]
) -> Iterator[list[Box]]:
    """Yield the boxes of a document in groups of neighbours, neighbours' neighbours and so on."""
    groups: list[_Group] = []  # that may go on
    for page, lines in pages:
        for group in groups:
            group.last = [placed for placed in group.last if placed.page >= page.number - 1]
        yield from (group.boxes for group in groups if not group.last)
        groups = [group for group in groups if group.last]
        for box in boxes.get(page.number, ()):
            area = box.area
            heads = begins_page(area, lines), begins_column(area, lines)
            placed = _Placed(page.number, box, *heads, ends_page(area, lines))
            near: list[_Group] = []
            others: list[_Group] = []
            for group in groups:
                (near if any(_are_neighbours(other, placed) for other in group.last) else others).append(group)
            joined = near[0] if near else _Group([], [])
            for group in near[1:]:
                joined.boxes += group.boxes
                joined.last += group.last
            joined.boxes.append(box)
            joined.last.append(placed)
            groups = [*others, joined]
    yield from (group.boxes for group in groups)


def _are_neighbours(one: _Placed, other: _Placed) -> bool:
    """Whether boxes as wide as each other stand in a row or one below the other, or go on in the next column or page."""
    a, b = one.box.area, other.box.area
    if not as_wide(a, b) or other.page > one.page + 1:
        return False
    if other.page > one.page:
        return one.ends and other.heads_page
    if max(max(a[i], b[i]) - min(a[i + 2], b[i + 2]) for i in (0, 1)) < GAP and any(
        abs(a[i] - b[i]) < EDGE for i in (0, 1, 3)
    ):
        return True
    first, second = (one, other) if a <= b else (other, one)
    return first.ends and second.heads_column and 0 < second.box.area[0] - first.box.area[2] < GAP


def _are_cards(boxes: Sequence[Box]) -> bool:
    texts = [[line.text for line in box.lines if any(map(str.isalpha, line.text))] for box in boxes]
    if len(boxes) == 1 or not all(texts) or any(is_box_title(first) for first, *_ in texts):
        return False
    meanings = [meaning_of(first) for first, *_ in texts]
    if any(meaning.other for meaning in meanings) or 2 * sum(meaning.known for meaning in meanings) >= len(boxes):
        return False
    words = sum(len(text.split()) for lines in texts for text in lines)
    ended = sum(lines[-1].endswith((".", "!", "?")) for lines in texts)
    return words >= _FEWEST_WORDS * len(boxes) and 2 * ended >= len(boxes)
