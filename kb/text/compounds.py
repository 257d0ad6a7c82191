"""Compounds split into the words they are made of, held against a word list with counts.

After Koehn & Knight 2003 ("Empirical Methods for Compound Splitting"): of the ways to cut a word into listed words,
take the one whose parts are the most frequent. A joint may carry an -s- ("framgång|s|faktor"), or the first part may
have lost or changed its vowel ("skol|gård" of skola, "kyrko|gård" of kyrka). What may not be a part at all
(prepositions, endings of derivation) is listed in ``kb/data/compounds.toml``, because frequency alone would cut
"för|ening" and "säker|het".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from kb.text.stems import base_form
from kb.text.words import word_counts

_COMPOUNDING = frozenset({"sv", "nb", "nn", "no", "da"})
_SHORTEST_WORD = 7
_SHORTEST_PART = 3
_LEAST_COUNT = 15
_PENALTY = 6.0  # what a further part costs, in nats
_CHANGE = 2.0  # what a lost or changed vowel costs


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: ``form`` as the word list has it, written at ``[start, end)`` of the word."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=200_000)
def split(word: str, language: str = "sv") -> tuple[Part, ...]:
    """Return the parts of the lower-case compound ``word``; nothing where it is none, or the language has none.

    >>> [part.form for part in split("stödtelefonen")], [part.form for part in split("framgångsfaktorer")]
    (['stöd', 'telefonen'], ['framgång', 'faktorer'])
    >>> split("förening"), split("säkerhet"), split("organisation")
    ((), (), ())
    """
    if len(word) < _SHORTEST_WORD or language not in _COMPOUNDING:
        return ()
    best = _best(word, 0, language)
    if best is None and language == "sv" and _may_be_bent(word):
        best = _best(word, 0, language, bent=True)
    return best[1] if best is not None and len(best[1]) > 1 else ()


def _may_be_bent(word: str) -> bool:
    base = base_form(word)
    return base not in word_counts() or (base != word and bool(split(base)))


def _best(word: str, start: int, language: str, *, bent: bool = False) -> tuple[float, tuple[Part, ...]] | None:
    """The cheapest way to write ``word[start:]`` as listed words, with its cost; the whole word may not be one.

    With ``bent``, its last part may be a form of a listed word that is rarer than it: planernas, of plan.
    """
    found: list[tuple[float, tuple[Part, ...]]] = []
    if start:
        cost = _last(word[start:], language, bent=bent)
        if cost is not None:
            found.append((cost, (Part(start, len(word), word[start:]),)))
    for cut in range(start + _SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first = _first(word[start:cut], language)
        rest = _best(word, cut, language, bent=bent) if first else None
        if first and rest:
            cost, form = first
            length = cut - start - (1 if form + "s" == word[start:cut] else 0)
            found.append((cost + _PENALTY + rest[0], (Part(start, start + length, form), *rest[1])))
    return min(found, key=lambda one: one[0], default=None)


@lru_cache(maxsize=50_000)
def _first(written: str, language: str) -> tuple[float, str] | None:
    """The cost of ``written`` as a part that others follow, and its form in the word list."""
    never = _listed("never_first", language)
    if written in never:
        return None
    forms = [written]
    if written.endswith("s"):
        forms.append(written[:-1])
    changed = _changed(written, language)
    costs = [
        (cost + (_CHANGE if form in changed else 0.0), form)
        for form in (*forms, *changed)
        if form not in never and (cost := _cost(form, language)) is not None
    ]
    return min(costs, default=None)


def _changed(written: str, language: str) -> tuple[str, ...]:
    """The words that ``written`` may be the first part of with a vowel lost or changed."""
    if language != "sv":  # barn|e|hage
        return (written[:-1],) if written.endswith("e") else ()
    changed = [written + ending for ending in "aer"]
    if written[-1] in "ou":
        changed.append(written[:-1] + "a")
    return tuple(changed)


def _last(written: str, language: str, *, bent: bool) -> float | None:
    never = _listed("never_last", language)
    if written in never:
        return None
    base = base_form(written)
    if bent and len(base) > _SHORTEST_PART and base not in never:
        return _cost(base, language)
    return _cost(written, language)


def _cost(form: str, language: str) -> float | None:
    """Minus the logarithm of the word's share of all words; ``None`` if it cannot be a part."""
    count = word_counts(language).get(form, 0)
    if count < _LEAST_COUNT or len(form) < _SHORTEST_PART:
        return None
    if len(form) == _SHORTEST_PART and form not in _listed("short", language):
        return None
    return log(_total(language) / count)


@cache
def _listed(name: str, language: str) -> frozenset[str]:
    return frozenset(_lists()["nb" if language in {"no", "nn"} else language][name].split())


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("kb").joinpath("data", "compounds.toml").read_text("utf-8"))


@cache
def _total(language: str) -> int:
    return sum(word_counts(language).values())
