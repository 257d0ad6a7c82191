"""Blocks to titled sections: headings by agreement of three witnesses, tags, typography and lexicon.

Tags are believed where they are, but their absence proves nothing: many programs tag headings as paragraphs. A block
that looks like a heading (larger, bold, coloured, capitals, standing alone) is one unless it reads like a sentence; a
plain short line is one only if the lexicon knows it. Levels come from numbering, tags and type size, in this order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.layout import BODY_KINDS, Block, BodyStyle, Layout, family, item_text
from ingest.lexicon import SAID, Meaning, meaning_of, plain_heading
from ingest.pages import OutlineItem
from kb.types import Span

_DEPTH = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\S")
_TAG = re.compile(r"H([1-6])?")
_BULLET = re.compile(r"^[•·▪■□●○◦‣⁃–—*✓✔➢►▸→-]\s")
_CAPTION = re.compile(r"(?:tabell?|table|figur|figure|bild|diagram)\s\d+\b", re.IGNORECASE)
_GOES_ON = re.compile(r",$|\s(?:och|og|and|eller|or)$")
_SENTENCE_END = re.compile(r"[.;,]$")
_WORD = re.compile(r"[^\W\d_]\s?[^\W\d_]")
_LONGEST = 120  # characters of a heading
_MOST_WORDS = 16
_OCR_SIZES = 1.18  # headings of one level differ by up to this factor when their size was measured in a picture
_RUN_INS = 2  # run-in headings that the lexicon knows make it likely that there are more
_RESEMBLES = 0.5  # a meaning with at least this score is guessed
_RUN_IN_ENDS = (".", ":", "?", "!")
_RUN_IN = re.compile(r"^([^.:?!]{3,60}[:.?])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that heads a section: its level from 1, what the lexicon says of it, and which witnesses saw it."""

    block: Block
    level: int
    meaning: Meaning
    witness: str

    @property
    def text(self) -> str:
        """The heading as printed, on one line."""
        return self.block.text


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (``None`` for what comes before the first) and the blocks below it up to the next."""

    heading: Heading | None
    blocks: tuple[Block, ...]

    @property
    def boxed(self) -> bool:
        """Whether it stands in a box, apart from the sections around it."""
        return self.heading.block.boxed if self.heading else all(block.boxed for block in self.blocks)

    @property
    def text(self) -> str:
        """Paragraphs and list items, joined by newlines."""
        return "\n".join(text_of(block) for block in self.blocks)


def text_of(block: Block) -> str:
    """The text of a block; list items without their marker."""
    return item_text(block.text) if block.kind == "item" else block.text


def spans_of(blocks: Sequence[Block]) -> tuple[Span, ...]:
    """One span a line: the quote is the line's text as the PDF gives it."""
    return tuple(Span(p.page, p.line.bbox, p.line.text) for block in blocks for p in block.lines)


def parts_of(
    layout: Layout, *, language: str, title: Sequence[Block] = (), outline: Sequence[OutlineItem] = ()
) -> tuple[Part, ...]:
    """Part a document at its headings. ``title``, the blocks of the document's own, heads no section.

    Nor does what stands above it on the first page: the name of a series, a kicker. A line that the file's ``outline``
    has for its page is a heading whatever it looks like.
    """
    bookmarks = {(item.page, plain_heading(item.title)) for item in outline}
    blocks = [b for b in layout.blocks if b.kind in BODY_KINDS and b not in title]
    blocks = _with_run_in_headings_split(blocks, language)
    above = next((b for b in layout.blocks if b in title and b.page == 1), None)
    before = {id(b) for b in takewhile(lambda b: b is not above, layout.blocks)} if above else set()
    found = {
        i: h
        for i, b in enumerate(blocks)
        if (h := _heading(b, layout.body, language, _alone(blocks, i), (b.page, plain_heading(b.text)) in bookmarks))
        and not (above is not None and id(b) in before and b.lines[-1].line.y1 <= above.first.y0 + 1)
    }
    found = _without_isolated_styles(found, blocks)
    return tuple(_parted(blocks, _levelled(found)))


def _parted(blocks: Sequence[Block], found: Mapping[int, Heading]) -> Iterator[Part]:
    """Part blocks at headings. A box in the midst of a section comes after it, as parts of its own.

    A box right below a heading, with no heading in it, is the text of that section.
    """
    heading: Heading | None = None
    body: list[Block] = []
    boxes: list[Part] = []
    apart = False  # whether the last block was in a box apart from the section
    for index, block in enumerate(blocks):
        apart = block.boxed and (apart or index in found or any(not other.boxed for other in body))
        if apart:
            if index in found or not boxes or not blocks[index - 1].boxed:
                boxes.append(Part(found.get(index), () if index in found else (block,)))
            else:
                boxes[-1] = replace(boxes[-1], blocks=(*boxes[-1].blocks, block))
        elif index in found:
            if heading is not None or body:
                yield Part(heading, tuple(body))
            yield from boxes
            heading, body, boxes = found[index], [], []
        else:
            body.append(block)
    if heading is not None or body:
        yield Part(heading, tuple(body))
    yield from boxes


def _heading(block: Block, body: BodyStyle, language: str, alone: bool, bookmarked: bool) -> Heading | None:
    text = block.text.strip()
    if not _could_be_heading(block, text):
        return None
    meaning = meaning_of(text, language)
    tagged = bool(_TAG.fullmatch(block.first.tag or ""))
    typeset = _typography(block, body)
    ends_sentence = bool(_SENTENCE_END.search(text))
    if tagged and len(text) <= 2 * _LONGEST:
        witness = "tag"
    elif bookmarked:
        witness = "outline"
    elif ends_sentence and not (meaning.score == 1.0 or meaning.other == 1.0):
        return None
    elif typeset >= 1.0 and (block.kind != "item" or typeset >= 1.5 or meaning.known):
        witness = "typography"
    elif alone and (meaning.score == 1.0 or meaning.other == 1.0 or (meaning.known and typeset >= 0.5)):
        witness = "lexicon"
    else:
        return None
    if meaning.known:
        witness += "+lexicon" if witness != "lexicon" else ""
    return Heading(block, 0, meaning, witness)


def _could_be_heading(block: Block, text: str) -> bool:
    if not _WORD.search(text) or len(text) > 2 * _LONGEST or _BULLET.match(text):
        return False
    if block.first.tag in {"TD", "TH", "Note", "Caption"} or _CAPTION.match(text) or _GOES_ON.search(text):
        return False
    tagged = bool(_TAG.fullmatch(block.first.tag or ""))
    return tagged or (len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS and len(block.lines) <= 4)


def _typography(block: Block, body: BodyStyle) -> float:
    """How much a block looks like a heading: 1 is enough."""
    score = 0.0
    ratio = block.size / body.size if body.size else 1.0
    if ratio < 0.85:
        return 0.0
    if ratio >= 1.12:
        score += 1.5
    elif ratio >= 1.04:
        score += 1.0 if _DEPTH.match(block.text) else 0.7
    if block.bold and not body.bold:
        score += 1.0
    letters = [c for c in block.text if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters):
        score += 0.6
    if block.colour != body.colour:
        score += 0.5
    if block.font != body.font and family(block.font) != family(body.font):
        score += 0.5
    if block.italic and not body.italic:
        score += 0.4
    return score


def _alone(blocks: Sequence[Block], index: int) -> bool:
    """A single short line followed by running text."""
    block = blocks[index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return len(block.lines) <= 2 and (
        following is None or len(following.text) > len(block.text) or following.kind == "item"
    )


def _without_isolated_styles(found: dict[int, Heading], blocks: Sequence[Block]) -> dict[int, Heading]:
    """Drop what no section follows and the lexicon does not know: labels in a row, words of a picture, a closing line."""
    kept = dict(found)
    for index, heading in found.items():
        last = index + 1 >= len(blocks)
        if last and not heading.meaning.known and not heading.witness.startswith(("tag", "outline")):
            del kept[index]
    return kept


def _with_run_in_headings_split(blocks: Sequence[Block], language: str) -> list[Block]:
    """Part "**Bakgrund.** Kommunen …" after its bold beginning, where that is a heading.

    It is one where the lexicon knows it; where several are known, also what only resembles one; where they are the
    document's way, every one that ends as headings do.
    """
    cuts = [_bold_beginning(block) for block in blocks]
    pairs = [(block, cut) for block, cut in zip(blocks, cuts, strict=True) if cut]
    stated = sum(_states(block, cut, language, SAID) for block, cut in pairs)
    alike = sum(_states(block, cut, language, _RESEMBLES) for block, cut in pairs)
    needed = SAID if stated < _RUN_INS else _RESEMBLES
    in_style = stated > _RUN_INS and 3 * alike >= sum(_ends_as_heading(block, cut) for block, cut in pairs)
    result: list[Block] = []
    for block, cut in zip(blocks, cuts, strict=True):
        begins = bool(cut) and (_states(block, cut, language, needed) or (in_style and _ends_as_heading(block, cut)))
        if not begins:
            result.append(block)
            continue
        first = block.lines[0]
        head, rest = first.line.text[:cut].strip(), first.line.text[cut:].strip()
        edge = first.line.x0 + (first.line.x1 - first.line.x0) * cut / len(first.line.text)
        x0, y0, x1, y1 = first.line.bbox
        heading = replace(first, line=replace(first.line, text=head, bbox=(x0, y0, edge, y1), bold=True, bold_prefix=0))
        remainder = replace(
            first, line=replace(first.line, text=rest, bbox=(edge, y0, x1, y1), bold=False, bold_prefix=0)
        )
        lines = (remainder, *block.lines[1:]) if rest else block.lines[1:]
        result.append(Block("text", (heading,), head.rstrip(".: ")))
        result.append(Block("text", lines, block.text[len(head) :].strip()))
    return result


def _bold_beginning(block: Block) -> int:
    """How many characters of a paragraph's first line may be a heading that runs into the text; 0 for none."""
    line = block.first
    cut = line.bold_prefix
    if len(block.text) < 60 or not (block.kind == "text" or (cut and _DEPTH.match(line.text))):
        return 0
    if not cut:
        match = _RUN_IN.match(line.text)
        cut = match.end(1) if match and match[1].endswith(":") else 0
    return cut if 3 <= cut <= 60 and block.text.startswith(line.text[:cut].strip()) else 0


def _ends_as_heading(block: Block, cut: int) -> bool:
    return block.first.bold_prefix > 0 and block.first.text[:cut].rstrip()[-1:] in _RUN_IN_ENDS


def _states(block: Block, cut: int, language: str, needed: float) -> bool:
    meaning = meaning_of(block.first.text[:cut], language)
    bold = block.first.bold_prefix > 0
    return meaning.score == 1.0 or (bold and max(meaning.score, meaning.other) >= needed)


def _levelled(found: dict[int, Heading]) -> dict[int, Heading]:
    """Give every heading a level from 1."""
    depths = {i: len(m[1].split(".")) for i, h in found.items() if (m := _DEPTH.match(h.text))}
    numbered = len(depths) >= 3 and max(depths.values(), default=0) > 1
    tags = {i: int(m[1] or 1) for i, h in found.items() if (m := _TAG.fullmatch(h.block.first.tag or ""))}
    by_tags = len(tags) >= 0.8 * len(found) and len(set(tags.values())) > 1
    sizes = _size_classes(found.values())
    looks = {i: (sizes[h.block.size], *_style(h)) for i, h in found.items()}
    ranks = {look: rank for rank, look in enumerate(sorted(set(looks.values()), reverse=True), start=1)}
    levelled = {}
    for index, heading in found.items():
        level = ranks[looks[index]]
        if by_tags and index in tags:
            level = tags[index]
        if numbered and index in depths:
            tops = [ranks[looks[i]] for i, depth in depths.items() if depth == 1]
            level = (min(tops) if tops else 1) + depths[index] - 1
        levelled[index] = replace(heading, level=level)
    return levelled


def _size_classes(headings: Iterable[Heading]) -> dict[float, float]:
    """Give each size of heading the size that stands for it: half points, or, where OCR measured it, much coarser."""
    classes: dict[float, float] = {}
    top = 0.0
    for size, measured in sorted({(h.block.size, not h.block.font) for h in headings}, reverse=True):
        if not top or size < (top / _OCR_SIZES if measured else top - 0.24):
            top = size
        classes[size] = top
    return classes


def _style(heading: Heading) -> tuple[bool, bool, bool]:
    """What besides size sets a level apart; OCR's guess at weight is left out."""
    block = heading.block
    letters = [c for c in block.text if c.isalpha()]
    capitals = len(letters) > 1 and all(c.isupper() for c in letters)
    return (block.bold and bool(block.font)), capitals, not block.italic
