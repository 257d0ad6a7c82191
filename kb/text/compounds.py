"""Swedish compounds split into the words they are made of, held against a word list with counts.

After Koehn & Knight 2003 ("Empirical Methods for Compound Splitting"): of the ways to cut a word into listed words,
take the one whose parts are the most frequent. A joint may carry an -s- ("framgång|s|faktor"), or the first part may
have lost or changed its vowel ("skol|gård" of skola, "kyrko|gård" of kyrka). What may not be a part at all
(prepositions, endings of derivation) is listed in ``kb/data/compounds_sv.toml``, because frequency alone would cut
"för|ening" and "säker|het".
"""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from kb.text.words import word_counts

_SHORTEST_WORD = 7
_SHORTEST_PART = 3
_LEAST_COUNT = 15
_PENALTY = 6.0  # what a further part costs, in nats


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: ``form`` as the word list has it, written at ``[start, end)`` of the word."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=200_000)
def split(word: str) -> tuple[Part, ...]:
    """Return the parts of the lower-case compound ``word``; nothing where it is no compound.

    >>> [part.form for part in split("stödtelefonen")], [part.form for part in split("framgångsfaktorer")]
    (['stöd', 'telefonen'], ['framgång', 'faktorer'])
    >>> split("förening"), split("säkerhet"), split("organisation")
    ((), (), ())
    """
    if len(word) < _SHORTEST_WORD:
        return ()
    best = _best(word, 0)
    return best[1] if best is not None and len(best[1]) > 1 else ()


def _best(word: str, start: int) -> tuple[float, tuple[Part, ...]] | None:
    """The cheapest way to write ``word[start:]`` as listed words, with its cost; the whole word may not be one."""
    found: list[tuple[float, tuple[Part, ...]]] = []
    if start:
        cost = _last(word[start:])
        if cost is not None:
            found.append((cost, (Part(start, len(word), word[start:]),)))
    for cut in range(start + _SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first = _first(word[start:cut])
        rest = _best(word, cut) if first else None
        if first and rest:
            cost, form = first
            length = cut - start - (1 if form + "s" == word[start:cut] else 0)
            found.append((cost + _PENALTY + rest[0], (Part(start, start + length, form), *rest[1])))
    return min(found, key=lambda one: one[0], default=None)


@lru_cache(maxsize=50_000)
def _first(written: str) -> tuple[float, str] | None:
    """The cost of ``written`` as a part that others follow, and its form in the word list."""
    forms = [written, written + "a", written + "e", written + "r"]
    if written.endswith("s"):
        forms.append(written[:-1])
    if written[-1] in "ou":
        forms.append(written[:-1] + "a")
    costs = [
        (cost + (2.0 if form != written and form + "s" != written else 0.0), form)
        for form in forms
        if form not in _listed("never_first")
        and written not in _listed("never_first")
        and (cost := _cost(form)) is not None
    ]
    return min(costs, default=None)


def _last(written: str) -> float | None:
    return None if written in _listed("never_last") else _cost(written)


def _cost(form: str) -> float | None:
    """Minus the logarithm of the word's share of all words; ``None`` if it cannot be a part."""
    count = word_counts().get(form, 0)
    if (
        count < _LEAST_COUNT
        or len(form) < _SHORTEST_PART
        or (len(form) == _SHORTEST_PART and form not in _listed("short"))
    ):
        return None
    return log(_total() / count)


@cache
def _listed(name: str) -> frozenset[str]:
    table = tomllib.loads(files("kb").joinpath("data", "compounds_sv.toml").read_text("utf-8"))
    return frozenset(table[name].split())


@cache
def _total() -> int:
    return sum(word_counts().values())
