"""What is set apart from the running text: captions, tables of contents, pull quotes, fact boxes."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.layout.contents import comparable, with_contents_marked
from ingest.layout.labels import NUMBER
from ingest.layout.model import BODY_KINDS, Block, BodyStyle, Look
from ingest.layout.paragraphs import is_labelled
from ingest.lexicon import SAID, is_box_title, key_of, meaning_of, split_key

_CAPTION = re.compile(
    r"^(?:foto(?:graf)?|bild|illustration|figur|fig\.|figure|photo|image|tabell|tabel|table|diagram|källa|kilde|source)"
    r"(?:\s*\d+\w?)?\s*[:.–|]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[\"“”„»«’‘–—].*[\"“”«»’][.!?]?(?:\s*[–—-].{3,60})?$", re.DOTALL)
_SHORTEST_QUOTE = 14  # characters
_FEWEST_QUOTED = 4  # words
_MOST_PIECES = 4  # blocks of a display quote
_SMALL_PRINT = 0.85  # of the body's size
_LONGEST_CAPTION = 250  # characters
_MOST_CAPTIONS = 2  # one after the other
_LONGEST_HEADING = 80  # characters
_FEWEST_HEADINGS, _MANY_HEADINGS = 2, 3  # of one look
_OUTSIZE = 1.1  # a pull quote is this much larger than the headings

MOST_QUOTED = 40
"""Words of a display quote; a longer quotation is a part of the text, however it is set."""


def set_apart(blocks: Sequence[Block], body: BodyStyle) -> list[Block]:
    """Return the blocks, in order, with what is no running text marked by its kind."""
    marked = [replace(b, kind="text") if _is_numbered_heading(b, body) else b for b in blocks]
    marked = [replace(b, kind="caption") if _is_caption(b, body) else b for b in marked]
    marked = _mark_small_print(marked, body)
    marked = with_contents_marked(marked)
    marked = _mark_fact_boxes(marked, body)
    return _mark_pull_quotes(marked, body)


def _is_numbered_heading(block: Block, body: BodyStyle) -> bool:
    """Whether what its number makes an item is set in bold as a whole, unlike the running text."""
    return block.kind == "item" and block.bold > body.bold and bool(NUMBER.match(block.text))


def _is_caption(block: Block, body: BodyStyle) -> bool:
    if block.kind not in BODY_KINDS:
        return False
    if block.first.tag in {"Caption", "Figure"} and block.size <= body.size:
        return True
    return (
        bool(_CAPTION.match(block.text)) and len(block.text) < 300 and (block.size < 0.97 * body.size or block.italic)
    )


def _mark_small_print(blocks: list[Block], body: BodyStyle) -> list[Block]:
    """Mark one or two short paragraphs much smaller than the text around them: captions that do not say so, imprints.

    More in a row are a section set small; what begins with a key or a list's marker, or is bold, says what it is.
    """
    small = [
        b.kind == "text"
        and not (b.boxed or b.bold or split_key(b.text))
        and b.size < _SMALL_PRINT * body.size
        and len(b.text) < _LONGEST_CAPTION
        for b in blocks
    ]
    heads = next((i for i, b in enumerate(blocks) if b.kind in BODY_KINDS and _is_body(b, body)), 0)
    result = list(blocks)
    for alike, run in groupby(range(heads, len(blocks)), key=lambda i: small[i]):
        indices = list(run)
        if alike and len(indices) <= _MOST_CAPTIONS:
            for i in indices:
                result[i] = replace(blocks[i], kind="caption")
    return result


def _is_body(block: Block, body: BodyStyle) -> bool:
    return abs(block.size - body.size) < 0.5 and not block.boxed and len(block.text) > _LONGEST_HEADING


def _mark_pull_quotes(blocks: list[Block], body: BodyStyle) -> list[Block]:
    """Mark texts that stand elsewhere in the body and look different here. What is not repeated is content."""
    plain = [comparable(b.text) if b.kind in BODY_KINDS else "" for b in blocks]
    whole = "\n".join(["", *plain, ""])
    headings = _heading_looks(blocks, plain, whole, body)
    usual = {look for look, count in headings.items() if count >= _MANY_HEADINGS}
    result: list[Block] = []
    within = 0  # blocks of a display quote that are still to come
    headed = False  # whether a usual heading has come
    for index, (block, text) in enumerate(zip(blocks, plain, strict=True)):
        within = max(within - 1, 0) or _display_quote(blocks[index : index + _MOST_PIECES], body, headings)
        outsizes = headed and result[-1].page == block.page and _outsizes(block, headings, usual, body)
        headed = headed or block.look in usual
        if within or _is_attribution(block, result, body) or outsizes:
            block = replace(block, kind="pull_quote")
        elif len(text) >= _SHORTEST_QUOTE and _looks_apart(block, body) and block.look not in headings:
            heading_like = len(block.text) < 60 and block.text[-1:] not in '.!”"»’' and not block.italic
            if not (heading_like and (block.bold or block.size < 1.1 * body.size)) and _in_longer(text, whole):
                block = replace(block, kind="pull_quote")
        result.append(block)
    return result


def _heading_looks(blocks: Sequence[Block], plain: Sequence[str], whole: str, body: BodyStyle) -> dict[Look, int]:
    """How several short texts look that are no quotes: the document's headings, one of which may be a quote too."""
    pieces = ((i, _display_quote(blocks[i : i + _MOST_PIECES], body, ())) for i in range(len(blocks)))
    quoted = {i + n for i, count in pieces for n in range(count)}
    looks = Counter(
        block.look
        for i, (block, text) in enumerate(zip(blocks, plain, strict=True))
        if text
        and i not in quoted
        and len(text) < _LONGEST_HEADING
        and not (_QUOTED.match(block.text) or block.italic)
        and (block.bold > body.bold or block.size > 1.1 * body.size)
        and not _in_longer(text, whole)
    )
    return {look: count for look, count in looks.items() if count >= _FEWEST_HEADINGS}


def _outsizes(block: Block, headings: Collection[Look], usual: Collection[Look], body: BodyStyle) -> bool:
    """Tell whether a text after a heading of the many alike is larger than all of these.

    A heading that the lexicon knows is one, however large; the document's title stands before all headings.
    """
    return (
        block.kind in BODY_KINDS
        and not block.boxed
        and block.look not in headings
        and len(block.text.split()) >= _FEWEST_QUOTED
        and block.size > _OUTSIZE * max(body.size, *(size for size, *_ in usual))
        and not meaning_of(block.text).known
    )


def _display_quote(blocks: Sequence[Block], body: BodyStyle, headings: Collection[Look]) -> int:
    """How many blocks from the first on are together a text in quotation marks, larger than the running text."""
    first = blocks[0]
    if first.size <= 1.1 * body.size or first.look in headings:
        return 0
    text = ""
    for count, block in enumerate(blocks, start=1):
        if block.kind not in BODY_KINDS or block.look != first.look or block.page != first.page:
            return 0
        text = f"{text} {block.text}".strip()
        if _QUOTED.match(text):
            return count if _FEWEST_QUOTED <= len(text.split()) <= MOST_QUOTED else 0
    return 0


def _is_attribution(block: Block, before: Sequence[Block], body: BodyStyle) -> bool:
    """Tell whether a short line right below a quote, set unlike the running text, names who said it."""
    return (
        bool(before)
        and before[-1].kind == "pull_quote"
        and before[-1].lines[-1].page == block.page
        and 0 <= block.first.y0 - before[-1].lines[-1].line.y1 < 1.2 * body.size
        and block.kind in BODY_KINDS
        and len(block.text) < 70
        and block.text[-1:] not in ".:?!"
        and _looks_apart(block, body)
        and block.size <= body.size
        and meaning_of(block.text).score < SAID
    )


def _in_longer(text: str, whole: str) -> bool:
    """Tell whether ``text`` is part of a longer line of ``whole`` (one search: there may be thousands of blocks)."""
    at = whole.find(text)
    while at >= 0:
        if whole[at - 1] != "\n" or whole[at + len(text)] != "\n":
            return True
        at = whole.find(text, at + len(text))
    return False


def _looks_apart(block: Block, body: BodyStyle) -> bool:
    return (
        abs(block.size - body.size) > 0.04 * body.size
        or block.italic != body.italic
        or block.bold != body.bold
        or block.colour != body.colour
        or block.font != body.font
        or block.first.tag in {"BlockQuote", "Aside"}
    )


def _mark_fact_boxes(blocks: list[Block], body: BodyStyle) -> list[Block]:
    """Mark runs of blocks in one region that begin with known keys ("Målgrupp: …"), title and values included."""
    result = list(blocks)
    keyed = [i for i, b in enumerate(blocks) if b.kind in BODY_KINDS and key_of(b.text) is not None]
    for cluster in _clusters(keyed, blocks):
        if len({key_of(blocks[i].text) for i in cluster}) < 2:
            continue
        start, stop = cluster[0], cluster[-1]
        look = _look(blocks[start])
        while start > 0 and _box_head(blocks[start - 1], blocks[start]):
            start -= 1
        while stop + 1 < len(blocks) and _box_tail(blocks[stop + 1], blocks[stop], blocks[cluster[0]], look, body):
            stop += 1
        for i in range(start, stop + 1):
            if blocks[i].kind in BODY_KINDS:
                result[i] = replace(blocks[i], kind="fact_box")
    return result


def _clusters(keyed: Sequence[int], blocks: Sequence[Block]) -> list[list[int]]:
    """Group keyed blocks that stand close together (values may lie between) and look alike."""
    clusters: list[list[int]] = []
    for i in keyed:
        last = clusters[-1][-1] if clusters else None
        if (
            last is not None
            and i - last <= 4
            and abs(blocks[i].size - blocks[last].size) < 0.6
            and abs(blocks[i].first.x0 - blocks[last].first.x0) < 3 * blocks[i].size
            and sum(len(blocks[j].text) for j in range(last, i)) < 600
        ):
            clusters[-1].append(i)
        else:
            clusters.append([i])
    return clusters


def _look(block: Block) -> tuple[float, str]:
    last = block.lines[-1].line
    return round(last.size * 2) / 2, last.font


def _box_head(block: Block, below: Block) -> bool:
    if (block.lines[-1].page, block.lines[-1].region) != (
        below.lines[0].page,
        below.lines[0].region,
    ) or block.kind not in BODY_KINDS:
        return False
    return is_labelled(block.first) or (is_box_title(block.text) and len(block.text) < 60)


def _box_tail(block: Block, above: Block, first: Block, look: tuple[float, str], body: BodyStyle) -> bool:
    """What follows the last key in the box: the rest of its value, in the box's look and column."""
    if block.kind not in BODY_KINDS or (block.page, block.lines[0].region) != (
        above.lines[-1].page,
        above.lines[-1].region,
    ):
        return False
    if len(block.text) < 60 and meaning_of(block.text).field is not None and key_of(block.text) is None:
        return False  # a heading ends the box
    same_look = _look(block) == look
    body_look = abs(block.size - body.size) < 0.3 and not block.bold
    gap = block.first.y0 - above.lines[-1].line.y1
    if body_look and abs(first.size - body.size) < 0.3:
        # Keys and values as large as the body: only what stands close, set in like a value, belongs to them.
        return gap < 0.5 * body.size and block.first.x0 > first.first.x0 + 2 and len(block.text) < 120
    return (
        (same_look or abs(block.size - first.size) < 0.3)
        and gap < 1.5 * body.size
        and not (block.bold and block.size > first.size)
    )
