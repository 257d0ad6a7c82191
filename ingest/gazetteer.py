"""Names of Nordic municipalities, counties and regions, of cities elsewhere, and of the world's countries.

The names lie in ``data/places.tsv``, with the county that each place is in, the official name of the body that
governs it ("Sundsvalls kommun", "Göteborgs Stad"), the other names that it goes by, and a mark on names that are
common words or surnames too ("Mark", "Berg", "Time"): those need more than the bare word to be a place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from kb.taxonomy import Taxonomy

PlaceKind = Literal["municipality", "county", "region", "city"]
"""``county``: län, fylke, landskap; ``region``: who runs health care; ``city``: a well-known one outside the Nordics."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``county`` and ``organisation`` are empty for cities; a county's ``county`` is its own name."""

    country: str
    kind: PlaceKind
    name: str
    county: str
    organisation: str
    also: tuple[str, ...]
    needs_context: bool


@cache
def all_places() -> tuple[Place, ...]:
    """Return every place of ``data/places.tsv`` in its order."""
    lines = files("ingest").joinpath("data", "places.tsv").read_text("utf-8").splitlines()
    return tuple(_place(*line.split("\t")) for line in lines[1:])


def _place(country: str, kind: str, name: str, county: str, organisation: str, also: str, context: str) -> Place:
    known = next(item for item in get_args(PlaceKind) if item == kind)
    return Place(country, known, name, county, organisation, tuple(filter(None, also.split("|"))), context == "context")


@cache
def places() -> Mapping[str, frozenset[str]]:
    """Return every name of a place with the countries ("SE", "NO" …) that have it.

    >>> sorted(places()["Lund"])
    ['NO', 'SE']
    """
    found: dict[str, set[str]] = {}
    for place in all_places():
        for name in (place.name, *place.also):
            found.setdefault(name, set()).add(place.country)
    return {name: frozenset(countries) for name, countries in found.items()}


_DISTRICTS = {
    "Stockholm": "Bromma|Enskede-Årsta-Vantör|Farsta|Hägersten-Älvsjö|Hässelby-Vällingby|Järva|Kungsholmen|Norra innerstaden|"
    "Norrmalm|Rinkeby-Kista|Skarpnäck|Skärholmen|Spånga-Tensta|Södermalm|Älvsjö|Östermalm",
    "Oslo": "Alna|Bjerke|Frogner|Gamle Oslo|Grorud|Grünerløkka|Nordre Aker|Nordstrand|Sagene|St. Hanshaugen|Stovner|Søndre Nordstrand|"
    "Ullern|Vestre Aker|Østensjø",
}
"""Cities with boards of their own for their districts, and those (city of Stockholm, city of Oslo; 2024 and before)."""


def city_of_district(organisation: str) -> str | None:
    """Return the city whose district an organisation runs, if it does.

    >>> city_of_district("Farsta stadsdelsförvaltning"), city_of_district("Bydel Stovner")
    ('Stockholm', 'Oslo')
    """
    found = re.match(
        r"(?P<of>.+?)s? stadsdels(?:förvaltning|nämnd)|(?:Stadsdelsförvaltningen|Bydel) (?P<name>.+)|(?P<bydel>.+) bydel",
        organisation,
    )
    name = next(filter(None, found.groups())) if found else None
    return next((city for city, names in _DISTRICTS.items() if name in names.split("|")), None)


def countries_of(place: str) -> frozenset[str]:
    """Return the countries that have a municipality, county, region or city called ``place``."""
    return places().get(place, frozenset())


def find(text: str, country: str | None = None) -> tuple[Place, ...]:
    """Return the places that ``text`` can be a name of, in ``country`` if given: any form, whatever the case.

    The bare name, its genitive, another language's name, and the body's name in its usual spellings are all known.

    >>> [place.organisation for place in find("Sundsvall kommun")]
    ['Sundsvalls kommun']
    >>> [place.name for place in find("Länsstyrelsen Skåne")], [place.organisation for place in find("malmö")]
    (['Skåne län'], ['Malmö stad'])
    """
    found = _by_form().get(" ".join(text.split()).casefold(), ())
    return tuple(place for place in found if country in {None, place.country})


@cache
def _by_form() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, dict[Place, None]] = {}
    for place in all_places():
        for form in _forms(place):
            found.setdefault(form.casefold(), {})[place] = None
    return {form: tuple(matching) for form, matching in found.items()}


_TITLES: Mapping[tuple[str, PlaceKind], tuple[str, ...]] = {
    ("SE", "municipality"): ("kommun", "stad"),
    ("FI", "municipality"): ("kommun", "stad"),
    ("NO", "municipality"): ("kommune",),
    ("DK", "municipality"): ("kommune",),
    ("NO", "county"): ("fylkeskommune", "fylke"),
}


def _forms(place: Place) -> Iterator[str]:
    for name in filter(None, (place.name, place.organisation, *place.also)):
        yield name
        yield genitive(name)
    for title in _TITLES.get((place.country, place.kind), ()):
        for name in (place.name, *place.also):
            yield f"{name} {title}"
            yield f"{genitive(name)} {title}"
    if (place.country, place.kind) == ("SE", "county"):
        for name in (place.name, place.name.removesuffix(" län"), *place.also):
            yield f"Länsstyrelsen {name}"
            yield f"Länsstyrelsen i {name}"
            yield f"Länsstyrelsen {name.removesuffix('s')}"


def genitive(name: str) -> str:
    """Return the genitive of a name, as the Nordic languages form it.

    >>> genitive("Sundsvall"), genitive("Borås"), genitive("Bodø")
    ('Sundsvalls', 'Borås', 'Bodøs')
    """
    return name if name[-1] in "sxz" else f"{name}s"


@cache
def country_names() -> Mapping[str, str]:
    """Return country names in Swedish and English, lower case, with their codes."""
    facet = Taxonomy.load().facets["country"]
    names = {label.lower(): option.id for option in facet.values for label in option.labels.values()}
    extra = {
        "england": "GB",
        "scotland": "GB",
        "wales": "GB",
        "britain": "GB",
        "uk": "GB",
        "danmark": "DK",
        "norge": "NO",
    }
    return names | extra | {"noreg": "NO", "sverige": "SE", "united states of america": "US"}
