"""Which of the bodies that a document names is the one behind the example: every naming weighed by where it stands.

A fact box's word is the strongest, then the line by the title, the contact's address, the running head; being named
often and early helps; being named as a partner, a printer or a publisher hinders.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ingest.bodies import UPPER, Body, bodies_in
from ingest.contacts import is_at, names_in_addresses
from ingest.gazetteer import find
from ingest.roles import (
    ADDRESSED,
    OWNS,
    PARTNER,
    is_place_alone,
    names_of_addresses,
    owners_without_kind,
    part_played,
)
from ingest.stated import COUNTY, Sources, is_department, logos_joined, parted_from_publisher, stated_organisation

_BYLINE, _TITLE, _CONTACT, _RUNNING, _DOMAIN, _AUTHOR = 7.0, 6.0, 5.0, 5.0, 5.0, 2.0
THE_MUNICIPALITY = re.compile(r"\b(?:kommunen|kommunens?|kommuns|kommunstyrelse\w*|kommunfullmäktige)\b", re.IGNORECASE)
_SECOND = -1.0  # of several bodies in a row, those after the first
_EARLY, _EARLY_CHARACTERS = 3.0, 600
_SHORT = 9  # words; a longer line by the title is a sentence
_GIVES_OUT = -8.0  # a periodical; its head is of the text too
_FIRST = 1.0  # the body that is named before all others
_STUDIES = -3.0  # universities write of what others do
_RESEARCH = re.compile(r"universitet|högskol|høgskol|university|forskning|institut", re.IGNORECASE)
_MOST_NAMINGS = 6  # after so many, further ones say no more
_MUNICIPALITIES_FIRST = 2.0  # most examples are a municipality's
_SEAT_IN_TITLE, _SEAT_IN_LEAD = 3.0, 1.5
_ALONE, _SIGNED = 3.0, 3.0
_SIGNATURE = re.compile(r"[^\n.;:]{0,40}@")  # an address on the same line
_ENOUGH = 2.0
_GIVEN_OUT_BY = re.compile(
    r"\b(?:ges ut|utges|utgiven|udgives|udgivet|utgis|utgitt|published) (?:av|af|by) ", re.IGNORECASE
)
_NEAR = 60  # characters
_RUNS = re.compile(rf"\s(?:driver|äger|eier|ejer|runs|owns|är huvudman för)\s(?:the\s)?(?P<what>[{UPPER}][\w-]+)")
_LIST = 8  # characters between the bodies of a list
_LISTED = re.compile(r",? (?:och |og |and |samt |& )?")

_PARISH = re.compile(r"(?:församling|pastorat)$")


def organisation_of(sources: Sources) -> str | None:
    """Return the name of the body behind the example as the document prints it, or ``None``."""
    sources, publishers = parted_from_publisher(
        replace(sources, byline=logos_joined([line for line in sources.byline if not ADDRESSED.search(line)]))
    )
    stated = stated_organisation(sources)
    if stated and not is_department(stated):
        return stated
    scores: defaultdict[str, float] = defaultdict(float)
    for text, weight in _places_of_honour(sources):
        for name in dict.fromkeys(body.name for body in bodies_in(text)):
            scores[name] += weight
    in_text = tuple(bodies_in(sources.text))
    _weigh_text(sources.text, in_text, scores)
    for name in publishers:
        scores[name] += _GIVES_OUT
    for fact in sources.facts:
        if fact.key == "partners":
            for body in bodies_in(fact.value):
                scores[body.name] += 2 * PARTNER
    others = (*sources.running, *sources.contacts, *sources.byline, sources.title)
    named = (*in_text, *chain.from_iterable(map(bodies_in, others)))
    kinds = {body.name: body.kind for body in named if not COUNTY.fullmatch(body.name)}
    spelt = [
        name
        for name in names_of_addresses(sources.text, sources.emails)
        if not any(kind.startswith(name) or name.startswith(kind) for kind in kinds)
        and not any(_runs(sources.text[body.end : body.end + _NEAR], name) for body in in_text)
    ]
    for name, start in (*owners_without_kind(sources.text), *((name, _EARLY_CHARACTERS) for name in spelt)):
        kinds.setdefault(name, "named")
        scores[name] += OWNS + _EARLY * (start < _EARLY_CHARACTERS)
    for name, kind in kinds.items():
        scores[name] += _DOMAIN * _share_of_address(name, kind, sources.emails)
        scores[name] += _MUNICIPALITIES_FIRST * (kind == "municipal")
        scores[name] += _SEAT_IN_TITLE * (kind == "municipal" and _stem(name) in sources.title)
        scores[name] += _SEAT_IN_LEAD * (
            kind == "municipal" and f" i {_stem(name)} " in sources.text[:_EARLY_CHARACTERS]
        )
        scores[name] += _AUTHOR * (name == sources.author)
    best = max(kinds, key=lambda name: scores[name], default=None)
    if best is not None and scores[best] >= _ENOUGH:
        return _most_fully_named(best, kinds, scores, sources.text)
    if own := _of_own_paper(sources.text):
        return _most_fully_named(own, kinds, scores, sources.text)
    imprint = chain.from_iterable(map(bodies_in, sources.asides))
    return stated or next((body.name for body in imprint if body.kind == "municipal"), None)


def _most_fully_named(best: str, names: Iterable[str], scores: Mapping[str, float], text: str) -> str:
    """Return the name of the same body that says most: "Lyktan Ekby" for "Lyktan", "Lyktan" for "föreningen Lyktan"."""
    kind, _, name = best.partition(" ")
    if kind.islower():
        return max((other for other in names if other.startswith(name)), key=len, default=best)
    if _PARISH.search(best):
        return next((whole for whole in (f"Svenska kyrkan, {best}", f"{best}, Svenska kyrkan") if whole in text), best)
    longer = (other for other in names if other.startswith(f"{best} ") and scores[other] >= scores[best])
    return max(longer, key=len, default=best)


def municipality_at(place: str | None, text: str, *, stated: bool = False) -> str | None:
    """Return the official name of the municipality at ``place``, where ``text`` speaks of "the municipality" only.

    The document does not print the name, so that whoever uses it must say so. ``stated``: a fact gives the place; the
    text need not speak of a municipality then.
    """
    found = [p for p in find(place) if p.kind == "municipality" and p.name == place] if place else []
    return found[0].organisation if len(found) == 1 and (stated or THE_MUNICIPALITY.search(text)) else None


def _stem(name: str) -> str:
    """The beginning of a municipality's name that stands in all its forms: "Ekby" of "Ekbys kommun"."""
    return re.sub(r"s?(?:\s(?:kommune?|stad|city|council|borough).*)?$", "", name, flags=re.IGNORECASE)


def _places_of_honour(sources: Sources) -> Iterable[tuple[str, float]]:
    yield sources.title, _TITLE
    for line in sources.byline:
        writers = _RESEARCH.search(line) or len(line.split()) > _SHORT  # where who writes of it works, or a sentence
        yield line, _EARLY if writers else _BYLINE
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


def _of_own_paper(text: str) -> str | None:
    """The association or parish that gives the paper out: it tells of itself, where nobody else is told of."""
    for match in _GIVEN_OUT_BY.finditer(text):
        for body in bodies_in(text[match.end() : match.end() + _NEAR]):
            if body.kind == "named":
                return body.name
    return None


def _runs(after: str, name: str) -> bool:
    """Whether what follows a body's name says that it runs ``name``: " driver Lyktan genom kulturnämnden"."""
    found = _RUNS.match(after)
    return found is not None and name.startswith(found["what"])


def _share_of_address(name: str, kind: str, emails: Sequence[str]) -> float:
    """How much of an address' domain a name is, from a half to all of it; 0 where it is not in any.

    A place's name alone is its municipality's: "info@ekby.se" is not Ekby parish's.
    """
    wanted = names_in_addresses(name)
    if kind == "named":
        emails = [email for email in emails if not is_place_alone(email)]
    longest = max(map(len, wanted), default=0)
    domains = (email.rpartition("@")[2].rpartition(".")[0] for email in emails if is_at(email, wanted))
    return max((0.5 + 0.5 * min(1.0, longest / len(domain)) for domain in domains), default=0.0)
