"""Where an example is: place and country, by how the text speaks first and by the gazetteer second.

Official names help to decide, but many places of the examples are in no list: what counts is how the text speaks of
them ("X kommun", "i X", the e-mail address, the fact box).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from ingest.bodies import WORD, Body, bodies_in, seat_of
from ingest.body_kinds import RESEARCH
from ingest.contacts import EMAIL, MOST_ADDRESSES, folded, is_at, names_in_addresses
from ingest.facts import Fact
from ingest.gazetteer import city_of_district, countries_of, country_names, find, places

_PROVINCES = frozenset(
    f"{name} län"
    for name in [
        *("Dalarnas", "Östergötlands", "Västmanlands", "Södermanlands", "Värmlands", "Skåne", "Hallands"),
        *("Blekinge", "Gotlands", "Jämtlands", "Norrbottens", "Västerbottens"),
    ]
)
"""Counties that go by the name of the province that they are (nearly) the same as."""
_ENOUGH = 5  # of a body that is likely the whole country's
_LIKELY = 3
_OF_REGION = 3  # points of a region that a body is named after: it is at some place there
_OF_ADDRESS = 2  # points of a place that is a whole domain
_OF_SEAT = 7  # points of the place that a municipality is named after
_LEAD = 400  # characters
_NATIONWIDE = re.compile(
    rf"^Riks|direktorat|{RESEARCH}|myndighet|nasjonal|nationa|Sveriges|Norges|Danmarks|^(?:Rädda Barnen|Kriminalvården|Kriminalomsorgen|Kriminalforsorgen|Red Barnet|Redd Barna|Röda Korset|Røde Kors|Blå Kors)$",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(
    r"(?:i |over |across )?(?:hela (?:landet|sverige)|hele (?:landet|norge|danmark)|nationell|nasjonal|national|nationwide|the whole country|sverige$|norge$|danmark$|norden\b)",
    re.IGNORECASE,
)

_WORDS = re.compile(r"\w+")
_PARTED = re.compile(r"[;,] ")
_STREET = re.compile(
    r"(?:vägen|gatan|torget|väg|gata|torg|gaten|veien|vei|gate|torvet|gade|vej| street| road)$", re.IGNORECASE
)
_RESEARCH = re.compile(RESEARCH, re.IGNORECASE)
_SEATED = re.compile(
    rf"(?: (?:i|in) (?P<name>{WORD})|, (?P<city>{WORD}) (?:[Ss]tad|[Kk]ommune?)\b| (?P<beside>{WORD})$)", re.MULTILINE
)
"""What follows a body's name and says where it is."""
_POSTAL = re.compile(
    rf"(?<!\d)(?:\d{{3}} \d{{2}}|(?!19|20)\d{{4}}) (?P<name>{WORD}(?: {WORD})??)(?![\w-])"
)  # "593 00 Västervik", "5501 Haugesund"
_LETTER = re.compile(
    rf"(?:(?<=\d, )|(?<=[A-E], ))(?P<name>{WORD})(?=$|\s[·|•–—]|[,;.])", re.MULTILINE
)  # "Kyrkogatan 8, Hjo"
_COMPOUND = re.compile(r"(?P<place>\w{3,})(?:bostäder|hem|husen|bygden|kyrkan|skolan|jouren|boende)\b")
_BOUNDARY = re.compile(r"\b")
_PLACE = re.compile(rf"(?:Region )?{WORD}(?:[- ]{WORD})*")
_SMALL = re.compile(r"\b[a-zåäöæø]\w*")
_CAPITALISED = re.compile(rf"\b{WORD}")
_NAMES_IN_S = re.compile(r"(?:fors|ås|näs|nes|hus|os|is|us)$")
_IN = re.compile(
    rf"\b(?:[Ii]|[Ii]n|[Ff]rån|[Ff]ra|[Ff]rom|[Pp]å|till|til)\s(?P<name>(?:Region |Østre |Södra |Norra )?{WORD}(?:[- ]{WORD})?)"
)
_DIRECTIONS = frozenset(["Syd", "Nord", "Väst", "Öst", "Mitt", "Vest", "Øst", "North", "South", "West", "East"])
_NOT_PLACES = frozenset(
    _WORDS.findall("""
    januari februari mars april maj juni juli augusti september oktober november december Sverige Norge Danmark
    Norden Europa Europe Africa Asia Swedish Norwegian Danish Finnish British European Nordic Kriminalvårdens
    Polisen Polismyndigheten Socialtjänsten Föreningen Region Kommunen Skolan CVE SKR Skype Teams Facebook
    Instagram Discord Snapchat TikTok Word Excel March May June July Januar Februar Marts Maj Juni Juli Oktober
    April August September October November December January February
    """)
)
"""Months, countries, peoples, continents, bodies and programs: what "in X" is said of as well."""


def place_of(organisation: str | None, *, title: str, facts: Sequence[Fact], text: str) -> str | None:
    """Return the place of an example: its organisation's seat, or what fact box, title and text say most of.

    A body of the whole country has no place unless something says so more than in passing.
    """
    if any(fact.key == "place" and _EVERYWHERE.match(fact.value) for fact in facts):
        return None
    scores: Counter[str] = Counter()
    words = Counter(_CAPITALISED.findall(text))
    if organisation:
        for name, weight in _names_in(organisation, text, words):
            scores[name] += weight
    for fact in facts:
        if fact.key == "place" and (found := _PLACE.match(fact.value)):
            scores[_nominative(found[0], words)] += 5
            last = fact.value.rpartition(", ")[2]
            if last in places() and last != found[0]:  # "Ekbyskolan, Ekby"
                scores[last] += 5
        if fact.key == "organisation":  # "Studiefrämjandet; Ekby"
            for part in filter(places().__contains__, _PARTED.split(fact.value)[1:]):
                scores[part] += 5
    seats = Counter(
        _nominative(seat, words) for body in bodies_in(text) if body.kind == "municipal" and (seat := seat_of(body))
    )
    scores.update(seats)
    if organisation and (city := city_of_district(organisation)):
        scores[city] += _OF_SEAT
    if organisation and (seated := _seated(organisation, text)):
        name = next(filter(None, seated.groups()))
        scores[_nominative(name, words)] += 6 * (not seated["beside"] or name in places())
    for match in _IN.finditer(title):
        scores[_nominative(match["name"], words)] += 4
    mentions = Counter(_nominative(match["name"], words) for match in _IN.finditer(text))
    for name in {_nominative(match["name"], words) for match in _IN.finditer(text[:_LEAD])}:
        scores[name] += name in places()
    for name, count in mentions.items():
        scores[name] += min(count, 4)
    told = (address for word in text.split() if "@" in word for address in EMAIL.findall(word))
    addresses = list(islice(told, MOST_ADDRESSES))
    small = Counter(_SMALL.findall(text))
    domains = {label for address in addresses for label in folded(address.rpartition("@")[2].rpartition(".")[0])}
    branches = {label for address in addresses for label in folded(address.partition("@")[0])}  # "ekby@lyktan.se"
    for name in {form for word in words for form in (word, word.removesuffix("s"))} & places().keys():
        scores[name] += _OF_ADDRESS * (not (domains | branches).isdisjoint(folded(name)))
    for name in list(scores):
        if (
            (name not in places() and _is_common(name.split()[0], small, words))
            or name in _DIRECTIONS
            or name in _NOT_PLACES
            or _STREET.search(name)
            or (name.split()[0] in _NOT_PLACES and not name.startswith("Region "))
            or name.lower() in country_names()
        ):
            del scores[name]
        elif scores[name]:
            spelt = names_in_addresses(name)
            scores[name] += 2 * any(is_at(address, spelt) for address in addresses)
            scores[name] += name in places()
    best = max(scores, key=lambda name: scores[name], default=None)
    nationwide = organisation is not None and _NATIONWIDE.search(organisation.rpartition(", ")[2])
    if best is not None and scores[best] >= (_ENOUGH if nationwide else _LIKELY):
        return best
    alone = next(iter(seats), None) if len(seats) == 1 and organisation and not nationwide else None
    return alone if alone in places() else None  # a local body sits in the only municipality that it tells of


def _is_common(word: str, small: Counter[str], words: Counter[str]) -> bool:
    """Whether a word is mostly written in small letters: "Trust in Government" is a title, not where it is."""
    return sum(small[form.lower()] - words[form] for form in (word, f"{word}s")) > 0


def place_at_foot(organisation: str | None, lines: Sequence[str]) -> str | None:
    """Return the place of what stands around a text that names none itself: of an address, or "i Ekby" in a foot's line.

    A body of the whole country has its address somewhere too: that says nothing of the example.
    """
    if organisation is None or _NATIONWIDE.search(organisation):
        return None
    told = "\n".join(lines)
    found = [match["name"] for pattern in (_POSTAL, _LETTER, _IN) for match in pattern.finditer(told)]
    return next((name for name in found if name in places()), None)


def _seated(name: str, text: str) -> re.Match[str] | None:
    """Return what says where a body is right behind its name. (To compile a pattern with the name in it takes longer.)"""
    at = text.find(name)
    while at >= 0:
        if _BOUNDARY.match(text, at) and (found := _SEATED.match(text, at + len(name))):
            return found
        at = text.find(name, at + 1)
    return None


def _names_in(organisation: str, text: str, words: Counter[str]) -> list[tuple[str, int]]:
    if _RESEARCH.search(organisation):  # what it writes of is elsewhere
        return []
    seats = [(body, seat) for body in bodies_in(organisation) if (seat := seat_of(body))]
    regional = [(_county(body, seat, text, words), 12) for body, seat in seats if body.kind == "regional"]
    named = regional or [(_official(body) or _nominative(seat, words), _OF_SEAT) for body, seat in seats]
    others = [_nominative(word, words) for word in re.findall(WORD, organisation)[1:]]
    return named or [
        (
            name,
            (_OF_REGION if any(p.kind != "municipality" for p in find(name)) else _ENOUGH) if name in places() else 2,
        )
        for name in (*others, *_place_begun_with(organisation))
        if name in places() or re.search(rf"\b(?:[Ii]n?|på) {re.escape(name)}\b", text)
    ]


def _county(body: Body, seat: str, text: str, words: Counter[str]) -> str:
    """What a regional body is the body of: Länsstyrelsen i Dalarnas län and Region Dalarna are Dalarna's.

    Where the gazetteer does not know it, it is as the text says it: "Region Norrmark", "Alvmarks län".
    """
    region = next(
        (place for place in find(body.name) if place.kind == "region" and place.name.startswith("Region ")), None
    )
    if region is not None:
        return region.name.removeprefix("Region ")
    known = next((place for place in (*find(body.name), *find(seat)) if place.kind in {"county", "region"}), None)
    if known is not None:
        if seat.endswith(" län") and known.county == seat and seat not in _PROVINCES:
            return seat
        swedish = find(known.county) if known.county.endswith(" län") else ()  # others' other names are Sámi or English
        return next((name for place in swedish for name in place.also), known.county)
    if body.name.startswith("Region ") or seat.endswith(("regionen", " län")):
        return seat
    county = re.search(rf"\b{re.escape(seat)}s? (?:län|fylke|politikreds|politidistrikt)\b", text)
    return county[0] if county else _nominative(seat, words)


def _official(body: Body) -> str | None:
    """The gazetteer's name of a municipality: "Falu kommun" is Falun."""
    found = [place for place in find(body.name) if place.kind == "municipality"] if body.kind == "municipal" else []
    return found[0].name if len(found) == 1 else None


def _place_begun_with(organisation: str) -> Iterator[str]:
    """The place that the first word of a name is put together with: "Växjö" of Växjöbostäder."""
    if found := _COMPOUND.match(organisation):
        yield from {found["place"], found["place"].removesuffix("s")} & places().keys()


def _nominative(name: str, words: Counter[str]) -> str:
    """Take the genitive's s off: "Lindhamns kommun" is in Lindhamn, "Borås stad" in Borås. No genitive ends in two."""
    name = re.sub(r"[’']s$", "", name)
    last = name.split()[-1]
    if not last.endswith("s") or last.endswith("ss") or name in places() or len(last) < 4:
        return name
    bare = name[:-1]
    if bare in places() or words[last[:-1]] > 0 or not _NAMES_IN_S.search(last):
        return bare
    return name


_BY_LANGUAGE = {"sv": "SE", "nb": "NO", "nn": "NO", "da": "DK", "fi": "FI", "de": "DE"}
_FEWEST = {"GB": 2}  # points; English is most often Britain's
_INSTITUTIONS = {
    "GB": r"(?=[BCGHLNOPWYbchlps£])(?:[Bb]orough|London|constabulary|safeguarding|[Hh]eadteacher|\bGP\b|Year \d+|[Cc]ouncil\b|per cent|Police Scotland|Home Office|Prevent duty|Ofsted|NHS|£\d|borough council|local authorit(?:y|ies)|Wales)",
    "IE": r"Garda|Tusla|Taoiseach|HSE",
    "FI": r"Finland|Finnish |Helsingfors|välfärdsområde|Åbo|skyddspolisen",
    "SE": r"Swedish |Polismyndigheten|Säkerhetspolisen|socialtjänstlagen|Länsstyrelsen|Kriminalvården|Region ",
    "NO": r"Norwegian |politidistrikt|PST|barnevern|fylkeskommune",
    "DK": r"Danish |politikreds|PET|SSP|Kriminalforsorgen",
}


@cache
def _countries_by_word() -> Mapping[str, Sequence[str]]:
    """The names of countries by the word that they begin with."""
    found: dict[str, list[str]] = {}
    for name in country_names():
        found.setdefault(_WORDS.findall(name)[0], []).append(name)
    return found


def _country_mentions(text: str) -> list[str]:
    text, names = text.lower(), _countries_by_word()
    mentions: list[str] = []
    if names.keys().isdisjoint(_WORDS.findall(text)):  # told ten times sooner than by a walk through the words
        return mentions
    stop = 0
    for word in _WORDS.finditer(text):
        for name in names.get(word[0], ()):
            end = word.start() + len(name)
            if word.start() >= stop and text.startswith(name, word.start()) and not _WORDS.match(text, end):
                mentions.append(country_names()[name])
                stop = end
    return mentions


def country_of(language: str, place: str | None, title: str, text: str) -> str | None:
    """Return the code of the country that language, place and what the text mentions speak for."""
    scores: Counter[str] = Counter()
    if language in _BY_LANGUAGE:
        scores[_BY_LANGUAGE[language]] += 30
    of_place = countries_of(place) if place else frozenset[str]()
    for country in of_place:
        scores[country] += 12 if len(of_place) > 1 else 34
    for country, pattern in _INSTITUTIONS.items():
        scores[country] += 2 * min(len(re.findall(pattern, text)), 4)
    lead, titled = set(_country_mentions(text[:1500])), set(_country_mentions(title))
    for code, count in Counter(_country_mentions(text)).items():
        scores[code] += min(count, 12) // 2 + 6 * (code in lead) + 25 * (code in titled)
    code, score = max(scores.items(), key=lambda item: item[1], default=("", 0))
    return code if score >= _FEWEST.get(code, 4) else None
