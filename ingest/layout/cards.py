"""Cards: boxes in a row or one below the other that set the steps, reasons or parts of a section, and are no asides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ingest.layout.areas import Box, as_wide, begins_column, begins_page, ends_page
from ingest.lexicon import is_box_title, meaning_of
from ingest.pages import Line, Page

_GAP = 36.0  # points at most between neighbours
_EDGE = 3.0  # points by which their edges may differ
_FEWEST_WORDS = 10  # of a card, in the mean

Placed = tuple[int, Box]


def with_cards_in_text(
    pages: Sequence[tuple[Page, Sequence[Line]]], boxes: Mapping[int, Sequence[Box]]
) -> dict[int, list[Box]]:
    """Tell cards from asides: boxes near each other, as wide as each other, that hold sentences.

    They may go on at the head of the next page. Boxes that known headings name ("Kontakt", "Utmaningar") stand by
    themselves, and so do a few words in a picture.
    """
    texts = {page.number: lines for page, lines in pages}
    groups: list[list[Placed]] = []
    for placed in ((number, box) for number, own in boxes.items() for box in own):
        near = [group for group in groups if any(_are_neighbours(other, placed, texts) for other in group)]
        groups = [group for group in groups if group not in near] + [[*chain(*near), placed]]
    cards = {id(box) for group in groups if _are_cards([box for _, box in group]) for _, box in group}
    return {
        number: [replace(box, apart=False) if id(box) in cards else box for box in own] for number, own in boxes.items()
    }


def _are_neighbours(one: Placed, other: Placed, texts: Mapping[int, Sequence[Line]]) -> bool:
    """Whether boxes as wide as each other stand in a row or one below the other, or go on in the next column or page."""
    (page, a), (next_page, b) = (one[0], one[1].area), (other[0], other[1].area)
    if not as_wide(a, b) or next_page > page + 1:
        return False
    if next_page > page:
        return ends_page(a, texts[page]) and begins_page(b, texts[next_page])
    if max(max(a[i], b[i]) - min(a[i + 2], b[i + 2]) for i in (0, 1)) < _GAP and any(
        abs(a[i] - b[i]) < _EDGE for i in (0, 1, 3)
    ):
        return True
    first, second = sorted((a, b))
    goes_on = ends_page(first, texts[page]) and begins_column(second, texts[page])
    return goes_on and 0 < second[0] - first[2] < _GAP


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
