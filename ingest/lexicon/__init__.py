"""What headings and keys mean: the word lists of ``ingest/lexicon/*.toml``, in five languages.

A heading is compared without its number, punctuation and case: first as a whole with the phrases and with what the
templates ("så {gjorde|gör} vi") stand for, then by patterns. What templates of two categories stand for is of neither.
Two fields in one heading ("Framgångsfaktorer och utmaningar") make it a combined one.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.lexicon.keys import is_box_title, key_of, split_key
from ingest.lexicon.words import LANGUAGES, TOPIC, examples, expand, headings, plain_heading
from ingest.patterns import any_of
from kb.types import FIELD_NAMES, FieldName

__all__ = [
    "AND",
    "LESSONS",
    "SAID",
    "TOPIC",
    "Meaning",
    "category_scores",
    "examples",
    "expand",
    "is_box_title",
    "key_of",
    "meaning_of",
    "plain_heading",
    "split_key",
]

AND = re.compile(r"\s(?:och|og|and|samt|&|\+|/)\s|,|/")
_SUBTITLE = re.compile(r"\s*[:(]\s|\s[–—-]\s|\s\(")  # what follows says more of the same
_EXACT, _LED, _PATTERN = 1.0, 0.95, 0.8  # the whole heading; what stands before a colon or dash; a part of it
SAID = 0.9  # a meaning with at least this score is stated, not guessed
LESSONS: tuple[FieldName, FieldName] = ("success_factors", "challenges")
"""What lessons are of: an example tells one of them at least, and a heading may leave open which."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading announces: fields, each with a score (0–1); ``other`` for a known heading of no field.

    ``lessons`` marks headings under which success factors and challenges may stand mixed; ``weak`` those whose words
    may head other things as well ("Inledning"): what stands below them has a say.
    """

    fields: tuple[tuple[FieldName, float], ...] = ()
    other: float = 0.0
    lessons: bool = False
    weak: bool = False

    @property
    def field(self) -> FieldName | None:
        """The only or best field, or ``None``."""
        return self.fields[0][0] if self.fields else None

    @property
    def score(self) -> float:
        """The best field's score."""
        return self.fields[0][1] if self.fields else 0.0

    @property
    def known(self) -> bool:
        """Whether the lexicon knows the heading at all."""
        return bool(self.fields or self.other or self.lessons)


@dataclass(frozen=True, slots=True)
class _Category:
    phrases: frozenset[str]
    weak: frozenset[str]  # of the phrases
    pattern: re.Pattern[str]

    def score(self, heading: str) -> float:
        if heading in self.phrases:
            return _EXACT
        return _PATTERN if self.pattern.search(heading) else 0.0


@cache
def _categories(language: str) -> Mapping[str, _Category]:
    listed = headings(language)
    stated = {name: frozenset(map(plain_heading, entry["phrases"])) for name, entry in listed.items()}
    loose = {name: frozenset(map(plain_heading, entry.get("weak", ()))) for name, entry in listed.items()}
    meant = {
        name: {plain_heading(text) for template in entry.get("templates", ()) for text in expand(template)}
        for name, entry in listed.items()
    }
    counts = Counter(text for texts in meant.values() for text in texts)
    elsewhere = Counter(text for texts in (*stated.values(), *loose.values()) for text in texts)
    wide = {
        name: loose[name] | {text for text in texts if counts[text] == 1 and not elsewhere[text]}
        for name, texts in meant.items()
    }
    return {
        name: _Category(
            stated[name] | wide[name],
            wide[name],
            any_of(entry["patterns"]),
        )
        for name, entry in listed.items()
        if name != TOPIC
    }


@cache
def _whatever(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the phrases of all categories, and one pattern for all of theirs."""
    patterns = (p for name, entry in headings(language).items() if name != TOPIC for p in entry["patterns"])
    return frozenset().union(*(c.phrases for c in _categories(language).values())), any_of(patterns)


@lru_cache(maxsize=4096)
def meaning_of(heading: str, language: str = "sv") -> Meaning:
    """Return what a heading announces, by the document's language first and then by the others.

    >>> meaning_of("3. Framgångsfaktorer och utmaningar").fields
    (('success_factors', 1.0), ('challenges', 1.0))
    >>> meaning_of("Kontakt").known, meaning_of("Kontakt").field
    (True, None)
    """
    plain = plain_heading(heading)
    if not plain or len(plain) > 120:
        return Meaning()
    own = {"nn": "nb"}.get(language, language)
    first = own if own in LANGUAGES else "sv"
    others = [name for name in LANGUAGES if name != first]
    found = _meaning(plain, first)
    if _EXACT in (found.score, found.other):
        return found
    lead = _SUBTITLE.split(plain, maxsplit=1)[0]
    led = _meaning(lead, first) if lead != plain else found
    if _EXACT in (led.score, led.other):
        return Meaning(tuple((name, _LED) for name, _ in led.fields), _LED * led.other, weak=led.weak)
    _, _, rest = plain.partition(": ")
    said = _meaning(rest, first) if rest and not led.known else led
    if said.score == _EXACT:  # "Juni: när det tar stopp"
        return Meaning(tuple((name, _LED) for name, _ in said.fields), weak=True)
    if found.known:
        return found
    for name in others:
        found = _meaning(plain, name)
        if _EXACT in (found.score, found.other) or (found.known and own not in LANGUAGES):
            return found
    return led


@lru_cache(maxsize=8192)
def _meaning(plain: str, language: str) -> Meaning:
    categories = _categories(language)
    phrases, pattern = _whatever(language)
    whole = dict.fromkeys(categories, 0.0)
    if plain in phrases or pattern.search(plain):  # most texts that are asked for are none of all this
        whole = {name: category.score(plain) for name, category in categories.items()}
    exact = [name for name in FIELD_NAMES if whole[name] == _EXACT]
    if exact:
        weak = plain in categories[exact[0]].weak
        return Meaning(fields=tuple((name, _EXACT) for name in exact[:1]), weak=weak)
    if whole["other"] == _EXACT:
        return Meaning(other=_EXACT, weak=plain in categories["other"].weak)
    parts = [part.strip() for part in AND.split(plain) if part and part.strip()]
    if len(parts) > 1:
        combined = _combined([_meaning(parts[0], language), *(_other_half(parts[0], p, language) for p in parts[1:])])
        if combined is not None:
            return combined
    if whole["lessons"] and not any(whole[name] for name in FIELD_NAMES):
        return Meaning(lessons=True)
    found = [(name, whole[name]) for name in FIELD_NAMES if whole[name]]
    if whole["other"] and not found:
        return Meaning(other=whole["other"])
    return Meaning(fields=tuple(_preferred(found)), other=whole["other"])


def _other_half(first: str, part: str, language: str) -> Meaning:
    """What a further part of a heading means, or what it does behind the words that it shares with the first.

    "Vad vi har sett och lärt" is what we have seen, and what we have learnt.
    """
    meaning = _meaning(part, language)
    shared, _, _ = first.rpartition(" ")
    return meaning if meaning.known or not shared else _meaning(f"{shared} {part}", language)


def _combined(parts: list[Meaning]) -> Meaning | None:
    """Put the parts of "A och B" together, where both parts mean something by themselves."""
    if sum(part.known for part in parts) < 2:
        return None
    fields: dict[FieldName, float] = {}
    for part in parts:
        for name, score in part.fields[:1]:
            fields[name] = max(score, fields.get(name, 0.0))
    if not fields:
        return None
    mixed = any(part.lessons for part in parts)
    for name in LESSONS if mixed else ():  # "Resultat och lärdomar"
        fields.setdefault(name, _PATTERN)
    weak = any(part.weak or part.other for part in parts)
    return Meaning(fields=tuple(fields.items()), lessons=mixed, weak=weak)


def _preferred(found: list[tuple[FieldName, float]]) -> list[tuple[FieldName, float]]:
    """Of several patterns that match one undivided heading, the more particular field wins."""
    order: tuple[FieldName, ...] = ("challenges", "success_factors", "results", "background", "method")
    return sorted(found, key=lambda item: (-item[1], order.index(item[0])))[:1]


def category_scores(text: str, language: str) -> dict[str, float]:
    """Return, for each category of headings, 1 where one of its patterns stands in ``text`` (of any length)."""
    text = text.lower()
    own = {"nn": "nb"}.get(language, language)
    categories = _categories(own if own in LANGUAGES else "sv")
    return {name: float(bool(category.pattern.search(text))) for name, category in categories.items()}
