"""Portions that no heading of their own names: combined headings parted, prose without headings understood.

Precision comes first: what the classifier is not sure of stays outside all fields.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate, chain
from statistics import mean

from ingest.decoding import decode, part_among
from ingest.fields import Portion
from ingest.portions import RULE, Found, by_sentence, joined, regrouped
from ingest.section_model import evidence_by_sentence
from ingest.sections import text_of
from ingest.text_features import Label
from kb.types import FIELD_NAMES, FieldName

_COMBINED = 0.7  # confidence in a text parted by the classifier under a heading that names the fields
_LESSONS: tuple[Label, ...] = (None, "success_factors", "challenges")
_SURE = 0.4  # the mean probability that a field's sentences need
_FEWEST_WORDS = 20  # of a field told in prose
_FIELDS = 3  # that a text tells if it tells of an example
_FEWEST = 5  # paragraphs of a text that is understood without headings
_LONGEST = 6000  # words of one


def with_combined_parted(portions: Sequence[Portion]) -> tuple[Portion, ...]:
    """Part what stands under combined headings."""
    result: list[Portion] = []
    for names, run in _runs(portions):
        result += _parted(run, names) if names else run
    return tuple(result)


def with_lessons_parted(portions: Sequence[Portion]) -> tuple[Portion, ...]:
    """Part what stands under "Erfarenheter" where a document tells success factors or challenges nowhere else."""
    lessons = [p.part.heading is not None and p.part.heading.meaning.lessons for p in portions]
    told = {portion.field for portion, mixed in zip(portions, lessons, strict=True) if not mixed}
    if told & {"success_factors", "challenges"}:
        return tuple(portions)
    result: list[Portion] = []
    for portion, mixed in zip(portions, lessons, strict=True):
        result += _lessons(portion) if mixed else [portion]
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


def _parted(run: Sequence[Portion], names: tuple[FieldName, ...]) -> list[Portion]:
    def among(texts: Sequence[str], borders: Collection[int]) -> list[Found]:
        return [(name, _COMBINED) for name in part_among(names, texts, borders)]

    return [*chain(*_by_sentence(run, among))]


def _lessons(portion: Portion) -> list[Portion]:
    def likely(texts: Sequence[str], borders: Collection[int]) -> list[Found]:
        return decode(evidence_by_sentence(texts, borders, allowed=_LESSONS))

    return _by_sentence([portion], likely)[0]


def told_in_prose(portions: Sequence[Portion]) -> tuple[Portion, ...] | None:
    """Understand a text without telling headings, or return ``None`` where it does not tell of an example.

    It does when three fields are found with some certainty, success factors or challenges among them.
    """
    run = [p for p in portions if p.part.heading is None or not p.part.heading.meaning.other]
    kept: set[Label] = {None}

    def likely(texts: Sequence[str], borders: Collection[int]) -> list[Found]:
        found = decode(evidence_by_sentence(texts, borders))
        for name in FIELD_NAMES:
            chances = [chance for label, chance in found if label == name]
            words = sum(len(t.split()) for t, (label, _) in zip(texts, found, strict=True) if label == name)
            if chances and mean(chances) >= _SURE and words >= _FEWEST_WORDS:
                kept.add(name)
        return [(label, chance) if label in kept else (None, 0.0) for label, chance in found]

    blocks = [block for portion in run for block in portion.part.blocks]
    if len(blocks) < _FEWEST or sum(len(block.text.split()) for block in blocks) > _LONGEST:
        return None
    told = iter(_by_sentence(run, likely))
    if len(kept - {None}) < _FIELDS or not kept & {"success_factors", "challenges"}:
        return None
    return tuple(chain(*(next(told) if any(portion is own for own in run) else [portion] for portion in portions)))


def _by_sentence(
    run: Sequence[Portion], find: Callable[[Sequence[str], Collection[int]], Sequence[Found]]
) -> list[list[Portion]]:
    """Part each portion by what ``find`` says of their sentences; it is told with which of them paragraphs begin."""
    blocks = [[by_sentence(block) for block in portion.part.blocks] for portion in run]
    paragraphs = [sentences for own in blocks for sentences in own]
    found = iter(find([text_of(s) for own in paragraphs for s in own], {*accumulate(map(len, paragraphs))}))
    result: list[list[Portion]] = []
    for portion, own in zip(run, blocks, strict=True):
        pieces = [piece for sentences in own for piece in joined([(s, next(found)) for s in sentences])]
        result.append(regrouped(portion, [label for _, label in pieces], RULE, [block for block, _ in pieces]))
    return result
