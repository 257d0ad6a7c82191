"""What a document says outright of the organisation behind its example: a fact's value, a line by the title, whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.bodies import UPPER, bodies_in
from ingest.facts import Fact
from ingest.lexicon import is_box_title
from kb.privacy import masked

EXAMPLE_FROM = re.compile(
    r"\b(?:exemplet|eksemplet|eksempelet|praktiken|the (?:example|case|practice)) (?:kommer|är hämtat|er hentet|comes|is taken) "
    r"(?:från|fra|from) (?P<who>[^.;\n]{3,80})",
    re.IGNORECASE,
)
DEPARTMENT = re.compile(
    r"(?:förvaltning|nämnd|enhet|avdelning|kontor|tjänst|omsorg|sektor|forvaltning|afdeling|avdeling|seksjon)(?:en|n|et)?\b"
    r"|(?:centret|center|department|service|unit|team(?:et)?)\b",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    r"(?:chef|ledare?|strateg|samordnare|koordinator|direktör|direktør|sekreterare|sjef|konsulent)(?:en|n)?, $"
)
_LOGO = re.compile(r"Länsstyrelsen|Region|Kommun(?:al)?förbundet|Statsforvalteren|Polisen", re.IGNORECASE)
COUNTY = re.compile(r"(?!Region |Länsstyrelsen ).+ län")  # a part of the country, not a body
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
    rf"(?<!\s)\s*+[,|·•–—(/-]*+\s*+(?:(?:\d{{1,2}}\.?\s+)?(?:(?i:{_MONTH})\s+)?(?:19|20)\d{{2}}(?:-\d{{2}}(?:-\d{{2}})?)?|\d{{4}}-\d{{2}}-\d{{2}})\)?\s*$"
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


def logos_joined(lines: Sequence[str]) -> list[str]:
    """Join a logo's two lines, "Länsstyrelsen" and "EKBY LÄN"."""
    joined: list[str] = []
    for line in lines:
        if joined and _LOGO.fullmatch(joined[-1]):
            whole = f"{joined[-1]} {line}".upper()
            joined[-1] = next((body.name for body in bodies_in(whole) if body.start == 0), joined[-1])
        joined.append(line)
    return joined


def name_of_fact(value: str) -> str | None:
    """The name that a fact gives, without its department unless that is a district's: "Socialförvaltning Nord"."""
    if not 2 < len(value) < 160 or "@" in value:
        return None
    first = next(bodies_in(value), None)
    if first is None or first.start > 0:
        if first and (
            _OFFICER.search(value[: first.start]) or DEPARTMENT.search(value[: first.start]) or masked(value) != value
        ):
            return name_of_fact(value[first.start :])
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


def name_of_byline(line: str, *, signed: bool) -> str | None:
    """The body that a line by the title consists of: "Lindhamns kommun, omsorgen | 2021", "Av A och B" not.

    The department stays, unless the document is ``signed``: then it is its writers'.
    """
    candidate = _LABEL.sub("", _DATE.sub("", line).strip(" |·•–-,:"))
    if not 3 <= len(candidate) <= 110 or candidate[-1] in ".!?":
        return None
    for part in _BAR.split(candidate):
        first = next(bodies_in(part), None)
        if first is not None and COUNTY.fullmatch(first.name):
            continue
        if first is not None and first.start == 0 and part[: first.end].isupper() and not part.isupper():
            return first.name  # a logo; what follows is set otherwise
        if first is not None and first.start == 0 and _CONTINUES.match(part[first.end :]):
            rest = part[first.end :]
            whole = _JOINED.match(rest) or (not signed and _is_own_department(rest))
            return _WITH_OTHERS.sub("", part).strip() if whole else _with_district(first.name, rest)
    return None


def name_of_dated(line: str) -> str | None:
    """The name in "Name, 2019": by the title it may be a body of a kind that no pattern knows."""
    line = line.rpartition(". ")[2]  # "Rapport. Ekby skola, 2024"
    found = re.fullmatch(rf"(?P<name>[{UPPER}][^|·•–—]*?)\s?[,|·•–—(/]{_DATE.pattern}", line)
    first = next(bodies_in(line), None)
    if found and first and first.start == 0 and DEPARTMENT.search(found["name"][first.end :]):
        return first.name
    return found["name"] if found and 1 < len(found["name"].split()) <= 8 and not _is_no_body(found["name"]) else None


def _is_no_body(text: str) -> bool:
    """Whether a line of names that fits no pattern is a person's, or a label."""
    return (
        bool(
            text.isupper()
            or re.search(
                r"\d|[:;,()]|^Av\b|^By\b|(?i:rapport|report|redovisning|utvärdering|evaluering)|\b(?:to|till|til)\b|^Text\b|\b(?:av|af|by)\b",
                text,
            )
        )
        or masked(text) != text
        or is_box_title(text)
    )


def _is_own_department(rest: str) -> bool:
    """Whether a department without a name of its own follows: ", omsorgsenheten", not ", Communities Team"."""
    return rest.startswith(", ") and rest[2:3].islower() and bool(DEPARTMENT.search(rest)) and ". " not in rest


def is_department(name: str) -> bool:
    """Whether a name is that of a department alone: "Socialförvaltningen"."""
    return bool(DEPARTMENT.search(name)) and not any(bodies_in(name))
