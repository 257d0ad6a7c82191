"""Slips of the fingers: what a word that no passage holds and no list knows was most likely meant to be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kb.lexical import LexicalIndex
from kb.text.analysis import stem_of_word
from kb.text.compounds import split
from kb.text.stems import base_form
from kb.text.words import LISTED, word_counts


@dataclass(frozen=True, slots=True)
class Mended:
    """What was meant: ``terms`` that the index holds, best first, and the likeliest as a word."""

    terms: tuple[str, ...]
    word: str


def is_known(form: str) -> bool:
    """Whether a word list has the lower-case word ``form``, or the word it is a form of."""
    listed = base_form(form) in word_counts("sv") or any(form in word_counts(language) for language in LISTED)
    return listed or stem_of_word(form, "en") in _english_stems()


def mend(form: str, terms: Sequence[str], index: LexicalIndex, *, most: int = 3) -> Mended | None:
    """Return what ``form``, whose terms would be ``terms``, was meant to be; ``None`` if nothing is near.

    A slip is a letter too many, too few, wrong, or two swapped (Damerau 1964): one in words of 4 letters and more, two
    from 10 on, but one in what can be read as a compound. The first letter is taken to be right.
    """
    slips = 0 if len(form) < 4 else 1 if len(form) < 10 or split(form) else 2
    if not slips:
        return None
    found: dict[str, tuple[int, int, str]] = {}
    listed = (word for length in range(-slips, slips + 1) for word in _listed().get((form[0], len(form) + length), ()))
    for word, distance in _near(form, listed, slips):
        term = stem_of_word(word, "sv")
        if index.frequency(term):
            found.setdefault(term, (distance, -index.frequency(term), word))
    for asked in terms:
        held = (term for term, _ in index.vocabulary(asked[:1]) if term.isalpha())
        # A stem is short for its word: one slip in few letters makes another word of it (stelhet, sten).
        for term, distance in _near(asked, held, min(slips, len(asked) // 5)):
            found.setdefault(term, (distance, -index.frequency(term), term))
    best = sorted(found, key=lambda term: found[term])
    nearest = [term for term in best if found[term][0] == found[best[0]][0]][:most]
    return Mended(tuple(nearest), found[nearest[0]][2]) if nearest else None


@cache
def _english_stems() -> frozenset[str]:
    return frozenset(stem_of_word(word, "en") for word in word_counts("en"))


@cache
def _listed() -> Mapping[tuple[str, int], Sequence[str]]:
    """The words of the Swedish list by first letter and length: only such can be near each other."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in word_counts("sv"):
        found.setdefault((word[0], len(word)), []).append(word)
    return found


def _near(word: str, candidates: Iterable[str], slips: int) -> list[tuple[str, int]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    alike = [c for c in candidates if c[:1] == word[:1] and abs(len(c) - len(word)) <= slips and len(c) > 3]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=10)
    return [(near, int(distance)) for near, distance, _ in found]
