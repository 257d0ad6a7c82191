"""Portions that no heading of their own names: combined headings parted, prose without headings understood.

Precision comes first: what the classifier is not sure of stays outside all fields.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean

from ingest.fields import Portion, field_level
from ingest.layout import Block, item_text
from ingest.prose import RULE, SURE, Label, classify, in_order
from ingest.section_model import Evidence, decode, evidence_of
from ingest.sections import Part, text_of
from kb.types import FIELD_NAMES, FieldName

_SENTENCE = re.compile(r"(?<=[.!?])[\"”»’]?\s+(?=[\"“”»«’–]?\s?[A-ZÅÄÖÆØÉ0-9])")
_COMBINED = 0.7  # confidence in a text parted by the classifier under a heading that names the fields
_LESSONS: tuple[Label, ...] = (None, "success_factors", "challenges")
_TOLD = 2  # fields under telling headings that make a document an example worth completing
_FEWEST_WORDS = 25  # of a section that is given a field by its text
_LIKELY = 0.35  # among six labels
_LIKELIER = 0.6  # of a section whose heading resembles no field's
SECTION_RULE = "section-classifier"
_FEWEST_SECTIONS = 4  # with text, of a document that is understood by its sections
_FEWEST = 5  # paragraphs of a text that is understood without headings
_LONGEST = 6000  # words of one


def with_combined_parted(portions: Sequence[Portion], language: str) -> tuple[Portion, ...]:
    """Part what stands under combined headings."""
    result: list[Portion] = []
    for names, run in _runs(portions):
        result += _parted(run, names, language) if names else run
    return tuple(result)


def with_lessons_parted(portions: Sequence[Portion], language: str) -> tuple[Portion, ...]:
    """Part what stands under "Erfarenheter" where a document tells success factors or challenges nowhere else."""
    lessons = [p.part.heading is not None and p.part.heading.meaning.lessons for p in portions]
    told = {portion.field for portion, mixed in zip(portions, lessons, strict=True) if not mixed}
    if told & {"success_factors", "challenges"}:
        return tuple(portions)
    result: list[Portion] = []
    for portion, mixed in zip(portions, lessons, strict=True):
        result += _lessons(portion, language) if mixed else [portion]
    return tuple(result)


def _runs(portions: Sequence[Portion]) -> Iterator[tuple[tuple[FieldName, ...], list[Portion]]]:
    """Neighbouring portions that share the same combined heading, sub-headings and all."""
    run: list[Portion] = []
    for portion in portions:
        opens = portion.part.heading is not None and len(portion.part.heading.meaning.fields) > 1
        if run and portion.shared and portion.shared == run[-1].shared and not opens:
            run.append(portion)
            continue
        if run:
            yield run[0].shared, run
        run = [portion]
    if run:
        yield run[0].shared, run


def _parted(run: Sequence[Portion], names: tuple[FieldName, ...], language: str) -> list[Portion]:
    pieces = [(portion, block) for portion in run for block in portion.part.blocks]
    if len(pieces) == 1:
        portion, block = pieces[0]
        pieces = [(portion, piece) for piece in _by_sentence(block)]
    labels = in_order([text_of(block) for _, block in pieces], language, names) if pieces else []
    return _portions(run, pieces, labels, [_COMBINED] * len(labels))


def _lessons(portion: Portion, language: str) -> list[Portion]:
    pieces = [(portion, block) for block in portion.part.blocks]
    found = classify([text_of(block) for _, block in pieces], language, allowed=_LESSONS)
    sure = [(label if chance >= SURE else None, chance) for label, chance in found]
    return _portions([portion], pieces, [label for label, _ in sure], [chance for _, chance in sure])


def with_sections_understood(portions: Sequence[Portion], language: str) -> tuple[Portion, ...]:
    """Give each section the field that its heading, its text and its place among the others agree on.

    Only in documents that have at least two fields under telling headings. What stands before the first heading and
    what was parted under a combined heading stays as it is.
    """
    found = {portion.field for portion in portions if portion.field}
    if len(found) < _TOLD:
        return tuple(portions)
    sections = _sections(portions, field_level([portion.part for portion in portions]))
    decided = decode([_evidence(section, language) for section in sections])
    result: list[Portion] = []
    for section, (name, chance) in zip(sections, decided, strict=True):
        if name == section[0].field or chance < (_LIKELY if section[0].field else _LIKELIER):
            result += section
        else:
            rule, sure = (SECTION_RULE, round(chance * 0.9, 2)) if name else ("", 0.0)
            result += [replace(portion, field=name, rule=rule, confidence=sure) for portion in section]
    return tuple(result)


def _sections(portions: Sequence[Portion], top: int) -> list[list[Portion]]:
    """Portions by section: a heading of level ``top`` or above, and the sub-headings below it."""
    sections: list[list[Portion]] = []
    for portion in portions:
        heading = portion.part.heading
        if not sections or (heading is not None and heading.level <= top) or portion.field != sections[-1][-1].field:
            sections.append([])
        sections[-1].append(portion)
    return sections


def _evidence(section: Sequence[Portion], language: str) -> Evidence:
    heading, name = section[0].part.heading, section[0].field
    texts = [text_of(block) for portion in section for block in portion.part.blocks]
    few = sum(len(text.split()) for text in texts) < _FEWEST_WORDS
    if heading is None or section[0].rule == RULE or section[0].shared or (few and not heading.meaning.known):
        return Evidence.fixed(name)
    return evidence_of(heading.text, texts, language)


def told_in_sections(portions: Sequence[Portion], language: str) -> tuple[Portion, ...] | None:
    """Understand a document whose headings name nothing by the texts below them, or return ``None``.

    It tells of an example when its sections give three fields, success factors or challenges among them, each of
    which some section speaks for by itself, whatever the others are.
    """
    sections = _sections(portions, _busiest_level(portions))
    evidence = [_evidence(section, language) for section in sections]
    weighed = sum(math.isfinite(min(own.nats)) for own in evidence)
    decided = decode(evidence) if weighed >= _FEWEST_SECTIONS else []
    chances = {name: [chance for label, chance in decided if label == name] for name in FIELD_NAMES}
    kept = {name: round(0.9 * mean(c), 2) for name, c in chances.items() if c and mean(c) >= _LIKELY}
    alone = {own.likeliest for own in evidence} & kept.keys()
    if len(alone) < 3 or not alone & {"success_factors", "challenges"}:
        return None
    result: list[Portion] = []
    for section, (label, _) in zip(sections, decided, strict=True):
        name = label if label in kept else None
        rule, sure = (SECTION_RULE, kept[name]) if name else ("", 0.0)
        result += [replace(portion, field=name, rule=rule, confidence=sure, shared=()) for portion in section]
    return tuple(result)


def _busiest_level(portions: Sequence[Portion]) -> int:
    """The level of heading below which most of the text stands."""
    words: Counter[int] = Counter()
    for portion in portions:
        if portion.part.heading is not None:
            words[portion.part.heading.level] += len(portion.part.text.split())
    return max(words, key=lambda level: (words[level], -level), default=1)


def told_in_prose(portions: Sequence[Portion], language: str) -> tuple[Portion, ...] | None:
    """Understand a text without telling headings, or return ``None`` where it does not tell of an example.

    It does when three fields are found with some certainty, success factors or challenges among them.
    """
    pieces = [
        (portion, block)
        for portion in portions
        if portion.part.heading is None or not portion.part.heading.meaning.other
        for block in portion.part.blocks
    ]
    texts = [text_of(block) for _, block in pieces]
    if len(texts) < _FEWEST or sum(len(text.split()) for text in texts) > _LONGEST:
        return None
    found = classify(texts, language)
    chances = {name: [chance for label, chance in found if label == name] for name in FIELD_NAMES}
    kept = {name: round(min(mean(c), 0.9), 2) for name, c in chances.items() if c and mean(c) >= SURE}
    if len(kept) < 3 or not kept.keys() & {"success_factors", "challenges"}:
        return None
    labels: list[Label] = [label if label in kept else None for label, _ in found]
    confidence = [kept.get(label, 0.0) if label else 0.0 for label in labels]
    known = {id(block): (label, sure) for (_, block), label, sure in zip(pieces, labels, confidence, strict=True)}
    result: list[Portion] = []
    for portion in portions:
        own = [(portion, block) for block in portion.part.blocks]
        result += _portions(
            [portion],
            own,
            [known.get(id(block), (None, 0.0))[0] for _, block in own],
            [known.get(id(block), (None, 0.0))[1] for _, block in own],
        )
    return tuple(result)


def _portions(
    run: Sequence[Portion], pieces: Sequence[tuple[Portion, Block]], labels: Sequence[Label], chances: Sequence[float]
) -> list[Portion]:
    """Put neighbouring pieces of one portion and label together; a portion without text keeps its heading."""
    result: list[Portion] = []
    for portion in run:
        own = [
            (block, label, sure)
            for (p, block), label, sure in zip(pieces, labels, chances, strict=True)
            if p is portion
        ]
        if not own:
            result.append(replace(portion, field=None, shared=()))
        start = 0
        for stop in range(1, len(own) + 1):
            if stop == len(own) or own[stop][1] != own[start][1]:
                blocks = tuple(block for block, _, _ in own[start:stop])
                label = own[start][1]
                sure = mean(s for _, _, s in own[start:stop])
                result.append(Portion(Part(portion.part.heading, blocks), label, RULE if label else "", round(sure, 2)))
                start = stop
    return result


def _by_sentence(block: Block) -> list[Block]:
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


def sentences_of(text: str) -> list[str]:
    """Part a text after full stops, question and exclamation marks that a capital or a digit follows."""
    return _SENTENCE.split(text)


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)
