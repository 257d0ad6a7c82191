"""Who is behind an example, and where: organisation, place and country, by patterns first and gazetteer second.

Official names help to decide, but many places of the examples are in no list: what counts is how the text speaks of
them ("X kommun", "i X", the e-mail address, the fact box).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.contacts import EMAIL
from ingest.facts import Fact
from ingest.gazetteer import countries_of, country_names, places

_UP = "A-ZÅÄÖÆØÉ"
_WORD = rf"[{_UP}][\wåäöæøé’'-]+"
_NAMES = rf"{_WORD}(?:[ -](?:och |og |and )?{_WORD}){{0,2}}"
_MUNICIPAL = re.compile(
    rf"\b(?P<name>{_NAMES})\s(?P<kind>kommun|stad|stads|kommune|Kommune|Stad|Kommun|kommunes?|Council|City Council|Borough Council|County Council|municipality|Municipality)\b"
)
_REGIONAL = re.compile(
    rf"\b(?P<name>(?:Region|Länsstyrelsen(?: i)?|Statsforvalteren i) {_NAMES}|{_WORD}(?:regionen| fylkeskommune| län| politikreds| politidistrikt))\b"
)
_BODY = re.compile(
    rf"\b(?:(?:Föreningen|Stiftelsen|Stiftelse|Foreningen|Stiftinga|Frivården|Polisen i|Polisområde|Kriminalvården i|Biblioteket i|Infohus|Ungdomsjouren|Anstalten) {_NAMES}"
    rf"|{_NAMES} (?:Trust|Foundation|Partnership|Police|Politi|politi|stadsbibliotek|bibliotek|församling|pastorat|kyrka|menighet|sokneråd|universitet|högskola|gymnasium|folkhögskola|bostäder|AB|distrikt|kretsen|stift|SK|IF|BK)"
    rf"|[{_UP}][\wåäöæøé-]+(?:skolan|skole|skolen|gymnasiet|regionen|bostäder|hem AB|anstalten))\b"
)
_TRAILING_DATE = re.compile(
    r"\s*[,|·•–—(/-]*\s*(?:(?:\d{1,2}\.?\s+)?(?:\w+\s+)?(?:19|20)\d{2}(?:-\d{2}(?:-\d{2})?)?|\d{4}-\d{2}-\d{2})\)?\s*$"
)
_LABEL = re.compile(
    r"^(?:exempel från|eksempel fra|ett exempel från|et eksempel fra|an example from|example from|från|fra|from|av|af|by)\s+(?=[A-ZÅÄÖÆØ])",
    re.IGNORECASE,
)
_IN = re.compile(
    rf"\b(?:i|in|från|fra|from|på|till|til)\s(?P<name>(?:Region |Østre |Södra |Norra )?{_WORD}(?:[- ]{_WORD})?)"
)
_NOT_PLACES = frozenset(
    [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
        "Sverige",
        "Norge",
        "Danmark",
        "Norden",
        "Europa",
        "Kriminalvårdens",
        "Polisen",
        "Polismyndigheten",
        "Socialtjänsten",
        "Föreningen",
        "Region",
        "Kommunen",
        "Skolan",
        "CVE",
        "SKR",
        "Skype",
        "Teams",
        "Facebook",
        "Instagram",
        "Discord",
        "Snapchat",
        "TikTok",
        "Word",
        "Excel",
        "March",
        "May",
        "June",
        "July",
        "Januar",
        "Februar",
        "Marts",
        "Maj",
        "Juni",
        "Juli",
        "Oktober",
    ]
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Organisation, place and country of a case; ``None`` where the document does not say."""

    organisation: str | None
    place: str | None
    country: str | None


def whereabouts(
    *, title: str, byline: Sequence[str], facts: Sequence[Fact], text: str, language: str, author: str = ""
) -> Whereabouts:
    """Find who and where.

    ``byline``: the short lines around the title on the first page; ``text``: the whole document; ``author``: as the
    PDF's metadata says, believed only where the text has the name too.
    """
    organisation = _from_byline(byline, text) or _from_facts(facts) or _from_text(title, text, author)
    place = _place(organisation, title, facts, text)
    return Whereabouts(organisation, place, _country(language, place, title, text))


def _from_byline(lines: Sequence[str], text: str) -> str | None:
    """The first line near the title that names a body; or the very next one, if the text goes on to speak of it."""
    for index, line in enumerate(lines):
        shorter = _TRAILING_DATE.sub("", line)
        candidate = _LABEL.sub("", shorter.strip(" |·•–-,:"))
        if not 3 <= len(candidate) <= 110 or candidate[-1] in ".!?":
            continue
        recurs = index == 0 and candidate[0].isupper() and len(candidate.split()) <= 8 and text.count(candidate) > 1
        if recurs or _names_body(candidate, dated=shorter != line):
            return _first_half(candidate)
    return None


def _names_body(text: str, *, dated: bool) -> bool:
    if _MUNICIPAL.search(text) or _REGIONAL.search(text) or _BODY.search(text):
        return True
    # "Name of a body, 2021": a dated line by the title is a byline even if the kind of body is unknown.
    return dated and bool(re.match(rf"[{_UP}]", text)) and len(text.split()) <= 8


def _first_half(text: str) -> str:
    parts = re.split(r"\s[|·•]\s", text)
    return next((p for p in parts if _MUNICIPAL.search(p) or _REGIONAL.search(p) or _BODY.search(p)), parts[0]).strip()


def _from_facts(facts: Sequence[Fact]) -> str | None:
    for fact in facts:
        if fact.key == "organisation" and len(fact.value) < 110:
            return fact.value
    return None


def _from_text(title: str, text: str, author: str) -> str | None:
    """The body that the text names most, those named early (title, lead) counting more."""
    counts: Counter[str] = Counter()
    for pattern in (_MUNICIPAL, _REGIONAL, _BODY):
        for match in pattern.finditer(text):
            weight = 3 if match.start() < 600 else 1
            counts[match[0]] += weight + (2 if pattern is _MUNICIPAL else 0)
        for match in pattern.finditer(title):
            counts[match[0]] += 8
    if len(author) > 4 and author in text and " " in author:
        counts[author] += 6
    return counts.most_common(1)[0][0] if counts else None


def _place(organisation: str | None, title: str, facts: Sequence[Fact], text: str) -> str | None:
    scores: Counter[str] = Counter()
    words = Counter(re.findall(rf"\b{_WORD}", text))
    if organisation:
        for name, weight in _names_in(organisation, text, words):
            scores[name] += weight
    for fact in facts:
        if fact.key == "place" and (found := re.match(rf"(?:Region )?{_WORD}(?:[- ]{_WORD})*", fact.value)):
            scores[_nominative(found[0], words)] += 5
    for match in _MUNICIPAL.finditer(text):
        scores[_nominative(match["name"], words)] += 1
    if organisation and (seat := re.search(rf"\b{re.escape(organisation)} (?:i|in) (?P<name>{_WORD})", text)):
        scores[_nominative(seat["name"], words)] += 6
    for match in _IN.finditer(title):
        scores[_nominative(match["name"], words)] += 4
    mentions = Counter(_nominative(match["name"], words) for match in _IN.finditer(text))
    for name, count in mentions.items():
        scores[name] += min(count, 4)
    domains = " ".join(_folded(address.split("@")[1]) for address in EMAIL.findall(text))
    for name in list(scores):
        if name in _NOT_PLACES or (name.split()[0] in _NOT_PLACES - {"Region"}) or name.lower() in country_names():
            del scores[name]
        else:
            scores[name] += 2 * (_folded(name) in domains) + (name in places())
    return max(scores, key=lambda name: scores[name]) if scores else None


def _names_in(organisation: str, text: str, words: Counter[str]) -> list[tuple[str, int]]:
    municipal = [(_nominative(m["name"], words), 7) for m in _MUNICIPAL.finditer(organisation)]
    regional = [(_seat(m["name"], text), 12) for m in _REGIONAL.finditer(organisation)]
    others = [(_nominative(word, words), 2) for word in re.findall(_WORD, organisation)[1:]]
    return regional or municipal or [(name, weight) for name, weight in others if words[name] > 1]


def _seat(name: str, text: str) -> str:
    """What a regional body is the body of: "Länsstyrelsen i Dalarnas län" works in "Dalarnas län"."""
    bare = re.sub(r"^(?:Länsstyrelsen|Statsforvalteren)(?: i)? ", "", name)
    bare = re.sub(r" fylkeskommune$", "", bare)
    if bare != name and (county := re.search(rf"\b{re.escape(bare)}s? (?:län|fylke)\b", text)):
        return county[0]
    return re.sub(r"(?<=[^s])s$", "", bare) if name.endswith("fylkeskommune") else bare


def _nominative(name: str, words: Counter[str]) -> str:
    """Take the genitive's s off: "Lindhamns kommun" is in Lindhamn, "Borås stad" in Borås."""
    name = re.sub(r"[’']s$", "", name)
    name = re.sub(
        r"\s(?:Borough|City|County|District|Metropolitan|Town|Parish)$|^(?:London )?(?:Borough|City|Royal Borough) of ",
        "",
        name,
    )
    last = name.split()[-1]
    if not last.endswith("s") or last in places() or len(last) < 4:
        return name
    bare = last[:-1]
    if bare in places() or words[bare] > 0 or not re.search(r"(?:fors|ås|näs|nes|hus|os|is|us)$", last):
        return name[:-1]
    return name


def _folded(text: str) -> str:
    text = (
        text.lower().replace("ø", "oe").replace("æ", "ae").replace("å", "aa")
        if re.search("[øæ]", text.lower())
        else text
    )
    plain = unicodedata.normalize("NFD", text.lower())
    return re.sub(r"[^a-z]", "", "".join(c for c in plain if not unicodedata.combining(c)))


_COUNTRIES = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in country_names())})\b", re.IGNORECASE)
_BY_LANGUAGE = {"sv": "SE", "nb": "NO", "nn": "NO", "da": "DK", "fi": "FI", "de": "DE"}
_INSTITUTIONS = {
    "GB": r"borough|constabulary|safeguarding|[Hh]eadteacher|\bGP\b|Year \d+|[Cc]ouncil\b|per cent|Police Scotland|Home Office|Prevent duty|Ofsted|NHS|£\d|borough council|local authorit(?:y|ies)|Wales",
    "IE": r"Garda|Tusla|Taoiseach|HSE",
    "FI": r"Finland|Helsingfors|välfärdsområde|Åbo|skyddspolisen",
    "SE": r"Polismyndigheten|Säkerhetspolisen|socialtjänstlagen|Länsstyrelsen|Kriminalvården|Region ",
    "NO": r"politidistrikt|PST|barnevern|fylkeskommune",
    "DK": r"politikreds|PET|SSP|Kriminalforsorgen",
}


def _country_mentions(text: str) -> list[str]:
    return [country_names()[match[0].lower()] for match in _COUNTRIES.finditer(text)]


def _country(language: str, place: str | None, title: str, text: str) -> str | None:
    scores: Counter[str] = Counter()
    if language in _BY_LANGUAGE:
        scores[_BY_LANGUAGE[language]] += 30
    for country in countries_of(place) if place else ():
        scores[country] += 12
    for country, pattern in _INSTITUTIONS.items():
        scores[country] += 2 * min(len(re.findall(pattern, text)), 4)
    lead, titled = set(_country_mentions(text[:1500])), set(_country_mentions(title))
    for code, count in Counter(_country_mentions(text)).items():
        scores[code] += min(count, 12) // 2 + 6 * (code in lead) + 25 * (code in titled)
    code, score = max(scores.items(), key=lambda item: item[1], default=("", 0))
    return code if score >= 4 else None
