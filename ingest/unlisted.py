"""Bodies whose kind no word beside their name tells: national ones by name, others by what they do or by their addresses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from ingest.bodies import WORD, Body, bodies_in, without_leading_words
from ingest.contacts import folded
from ingest.gazetteer import places
from ingest.lexicon import key_of
from kb.privacy import is_given_name, masked

_NATIONAL = re.compile(
    r"\b(?:Direktoratet for [A-ZÆØÅ]\w+|Kriminalforsorgen|Kriminalomsorgen|Kriminalvården|Polismyndigheten|Statens institutionsstyrelse|"
    r"Politiets Efterretningstjeneste|Sametinget|"
    r"(?:Swedish|Norwegian|Danish|Finnish|Icelandic) (?:[A-Z]\w+ (?:and )?){1,4}(?:Service|Authority|Agency|Directorate|Board)|"
    r"(?P<charity>Kirkens Bymisjon|Blå Kors|Røde Kors|Röda Korset|Rädda Barnen|Redd Barna|Red Barnet|Save the Children|Frelsesarmeen|Frälsningsarmén|Fryshuset|ABF|Sensus|Medborgarskolan|Studiefrämjandet|Studieförbundet Vuxenskolan|Folkuniversitetet|Hyresgästföreningen|KFUM|KFUK|Scouterna|Unga Örnar|Verdandi|Brottsofferjouren|Norsk Folkehjelp|Dansk Flygtningehjælp|Ungdommens Røde Kors)"
    r"(?: (?:i )?[A-ZÅÄÖÆØ]\w+)?|(?!Kommun|Läns|Region|Lands)[A-ZÅÄÖÆØ]\w{1,40}(?:verket|styrelsen|myndigheten|direktoratet)|Mødrehjælpen|[A-ZÅÄÖ]\w{1,30} [Ss]tadsmission|Stadsmissionen(?: i [A-ZÅÄÖ]\w+)?)\b"
)
"""Bodies that no word beside their name tells."""
_FROM_NATIONAL = re.compile(rf"\b(?:från|fra|from) (?P<name>{_NATIONAL.pattern})$")
_RUN_BY = re.compile(
    r"\b(?:drivs|bedrivs|anordnas|arrangeras|initierades|startades|grundades|drives|arrangeres|run|hosted|organi[sz]ed|delivered|founded)\s"
    r"(?:(?:sedan|siden|since)\s\d{4}\s|\w+\s)?(?:av|af|by)\s(?:(?:den|det|the|ett?|an?)\s)?(?:[a-zåäöæø-]+\s){0,2}"
    rf"(?P<name>{WORD}(?:\s(?:(?:i|in|för|for|of|the|på|og|och)\s)?{WORD}){{0,4}})"
)
_IS_BODY = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<name>[A-ZÅÄÖÆØ][\w&-]+(?: [\w&-]+){0,3}) (?:är|er|is) (?:en|ett|et|ei|an?) (?:\w+ ){0,2}"
    r"(?:förening|stiftelse|organisation|forening|frivilligorganisasjon|organisasjon|klubb|klub|folkhögskola|bostadsbolag|museum|"
    r"charity|association|organisation|foundation)\b"
)
_NO_NAME = re.compile(r"(?:Vi|Det|Dette|Den|Här|Her|De|Jag|Jeg|We|It|They|This|That)\b|\w+(?:en|et|an)$")
_RUN_OF_NAMES = re.compile(
    rf"{WORD}(?: (?:(?:i|in|för|for|of|the|på|og|och|and)(?: (?:norra|södra|östra|västra|nord\w+|syd\w+))? )?{WORD}){{0,4}}"
)
_AT_PLACE = re.compile(  # the + behind {1,60} makes it possessive: a word is not tried again letter by letter
    rf"(?<![\w-])(?P<name>{WORD}+(?: {WORD}+){{1,3}})(?:,| (?P<by>i|in|på)) (?P<place>{WORD})(?! (?:[Kk]ommune?|[Ss]tad)\b)(?![\w-])"
)
_LETTERHEAD = 200  # characters
_ADDRESS = re.compile(
    r"\S@\S|\b\d{3} ?\d{2} [A-ZÅÄÖ]|\b0\d[\d –-]{5,}"
    r"|\w(?:vägen|gatan|torget|gata|väg|gate|veien|vei|gade|vej|torv| [Ss]treet| [Rr]oad)\s\d"
)
_GOVERNS = re.compile(r"^(?:kommun|kommune|council|stad|city)(?:of)?|(?:s?kommune?|stad|council|city)$")
_PARTS = re.compile(r"\s+[·|•–—/]\s+|[,;]\s|\n| \(|: ")
_NAMES_OF_PERSON = range(2, 4)
_COMMON = re.compile(
    r"(?:skol[ae]n|huset|gården|klubben|kåren|laget|nätverket|stiftelsen|centret|\w{3}(?:[mdn]ens|ornas|arnas|ernas|ernes))$"
)
"""Words that no given name ends like: "Friskolan", "Ungdomens"."""
_DISTINCT = 4  # letters
_LONGEST_LABEL = 63  # letters between two dots of a domain (RFC 1035)
_POSTMEN = frozenset(
    {"gmail", "googlemail", "hotmail", "outlook", "live", "icloud", "yahoo", "proton", "protonmail", "telia"}
)
"""Whose addresses anybody may have: "info.lyktan@gmail.com" is not Gmail's."""
_AUTHORITY = re.compile(
    r"^(?:region|lansstyrelsen|kommun|kommune|council|stad|city)|(?:kommune?|stad|region|fylke|pastorat|forsamling|menighet|sogn)$"
)


def national_in_line(line: str) -> str | None:
    """The national body that a line by the title begins with, or that it ends with: "En cirkel från ABF Ekby"."""
    found = _NATIONAL.match(line)
    if found is None and (last := _FROM_NATIONAL.search(line)):
        return _without_person(last["name"])
    return _without_person(found[0]) if found else None


def _without_person(name: str) -> str:
    """Take off a given name that follows a national body's: "ABF Anna" of "Fråga ABF Anna Ek", not "ABF Ekby"."""
    body, _, last = name.rpartition(" ")
    return body if _NATIONAL.fullmatch(body) and is_given_name(last) and last not in places() else name


def is_authority(name: str) -> bool:
    """Whether a name is that of a national authority, whose parts have names of their own."""
    found = _NATIONAL.fullmatch(name)
    return found is not None and found["charity"] is None


def named_in(text: str) -> list[Body]:
    """Return the bodies that ``text`` names, those of the whole country by their names too, in order."""
    bodies = list(bodies_in(text))
    starts, ends = [body.start for body in bodies], [body.end for body in bodies]
    national = [
        Body(name := _without_person(match[0]), "national", match.start(), match.start() + len(name))
        for match in _NATIONAL.finditer(text)
        if bisect_right(ends, match.start()) == bisect_left(starts, match.end())  # none of the others' letters
    ]
    return sorted([*bodies, *national], key=lambda body: body.start)


def run_by(text: str) -> Iterator[tuple[str, int]]:
    """Yield names, and their places in ``text``, of what a sentence says runs the work or is a body."""
    for match in _RUN_BY.finditer(text):
        name = match["name"]
        person = may_be_person(name) or may_be_person(name.partition(" i ")[0])  # "Ngozi Okafor i Ekby"
        if not any(bodies_in(name)) and not _NATIONAL.search(name) and name not in places() and not person:
            yield name, match.start("name")
    for match in _IS_BODY.finditer(text):
        if not _NO_NAME.match(match["name"]) and not any(bodies_in(match["name"])):
            yield match["name"], match.start("name")


def names_at_places(text: str) -> Iterator[str]:
    """Yield the names of several words that a known place follows: "Ungdomens Hus i Ekby", "Friskolan Ek, Ekby"."""
    for match in _AT_PLACE.finditer(text):
        name = without_leading_words(match["name"])
        if match["place"] in places() and " " in name and name not in places() and not may_be_person(name):
            yield f"{name} {match['by']} {match['place']}" if match["by"] else name


def letterheads(lines: Iterable[str]) -> Iterator[str]:
    """Yield the names that lines with an address begin with: "Norrljus · Storgatan 1, Ekby"."""
    for line in lines:
        if len(line) < _LETTERHEAD and _ADDRESS.search(line):
            name = _PARTS.split(line, maxsplit=1)[0].strip()
            if len(name) <= _DISTINCT or not _RUN_OF_NAMES.fullmatch(name):
                continue
            if name not in places() and not may_be_person(name) and not key_of(f"{name}:"):
                yield name


def names_of_addresses(text: str, emails: Sequence[str], lines: Iterable[str] = ()) -> Iterator[str]:
    """Yield the names in ``text``, and of those that are whole ``lines``, that the people's addresses are spelt with: "Norrljus Ekby", info@norrljus.example.

    An address of a municipality's or a region's name alone names none, nor does one with a provider of mail.
    """
    spelt = {part for email in emails for part in map(_own_part, email.lower().rpartition("@")[2].split(".")[:-1])}
    spelt = {part for part in spelt if len(part) >= _DISTINCT} - _POSTMEN
    if not spelt:
        return
    found: list[str] = []
    runs = (without_leading_words(match[0]) for match in _RUN_OF_NAMES.finditer(text))
    for name in dict.fromkeys([*runs, *lines]):
        forms = folded(name)
        fits = name.removesuffix("s") not in places() and any(
            form.startswith(part) or form.endswith(part) for form in forms for part in spelt
        )
        if fits and not _is_person(name):
            found.append(name)
    known = set(found)
    found = [
        name for name in found if name.partition(" i ")[0] not in known or name.partition(" i ")[2] not in places()
    ]
    begun = {name[: space.start()] for name in found for space in re.finditer(" ", name)}
    yield from (name for name in found if name not in begun)


def is_place_alone(email: str, names: Collection[str] = ()) -> bool:
    """Whether an address' domain is but a place's name, as municipalities have it: "ekby.se", "ekbykommun.se".

    ``names``: what places are called besides those of the gazetteer.
    """
    labels = email.lower().rpartition("@")[2].rpartition(".")[0].split(".")
    spelt = {label for whole in labels for label in (whole, _GOVERNS.sub("", whole))}
    return not (spelt.isdisjoint(_spelt_places()) and spelt.isdisjoint(names))


def _is_person(name: str) -> bool:
    """Whether a name has a person's in it, or is but given names: "Anna Ek", "Anna", "Karin och Lars"."""
    return masked(name) != name or all(is_given_name(word) for word in name.split() if word[0].isupper())


def may_be_person(name: str) -> bool:
    """Whether a name is a person's, or looks like one and nothing tells that it is not: "Ngozi Okafor".

    No list holds all given names. Two or three names with no place and no small word among them are a person's sooner than a
    body's, unless an address is spelt with them: then :func:`names_of_addresses` finds them.
    """
    words = name.split()
    common = _COMMON.search(words[0]) and not is_given_name(words[0])
    looks = len(words) in _NAMES_OF_PERSON and all(word.istitle() and word.isalpha() for word in words) and not common
    return _is_person(name) or (
        looks and not any(word.removesuffix("s") in places() or word in places() for word in words)
    )


def _own_part(label: str) -> str:
    """What is left of a part of a domain when the place and the kind of authority are taken off."""
    plain = re.sub(r"[^a-z]", "", label[:_LONGEST_LABEL])
    parts = (
        plain[start : start + length]
        for length in range(len(plain), _DISTINCT, -1)
        for start in range(len(plain) - length + 1)
    )
    place = next((part for part in parts if part in _spelt_places()), "")
    return _AUTHORITY.sub("", plain.replace(place, "", 1))


@cache
def _spelt_places() -> frozenset[str]:
    return frozenset(form for name in places() for form in folded(name))
