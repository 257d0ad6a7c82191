"""Lines in reading order to paragraphs and list items, joined over columns and pages."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.layout.hyphens import HYPHENS, Joiner
from ingest.layout.labels import BULLET, NUMBER, is_drop_cap
from ingest.layout.model import BODY_KINDS, Block, Kind, Placed
from ingest.lexicon import meaning_of, split_key
from ingest.pages import Line

_TERMINAL = re.compile(r"[.!?:;…][\"”’»)\]]*$")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+[^\W\d_]")  # a numbered heading
_SHORT = 0.5  # of the column's width
_NEAR = 6  # lines above and below that tell how wide the column is here
_LONG = 80  # characters of a paragraph that may go on although nothing says so
_LEADING = 1.45  # a gap of this many ordinary line pitches begins a paragraph


def group(region: Sequence[Placed], joiner: Joiner) -> list[Block]:
    """Part the lines of one region into paragraphs and list items."""
    if not region:
        return []
    lines = [placed.line for placed in region]
    pitch = _pitch(lines)
    sizes = [round(line.size * 2) for line in lines]
    blocks: list[list[Placed]] = [[region[0]]]
    for index, (before, after) in enumerate(pairwise(region)):
        near = range(max(index - _NEAR, 0), min(index + 2 + _NEAR, len(lines)))
        edge = max(lines[i].x1 for i in near if sizes[i] in sizes[index : index + 2])
        if _breaks(before.line, after.line, blocks[-1], pitch, edge):
            blocks.append([])
        blocks[-1].append(after)
    return [make_block(block, joiner) for block in blocks]


def family(font: str) -> str:
    """The family that a font's name begins with: "Lato" of "Lato-BoldItalic"."""
    return re.split(r"[-,_ ]", font, maxsplit=1)[0].lower()


def make_block(lines: Sequence[Placed], joiner: Joiner, kind: Kind | None = None) -> Block:
    """Join lines into a block; a leading list marker makes it an item."""
    texts = [placed.line.text for placed in lines]
    if len(lines) > 1 and is_drop_cap(lines[0].line, lines[1].line):
        texts[:2] = [texts[0].strip() + texts[1]]
    text = joiner.join(texts)
    if kind is None:
        marked = BULLET.match(text) or NUMBER.match(text) or lines[0].line.tag in {"LI", "LBody"}
        kind = "item" if marked else "text"
    return Block(kind, tuple(lines), text)


def item_text(text: str) -> str:
    """Return the text of a list item without its bullet or number."""
    return NUMBER.sub("", BULLET.sub("", text))


def _pitch(lines: Sequence[Line]) -> dict[int, float]:
    """The ordinary distance between baselines, by font size in half points."""
    steps: dict[int, Counter[float]] = {}
    for before, after in pairwise(lines):
        step = after.y1 - before.y1
        if abs(before.size - after.size) < 0.3 and 0.8 * after.size < step < 2.6 * after.size:
            steps.setdefault(round(after.size * 2), Counter())[round(step * 2) / 2] += 1
    return {size: _smallest_common(counts) for size, counts in steps.items()}


def _smallest_common(counts: Counter[float]) -> float:
    """The smallest step that is about as frequent as the most frequent: paragraphs of one line hide the pitch."""
    top = max(counts.values())
    return min(step for step, count in counts.items() if count >= 0.4 * top)


def _breaks(before: Line, after: Line, block: Sequence[Placed], pitch: dict[int, float], edge: float) -> bool:
    """Tell whether a paragraph ends between two neighbouring lines of a region."""
    first = block[0].line
    if is_drop_cap(before, after):
        return False
    if _looks_change(before, after, first) or (_set_apart(before, after, first) and _had_room(before, after, edge)):
        return True
    if after.bold_prefix and (_is_pair(after.text) or (is_labelled(after) and is_labelled(first))):
        return True
    if before.element is not None and after.element is not None:
        if before.element != after.element:
            return True
        if after.tag not in {"LI", "TD", "TH", "Note"}:
            return False
    if abs(before.y1 - after.y1) < 0.35 * after.size:  # cells of one row
        return after.x0 - before.x1 > 1.0 * after.size
    usual = pitch.get(round(after.size * 2), 1.25 * after.size)
    step = after.y1 - before.y1
    if (step > min(_LEADING * usual, usual + 0.45 * after.size) or step < 0) and not _beside_cap(block):
        return True
    if BULLET.match(after.text) or (_is_pair(after.text) and not after.text[0].islower()):
        return True
    if _is_pair(first.text) and _had_room(before, after, edge):
        return True
    if NUMBER.match(after.text) and (_TERMINAL.search(before.text) or NUMBER.match(first.text)):
        return True
    if after.bold and _SECTION.match(after.text) and _SECTION.match(first.text):
        return True
    if after.bold and _is_known_heading(after.text) and _had_room(before, after, edge):
        return True
    if before is first and _is_lone_line(before, after, edge):
        return True
    return _starts_by_indent(before, after, block) or _ended_short(before, after, edge)


def _is_known_heading(text: str) -> bool:
    """Whether the lexicon has a line, word for word, for a heading: of a field or of something else."""
    meaning = meaning_of(text)
    return 1.0 in (meaning.score, meaning.other)


def _looks_change(before: Line, after: Line, first: Line) -> bool:
    if abs(before.size - after.size) > 0.08 * max(before.size, after.size):
        return True
    if before.bold != after.bold and not (before.bold_prefix or after.bold_prefix or first.bold_prefix):
        return True
    return before.colour != after.colour and before.font != after.font


def _set_apart(before: Line, after: Line, first: Line) -> bool:
    """Whether a line alone is wholly bold, italic or of another family of type than the next.

    The next may begin so nevertheless ("**6 §** …").
    """
    if before is not first:
        return False
    other = before.font and after.font and family(before.font) != family(after.font)
    return bool(other) or (before.bold and not after.bold) or (before.italic and not after.italic)


def _beside_cap(block: Sequence[Placed]) -> bool:
    return len(block) == 1 and len(block[0].line.text.strip()) <= 2


def _starts_by_indent(before: Line, after: Line, block: Sequence[Placed]) -> bool:
    """A first line set in, after a line that was not; or a line set out again after a hanging item.

    What is said ("– Vi har …") begins with a dash, but like any paragraph: its second line is set out.
    """
    indent = after.x0 - before.x0
    first = block[0].line
    marked = bool(BULLET.match(first.text) or NUMBER.match(first.text))
    hanging = marked and not (len(block) > 1 and block[1].line.x0 < first.x0 - 0.5 * first.size)
    if 0.7 * after.size < indent < 4 * after.size and not hanging and not _centred(before, after):
        return not (len(block) <= 4 and len(first.text.strip()) <= 2)
    return hanging and len(block) > 1 and indent < -0.5 * after.size


def _centred(before: Line, after: Line) -> bool:
    """Whether a line stands under the middle of the one above, which is longer."""
    return abs(before.x0 + before.x1 - after.x0 - after.x1) < 0.2 * after.size


def _ended_short(before: Line, after: Line, edge: float) -> bool:
    """The line broke off although the next word had room: its paragraph was at its end."""
    if before.text.endswith(HYPHENS) or not _TERMINAL.search(before.text) or after.text[:1].islower():
        return False
    return _had_room(before, after, edge)


def _is_lone_line(before: Line, after: Line, edge: float) -> bool:
    """A heading set like the text below it: a short line that broke off where the next sentence had room to begin."""
    if before.bold or not after.text[:1].isupper() or before.text.endswith(HYPHENS):
        return False
    return before.x1 - before.x0 < _SHORT * (edge - before.x0) and _had_room(before, after, edge)


def _had_room(before: Line, after: Line, edge: float) -> bool:
    word = after.text.split(maxsplit=1)[0]
    width = (after.x1 - after.x0) / len(after.text) * (len(word) + 1)
    return before.x1 + 1.25 * width + 0.5 * before.size < edge


def _is_pair(text: str) -> bool:
    split = split_key(text)
    return split is not None and bool(split[1])


def is_labelled(line: Line) -> bool:
    """Whether a line begins with a label in bold that ends in a colon ("**Aktör:** kommunen")."""
    return line.text[: line.bold_prefix].rstrip().endswith(":")


def join_over_breaks(blocks: Sequence[Block], joiner: Joiner) -> list[Block]:
    """Join paragraphs that a column's or a page's end cut in two; what is set apart in between is stepped over.

    The text in boxes goes on by itself, and the text outside by itself.
    """
    result: list[list[Block]] = []
    last: dict[bool, list[Block]] = {}
    for block in blocks:
        before = last.get(block.boxed)
        if before and block.kind in BODY_KINDS and _continues(before, block, stepped=result[-1] is not before):
            before.append(block)
            continue
        result.append([block])
        if block.kind in BODY_KINDS:
            last[block.boxed] = result[-1]
    return [_whole(pieces, joiner) for pieces in result]


def _whole(pieces: Sequence[Block], joiner: Joiner) -> Block:
    lines = [line for piece in pieces for line in piece.lines]
    return make_block(lines, joiner, pieces[0].kind) if len(pieces) > 1 else pieces[0]


def _continues(pieces: Sequence[Block], after: Block, *, stepped: bool) -> bool:
    """Whether a block goes on with what others began; ``stepped`` says that something set apart lies in between."""
    before = pieces[-1]
    last, first = before.lines[-1], after.lines[0]
    if (last.page, last.region) == (first.page, first.region) and not stepped:
        return False
    if last.boxed and (first.page > last.page + 1 or (before.colour, before.italic) != (after.colour, after.italic)):
        return False  # another box
    if abs(last.line.size - first.line.size) > 0.08 * last.line.size or last.line.bold != first.line.bold:
        return False
    if last.line.element is not None and last.line.element == first.line.element:
        return True
    if BULLET.match(first.line.text) or _TERMINAL.search(last.line.text):
        return False
    if last.line.text.endswith((*HYPHENS, ",")) or first.line.text[:1].islower():
        return True
    # A name or a number at the top of the next column, after a long paragraph's line that has no full stop.
    length = sum(len(piece.text) for piece in pieces[-_LONG:])
    return len(pieces) + len(before.lines) > 2 and last.line.text[-1:].isalnum() and length > _LONG
