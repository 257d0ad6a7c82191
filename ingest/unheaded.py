"""Portions that no heading of their own names: combined headings parted, prose without headings understood.

Precision comes first: what the classifier is not sure of stays outside all fields.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate, chain, groupby
from statistics import mean

from ingest.decoding import decode
from ingest.fields import Portion
from ingest.lexicon import AND, LESSONS, SAID
from ingest.portions import RULE, Found, by_sentence, joined, regrouped, sentences_of
from ingest.section_model import evidence_by_sentence, pair_leaning
from ingest.sections import text_of
from ingest.text_features import Label
from ingest.turns import cut_in_two, odds_of_turns, part_among
from kb.types import FIELD_NAMES, FieldName

_COMBINED = 0.7  # confidence in a text parted by the classifier under a heading that names the fields
_LEANS = 0.4  # how far from even a heading must be to mean one of them
_ONE_TOLD, _BOTH_TOLD = 1.0, 2.0  # nats for a section that tells both, where other sections tell one of them, or both
_CUT = 1.5  # nats more for one that tells first one and then the other
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
    """Part what tells success factors and challenges in turn, by sentence.

    That may be what stands under "Erfarenheter" in a document that tells neither elsewhere, under a heading that does
    not say which of them it means, or below no heading.
    """
    told = {portion.field for portion in portions if not _is_of_lessons(portion)} & set(LESSONS)
    result: list[Portion] = []
    for lessons, group in groupby(portions, key=_is_of_lessons):
        run = list(group)
        if lessons and not told:
            parted = _told_in_turn(run, 0.0, alone=True)
            result += parted or _by_sentence(run, _lessons_at_most)
        elif not lessons:
            alone = len(told) == 1
            needed = _ONE_TOLD if alone else _BOTH_TOLD
            for (opened, _), own in groupby(run, key=lambda portion: (_is_open(portion), portion.field)):
                stretch = list(own)
                parted = _told_in_turn(stretch, needed, alone=alone) if opened else None
                result += parted or stretch
        else:
            result += run
    return tuple(result)


def _is_of_lessons(portion: Portion) -> bool:
    heading = portion.part.heading
    return heading is not None and heading.meaning.lessons and not portion.shared


def _is_open(portion: Portion) -> bool:
    """Whether a portion of success factors or challenges may tell of the other as well."""
    heading = portion.part.heading
    if portion.field not in LESSONS:
        return False
    if heading is None or portion.rule == RULE:
        return heading is None
    if heading.meaning.score >= SAID and not heading.meaning.weak:
        return False
    if portion.rule.endswith("-heading") and heading.meaning.field != portion.field:
        return False  # its chapter's heading says it
    sides = {_side(pair_leaning(half)) for half in AND.split(heading.text)}
    return len(sides) > 1 or None in sides


def _side(leaning: float | None) -> bool | None:
    """Which of both a heading clearly means: success factors or not; ``None`` where that is not clear."""
    return leaning > 0.5 if leaning is not None and abs(leaning - 0.5) > _LEANS else None


def _told_in_turn(run: Sequence[Portion], needed: float, *, alone: bool) -> list[Portion] | None:
    """Part a run of portions that tells success factors and challenges, or return ``None`` where it tells only one.

    It does where the odds are more than ``needed`` nats. It is parted sentence by sentence; or between two paragraphs,
    where the document tells the other of both nowhere else (``alone``).
    """
    paragraphs = [sentences_of(text_of(block)) for portion in run for block in portion.part.blocks]
    if odds_of_turns([*chain(*paragraphs)]) > needed:
        return _parted(run, LESSONS)
    if not alone:
        return None
    odds, names = cut_in_two(paragraphs)
    if odds <= needed + _CUT:
        return None
    labels = iter([(name, _COMBINED) for name in names])
    return [*chain(*(regrouped(p, [next(labels) for _ in p.part.blocks], RULE) for p in run))]


def _lessons_at_most(texts: Sequence[str], borders: Collection[int]) -> list[Found]:
    return decode(evidence_by_sentence(texts, borders, allowed=(None, *LESSONS)))


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

    return _by_sentence(run, among)


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
    told = iter(_each_by_sentence(run, likely))
    if len(kept - {None}) < _FIELDS or not kept & set(LESSONS):
        return None
    return tuple(chain(*(next(told) if any(portion is own for own in run) else [portion] for portion in portions)))


def _by_sentence(
    run: Sequence[Portion], find: Callable[[Sequence[str], Collection[int]], Sequence[Found]]
) -> list[Portion]:
    return [*chain(*_each_by_sentence(run, find))]


def _each_by_sentence(
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
