"""Names of Nordic municipalities, counties and regions, and of the world's countries, for places and countries."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kb.taxonomy import Taxonomy


@cache
def places() -> Mapping[str, frozenset[str]]:
    """Return every official name with the countries ("SE", "NO" …) that have it.

    >>> sorted(places()["Lund"])
    ['NO', 'SE']
    """
    found: dict[str, set[str]] = {}
    lines = files("ingest").joinpath("data", "places.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        country, _, name = line.split("\t")
        found.setdefault(name, set()).add(country)
    return {name: frozenset(countries) for name, countries in found.items()}


def countries_of(place: str) -> frozenset[str]:
    """Return the Nordic countries that have a municipality, county or region called ``place``."""
    return places().get(place, frozenset())


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
