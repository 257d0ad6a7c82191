"""Facets of a case: cue words of the taxonomy, weighed by where they stand, each value with the sentence it rests on.

Every facet is read where its answer is: the owner from the organisation, the partners from the partners, success
factors from that field, the measure from title and method. A cue that is negated or only wished for ("ingen pilot",
"bör bli permanent") does not count.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.cues import CueIndex, taxonomy_cues
from ingest.fields import Portion
from ingest.layout import Block
from ingest.metadata import Metadata
from ingest.sections import text_of
from kb.privacy import masked
from kb.taxonomy import Facet, Taxonomy
from kb.types import FacetValue

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"”»«’A-ZÅÄÖÆØ0-9])|\n")
_TOLD = {
    "together": re.compile(
        r"\b(?:samarbet\w+|samverka\w*|tillsammans med|i samråd|ingår|medverkar|deltar|samarbeid\w*|sammen med|"
        r"samarbejd\w*|deltager|together with|alongside|partner\w*|works? with|worked with)\b"
    ),
    "aimed": re.compile(
        r"\b(?:vänder sig till|riktar sig (?:till|mot)|riktad \w* ?(?:till|mot)|målgrupp\w*|är till för|erbjuds|"
        r"henvender seg til|retter seg mot|målgruppe\w*|gjelder|henvender sig til|retter sig mod|is for|are for|aimed at|"
        r"offered to)\b"
    ),
}
"""Sentences that tell who works together, and whom the work is for, wherever they stand in what was done.

The patterns are for text in lower case: to ignore case takes three times as long.
"""

_LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with where it stands: the place's name, its page, and its weight as evidence."""

    where: str
    text: str
    page: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A place in which a value's cues stand, and how many of them."""

    place: Place
    hits: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a facet's cues are looked for with what weight, how much is enough, and how many values at most.

    ``share``: a value needs this part of the best value's score.
    """

    weights: Mapping[str, float]
    enough: float
    most: int
    share: float = 0.0


_ANYWHERE = {"title": 4.0, "lead": 1.5, "method": 1.0, "other": 0.7, "background": 0.5, "results": 0.5}
_TEXT = _ANYWHERE | {"targets": 2.0, "facts": 1.0, "success_factors": 0.5, "challenges": 0.5}
RULES: Mapping[str, Rule] = {
    "prevention_level": Rule(_TEXT | {"results": 0.0}, 1.0, 2, 0.4),
    "strategy": Rule(_TEXT | {"results": 0.0}, 1.0, 2, 0.4),
    "environment": Rule(_TEXT | {"background": 1.0}, 1.0, 3, 0.3),
    "measure": Rule(_TEXT, 2.5, 3, 0.35),
    "target_group": Rule({"targets": 3.0, "aimed": 1.5, "title": 2.0, "lead": 1.0, "method": 0.5}, 1.5, 4, 0.25),
    "arena": Rule(_TEXT | {"organisation": 2.0, "partners": 1.0}, 3.0, 4, 0.3),
    "owner": Rule({"organisation": 1.0}, 1.0, 2),
    "partner": Rule({"partners": 2.0, "together": 1.0, "method": 0.5, "lead": 0.5, "success_factors": 0.4}, 1.5, 8),
    "geographic_level": Rule({"title": 1.0, "lead": 0.5, "method": 0.3}, 2.0, 1),
    "success_factor": Rule({"success_factors": 1.0}, 1.0, 6),
    "challenge": Rule({"challenges": 1.0}, 1.0, 6),
    "evidence": Rule({"results": 1.0, "method": 0.4, "other": 0.4, "lead": 0.5, "success_factors": 0.4}, 0.8, 3),
    "maturity": Rule(_TEXT | {"facts": 2.0}, 0.5, 1),
}
_EXTREMISM = re.compile(r"extremis|ekstremis|radikalis\w|radicali[sz]\w", re.IGNORECASE)
_LEVEL_OF_TARGET = {
    **dict.fromkeys(("all_youth", "public"), "universal"),
    "youth_at_risk": "selective",
    **dict.fromkeys(("radicalised", "defectors", "returnees", "children_in_extremist_settings"), "indicated"),
}
_LEVEL_OF_OWNER = {
    "municipality": "local",
    "region": "regional",
    "county_board": "regional",
    "agency": "national",
    "security_service": "national",
}


def find_facets(
    taxonomy: Taxonomy,
    *,
    language: str,
    title: str,
    portions: Sequence[Portion],
    metadata: Metadata,
) -> tuple[FacetValue, ...]:
    """Return the facet values of a case, facet by facet, the surest first."""
    places = tuple(_places(title, portions, metadata))
    evidence = _evidence(taxonomy_cues(taxonomy, language), places)
    found: list[FacetValue] = []
    for facet in taxonomy.facets.values():
        rule = RULES.get(facet.id, Rule(_ANYWHERE, 2.0, 4))
        hits = evidence.get(facet.id, {})
        if facet.id == "partner":
            owners = {value.value for value in found if value.facet == "owner"}
            hits = _of_others(hits, owners, metadata.organisation)
        found += _values(facet, rule, hits)
    return tuple(_with_level_of_owner([*found, *_implied(found, places)]))


def _values(facet: Facet, rule: Rule, found: Mapping[str, Sequence[_Evidence]]) -> list[FacetValue]:
    scored: list[tuple[float, FacetValue]] = []
    for option in facet.values:
        worths = [
            (rule.weights.get(e.place.where, 0.0) * min(e.hits, 2) * (1.5 if e.place.first else 1.0), e.place)
            for e in found.get(option.id, ())
        ]
        score = sum(worth for worth, _ in worths)
        if worths and score >= rule.enough:
            best = max(worths, key=lambda item: item[0])[1]
            scored.append((score, FacetValue(facet.id, option.id, _quote(best.text), best.page)))
    scored.sort(key=lambda item: -item[0])
    top = scored[0][0] if scored else 0.0
    return [value for score, value in scored if score >= rule.share * top][: rule.most]


def _evidence(index: CueIndex[tuple[str, str]], places: Sequence[Place]) -> dict[str, dict[str, list[_Evidence]]]:
    """Look every cue up in every place: facet id → value id → where it was found."""
    found: dict[str, dict[str, list[_Evidence]]] = {}
    known = {text: Counter(index.hits(text)) for text in {place.text for place in places}}
    for place in places:
        for (facet, value), hits in known[place.text].items():
            found.setdefault(facet, {}).setdefault(value, []).append(_Evidence(place, hits))
    return found


def _of_others(
    found: Mapping[str, Sequence[_Evidence]], owners: Collection[str], organisation: str | None
) -> dict[str, list[_Evidence]]:
    """Leave out what speaks of the body whose work it is, or (but among the partners named) of bodies of its kind."""
    return {
        value: [
            e
            for e in evidence
            if not (organisation and organisation in e.place.text)
            and (value not in owners or e.place.where == "partners")
        ]
        for value, evidence in found.items()
    }


def _places(title: str, portions: Sequence[Portion], metadata: Metadata) -> Iterator[Place]:
    blocks = [block for portion in portions for block in portion.part.blocks]
    page = blocks[0].page if blocks else 1
    yield Place("title", title, page)
    if metadata.organisation:
        yield Place("organisation", metadata.organisation, _page_of(metadata.organisation, blocks, page))
    for where, texts in (("targets", metadata.target_groups), ("partners", metadata.partners)):
        for text in texts or ():
            yield Place(where, text, _page_of(text, blocks, page))
    for fact in metadata.facts:
        if fact.key in {"other", "start_year", "funding"}:
            yield Place("facts", fact.value, fact.page)
    seen_field = False
    for portion in portions:
        heading = portion.part.heading
        seen_field = seen_field or portion.field is not None
        where = portion.field or ("other" if seen_field else "lead")
        if heading is not None:
            yield Place(where, heading.text, heading.block.page, True)
        for block in portion.part.blocks:
            for index, sentence in enumerate(_sentences(text_of(block))):
                yield Place(where, sentence, block.page, index == 0)
                if where not in {"success_factors", "challenges"}:
                    lower = sentence.lower()
                    told = (name for name, pattern in _TOLD.items() if pattern.search(lower))
                    yield from (Place(name, sentence, block.page) for name in told)


def _quote(text: str) -> str:
    """Return ``text`` without personal data, or as many of its whole words as a quote may hold."""
    text = masked(text)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0]


def _sentences(text: str) -> Iterable[str]:
    return (part for part in _SENTENCE.split(text) if part.strip())


def _page_of(text: str, blocks: Sequence[Block], default: int) -> int:
    start = text[:25].lower()
    return next((block.page for block in blocks if start in block.text.lower()), default)


def _implied(found: Sequence[FacetValue], places: Sequence[Place]) -> Iterator[FacetValue]:
    """What follows from other values: the level of prevention from the target group, "all environments" from none."""
    facets = {value.facet for value in found}
    if "prevention_level" not in facets:
        levels: dict[str, FacetValue] = {}
        for value in found:
            level = _LEVEL_OF_TARGET.get(value.value) if value.facet == "target_group" else None
            if level:
                levels.setdefault(level, FacetValue("prevention_level", level, value.quote, value.page))
        yield from levels.values()
    ideologies = {value.value for value in found if value.facet == "environment"} & {
        "far_right",
        "far_left",
        "islamist",
    }
    if len(ideologies) == 1 or any(v.value in {"cross_cutting", "other"} for v in found):
        return
    named = next((place for place in places if _EXTREMISM.search(place.text)), None)
    if named:
        yield FacetValue("environment", "cross_cutting", _quote(named.text), named.page)


def _with_level_of_owner(found: Sequence[FacetValue]) -> Iterator[FacetValue]:
    """The level follows from who owns the work, where the text does not say otherwise."""
    owner = next((value for value in found if value.facet == "owner"), None)
    level = _LEVEL_OF_OWNER.get(owner.value) if owner else None
    for value in found:
        if value.facet != "geographic_level" or level is None:
            yield value
    if owner and level:
        yield FacetValue("geographic_level", level, owner.quote, owner.page)
