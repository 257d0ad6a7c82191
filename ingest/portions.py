"""Portions parted: by label, by sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import mean

from ingest.fields import Portion
from ingest.layout import Block, item_text
from ingest.sections import Part
from kb.types import FieldName

Found = tuple[FieldName | None, float]
"""A label and its chance."""

RULE = "sentence-classifier"
_SENTENCE = re.compile(r"(?<=[.!?])[\"”»’]?\s+(?=[\"“”»«’–]?\s?[A-ZÅÄÖÆØÉ0-9])")


def regrouped(portion: Portion, labels: Sequence[Found], rule: str, blocks: Sequence[Block] = ()) -> list[Portion]:
    """Part a portion into stretches of one label each; ``labels`` go with ``blocks``, or with the portion's own.

    A portion without text keeps its heading.
    """
    blocks = blocks or portion.part.blocks
    result: list[Portion] = []
    pairs = zip(blocks, labels, strict=True)
    for label, run in groupby(pairs, key=lambda pair: pair[1][0]):
        own = list(run)
        part = Part(portion.part.heading, tuple(block for block, _ in own))
        sure = round(mean(chance for _, (_, chance) in own), 2) if label else 0.0
        result.append(Portion(part, label, rule if label else "", sure))
    return result or [replace(portion, field=None, shared=())]


def sentences_of(text: str) -> list[str]:
    """Part a text after full stops, question and exclamation marks that a capital or a digit follows."""
    return _SENTENCE.split(text)


def by_sentence(block: Block) -> list[Block]:
    """Part one paragraph into its sentences; each keeps the lines that it stands on."""
    sentences = sentences_of(item_text(block.text) if block.kind == "item" else block.text)
    pieces: list[Block] = []
    start = 0
    for sentence in sentences:
        stop = start + _letters(sentence)
        lines, position = [], 0
        for placed in block.lines:
            length = _letters(placed.line.text)
            if position < stop and position + length > start:
                lines.append(placed)
            position += length
        pieces.append(Block("text", tuple(lines) or block.lines[-1:], sentence))
        start = stop
    return pieces


def joined(sentences: Sequence[tuple[Block, Found]]) -> list[tuple[Block, Found]]:
    """Put neighbouring sentences of one paragraph and label together again, with their mean chance."""
    result: list[tuple[Block, Found]] = []
    for name, run in groupby(sentences, key=lambda pair: pair[1][0]):
        own = list(run)
        lines = tuple({id(placed): placed for block, _ in own for placed in block.lines}.values())
        text = " ".join(block.text for block, _ in own)
        result.append((Block("text", lines, text), (name, mean(chance for _, (_, chance) in own))))
    return result


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)
