"""Asides that nothing is drawn around: a heading of its own kind over a few words, smaller and of another family."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.layout.model import BODY_KINDS, Block, BodyStyle
from ingest.layout.paragraphs import family
from ingest.lexicon import meaning_of

_SMALL = 0.93  # of the body's size
_LARGE = 1.25  # an aside's heading is smaller, in parts of the body's size
_LONGEST_HEADING = 80  # characters
_ENDS = (".", "!", "?")
_MOST_WORDS = 100  # of an aside; what is longer is a section set otherwise


def with_sidebars_boxed(blocks: Sequence[Block], body: BodyStyle) -> list[Block]:
    """Mark what is set as an aside as boxed, as if a frame were drawn around it; what a field's heading names is none."""
    heads = {a.look for a, b in pairwise(blocks) if _is_heading(a) and not _is_small(b, body)}
    result = list(blocks)
    for start, head in enumerate(blocks):
        if not _is_heading(head) or head.boxed or head.size > _LARGE * body.size or head.look in heads:
            continue
        after = start + 1
        while after < len(blocks) and _is_small(blocks[after], body):
            after += 1
        small = blocks[start + 1 : after]
        told = any(block.text.endswith(_ENDS) for block in small)  # else it is a table
        several = after < len(blocks) and blocks[after].look == head.look
        brief = sum(len(block.text.split()) for block in small) <= _MOST_WORDS
        if told and brief and not several and meaning_of(head.text).field is None:
            for i in range(start, after):
                result[i] = replace(blocks[i], lines=tuple(replace(p, boxed=True) for p in blocks[i].lines))
    return result


def _is_heading(block: Block) -> bool:
    return block.kind == "text" and block.bold and len(block.text) < _LONGEST_HEADING


def _is_small(block: Block, body: BodyStyle) -> bool:
    other = bool(block.font) and family(block.font) != family(body.font)
    small = other and block.size <= _SMALL * body.size
    return small and block.kind in BODY_KINDS and not (block.boxed or block.bold)
