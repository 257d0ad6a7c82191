"""Portions that no heading of their own names: combined headings parted, prose without headings understood.

Precision comes first: what the classifier is not sure of stays outside all fields.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from statistics import mean

from ingest.fields import Portion
from ingest.portions import by_sentence, joined, regrouped
from ingest.prose import RULE, SURE, Label, classify
from ingest.section_model import part_among
from ingest.sections import text_of
from kb.types import FIELD_NAMES, FieldName

_COMBINED = 0.7  # confidence in a text parted by the classifier under a heading that names the fields
_LESSONS: tuple[Label, ...] = (None, "success_factors", "challenges")
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
    blocks = [[by_sentence(block) for block in portion.part.blocks] for portion in run]
    paragraphs = [sentences for own in blocks for sentences in own]
    borders = {*accumulate(map(len, paragraphs))}
    texts = [text_of(sentence) for sentences in paragraphs for sentence in sentences]
    labels = iter(part_among(names, texts, borders, language))
    result: list[Portion] = []
    for portion, own in zip(run, blocks, strict=True):
        pieces = [piece for sentences in own for piece in joined([(s, next(labels)) for s in sentences])]
        result += regrouped(portion, [(name, _COMBINED) for _, name in pieces], RULE, [block for block, _ in pieces])
    return result


def _lessons(portion: Portion, language: str) -> list[Portion]:
    found = classify([text_of(block) for block in portion.part.blocks], language, allowed=_LESSONS)
    return regrouped(portion, [(label if chance >= SURE else None, chance) for label, chance in found], RULE)


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
    labels = [(label, kept.get(label, 0.0)) if label in kept else (None, 0.0) for label, _ in found]
    known = {id(block): label for (_, block), label in zip(pieces, labels, strict=True)}
    result: list[Portion] = []
    for portion in portions:
        result += regrouped(portion, [known.get(id(block), (None, 0.0)) for block in portion.part.blocks], RULE)
    return tuple(result)
