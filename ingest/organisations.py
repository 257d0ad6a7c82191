"""Which of the bodies that a document names is the one behind the example: every naming weighed by where it stands.

A fact box's word is the strongest, then the line by the title, the contact's address, the running head; being named
often and early helps; being named as a partner, a printer or a publisher hinders.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.bodies import UPPER, Body, bodies_in
from ingest.contacts import is_at, names_in_addresses
from ingest.facts import Fact
from ingest.gazetteer import find
from ingest.lexicon import is_box_title
from ingest.roles import (
    OWNS,
    PARTNER,
    PUBLISHING,
    names_of_addresses,
    national_at_start,
    owners_without_kind,
    part_played,
)
from kb.privacy import masked

_BYLINE, _TITLE, _CONTACT, _RUNNING, _DOMAIN, _AUTHOR = 7.0, 6.0, 5.0, 5.0, 5.0, 2.0
_EXAMPLE_FROM = re.compile(
    r"\b(?:exemplet|eksemplet|eksempelet|praktiken|the (?:example|case|practice)) (?:kommer|är hämtat|er hentet|comes|is taken) "
    r"(?:från|fra|from) (?P<who>[^.;\n]{3,80})",
    re.IGNORECASE,
)
_THE_MUNICIPALITY = re.compile(
    r"\b(?:kommunen|kommunens?|kommuns|kommunstyrelse\w*|kommunfullmäktige)\b", re.IGNORECASE
)
_SECOND = -1.0  # of several bodies in a row, those after the first
_EARLY, _EARLY_CHARACTERS = 3.0, 600
_SHORT = 9  # words; a longer line by the title is a sentence
_FIRST = 1.0  # the body that is named before all others
_STUDIES = -3.0  # universities write of what others do
_RESEARCH = re.compile(r"universitet|högskol|høgskol|university|forskning|institut", re.IGNORECASE)
_MOST_NAMINGS = 6  # after so many, further ones say no more
_MUNICIPALITIES_FIRST = 2.0  # most examples are a municipality's
_SEAT_IN_TITLE, _SEAT_IN_LEAD = 3.0, 1.5
_ALONE, _SIGNED = 3.0, 3.0
_SIGNATURE = re.compile(r"[^\n.;:]{0,40}@")  # an address on the same line
_ENOUGH = 2.0
_LIST = 8  # characters between the bodies of a list
_LISTED = re.compile(r",? (?:och |og |and |samt |& )?")

_STATED_BESIDE = {
    *((key, kind) for key in ("place", "target_groups", "activity") for kind in ("municipal", "regional")),
    ("activity", "named"),
}
_DEPARTMENT = re.compile(
    r"(?:förvaltning|nämnd|enhet|avdelning|kontor|tjänst|omsorg|sektor|forvaltning|afdeling|avdeling|seksjon)(?:en|n|et)?\b"
    r"|(?:centret|center|department|service|unit|team(?:et)?)\b",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"(?!Region |Länsstyrelsen ).+ län")  # a part of the country, not a body
_UNIT = re.compile(rf",\s(?P<unit>[{UPPER}]\w*(?:förvaltning|nämnd|bydel)\s[{UPPER}][^,;(]{{2,40}})$")
_BAR = re.compile(r"\s[|·•–—]\s")
_JOINED = re.compile(r"\s(?:och|og|and|&)\s")
_WITH_OTHERS = re.compile(
    r",?\s(?:i samverkan|i samarbete|tillsammans|i samarbeid|i samarbejde|sammen|in partnership|together|with|med)\b.*$"
)
_CONTINUES = re.compile(
    rf"$|,\s|\s(?:och|og|and|&)\s|\s(?:i|in)\s[{UPPER}]\w+$|\s(?:i sam|tillsammans|sammen|in partner)"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|maj|mai|may|jun|jul|aug|sep|o[kc]t|nov|de[cs]|vår|somm|höst|vint|forår|efterår|høst|spring|summ|autu|wint)"
    r"[a-zåäöæø]*"
)
_DATE = re.compile(
    rf"\s*[,|·•–—(/-]*\s*(?:(?:\d{{1,2}}\.?\s+)?(?:(?i:{_MONTH})\s+)?(?:19|20)\d{{2}}(?:-\d{{2}}(?:-\d{{2}})?)?|\d{{4}}-\d{{2}}-\d{{2}})\)?\s*$"
)
_LABEL = re.compile(
    r"^(?:exempel från|eksempel fra|ett exempel från|et eksempel fra|an example from|example from|från|fra|from|av|af|by)\s+(?=[A-ZÅÄÖÆØ])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a document names bodies.

    ``byline``: the short lines by the title; ``contacts``: what stands in contact sections and boxes; ``running``: the
    lines that recur on pages; ``text``: all paragraphs; ``emails``: the addresses of the example's people, not its
    publisher's; ``author``: as the file says; ``asides``: captions and footnotes, for want of anything better.
    """

    title: str = ""
    byline: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    contacts: Sequence[str] = ()
    running: Sequence[str] = ()
    text: str = ""
    emails: Sequence[str] = ()
    author: str = ""
    asides: Sequence[str] = ()


def organisation_of(sources: Sources) -> str | None:
    """Return the name of the body behind the example as the document prints it, or ``None``."""
    stated = _stated(sources)
    if stated and not _is_department(stated):
        return stated
    scores: defaultdict[str, float] = defaultdict(float)
    for text, weight in _places_of_honour(sources):
        for name in dict.fromkeys(body.name for body in bodies_in(text)):
            scores[name] += weight
    in_text = tuple(bodies_in(sources.text))
    _weigh_text(sources.text, in_text, scores)
    for fact in sources.facts:
        if fact.key == "partners":
            for body in bodies_in(fact.value):
                scores[body.name] += 2 * PARTNER
    others = (*sources.running, *sources.contacts, *sources.byline, sources.title)
    named = (*in_text, *chain.from_iterable(map(bodies_in, others)))
    kinds = {body.name: body.kind for body in named if not _COUNTY.fullmatch(body.name)}
    spelt = [
        name
        for name in names_of_addresses(sources.text, sources.emails)
        if not any(kind.startswith(name) or name.startswith(kind) for kind in kinds)
    ]
    for name in (*owners_without_kind(sources.text), *spelt):
        kinds.setdefault(name, "named")
        scores[name] += OWNS
    for name, kind in kinds.items():
        scores[name] += _DOMAIN * _share_of_address(name, sources.emails)
        scores[name] += _MUNICIPALITIES_FIRST * (kind == "municipal")
        scores[name] += _SEAT_IN_TITLE * (kind == "municipal" and _stem(name) in sources.title)
        scores[name] += _SEAT_IN_LEAD * (
            kind == "municipal" and f" i {_stem(name)} " in sources.text[:_EARLY_CHARACTERS]
        )
        scores[name] += _AUTHOR * (name == sources.author)
    best = max(kinds, key=lambda name: scores[name], default=None)
    if best is not None and scores[best] >= _ENOUGH:
        return _most_fully_named(best, kinds, scores)
    imprint = chain.from_iterable(map(bodies_in, sources.asides))
    return stated or next((body.name for body in imprint if body.kind == "municipal"), None)


def _most_fully_named(best: str, names: Iterable[str], scores: Mapping[str, float]) -> str:
    """Return the name of the same body that says most: "Lyktan Ekby" for "Lyktan", "Lyktan" for "föreningen Lyktan"."""
    kind, _, name = best.partition(" ")
    if kind.islower():
        return max((other for other in names if other.startswith(name)), key=len, default=best)
    longer = (other for other in names if other.startswith(f"{best} ") and scores[other] >= scores[best])
    return max(longer, key=len, default=best)


def municipality_at(place: str | None, text: str, *, stated: bool = False) -> str | None:
    """Return the official name of the municipality at ``place``, where ``text`` speaks of "the municipality" only.

    The document does not print the name, so that whoever uses it must say so. ``stated``: a fact gives the place; the
    text need not speak of a municipality then.
    """
    found = [p for p in find(place) if p.kind == "municipality" and p.name == place] if place else []
    return found[0].organisation if len(found) == 1 and (stated or _THE_MUNICIPALITY.search(text)) else None


def _stated(sources: Sources) -> str | None:
    """What a fact or a line by the title gives as the organisation, whole."""
    named = [name for fact in sources.facts if fact.key == "organisation" and (name := _of_fact(fact.value))]
    if named:  # what does it may be told before who runs it
        return next((name for name in named if any(bodies_in(name))), named[0])
    if (told := _EXAMPLE_FROM.search(sources.text)) and (owner := next(bodies_in(told["who"]), None)):
        return owner.name
    for fact in sources.facts:
        # "Kommun: Botkyrka kommun" is asked for as a place; "Vem: …" may be the body or those it is for,
        # "Verksamhet: …" the body or what it does.
        found = next(bodies_in(fact.value), None)
        if found is None or (fact.key, found.kind) not in _STATED_BESIDE:
            continue
        if found.start == 0 or _DEPARTMENT.search(fact.value[: found.start]):
            return found.name
    signed = any(masked(line) != line for line in sources.byline)
    own = [line for line in sources.byline if not PUBLISHING.search(line)]
    named = [name for line in own if (name := _of_byline(line, signed=signed) or national_at_start(line))]
    return next(iter(named), None) or next((name for line in own if (name := _of_dated(line))), None)


def _of_fact(value: str) -> str | None:
    """The name that a fact gives, without its department unless that is a district's: "Socialförvaltning Nord"."""
    if not 2 < len(value) < 160 or "@" in value:
        return None
    first = next(bodies_in(value), None)
    if first is None or first.start > 0:
        if first and (_DEPARTMENT.search(value[: first.start]) or masked(value) != value):
            return _of_fact(value[first.start :])
        if masked(value) != value:  # the one who answers for it
            return None
        return None if len(value) > 110 else value
    name, rest = value[: first.end], value[first.end :]
    joined = re.match(r"\s(?:och|og|and|&|/)\s", rest)
    if masked(rest) != rest:
        return name
    return value if joined and len(value) < 80 else _with_district(name, rest)


def _with_district(name: str, rest: str) -> str:
    """A body's name with its department where that is a district's: "Ekby stad, Socialförvaltning Nord"."""
    unit = _UNIT.match(rest)
    return f"{name}, {unit['unit']}" if unit else name


def _of_byline(line: str, *, signed: bool) -> str | None:
    """The body that a line by the title consists of: "Lindhamns kommun, omsorgen | 2021", "Av A och B" not.

    The department stays, unless the document is ``signed``: then it is its writers'.
    """
    candidate = _LABEL.sub("", _DATE.sub("", line).strip(" |·•–-,:"))
    if not 3 <= len(candidate) <= 110 or candidate[-1] in ".!?":
        return None
    for part in _BAR.split(candidate):
        first = next(bodies_in(part), None)
        if first is not None and first.start == 0 and _CONTINUES.match(part[first.end :]):
            rest = part[first.end :]
            whole = _JOINED.match(rest) or (not signed and _is_own_department(rest))
            return _WITH_OTHERS.sub("", part).strip() if whole else _with_district(first.name, rest)
    return None


def _of_dated(line: str) -> str | None:
    """The name in "Name, 2019": by the title it may be a body of a kind that no pattern knows."""
    found = re.fullmatch(rf"(?P<name>[{UPPER}][^|·•–—]*?)\s?[,|·•–—(/]{_DATE.pattern}", line)
    first = next(bodies_in(line), None)
    if found and first and first.start == 0 and _DEPARTMENT.search(found["name"][first.end :]):
        return first.name
    return found["name"] if found and 1 < len(found["name"].split()) <= 8 and not _is_no_body(found["name"]) else None


def _is_no_body(text: str) -> bool:
    """Whether a line of names that fits no pattern is a person's, or a label."""
    return (
        bool(text.isupper() or re.search(r"\d|[:;,()]|^Av\b|^By\b|^Text\b|\b(?:av|af|by)\b", text))
        or masked(text) != text
        or is_box_title(text)
    )


def _stem(name: str) -> str:
    """The beginning of a municipality's name that stands in all its forms: "Ekby" of "Ekbys kommun"."""
    return re.sub(r"s?(?:\s(?:kommune?|stad|city|council|borough).*)?$", "", name, flags=re.IGNORECASE)


def _is_own_department(rest: str) -> bool:
    """Whether a department without a name of its own follows: ", omsorgsenheten", not ", Communities Team"."""
    return rest.startswith(", ") and rest[2:3].islower() and bool(_DEPARTMENT.search(rest)) and ". " not in rest


def _is_department(name: str) -> bool:
    return bool(_DEPARTMENT.search(name)) and not any(bodies_in(name))


def _places_of_honour(sources: Sources) -> Iterable[tuple[str, float]]:
    yield sources.title, _TITLE
    for line in sources.byline:
        yield line, _BYLINE if len(line.split()) <= _SHORT else _EARLY
    yield "\n".join(sources.contacts), _CONTACT
    yield "\n".join(sources.running), _RUNNING


def _weigh_text(text: str, bodies: Sequence[Body], scores: defaultdict[str, float]) -> None:
    namings: Counter[str] = Counter()
    end_of_last = -_LIST
    for body in bodies:
        listed = body.start - end_of_last < _LIST and _LISTED.fullmatch(text, end_of_last, body.start)
        end_of_last = body.end
        namings[body.name] += 1
        if namings[body.name] > _MOST_NAMINGS:
            continue
        scores[body.name] += _ALONE if _is_alone(text, body) else 0
        scores[body.name] += _SIGNED if _SIGNATURE.match(text, body.end) else 0
        scores[body.name] += 1 + part_played(text, body.start, body.end) + (_SECOND if listed else 0)
        if namings[body.name] == 1 and body.start < _EARLY_CHARACTERS:
            scores[body.name] += _EARLY + (_FIRST if len(namings) == 1 else 0)
    for name in namings:
        scores[name] += _STUDIES if _RESEARCH.search(name) else 0


def _is_alone(text: str, body: Body) -> bool:
    """Whether a naming is a paragraph by itself, as in a table whose keys stand apart."""
    return text[body.start - 1 : body.start] in {"", "\n"} and text[body.end : body.end + 1] in {"", "\n"}


def _share_of_address(name: str, emails: Sequence[str]) -> float:
    """How much of an address' domain a name is, from a half to all of it; 0 where it is not in any."""
    wanted = names_in_addresses(name)
    longest = max(map(len, wanted), default=0)
    domains = (email.rpartition("@")[2].rpartition(".")[0] for email in emails if is_at(email, wanted))
    return max((0.5 + 0.5 * min(1.0, longest / len(domain)) for domain in domains), default=0.0)
