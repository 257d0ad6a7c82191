"""Tables of contents: known by their leaders or their heading, or by what they list, the headings that are to come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.layout.model import BODY_KINDS, Block
from ingest.layout.paragraphs import item_text

_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|…{2,}\s*\d{1,3}$")
_CONTENTS = re.compile(
    r"^(?:innehåll(?:sförteckning)?|innhold(?:sfortegnelse)?|indhold(?:sfortegnelse)?|(?:table of )?contents)$",
    re.IGNORECASE,
)
_TAIL = 40  # characters at a line's end in which a leader is looked for
_PAGES = re.compile(r"^\d{1,2}\s+(?=\d)|(?<![\s.])[\s.]+\d{1,3}$")
_ENTRY = re.compile(r"^\d{1,2}[\s.]|\d{1,3}$")  # numbered at its beginning, or with a page number at its end
_LONGEST = 110  # characters of an entry
_FEWEST = 3  # entries of a list that no leader, number or heading tells
_LARGER = 1.05  # a heading, in parts of the size of its entry
_SENTENCE_ENDS = (",", ";", ".")
_QUOTES = re.compile(r"[\"“”„’‘'»«–—-]")
_SPACES = re.compile(r"\s+")


def comparable(text: str) -> str:
    """Return a text without case, quotation marks, dashes and what punctuation ends it, to be compared.

    >>> comparable("– Det går, sade hon.")
    'det går, sade hon'
    """
    return _SPACES.sub(" ", _QUOTES.sub("", text.lower())).strip(" .,!?…")


def with_contents_marked(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the entries of tables of contents marked by their kind."""
    return _with_lists_of_headings(_with_entries(blocks))


def _with_entries(blocks: Sequence[Block]) -> list[Block]:
    """Mark lines with dot leaders, and the entries below the heading "Innehåll" until one of them comes again."""
    result: list[Block] = []
    entries: set[str] = set()
    inside = False
    for block in blocks:
        leader = block.first.tag in {"TOC", "TOCI"} or any(_LEADER.search(p.line.text[-_TAIL:]) for p in block.lines)
        if _CONTENTS.match(block.text):
            inside = True
        elif inside or leader:
            entry = comparable(_PAGES.sub("", block.text))
            inside = leader or (len(block.text) < _LONGEST and bool(_ENTRY.search(block.text)) and entry not in entries)
            entries.update(comparable(_PAGES.sub("", placed.line.text)) for placed in block.lines)
            if inside and block.kind in BODY_KINDS:
                block = replace(block, kind="contents")
        result.append(block)
    return result


def _with_lists_of_headings(blocks: Sequence[Block]) -> list[Block]:
    """Mark several short blocks in a row each of which comes again further down, larger or bold: links, an agenda."""
    last = {comparable(block.text): i for i, block in enumerate(blocks) if len(block.text) < _LONGEST}
    counts = [_entries(block, i, blocks, last) for i, block in enumerate(blocks)]
    result = list(blocks)
    for listed, run in groupby(range(len(blocks)), key=lambda i: counts[i] > 0):
        indices = list(run)
        if listed and sum(counts[i] for i in indices) >= _FEWEST:
            for i in indices:
                result[i] = replace(blocks[i], kind="contents")
    return result


def _entries(block: Block, index: int, blocks: Sequence[Block], last: Mapping[str, int]) -> int:
    """How many headings that are to come a block lists: itself, or each of its lines; 0 where there is other text.

    What ends in a comma or a full stop is part of a sentence that names them.
    """
    if block.kind not in BODY_KINDS or len(block.text) > _FEWEST * _LONGEST or block.text.endswith(_SENTENCE_ENDS):
        return 0
    for texts in ([item_text(block.text)], [item_text(placed.line.text) for placed in block.lines]):
        places = [last.get(comparable(_PAGES.sub("", text)), -1) for text in texts]
        if all(place > index and _is_larger(blocks[place], block) for place in places):
            return len(places)
    return 0


def _is_larger(heading: Block, entry: Block) -> bool:
    return heading.size > _LARGER * entry.size or heading.bold > entry.bold
