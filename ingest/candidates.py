"""The bodies that a document names, and what speaks for and against each being the one behind the example.

Signs are names; :mod:`ingest.organisations` weighs them. A body is known by several names: "Lyktan", "Föreningen
Lyktan", "Lyktan Ekby"; the signs of all are the body's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import islice

from ingest.bodies import Body, BodyKind, bodies_in
from ingest.body_kinds import finer_kind
from ingest.body_names import Candidate, Name, Names, candidates_of
from ingest.contacts import folded, is_at, names_in_addresses
from ingest.gazetteer import find
from ingest.roles import ADDRESSED, ISSUE, PUBLISHING, signs_around
from ingest.stated import (
    COUNTY,
    DEPARTMENT,
    EXAMPLE_FROM,
    Sources,
    is_department,
    logos_joined,
    name_of_byline,
    name_of_dated,
    name_of_fact,
)
from ingest.unlisted import (
    is_place_alone,
    letterheads,
    named_in,
    names_at_places,
    names_of_addresses,
    national_in_line,
    run_by,
)
from kb.privacy import masked

_MOST = 60  # names; what has more is a directory
_MOST_NAMINGS = 12  # of one name whose words are looked at
_EARLY, _VERY_EARLY = 600, 250  # characters
_OFTEN = 4
_LONG = 9  # words; a longer line by the title is a sentence
_WHOLE = 0.6  # share of a line
_MOST_OF_ADDRESS = 0.85  # share of a domain
_LIST = 8  # characters between the bodies of a list
_LISTED = re.compile(r",? (?:och |og |and |samt |& )?")
_NAME_ALONE = re.compile(r"[A-ZÅÄÖÆØ][^\W\d]+(?:[ -][^\W\d]+)*")
_STEM = re.compile(
    r"^(?:City|Municipality|Borough|Town|County) of |s?(?:\s(?:kommune?|stad|city|council|borough|municipality).*)?$",
    re.IGNORECASE,
)
_GIVEN_OUT_BY = re.compile(
    r"\b(?:ges ut|utges|utgiven|udgives|udgivet|utgis|utgitt|published) (?:av|af|by) ", re.IGNORECASE
)
_NEAR = 60  # characters


def candidates_in(sources: Sources) -> list[Candidate]:
    """Return the bodies that the document names, each with the names of its signs.

    >>> [c.name for c in candidates_in(Sources(text="Ekby kommun och Region Dalarna möts."))]
    ['Ekby kommun', 'Region Dalarna']
    """
    names = Names()
    _read_facts(sources, names)
    issue = is_issue(sources)
    _read_byline(sources, names, issue=issue)
    names.add_all(sources.title, "in title")
    for text in sources.contacts:
        names.add_all(text, "in contacts")
    for line in sources.running:
        for body in names.add_all(line, "running"):
            found = names.add(body.name, body.kind)
            found.signs |= {"running whole"} if body.end - body.start > _WHOLE * len(line) else set()
            found.signs |= {"periodical's"} if issue and _gives_out(body) else set()
    _read_text(sources.text, names)
    _read_unlisted(sources, names)
    known = [name for name in names.values() if not COUNTY.fullmatch(name.text)][:_MOST]
    _compare(known, sources)
    return list(candidates_of(known, sources.text))


def is_issue(sources: Sources) -> bool:
    """Whether the paper is a periodical's or of a collection: who gives it out writes of others too."""
    return any(map(ISSUE.search, (*sources.byline, *sources.running)))


def _gives_out(body: Body) -> bool:
    """Whether a body is of those that give out what others have done."""
    return finer_kind(body.name, body.kind) in {"county board", "region"}


def _read_facts(sources: Sources, names: Names) -> None:
    for fact in sources.facts:
        bodies = named_in(fact.value)
        if fact.key == "organisation" and (name := name_of_fact(fact.value)):
            kind = next((body.kind for body in bodies_in(name)), None)
            names.add(name, kind or "other", "fact", *([] if kind else ["fact of no kind"]))
        for index, body in enumerate(bodies):
            found = names.add(body.name, body.kind, f"in fact {fact.key}")
            before = fact.value[: body.start]
            if index == 0 and (not before or DEPARTMENT.search(before)):
                found.signs.add(f"begins fact {fact.key}")
    if (told := EXAMPLE_FROM.search(sources.text)) and (owner := next(bodies_in(told["who"]), None)):
        names.add(owner.name, owner.kind, "example from")


def _read_byline(sources: Sources, names: Names, *, issue: bool) -> None:
    lines = logos_joined([line for line in sources.byline if not ADDRESSED.search(line)])
    signed = any(masked(line) != line for line in lines)
    for line in lines:
        publishes = bool(PUBLISHING.search(line))
        readings = (
            ("byline", partial(name_of_byline, signed=signed)),
            ("byline national", national_in_line),
            ("byline dated", name_of_dated),
        )
        sign, name = next(((sign, name) for sign, read in readings if (name := read(line))), ("", None))
        if name:
            first = next(iter(named_in(name)), None)
            names.add(name, first.kind if first else "other", "byline publishes" if publishes else sign)
        signs = {
            "in byline": True,
            "in byline with person": masked(line) != line,
            "in byline publishing": publishes,
            "in long byline": len(line.split()) > _LONG,
        }
        for body in names.add_all(line, *(sign for sign, found in signs.items() if found)):
            if issue and _gives_out(body) and line[-1:] not in ".!?":
                names.add(body.name, body.kind, "periodical's")


def _read_text(text: str, names: Names) -> None:
    order: dict[str, Name] = {}
    end_of_last = -_LIST
    for body in named_in(text):
        found = names.add(body.name, body.kind)
        order.setdefault(found.text, found)
        found.namings += 1
        listed = body.start - end_of_last < _LIST and _LISTED.fullmatch(text, end_of_last, body.start)
        end_of_last = body.end
        if found.namings > _MOST_NAMINGS:
            continue
        genitive = body.end - body.start > len(body.name)
        found.around.update(signs_around(text, body.start, body.end, genitive=genitive))
        found.around["listed"] += bool(listed)
        found.signs |= {"early"} if body.start < _EARLY else set()
        found.signs |= {"very early"} if body.start < _VERY_EARLY else set()
    for name in order.values():
        said = {sign: count for sign, count in name.around.items() if count}
        name.signs.update(said, (f"mostly {sign}" for sign, count in said.items() if 2 * count >= name.namings))
    for name, sign in zip(order.values(), ("first named", "second named"), strict=False):
        name.signs.add(sign)


def _read_unlisted(sources: Sources, names: Names) -> None:
    for text, start in run_by(sources.text):
        names.add(text, "other", "runs", *(["runs early"] if start < _EARLY else []))
    lines = [
        line
        for text in (*sources.running, *sources.contacts, *sources.byline, *sources.asides)
        for line in text.split("\n")
    ]
    for text in dict.fromkeys(name for line in sources.byline for name in names_at_places(line)):
        if not any(bodies_in(text)):
            names.add(text, "other", "byline at place")
    for text, count in Counter(names_at_places(sources.text)).items():
        if not any(bodies_in(text)):
            names.add(text, "other", "at place", *(["at place twice"] if count > 1 else []))
    for text in letterheads(lines):
        body = next(bodies_in(text), None)
        if body is None or body.start == 0:
            names.add(body.name if body else text, body.kind if body else "other", "letterhead")
    short = [line for line in sources.byline if len(line.split()) < _LONG and _NAME_ALONE.fullmatch(line)]
    spelt = names_of_addresses("\n".join([sources.text, *lines]), sources.emails, short)
    for text in islice(spelt, _MOST):
        longer = (text in name.text for name in names.values())
        shorter = (text.startswith(name.text) and name.kind != "other" for name in names.values())
        if not any(longer) and not any(shorter):
            names.add(text, "other", "spelt")
    for line in sources.asides:
        for body in bodies_in(line):
            names.add(body.name, body.kind, "in asides")
    for match in _GIVEN_OUT_BY.finditer(sources.text):
        for body in bodies_in(sources.text[match.end() : match.end() + _NEAR]):
            if body.kind == "named":
                names.add(body.name, body.kind, "own paper")


def _compare(names: Sequence[Name], sources: Sources) -> None:
    """Add what each name is by itself and beside the others."""
    most = max((name.namings for name in names), default=0)
    at_most = [name for name in names if name.namings == most]
    municipal = [name for name in names if name.kind == "municipal"]
    most_municipal = max((name.namings for name in municipal), default=0)
    lead = sources.text[:_EARLY]
    of_a_place = any(map(is_place_alone, sources.emails))
    for name in names:
        stem = stem_of(name.text)
        of_place = name.kind == "municipal"
        share = _share_of_address(name.text, name.kind, sources.emails)
        named_by_address = name.kind == "other"  # that is why it is known at all
        signs = {
            f"is {finer_kind(name.text, name.kind)}": True,
            "in address": share > 0 and not named_by_address,
            "is address": share > _MOST_OF_ADDRESS and not named_by_address,
            "address elsewhere": of_place and of_a_place and not share,
            "twice": name.namings > 1,
            "four times": name.namings >= _OFTEN,
            "most named": most and at_most == [name],
            "author": name.text == sources.author,
            "only": len(names) == 1,
            "only municipal": of_place and len(municipal) == 1,
            "main municipal": of_place and len(municipal) > 1 and name.namings == most_municipal,
            "spelt in title": named_by_address and name.text in sources.title,
            "seat in title": of_place and stem in sources.title,
            "seat in lead": of_place and f" i {stem} " in lead,
            "seat in running": of_place and any(stem in line for line in sources.running),
            "seat is place": of_place and any(f.key == "place" and stem in f.value for f in sources.facts),
            "is department": is_department(name.text),
            "has department": ", " in name.text,
            "within another": any(name is not o and name.text in o.text for o in names),
        }
        name.signs.update(sign for sign, found in signs.items() if found)


def stem_of(name: str) -> str:
    """What stands in all forms of a municipality's name: "Ekby" of "Ekbys kommun" and of "City of Ekby"."""
    return _STEM.sub("", name)


def _share_of_address(name: str, kind: BodyKind, emails: Sequence[str]) -> float:
    """How much of an address' domain a name's words are; 0 where none is in any.

    A place's name alone is its municipality's: "info@ekby.se" is not Ekby parish's, "info@ekbygymnasium.se" not Ekby's.
    """
    wanted = names_in_addresses(name)
    if kind == "municipal":
        wanted |= {
            form for place in find(stem_of(name)) for other in (place.name, *place.also) for form in folded(other)
        }
        emails = [email for email in emails if is_place_alone(email, wanted)]
    elif kind == "named":
        emails = [email for email in emails if not is_place_alone(email)]
    domains = (email.rpartition("@")[2].rpartition(".")[0] for email in emails if is_at(email, wanted))
    return max((min(1.0, sum(len(w) for w in wanted if w in domain) / len(domain)) for domain in domains), default=0.0)
