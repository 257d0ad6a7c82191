from collections import Counter

import pytest

from ingest.gazetteer import all_places, countries_of, country_names, find, genitive, places


@pytest.mark.parametrize(
    ("country", "kind", "count"),
    [
        ("SE", "municipality", 290),
        ("SE", "county", 21),
        ("SE", "region", 21),
        ("NO", "municipality", 357),
        ("NO", "county", 15),
        ("DK", "municipality", 98),
        ("DK", "region", 5),
        ("FI", "municipality", 309),
        ("FI", "county", 19),
        ("FI", "region", 21),
        ("IS", "municipality", 62),
        ("IS", "county", 8),
    ],
)
def test_all_of_a_country_are_there(country: str, kind: str, count: int) -> None:
    found = [place for place in all_places() if (place.country, place.kind) == (country, kind)]
    assert len({(place.name, place.county) for place in found}) == len(found) == count


@pytest.mark.parametrize(
    ("county", "count"),
    [
        ("Skåne län", 33),
        ("Västra Götalands län", 49),
        ("Gotlands län", 1),
        ("Vestland", 43),
        ("Nordland", 41),
        ("Region Hovedstaden", 29),
        ("Egentliga Finland", 27),
        ("Åland", 16),
        ("Suðurland", 15),
    ],
)
def test_every_county_has_its_municipalities(county: str, count: int) -> None:
    assert sum(place.county == county for place in all_places() if place.kind == "municipality") == count


def test_every_municipality_lies_in_a_county_or_region_of_the_list() -> None:
    above = {(p.country, p.name) for p in all_places() if p.kind in {"county", "region"}}
    assert all((p.country, p.county) in above for p in all_places() if p.kind == "municipality")


def test_every_municipality_has_a_body() -> None:
    assert all(place.organisation for place in all_places() if place.kind == "municipality")


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Sundsvall", "Sundsvalls kommun"),
        ("Sundsvalls", "Sundsvalls kommun"),
        ("Sundsvall kommun", "Sundsvalls kommun"),
        ("SUNDSVALLS  KOMMUN", "Sundsvalls kommun"),
        ("Gävle kommun", "Gävle kommun"),
        ("Falun", "Falu kommun"),
        ("Göteborgs kommun", "Göteborgs Stad"),
        ("Gothenburg", "Göteborgs Stad"),
        ("Malmö stads", "Malmö stad"),
        ("Borås stad", "Borås Stad"),
        ("Gotlands kommun", "Region Gotland"),
        ("Skåne", "Länsstyrelsen i Skåne län"),
        ("Länsstyrelsen Dalarna", "Länsstyrelsen i Dalarnas län"),
        ("Länsstyrelsen Stockholm", "Länsstyrelsen i Stockholms län"),
        ("Länsstyrelsen i Kalmar län", "Länsstyrelsen i Kalmar län"),
        ("Region Skånes", "Region Skåne"),
        ("København", "Københavns Kommune"),
        ("Århus Kommune", "Aarhus Kommune"),
        ("Guovdageaidnu", "Kautokeino kommune"),
        ("Vestland fylke", "Vestland fylkeskommune"),
        ("Helsinki", "Helsingfors stad"),
        ("Åbo stads", "Åbo stad"),
        ("Reykjavik", "Reykjavíkurborg"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(text: str, organisation: str) -> None:
    assert organisation in [place.organisation for place in find(text)]


def test_two_countries_can_have_a_name() -> None:
    assert [place.country for place in find("Lund")] == ["SE", "NO"]
    assert [place.organisation for place in find("Lund", "NO")] == ["Lund kommune"]
    assert countries_of("Lund") == places()["Lund"] == {"SE", "NO"}


def test_what_is_no_place_is_not_found() -> None:
    assert find("Lindhamn") == ()
    assert countries_of("Lindhamn") == frozenset()


@pytest.mark.parametrize("name", ["Mark", "Berg", "Lund", "Time", "Nes", "Ås", "Vara", "Mora", "Salo", "Vejen"])
def test_names_that_are_common_words_need_context(name: str) -> None:
    assert any(place.needs_context for place in find(name))


@pytest.mark.parametrize("name", ["Sundsvall", "Stockholm", "Bergen", "Aarhus", "Åbo"])
def test_other_names_do_not(name: str) -> None:
    assert not any(place.needs_context for place in find(name))


def test_few_names_need_context() -> None:
    flagged = Counter(place.country for place in all_places() if place.needs_context)
    assert flagged["SE"] < 60
    assert flagged["NO"] < 75


def test_genitive_is_not_doubled() -> None:
    assert genitive(genitive("Umeå")) == "Umeås"


def test_countries_go_by_swedish_and_english_names() -> None:
    assert country_names()["sverige"] == country_names()["sweden"] == "SE"
