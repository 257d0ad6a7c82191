"""Tags that cannot be right: authors pick a heading's style for its looks, and set text in tables to place it.

A role most of whose text stands in elements too long for it says nothing about any of its elements: paragraphs in a
heading's style are no headings, a figure or caption of that length is a text box. A cell with a heading above its text
is a text box too.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.pages import Document, Line

_LONGEST = {
    **dict.fromkeys(("H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"), 150),
    **dict.fromkeys(("Caption", "Figure"), 300),
}
"""Characters of an element of a role; what is longer is running text."""

_CELLS = frozenset({"TD", "TH"})
_LONG_CELL = 300  # characters
_LARGER = 1.1  # the heading in a cell, in parts of the size of its text


def with_tags_believed(document: Document) -> Document:
    """Return the document without the tags of what is running text."""
    lines: dict[tuple[str, int], list[Line]] = {}
    for page in document.pages:
        for line in page.lines:
            if line.tag and line.element is not None and (line.tag in _LONGEST or line.tag in _CELLS):
                lines.setdefault((line.tag, line.element), []).append(line)
    total: Counter[str] = Counter()
    running: Counter[str] = Counter()
    for (role, _), own in lines.items():
        length = sum(len(line.text) for line in own)
        total[role] += length
        running[role] += length if length > _LONGEST.get(role, length) else 0
    roles = {role for role in total if 2 * running[role] > total[role]}
    wrong = {key for key, own in lines.items() if key[0] in roles or (key[0] in _CELLS and _is_headed(own))}
    if not wrong:
        return document
    pages = (
        replace(page, lines=tuple(_untagged(x) if (x.tag, x.element) in wrong else x for x in page.lines))
        for page in document.pages
    )
    return replace(document, pages=tuple(pages))


def _is_headed(cell: Sequence[Line]) -> bool:
    """Whether a cell holds a heading and running text below it."""
    first, last = cell[0], cell[-1]
    larger = first.size > _LARGER * last.size or first.bold > last.bold
    return larger and sum(len(line.text) for line in cell) > _LONG_CELL


def _untagged(line: Line) -> Line:
    return replace(line, tag=None, element=None)
