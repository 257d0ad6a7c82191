"""What sections are about where their headings do not say, or say it of one part only.

Every section of a document is weighed against all the others (:mod:`ingest.section_model`); where a heading says next
to nothing, its paragraphs are weighed one by one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean

from ingest.decoding import decode
from ingest.fields import Portion, field_level
from ingest.layout import Block
from ingest.lexicon import LESSONS, SAID
from ingest.portions import RULE, regrouped
from ingest.section_model import Evidence, evidence_above_headings, evidence_by_paragraph, evidence_of, text_evidence
from ingest.sections import Heading, text_of
from ingest.text_features import LABELS, Label
from kb.types import FIELD_NAMES

SECTION_RULE = "section-classifier"
_TOLD = 2  # fields under telling headings that make a document an example worth completing
_FEWEST_ANSWERED = 15  # words below a question
_FEWEST_WORDS = 25  # of a section that is given a field by its text
_LIKELY = 0.35  # among six labels
_LIKELIER = 0.6  # of a section whose heading resembles no field's
_SHORT, _DOUBTFUL = 0.6, 0.72  # of the mean length of all fields told; the chance of one that short to be an anecdote
_ASIDE = 1.2  # nats by which the text below a sub-heading must be of no field to end its chapter's
_FEWEST_SECTIONS = 5  # with text, of a document that is understood by its sections


@dataclass(frozen=True, slots=True)
class _Unit:
    """What gets one label: some blocks of a section, each in its portion, and what is known of them."""

    pieces: tuple[tuple[Portion, Block], ...]
    section: tuple[Portion, ...]
    evidence: Evidence


def with_sections_understood(portions: Sequence[Portion], language: str) -> tuple[Portion, ...]:
    """Give each section the field that its heading, its text and its place among the others agree on.

    Only in documents that have at least two fields under telling headings; "Erfarenheter" counts as one. What stands
    before the first heading and what was parted under a combined heading stays as it is.
    """
    found = {portion.field for portion in portions if portion.field}
    lessons = any(p.part.heading is not None and p.part.heading.meaning.lessons for p in portions)
    if len(found) + lessons < _TOLD:
        return tuple(portions)
    units = _units(portions, field_level([portion.part for portion in portions]), language)
    decided = decode([unit.evidence for unit in units])
    kept: list[tuple[Label, float]] = []
    for unit, (name, chance) in zip(units, decided, strict=True):
        own = unit.section[0].field
        kept.append((own, 0.0) if chance < (_LIKELY if own else _LIKELIER) else (name, chance))
    return _labelled(portions, units, _without_anecdotes(units, kept))


def told_in_sections(portions: Sequence[Portion], language: str) -> tuple[Portion, ...] | None:
    """Understand a document whose headings name nothing by the texts below them, or return ``None``.

    It tells of an example when its sections give three fields, success factors or challenges among them, each of
    which some section speaks for by itself, whatever the others are.
    """
    units = _units(portions, _busiest_level(portions), language)
    if len({unit.section for unit in units if not unit.evidence.is_fixed}) < _FEWEST_SECTIONS:
        return None
    decided = decode([unit.evidence for unit in units])
    chances = {name: [chance for label, chance in decided if label == name] for name in FIELD_NAMES}
    kept = {name for name, own in chances.items() if own and mean(own) >= _LIKELY}
    alone = {unit.evidence.likeliest for unit in units} & kept
    if len(alone) < 3 or not alone & set(LESSONS):
        return None
    found = [(name if name in kept else None, chance) for name, chance in decided]
    return _labelled(portions, units, _without_anecdotes(units, found))


def _without_anecdotes(units: Sequence[_Unit], decided: Sequence[tuple[Label, float]]) -> Sequence[tuple[Label, float]]:
    """Leave out lessons that no heading names and that only a short stretch may tell: a scene, a portrait, an aside."""
    words: Counter[Label] = Counter()
    chances: dict[Label, list[float]] = {}
    for unit, (label, chance) in zip(units, decided, strict=True):
        words[label] += sum(len(block.text.split()) for _, block in unit.pieces)
        chances.setdefault(label, []).append(1.0 if unit.section[0].field == label else chance)
    told = [name for name in FIELD_NAMES if words[name]]
    short = _SHORT * mean(words[name] for name in told) if told else 0.0
    faint = {name for name in set(told) & set(LESSONS) if words[name] < short and max(chances[name]) < _DOUBTFUL}
    return [(None, 0.0) if label in faint else (label, chance) for label, chance in decided]


def _units(portions: Sequence[Portion], top: int, language: str) -> list[_Unit]:
    """The sections, or their paragraphs one by one, with what is known of each."""
    units: list[_Unit] = []
    for section in _sections(portions, top):
        heading, name = section[0].part.heading, section[0].field
        pieces = [(portion, block) for portion in section for block in portion.part.blocks]
        texts = [text_of(block) for _, block in pieces]
        aside = _says_little(heading, texts) or section[0].part.boxed
        if heading is None and name is None and not section[0].shared:
            weighed = evidence_above_headings(texts)
            units += [_Unit((piece,), tuple(section), own) for piece, own in zip(pieces, weighed, strict=True)]
        elif heading is None or section[0].rule == RULE or section[0].shared or (aside and not heading.meaning.known):
            units.append(_Unit(tuple(pieces), tuple(section), Evidence.fixed(name)))
        elif len(texts) < 2 or (heading.meaning.known and not heading.meaning.weak):
            units.append(_Unit(tuple(pieces), tuple(section), evidence_of(heading.text, texts, language)))
        else:
            weighed = evidence_by_paragraph(heading.text, texts, language)
            units += [_Unit((piece,), tuple(section), own) for piece, own in zip(pieces, weighed, strict=True)]
    return units


def _says_little(heading: Heading | None, texts: Sequence[str]) -> bool:
    asked = heading is not None and heading.text.rstrip().endswith("?")
    return sum(len(text.split()) for text in texts) < (_FEWEST_ANSWERED if asked else _FEWEST_WORDS)


def _sections(portions: Sequence[Portion], top: int) -> list[list[Portion]]:
    """Portions by section: a heading of level ``top`` or above, and the sub-headings below it.

    A box is one by itself. A sub-heading that names something else ("Röster", "Läs mer") begins one where the text
    below it is of no field.
    """
    sections: list[list[Portion]] = []
    current: list[Portion] = []  # the section that a box interrupts goes on below it
    chapter: list[Portion] = []  # the one that a sub-heading of something else interrupts does below the next
    interrupting: Heading | None = None
    for portion in portions:
        heading = portion.part.heading
        if portion.part.boxed:
            sections.append([portion])
            continue
        if heading is not None and interrupting is not None and heading.level <= interrupting.level:
            current, interrupting = chapter, None
        begins = heading is not None and heading.level <= top
        if heading is not None and not begins and _is_aside(heading, portion):
            chapter = current if interrupting is None else chapter
            begins, interrupting = True, heading
        if not current or begins or portion.field != current[-1].field:
            current = []
            sections.append(current)
        current.append(portion)
    return sections


def _is_aside(heading: Heading, portion: Portion) -> bool:
    if heading.meaning.other < SAID or not portion.part.blocks:
        return False
    nats = text_evidence([text_of(block) for block in portion.part.blocks])
    none = LABELS.index(None)
    return nats[none] - max(value for index, value in enumerate(nats) if index != none) > _ASIDE


def _labelled(
    portions: Sequence[Portion], units: Sequence[_Unit], decided: Sequence[tuple[Label, float]]
) -> tuple[Portion, ...]:
    """Give each portion the labels of its blocks; what has its label already keeps how it was found."""
    known: dict[int, tuple[Label, float]] = {}
    lone: dict[int, tuple[Label, float]] = {}
    for unit, found in zip(units, decided, strict=True):
        known |= {id(block): found for _, block in unit.pieces}
        lone |= {id(portion): found for portion in unit.section if not portion.part.blocks}
    result: list[Portion] = []
    for portion in portions:
        labels = [known[id(block)] for block in portion.part.blocks] or [lone[id(portion)]]
        if {label for label, _ in labels} == {portion.field}:
            result.append(portion)
        elif portion.part.blocks:
            result += regrouped(portion, [(label, round(0.9 * chance, 2)) for label, chance in labels], SECTION_RULE)
        else:
            result.append(replace(portion, field=labels[0][0], rule=SECTION_RULE, shared=()))
    return tuple(result)


def _busiest_level(portions: Sequence[Portion]) -> int:
    """The level of heading below which most of the text stands."""
    words: Counter[int] = Counter()
    for portion in portions:
        if portion.part.heading is not None:
            words[portion.part.heading.level] += len(portion.part.text.split())
    return max(words, key=lambda level: (words[level], -level), default=1)
