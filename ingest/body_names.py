"""The names that a document calls bodies by, and which of them are of one body: "Lyktan", "Föreningen Lyktan"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.bodies import Body, BodyKind
from ingest.unlisted import named_in

_GENITIVE = re.compile(r"s?(?= (?:kommun|stad)$)")
_PARISH = re.compile(r"(?:församling|pastorat)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body by the name that the document says it by most fully, and what speaks for and against it."""

    name: str
    signs: frozenset[str]


@dataclass(slots=True)
class Name:
    """One name that a body is called by, while the document is read."""

    text: str
    kind: BodyKind
    signs: set[str] = field(default_factory=set)
    namings: int = 0
    around: Counter[str] = field(default_factory=Counter)


class Names(dict[str, Name]):
    """All names of bodies in a document, whatever their case and genitive, in the order in which they are met."""

    def add(self, name: str, kind: BodyKind, *signs: str) -> Name:
        """Note a name, and what speaks for it or against it; return it."""
        found = self.setdefault(_GENITIVE.sub("", name.lower()), Name(name, kind))
        found.signs.update(signs)
        return found

    def add_all(self, text: str, *signs: str) -> list[Body]:
        """Note the names of all bodies in ``text``; return them."""
        bodies = named_in(text)
        for body in bodies:
            self.add(body.name, body.kind, *signs)
        return bodies


def candidates_of(names: Iterable[Name], text: str) -> Iterator[Candidate]:
    """Join the names of one body: the shorter begins or ends the longer."""
    bodies: list[list[Name]] = []
    for name in sorted(names, key=lambda name: len(name.text)):
        same = (body for body in bodies if any(_is_same(name.text, other.text) for other in body))
        if (body := next(same, None)) is not None:
            body.append(name)
        else:
            bodies.append([name])
    for body in bodies:
        signs = frozenset[str]().union(*(name.signs for name in body))
        yield Candidate(_form(body, text), signs | ({"many names"} if len(body) > 1 else set()))


def _is_same(longer: str, shorter: str) -> bool:
    bare = _without_kind(shorter)
    return longer == bare or longer.startswith((f"{bare} ", f"{bare},")) or longer.endswith(f" {shorter}")


def _without_kind(name: str) -> str:
    """Take off the word for what it is: "föreningen Lyktan"."""
    kind, _, bare = name.partition(" ")
    return bare if kind.islower() and bare else name


def _form(names: Sequence[Name], text: str) -> str:
    """The name that is printed: as a fact or a line by the title says it; else the one most used, the fullest of those."""
    for sign in ("fact", "byline", "byline national", "byline dated", "spelt"):
        if stated := next((name.text for name in names if sign in name.signs), None):
            return stated
    best = max(names, key=lambda name: (name.namings, len(name.text))).text
    if (bare := _without_kind(best)) != best:
        return max((name.text for name in names if name.text.startswith(bare)), key=len, default=best)
    if _PARISH.search(best):
        return next((whole for whole in (f"Svenska kyrkan, {best}", f"{best}, Svenska kyrkan") if whole in text), best)
    return best
