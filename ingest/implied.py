"""Facet values that follow from other values of the same case, each with the quote of the value it follows from.

Nothing is added that the quotes do not bear: who the work is for, and what kind of work it is, tells at what level it
prevents; work against extremism that names no ideology is for all of them; who owns the work tells how far it reaches.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ingest.facet_places import Place
from kb.types import FacetValue

_EXTREMISM = re.compile(
    r"extremis|ekstremis|radikalis\w|radicali[sz]\w|våldsbejakande|konspirationsteori|ideolog\w+ (?:motiv|content|innehåll)|"
    r"\b(?:extrema?|ekstremt?e?|extremist) (?:åsikt|miljö|grupp|idé|holdning|miljø|grupper|ytring|view|group|milieu)",
    re.IGNORECASE,
)
_SOME_OF_THEM = frozenset({"youth_at_risk", "radicalised", "defectors", "returnees"})
_FOR_SOME = frozenset({"mentoring", "exit_support", "social_intervention_group"})  # kinds of work
_LEVELS = {
    "target_group": {
        **dict.fromkeys(("all_youth", "public"), "universal"),
        "youth_at_risk": "selective",
        **dict.fromkeys(("radicalised", "defectors", "returnees", "children_in_extremist_settings"), "indicated"),
    },
    "measure": {
        **dict.fromkeys(("first_line_training", "neighbourhood_development"), "universal"),
        **dict.fromkeys(("mentoring", "support_line", "family_support", "knowledge_house"), "selective"),
        **dict.fromkeys(("exit_support", "returnee_support", "social_intervention_group"), "indicated"),
    },
}
"""The level of prevention at which a target group is reached, or a kind of measure works."""

_REACHES = {
    "municipality": "local",
    "region": "regional",
    "county_board": "regional",
    "agency": "national",
    "security_service": "national",
}


def completed(
    found: Sequence[FacetValue], places: Sequence[Place], *, place_name: str | None, started: int | None = None
) -> list[FacetValue]:
    """Return the values found and those that follow from them.

    ``place_name``: where the work is done. ``started``: the year in which it began.
    """
    found = _narrowed(found)
    found += _family_support(found)
    values = [value for value in found if value.facet != "geographic_level"]
    values += _levels(found)
    values += _all_environments(found, places)
    values += _prevention(values)
    values += _under_way(values, places, started)
    return values + list(_reach(found, places, place_name))


def _narrowed(found: Sequence[FacetValue]) -> list[FacetValue]:
    """Read "young people" as some of them where the same words or the kind of work say so.

    "Unga 15–21 år i riskzon" are not all the young, nor are the "unga 15–21 år" who get a mentor.
    """
    narrower = {v.quote for v in found if v.facet == "target_group" and v.value in _SOME_OF_THEM}
    for_some = any(v.facet == "measure" and v.value in _FOR_SOME for v in found)
    values: list[FacetValue] = []
    for value in found:
        if (value.facet, value.value) != ("target_group", "all_youth"):
            values.append(value)
        elif for_some and not narrower:
            values.append(replace(value, value="youth_at_risk"))
        elif not for_some and value.quote not in narrower:
            values.append(value)
    return values


def _family_support(found: Sequence[FacetValue]) -> Iterator[FacetValue]:
    """A line to call that is for parents and relatives supports them."""
    values = {(value.facet, value.value): value for value in found}
    relatives = values.get(("target_group", "parents_relatives"))
    if relatives and ("measure", "support_line") in values and ("measure", "family_support") not in values:
        yield replace(relatives, facet="measure", value="family_support")


def _levels(found: Sequence[FacetValue]) -> list[FacetValue]:
    """The levels of the target groups that are not told already; those of the measures where none is told."""
    levels = {value.value: value for value in found if value.facet == "prevention_level"}
    told = set(levels)
    for facet, level_of in _LEVELS.items():
        for value in found if facet == "target_group" or not levels else ():
            level = level_of.get(value.value) if value.facet == facet else None
            if level:
                levels.setdefault(level, replace(value, facet="prevention_level", value=level))
    return [value for level, value in levels.items() if level not in told]


def _all_environments(found: Sequence[FacetValue], places: Sequence[Place]) -> Iterator[FacetValue]:
    """ "All environments" where extremism is named, unless the text says so itself or names another environment."""
    if any(value.facet == "environment" and value.value in {"cross_cutting", "other"} for value in found):
        return
    named = next((place for place in places if place.where != "partners" and _EXTREMISM.search(place.text)), None)
    if named:
        yield FacetValue("environment", "cross_cutting", named.text, named.page)


def _prevention(found: Sequence[FacetValue]) -> Iterator[FacetValue]:
    """Work about extremism prevents, where it is for all or for those at risk or where no other strategy is told."""
    told = {value.value for value in found if value.facet == "strategy"}
    about = next((value for value in reversed(found) if value.facet == "environment"), None)  # the broadest is last
    early = next((v for v in found if v.facet == "prevention_level" and v.value in {"universal", "selective"}), None)
    if about and "prevent" not in told and (early or not told):
        quoted = early or about
        yield FacetValue("strategy", "prevent", quoted.quote, quoted.page)


def _under_way(found: Sequence[FacetValue], places: Sequence[Place], started: int | None) -> Iterator[FacetValue]:
    """Work whose beginning is told, and neither an end nor that it is tried out or made permanent, is under way."""
    if started and not any(value.facet == "maturity" for value in found):
        told = (place for place in places if place.where != "background" and str(started) in place.text)
        yield from (FacetValue("maturity", "ongoing", place.text, place.page) for place in islice(told, 1))


def _reach(found: Sequence[FacetValue], places: Sequence[Place], place_name: str | None) -> Iterator[FacetValue]:
    """How far the work reaches follows from who owns it, where the text does not say otherwise.

    A body that is named after its place ("Frivården Umeå", "Umeå pastorat") works there, whatever it belongs to; a
    region or a county's board is named after its seat but reaches further.
    """
    owner = next((value for value in found if value.facet == "owner"), None)
    level = _REACHES.get(owner.value) if owner else None
    bodies = (place for place in places if place.where == "organisation")
    body = next((body for body in bodies if place_name and place_name in body.text), None)
    if body and level != "regional":
        yield FacetValue("geographic_level", "local", body.text, body.page)
    elif owner and level:
        yield FacetValue("geographic_level", level, owner.quote, owner.page)
    else:
        yield from (value for value in found if value.facet == "geographic_level")
