"""What the page shows of a search, worked out from what the library returns. Pure: no Streamlit, HTML or base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.address import Params, SearchState, toggled, with_values
from app.i18n import Texts
from kb.filters import COLUMNS
from kb.taxonomy import Taxonomy
from kb.types import Case, FacetCount, Hit, MatchedTerm, PassageHit

QUOTE_LENGTH = 340
_BEFORE = 80  # characters shown before the first marked word of a shortened quote

GROUPS: Mapping[str, tuple[str, ...]] = {
    "work": ("measure", "target_group", "arena", "environment", "prevention_level", "strategy"),
    "lessons": ("success_factor", "challenge", "evidence", "maturity"),
    "where": ("owner", "partner", "geographic_level", "country"),
    "document": ("field", "document_type", "language"),
}
"""How the facets are grouped; one that is not named here (of an extended taxonomy) joins the first group."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage as a hit shows it. ``label`` is its field, or its heading where it is of no field."""

    label: str
    page: int
    position: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A hit. ``byline`` says who, where and when; ``words`` are those that matched; the shares are per cent."""

    case_id: str
    title: str
    language: str
    byline: tuple[str, ...]
    kind: str | None
    quotes: tuple[Quote, ...]
    words: tuple[str, ...]
    by_words: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with how many cases have it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet that can be filtered by."""

    id: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def active(self) -> bool:
        """Whether any of its values is chosen."""
        return any(choice.selected for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    facet: str
    label: str
    without: Mapping[str, Sequence[str]]


def segments(text: str, matched: Sequence[MatchedTerm]) -> tuple[Segment, ...]:
    """Cut ``text`` at the matches; what cannot be one (out of range, overlapping) is left unmarked.

    >>> segments("Stöd till unga", [MatchedTerm(10, 14, "ung")])
    (Segment(text='Stöd till ', marked=False), Segment(text='unga', marked=True))
    """
    found: list[Segment] = []
    at = 0
    for match in sorted(matched, key=lambda m: m.start):
        if at <= match.start < match.end <= len(text):
            found += [Segment(text[at : match.start]), Segment(text[match.start : match.end], marked=True)]
            at = match.end
    found.append(Segment(text[at:]))
    return tuple(segment for segment in found if segment.text)


def excerpt(text: str, matched: Sequence[MatchedTerm], *, length: int = QUOTE_LENGTH) -> tuple[Segment, ...]:
    """Return the part of ``text`` with the most matches, about ``length`` characters long and cut between words."""
    text = text.replace("\n", " ")
    matched = [match for match in matched if 0 <= match.start < match.end <= len(text)]
    if len(text) <= length:
        return segments(text, matched)
    starts = [0, *(max(0, match.start - _BEFORE) for match in matched if match.start > length - _BEFORE)]

    def inside(start: int) -> int:
        return sum(start <= match.start and match.end <= start + length for match in matched)

    start = max(starts, key=inside)  # the first of the best
    end = min(len(text), start + length)
    if start > 0:
        start = _next_word(text, start, end)
    if end < len(text):
        end = max(start + 1, text.rfind(" ", start, end + 1))
    shifted = [
        MatchedTerm(m.start - start, m.end - start, m.term) for m in matched if start <= m.start and m.end <= end
    ]
    shown = segments(text[start:end], shifted)
    before = (Segment("… "),) if start > 0 else ()
    after = (Segment(" …"),) if end < len(text) else ()
    return (*before, *shown, *after)


def _next_word(text: str, start: int, end: int) -> int:
    if text[start - 1].isspace():
        return start
    space = text.find(" ", start, end)
    return start if space < 0 else space + 1


def card(hit: Hit, taxonomy: Taxonomy, texts: Texts) -> Card:
    """Return a hit as it is shown."""
    best = hit.passages[0] if hit.passages else None
    total = best.lexical + best.semantic if best else 0.0
    return Card(
        case_id=hit.case.case_id,
        title=hit.case.title,
        language=hit.case.language,
        byline=byline(hit.case, taxonomy, texts),
        kind=None
        if hit.case.document_type == "example"
        else taxonomy.label("document_type", hit.case.document_type, texts.language),
        quotes=tuple(_quote(passage, texts) for passage in hit.passages),
        words=_words(hit.passages),
        by_words=round(100 * best.lexical / total) if best and total > 0 else None,
    )


def _quote(hit: PassageHit, texts: Texts) -> Quote:
    passage = hit.passage
    label = texts.field(passage.field) if passage.field else passage.title or texts("from_document")
    return Quote(label=label, page=passage.page, position=passage.position, segments=excerpt(passage.text, hit.matched))


def _words(passages: Sequence[PassageHit]) -> tuple[str, ...]:
    """Return the matching words as they stand in the passages, in lower case and each once."""
    found = (p.passage.text[m.start : m.end].lower() for p in passages for m in p.matched)
    return tuple(dict.fromkeys(word for word in found if word))


def byline(case: Case, taxonomy: Taxonomy, texts: Texts) -> tuple[str, ...]:
    """Return who, where and when, as far as the document says so and without saying a place twice."""
    parts: list[str] = []
    if case.organisation:
        parts.append(case.organisation)
    if case.place and case.place.lower() not in (case.organisation or "").lower():
        parts.append(case.place)
    if case.country:
        parts.append(taxonomy.label("country", case.country, texts.language))
    if case.start_year:
        parts.append(texts("since", year=case.start_year))
    elif case.published_year:
        parts.append(texts("published", year=case.published_year))
    return tuple(parts)


def facet_groups(
    counts: Mapping[str, Sequence[FacetCount]], total: int, taxonomy: Taxonomy, texts: Texts
) -> dict[str, tuple[FacetGroup, ...]]:
    """Return the facets worth choosing from by group of :data:`GROUPS`: those that tell the cases apart.

    A facet whose only value all ``total`` cases share is left out, unless it is chosen.
    """
    known = [*taxonomy.facets, "field"]
    named = {facet for group in GROUPS.values() for facet in group}
    further = tuple(facet for facet in known if facet not in named)
    found: dict[str, tuple[FacetGroup, ...]] = {}
    for name, facets in GROUPS.items():
        members = (*facets, *further) if name == next(iter(GROUPS)) else facets
        groups = (_facet_group(facet, counts.get(facet, ()), taxonomy, texts) for facet in members if facet in known)
        found[name] = tuple(g for g in groups if g.active or _tells_apart(g.choices, total))
    return {name: groups for name, groups in found.items() if groups}


def _facet_group(facet: str, counts: Sequence[FacetCount], taxonomy: Taxonomy, texts: Texts) -> FacetGroup:
    choices = tuple(Choice(c.value, value_label(facet, c.value, taxonomy, texts), c.count, c.selected) for c in counts)
    return FacetGroup(facet, facet_label(facet, taxonomy, texts), choices)


def _tells_apart(choices: Sequence[Choice], total: int) -> bool:
    return len(choices) > 1 or any(choice.count < total for choice in choices)


def facet_label(facet: str, taxonomy: Taxonomy, texts: Texts) -> str:
    """Return what readers call a facet, or one of the filters that are none."""
    known = taxonomy.facets.get(facet)
    return known.labels[texts.language] if known else texts(f"filter.{facet}")


def value_label(facet: str, value: str, taxonomy: Taxonomy, texts: Texts) -> str:
    """Return what readers call a value of a facet or of ``field``."""
    return texts.field(value) if facet == "field" else taxonomy.label(facet, value, texts.language)


def chips(state: SearchState, params: Params, taxonomy: Taxonomy, texts: Texts) -> tuple[Chip, ...]:
    """Return the filters in force, each with the address that lacks it."""
    filters = state.filters
    found = [
        Chip(
            facet_label(facet, taxonomy, texts),
            value_label(facet, value, taxonomy, texts),
            toggled(params, facet, value, chosen=False),
        )
        for facet in (*filters.facets, *COLUMNS, "field")
        for value in filters.values_of(facet)
    ]
    if filters.started_from or filters.started_to:
        years = years_label(filters.started_from, filters.started_to, texts)
        found.append(Chip(texts("filter.start_year"), years, with_values(params, "start_year", [])))
    return tuple(found)


def years_label(first: int | None, last: int | None, texts: Texts) -> str:
    """Return a stretch of years, open at either end, as people write it."""
    if first is None or last is None:
        return texts("years.from", year=first) if last is None else texts("years.to", year=last)
    return str(first) if first == last else f"{first}–{last}"
