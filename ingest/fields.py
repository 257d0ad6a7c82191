"""Parts to fields: which headings open a field, which stay inside it, which end it."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from ingest.layout import Block
from ingest.sections import Heading, Part, spans_of, text_of
from kb.types import FIELD_NAMES, FieldName, FieldValue

_CONFIDENCE = {"tag+lexicon": 0.98, "typography+lexicon": 0.95, "lexicon": 0.85}
_FUZZY = 0.9  # a pattern matched, not the whole phrase


def assign(parts: Sequence[Part]) -> list[tuple[FieldName, ...]]:
    """Return, for each part, the fields that its text belongs to: none, one, or two under a combined heading."""
    top = field_level(parts)
    at_top = {h.meaning.field for h in (p.heading for p in parts) if h and h.level <= top and h.meaning.field}
    result: list[tuple[FieldName, ...]] = []
    current: tuple[FieldName, ...] = ()
    opened_at = 0
    settled = False  # the heading above says what it is about: only a clear word in a sub-heading changes that
    for part in parts:
        heading = part.heading
        if heading is not None:
            named = tuple(name for name, _ in heading.meaning.fields)
            if heading.level <= max(top, opened_at):
                current, opened_at = named, heading.level if named else 0
                settled = bool(named) or heading.meaning.other > 0
            elif named and (not settled or _is_own_section(heading, named[0], at_top)):
                current, opened_at = named, heading.level
        result.append(current)
    return result


def _is_own_section(heading: Heading, name: FieldName, at_top: Set[FieldName]) -> bool:
    """Whether a sub-heading opens a field of its own: its very word, and no heading further up has the field."""
    return heading.meaning.score == 1.0 and name not in at_top and name != "method"


def field_level(parts: Sequence[Part]) -> int:
    """The heading level at which most of the lexicon's headings stand."""
    weights: Counter[int] = Counter()
    for part in parts:
        if part.heading and part.heading.meaning.known:
            weights[part.heading.level] += 2 if part.heading.meaning.score == 1.0 else 1
    return max(weights, key=lambda level: (weights[level], -level), default=1)


def fields_of(parts: Sequence[Part], assigned: Sequence[tuple[FieldName, ...]]) -> dict[FieldName, FieldValue | None]:
    """Put each field's value together from the parts that belong to it alone."""
    blocks: dict[FieldName, list[Block]] = {name: [] for name in FIELD_NAMES}
    headings: dict[FieldName, list[Heading]] = {name: [] for name in FIELD_NAMES}
    for part, names in zip(parts, assigned, strict=True):
        if len(names) == 1:
            blocks[names[0]] += part.blocks
            if part.heading is not None and part.heading.meaning.field == names[0]:
                headings[names[0]].append(part.heading)
    return {name: _value(blocks[name], headings[name]) for name in FIELD_NAMES}


def _value(blocks: Sequence[Block], headings: Sequence[Heading]) -> FieldValue | None:
    text = "\n".join(filter(None, (text_of(block) for block in blocks)))
    if not text:
        return None
    heading = headings[0] if headings else None
    witness = heading.witness if heading else "lexicon"
    confidence = _CONFIDENCE.get(witness, 0.8) * (1.0 if heading and heading.meaning.score == 1.0 else _FUZZY)
    return FieldValue(text, spans_of(blocks), f"{witness.split('+')[0]}-heading", round(confidence, 2))


def merged(
    fields: Mapping[FieldName, FieldValue | None], found: Mapping[FieldName, FieldValue]
) -> dict[FieldName, FieldValue | None]:
    """Fill the fields that headings did not give with what the classifier found."""
    return {name: fields.get(name) or found.get(name) for name in FIELD_NAMES}
