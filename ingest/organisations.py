"""Which of the bodies that a document names is the one behind the example: every naming weighed by where it stands.

A fact box's word is the strongest, then the line by the title, the contact's address, the running head; being named
often and early helps; being named as a partner, a printer or a publisher hinders.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.bodies import UPPER, Body, bodies_in
from ingest.contacts import is_at, names_in_addresses
from ingest.facts import Fact
from ingest.lexicon import is_box_title
from kb.privacy import masked

_BYLINE, _TITLE, _CONTACT, _RUNNING, _DOMAIN, _AUTHOR = 7.0, 6.0, 5.0, 5.0, 5.0, 2.0
_OWNS, _PARTNER, _CREDIT = 6.0, -3.0, -6.0
_EARLY, _EARLY_CHARACTERS = 3.0, 600
_SHORT = 9  # words; a longer line by the title is a sentence
_MOST_NAMINGS = 6  # after so many, further ones say no more
_MUNICIPALITIES_FIRST = 2.0  # most examples are a municipality's
_ENOUGH = 2.0

_STATED_BESIDE = {(key, kind) for key in ("place", "target_groups") for kind in ("municipal", "regional")}
_WINDOW = 60  # characters before and after a naming that say what part the body plays
_OWNER_BEFORE = re.compile(
    r"(?:drivs|leds|ägs|finansieras och drivs|förvaltas|ges|gavs|utförs|samordnas|tagits fram|drives|ledes|eies|eges|ledet|"
    r"run|led|managed|hosted|delivered|set up|uppdrag|oppdrag|opgave|initiativ|(?:ansvarig|ansvarlig|huvudman|utgivare)(?:\s(?:är|er|for|för))?)\s(?:av|af|by|från|:)?\s?(?:the\s)?$"
    r"|\b(?:sedan|siden)\s[^.;]{0,30}(?:19|20)\d\d\s(?:har|leder|driver|bedriver|erbjuder|arbetar|tilbyr|tilbyder|arbeider|arbejder)\s$",
    re.IGNORECASE,
)
_OWNER_AFTER = re.compile(
    r"^(?:\s\([^()]{0,40}\))?\s(?:står bak(?:om)?|står bag|stands behind|är värd|är huvudman|är utgångspunkt|driver|bedriver|leder|har sedan|har i|startade|inrättade|öppnade|införde|beslutade|har arbetat|"
    r"arbetar|erbjuder|tog fram|har tagit fram|är ansvarig|ansvarar|bestämde|beslöt|skapade|bildade|byggde upp|satsar|samordnar|samordner|koordinerer|driv|driver|leder|startet|startede|opprettet|oprettede|tilbyr|tilbyder|har siden|"
    r"runs|leads|launched|set up|started|has run|introduced|established|offers|began)\b"
)
_PARTNER_AFTER = re.compile(
    r"^[^.;]{0,90}\s(?:är|er|are) (?:sam(?:arbets|verkans|arbeids|arbejds)|partner)|^ (?:hade redan|hadde allerede|havde allerede|had already|deltar|deltager|medverkar|bidrar|bidrager|takes part|contributes)\b",
)
_PARTNER_BEFORE = re.compile(
    r"(?:med i arbetet|(?:deltag(?:are|er)|deltaker|representant\w*|handläggare|kollega|kollegor|participant|colleagues?) (?:från|fra|from)|driver (?:till)?sammans? med|driver med|tillsammans med|i samarbete med|i samverkan med|samarbetar med|samverkar med|medverkar|partners? är|stöd från|besök(?:t|te)? (?:i|hos)|"
    r"inspir\w+ (?:av|från|fra)|sammen med|samarbeider med|samarbejder med|i samarbejde med|i samarbeid med|together with|partnership with|"
    r"works? with|working with|modell(?:en)? från|förebild\w* i|granne\w*|precis som|liksom|även|också)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"(?:Direktoratet for [A-ZÆØÅ]\w+|Kriminalforsorgen|Kriminalomsorgen|Kriminalvården|Polismyndigheten|Statens institutionsstyrelse|"
    r"Politiets Efterretningstjeneste|Kirkens Bymisjon(?: [A-ZÆØÅ]\w+)?|Blå Kors|Røde Kors|Röda Korset|Rädda Barnen|Redd Barna|Red Barnet|"
    r"Mødrehjælpen|Fryshuset(?: [A-ZÅÄÖ]\w+)?|[A-ZÅÄÖ]\w{1,30} [Ss]tadsmission|Stadsmissionen(?: i [A-ZÅÄÖ]\w+)?)\b"
)
"""Bodies that no word beside their name tells; they are most often partners, so that only one that owns is thought of."""
_PUBLISHING = re.compile(
    r"\b(?:layout|form|formgivning|produktion|tryck|redaktion\w*|redaktör|ges ut av|ansvarig utgivare|prenumer\w+|illustration\w*|"
    r"grafisk\w*|webbredaktion\w*|sidansvarig|design|photo|print(?:ed)?|copyright|trykk?|redaksjon\w*|layout)\b\s*[:.]?",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"(?:förvaltning|nämnd|enhet|avdelning|kontor|tjänst|omsorg|sektor|forvaltning|afdeling|avdeling|seksjon)(?:en|n|et)?\b"
    r"|(?:centret|center|department|service|unit|team(?:et)?)\b",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"(?!Region |Länsstyrelsen ).+ län")  # a part of the country, not a body
_DISTRICT = rf"[{UPPER}]\w*(?:förvaltning|nämnd|bydel)\s[{UPPER}][^,;(]{{2,40}}"
_WITH_OTHERS = re.compile(
    r",?\s(?:i samverkan|i samarbete|tillsammans|i samarbeid|i samarbejde|sammen|in partnership|together|with|med)\b.*$"
)
_CONTINUES = re.compile(
    rf"$|,\s|\s(?:och|og|and|&)\s|\s(?:i|in)\s[{UPPER}]\w+$|\s(?:i sam|tillsammans|sammen|in partner)"
)
_DATE = re.compile(
    r"\s*[,|·•–—(/-]*\s*(?:(?:\d{1,2}\.?\s+)?(?:\w+\s+)?(?:19|20)\d{2}(?:-\d{2}(?:-\d{2})?)?|\d{4}-\d{2}-\d{2})\)?\s*$"
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
                scores[body.name] += 2 * _PARTNER
    others = (*sources.running, *sources.contacts, *sources.byline, sources.title)
    named = (*in_text, *chain.from_iterable(map(bodies_in, others)))
    kinds = {body.name: body.kind for body in named if not _COUNTY.fullmatch(body.name)}
    for name in _owning_nationals(sources.text):
        kinds.setdefault(name, "named")
        scores[name] += _OWNS
    for name, kind in kinds.items():
        scores[name] += _DOMAIN * _has_address(name, sources.emails)
        scores[name] += _MUNICIPALITIES_FIRST * (kind == "municipal")
        scores[name] += _AUTHOR * (name == sources.author)
    best = max(kinds, key=lambda name: scores[name], default=None)
    if best is not None and scores[best] >= _ENOUGH:
        return best
    imprint = chain.from_iterable(map(bodies_in, sources.asides))
    return stated or next((body.name for body in imprint if body.kind == "municipal"), None)


def _stated(sources: Sources) -> str | None:
    """What a fact or a line by the title gives as the organisation, whole."""
    named = [name for fact in sources.facts if fact.key == "organisation" and (name := _of_fact(fact.value))]
    if named:  # what does it may be told before who runs it
        return next((name for name in named if any(bodies_in(name))), named[0])
    for fact in sources.facts:
        # "Kommun: Botkyrka kommun" is asked for as a place, and "Vem: …" may be the body or those it is for.
        found = next(bodies_in(fact.value), None)
        if found is None or (fact.key, found.kind) not in _STATED_BESIDE:
            continue
        if found.start == 0 or _DEPARTMENT.search(fact.value[: found.start]):
            return found.name
    signed = any(masked(line) != line for line in sources.byline)
    named = [name for line in sources.byline if (name := _of_byline(line, signed=signed))]
    return next(iter(named), None) or next((name for line in sources.byline if (name := _of_dated(line))), None)


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
    unit = re.match(rf",\s(?P<unit>{_DISTRICT})$", rest)
    joined = re.match(r"\s(?:och|og|and|&|/)\s", rest)
    if masked(rest) != rest:
        return name
    return value if joined and len(value) < 80 else f"{name}, {unit['unit']}" if unit else name


def _of_byline(line: str, *, signed: bool) -> str | None:
    """The body that a line by the title consists of: "Lindhamns kommun, omsorgen | 2021", "Av A och B" not.

    The department stays, unless the document is ``signed``: then it is its writers'.
    """
    candidate = _LABEL.sub("", _DATE.sub("", line).strip(" |·•–-,:"))
    if not 3 <= len(candidate) <= 110 or candidate[-1] in ".!?":
        return None
    for part in re.split(r"\s[|·•–—]\s", candidate):
        first = next(bodies_in(part), None)
        if first is not None and first.start == 0 and _CONTINUES.match(part[first.end :]):
            rest = part[first.end :]
            alone = (
                part.isupper() or ". " in rest or (rest.startswith(",") and (signed or not _is_own_department(rest)))
            )
            return first.name if alone else _WITH_OTHERS.sub("", part).strip()
    return None


def _of_dated(line: str) -> str | None:
    """The name in "Name, 2019": by the title it may be a body of a kind that no pattern knows."""
    found = re.fullmatch(rf"(?P<name>[{UPPER}][^|·•–—]*?)\s?[,|·•–—(/]{_DATE.pattern}", line)
    return found["name"] if found and 1 < len(found["name"].split()) <= 8 and not _is_no_body(found["name"]) else None


def _is_no_body(text: str) -> bool:
    """Whether a line of names that fits no pattern is a person's, or a label."""
    return (
        bool(text.isupper() or re.search(r"\d|[:;,()]|^Av\b|^By\b|^Text\b", text))
        or masked(text) != text
        or is_box_title(text)
    )


def _is_own_department(rest: str) -> bool:
    """Whether a department without a name of its own follows: ", omsorgsenheten", not ", Communities Team"."""
    return rest[2:3].islower() and bool(_DEPARTMENT.search(rest))


def _is_department(name: str) -> bool:
    return bool(_DEPARTMENT.search(name)) and not any(bodies_in(name))


def _places_of_honour(sources: Sources) -> Iterable[tuple[str, float]]:
    yield sources.title, _TITLE
    for line in sources.byline:
        yield line, _BYLINE if len(line.split()) <= _SHORT else _EARLY
    yield "\n".join(sources.contacts), _CONTACT
    yield "\n".join(sources.running), _RUNNING


def _weigh_text(text: str, bodies: Iterable[Body], scores: defaultdict[str, float]) -> None:
    namings: Counter[str] = Counter()
    for body in bodies:
        namings[body.name] += 1
        if namings[body.name] > _MOST_NAMINGS:
            continue
        before, after = text[max(0, body.start - _WINDOW) : body.start], text[body.end : body.end + _WINDOW]
        scores[body.name] += 1 + _part_played(before, after)
        if namings[body.name] == 1 and body.start < _EARLY_CHARACTERS:
            scores[body.name] += _EARLY


def _owning_nationals(text: str) -> Iterable[str]:
    for match in _NATIONAL.finditer(text):
        before, after = text[max(0, match.start() - _WINDOW) : match.start()], text[match.end() : match.end() + _WINDOW]
        if _part_played(before, after) == _OWNS:
            yield match[0]


def _part_played(before: str, after: str) -> float:
    line = before.rpartition("\n")[2]
    if _PUBLISHING.search(line):
        return _CREDIT
    if _PARTNER_BEFORE.search(line) or _PARTNER_AFTER.search(after):
        return _PARTNER
    return _OWNS if _OWNER_BEFORE.search(line) or _OWNER_AFTER.match(after) else 0.0


def _has_address(name: str, emails: Sequence[str]) -> bool:
    wanted = names_in_addresses(name)
    return any(is_at(address, wanted) for address in emails)
