"""Parts to fields: which headings open a field, which stay inside it, which end it."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from ingest.lexicon import SAID
from ingest.sections import Heading, Part, spans_of, text_of
from kb.types import FIELD_NAMES, FieldName, FieldValue, Section

_CONFIDENCE = {"tag+lexicon": 0.98, "outline+lexicon": 0.97, "typography+lexicon": 0.95, "lexicon": 0.85}
_FUZZY = 0.9  # a pattern matched, not the whole phrase


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the document, or a stretch of one, and the field it belongs to; how that was found, how surely.

    ``shared`` names the fields of a combined heading ("Framgångsfaktorer och utmaningar"), in the heading's order.
    """

    part: Part
    field: FieldName | None
    rule: str
    confidence: float
    shared: tuple[FieldName, ...] = ()


def assign(parts: Sequence[Part]) -> list[tuple[FieldName, ...]]:
    """Return, for each part, the fields that its text belongs to: none, one, or two under a combined heading."""
    top = field_level(parts)
    headings = [part.heading for part in parts if part.heading and part.heading.level <= top]
    at_top = {h.meaning.field for h in headings if h.meaning.field and len(h.meaning.fields) == 1}
    result: list[tuple[FieldName, ...]] = []
    current: tuple[FieldName, ...] = ()
    opened_at = 0
    settled = False  # the heading above says what it is about: only a clear word in a sub-heading changes that
    box: tuple[FieldName, ...] = ()
    box_level = 0
    for before, part in zip((None, *parts), parts, strict=False):
        heading = part.heading
        named = tuple(name for name, _ in heading.meaning.fields) if heading else ()
        if part.boxed:  # neither belongs to the section that it interrupts nor ends it
            if (
                before is None
                or not before.boxed
                or (heading and (heading.meaning.known or heading.level <= box_level))
            ):
                box, box_level = named, heading.level if heading else 0
            result.append(box)
            continue
        if heading is not None:
            if heading.level <= max(top, opened_at):
                current, opened_at = named, heading.level if named else 0
                settled = bool(named) or heading.meaning.other > 0
            elif named and (not settled or len(current) > 1 or _is_own_section(heading, named[0], at_top)):
                current, opened_at = named, heading.level
        result.append(current)
    return result


def _is_own_section(heading: Heading, name: FieldName, at_top: Set[FieldName]) -> bool:
    """Whether a sub-heading opens a field of its own: its very word, and no heading further up has the field."""
    return heading.meaning.score >= SAID and name not in at_top and name != "method"


def field_level(parts: Sequence[Part]) -> int:
    """The heading level at which most of the lexicon's headings stand."""
    weights: Counter[int] = Counter()
    for part in parts:
        if part.heading and part.heading.meaning.known:
            weights[part.heading.level] += 2 if part.heading.meaning.score == 1.0 else 1
    return max(weights, key=lambda level: (weights[level], -level), default=1)


def portions_of(parts: Sequence[Part]) -> tuple[Portion, ...]:
    """Give every part its field; what stands under a combined heading is left to :mod:`ingest.unheaded`."""
    portions: list[Portion] = []
    rule, confidence = "", 0.0
    for part, names in zip(parts, assign(parts), strict=True):
        if part.heading is not None and part.heading.meaning.field in names:
            rule, confidence = _rule(part.heading)
        if len(names) == 1:
            portions.append(Portion(part, names[0], rule, confidence))
        else:
            portions.append(Portion(part, None, "", 0.0, shared=names))
    return tuple(portions)


def fields_of(portions: Sequence[Portion]) -> dict[FieldName, FieldValue | None]:
    """Put each field's value together from its portions, in reading order."""
    found: dict[FieldName, FieldValue | None] = {}
    for name in FIELD_NAMES:
        own = [portion for portion in portions if portion.field == name]
        blocks = [block for portion in own for block in portion.part.blocks]
        text = "\n".join(filter(None, (text_of(block) for block in blocks)))
        found[name] = FieldValue(text, spans_of(blocks), own[0].rule, own[0].confidence) if text else None
    return found


def sections_of(portions: Sequence[Portion]) -> tuple[Section, ...]:
    """Return the portions as plain sections, in reading order."""
    return tuple(
        Section(
            portion.part.heading.text if portion.part.heading else "",
            portion.part.heading.level if portion.part.heading else 0,
            portion.part.text,
            spans_of(portion.part.blocks),
            portion.field,
        )
        for portion in portions
    )


def _rule(heading: Heading) -> tuple[str, float]:
    sure = _CONFIDENCE.get(heading.witness, 0.8) * (1.0 if heading.meaning.score == 1.0 else _FUZZY)
    return f"{heading.witness.split('+')[0]}-heading", round(sure, 2)
