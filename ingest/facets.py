"""Facets of a case: cue words of the taxonomy, weighed by where they stand, each value with the sentence it rests on.

Every facet is read where its answer is: the owner from the organisation, the partners from the partners, success
factors from that field, the measure from title and method. A cue that is negated or only wished for ("ingen pilot",
"bör bli permanent") does not count. A hint of the taxonomy counts for less than a cue: several of them together, or
one where nothing surer is said, make a value. What values say of each other is in :mod:`ingest.implied`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.cues import CueIndex, Value, taxonomy_cues
from ingest.facet_places import Place, places_of
from ingest.fields import Portion
from ingest.implied import completed
from ingest.metadata import Metadata
from kb.privacy import masked
from kb.taxonomy import Facet, Taxonomy
from kb.types import FacetValue

_LONGEST_QUOTE = 240
_HINT = 0.4  # what a hint is worth beside a cue
_MOST_HITS = 2  # of a value in one sentence
_LACKS = frozenset({"challenge"})  # facets whose cues say the same when negated: "ingen vet vem som har ansvaret"


class _Evidence(NamedTuple):
    """A place in which a value's cues stand, how much they say, and whether any of them is more than a hint."""

    place: Place
    worth: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a facet's cues are looked for with what weight, how much is enough, and how many values at most.

    ``share``: a value needs this part of the best value's score. ``hints_last``: hints count only for a facet that no
    cue has given a value.
    """

    weights: Mapping[str, float]
    enough: float
    most: int
    share: float = 0.0
    hints_last: bool = False


_ANYWHERE = {"title": 4.0, "lead": 1.5, "method": 1.0, "other": 0.7, "background": 0.5, "results": 0.5}
_TEXT = _ANYWHERE | {"targets": 2.0, "facts": 1.0, "success_factors": 0.5, "challenges": 0.5}
RULES: Mapping[str, Rule] = {
    "prevention_level": Rule(_TEXT | {"results": 0.0}, 1.5, 3, 0.3),
    "strategy": Rule(_TEXT, 1.2, 3, 0.2),
    "environment": Rule(_TEXT | {"background": 0.6}, 0.5, 4, 0.1),
    "measure": Rule(_TEXT, 2.8, 4, 0.25),
    "target_group": Rule(
        {"targets": 3.0, "aimed": 1.5, "title": 2.0, "lead": 0.7, "other": 0.5, "method": 0.5}, 1.0, 4, 0.35
    ),
    "arena": Rule(_TEXT | {"organisation": 2.0, "partners": 0.5}, 2.5, 5, 0.25),
    "owner": Rule({"organisation": 1.0}, 0.4, 2),
    "partner": Rule(
        {"partners": 2.0, "together": 1.0, "method": 0.5, "lead": 0.35, "other": 0.5, "success_factors": 0.4},
        0.5,
        8,
        0.3,
    ),
    "geographic_level": Rule({"title": 1.0, "lead": 0.5, "method": 0.3}, 2.0, 1),
    "success_factor": Rule({"success_factors": 1.0}, 1.0, 6, 0.2),
    "challenge": Rule({"challenges": 1.0}, 1.0, 6, 0.2),
    "evidence": Rule({"results": 1.0, "other": 0.3, "lead": 0.5, "success_factors": 0.2, "challenges": 0.3}, 1.2, 3),
    "maturity": Rule(_TEXT | {"background": 0.0, "facts": 2.0}, 0.2, 1, hints_last=True),
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
    places = tuple(places_of(title, portions, metadata))
    names = (metadata.contact.name,) if metadata.contact and metadata.contact.name else ()
    evidence = _evidence(taxonomy_cues(taxonomy, language), places)
    found: list[FacetValue] = []
    for facet in taxonomy.facets.values():
        rule = RULES.get(facet.id, Rule(_ANYWHERE, 2.0, 4))
        signs = evidence.get(facet.id, {})
        if facet.id == "partner":
            owners = {value.value for value in found if value.facet == "owner"}
            signs = _of_others(signs, owners, metadata.organisation)
        if rule.hints_last and any(e.sure for signs_of_one in signs.values() for e in signs_of_one):
            signs = {value: [e for e in signs_of_one if e.sure] for value, signs_of_one in signs.items()}
        found += _values(facet, rule, signs, names)
    quoted = {value.quote for value in found}
    return tuple(
        value if value.quote in quoted else replace(value, quote=_quote(value.quote, names))
        for value in completed(found, places, place_name=metadata.place, started=metadata.start_year)
    )


def _values(
    facet: Facet, rule: Rule, found: Mapping[str, Sequence[_Evidence]], names: Sequence[str]
) -> list[FacetValue]:
    scored: list[tuple[float, FacetValue]] = []
    for option in facet.values:
        worths = [
            (rule.weights.get(e.place.where, 0.0) * e.worth * (1.5 if e.place.first else 1.0), e.place)
            for e in found.get(option.id, ())
        ]
        score = sum(worth for worth, _ in worths)
        if worths and score >= rule.enough:
            quote, page = _plainest([place for _, place in sorted(worths, key=lambda item: -item[0])], names)
            scored.append((score, FacetValue(facet.id, option.id, quote, page)))
    scored.sort(key=lambda item: -item[0])
    top = scored[0][0] if scored else 0.0
    return [value for score, value in scored if score >= rule.share * top][: rule.most]


def _plainest(places: Sequence[Place], names: Sequence[str]) -> tuple[str, int]:
    """Return the quote and the page of the first of the few best places that tells no personal data, or of the best."""
    for place in places[:3]:
        if masked(place.quote, names) == place.quote:
            return _shortened(place.quote), place.page
    return _quote(places[0].quote, names), places[0].page


def _evidence(index: CueIndex[Value], places: Sequence[Place]) -> dict[str, dict[str, list[_Evidence]]]:
    """Look every cue up in every place: facet id → value id → where it was found."""
    found: dict[str, dict[str, list[_Evidence]]] = {}
    signs = {text: tuple(index.signs(text)) for text in {place.text for place in places}}
    for place in places:
        counts: dict[tuple[str, str], list[int]] = {}
        for name, taken_back in signs[place.text]:
            if not taken_back or name.facet in _LACKS:
                counts.setdefault((name.facet, name.value), [0, 0])[name.hint] += 1
        for (facet, value), (cues, hints) in counts.items():
            worth = min(cues, _MOST_HITS) + _HINT * min(hints, _MOST_HITS)
            found.setdefault(facet, {}).setdefault(value, []).append(_Evidence(place, worth, cues > 0))
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


def _quote(text: str, names: Sequence[str] = ()) -> str:
    """Return ``text`` without personal data and ``names``, or as many of its whole words as a quote may hold."""
    return _shortened(masked(text, names))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0]
