"""What is indexed and what is asked for: the terms of a text, each with its place.

One analyser feeds every lexical index. A *term* is a stem (:mod:`kb.text.stems`); a compound gives the term of the
whole word and a term of each of its parts, so that "telefon" finds "stödtelefonen". Terms of all languages live in
one space, æ written ä and ø written ö, so that words that the Nordic languages share meet.
"""

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from kb.text.compounds import split
from kb.text.stems import stem
from kb.text.tokens import Token, nordic, pieces, token_of


class Term(NamedTuple):
    """A term standing at ``[start, end)``; ``position`` counts tokens.

    ``part`` tells that it is none of the words that follow one another in the text, but a part of a compound, or the
    whole of what is joined by hyphens.
    """

    text: str
    start: int
    end: int
    position: int
    part: bool = False


def analyze(text: str, language: str, *, only: Container[str] | None = None) -> Iterator[Term]:
    """Yield the terms of ``text``, each word followed by its parts; of ``only`` these, if given.

    >>> [term.text for term in analyze("Stödtelefonen startade 2015", "sv")]
    ['stödtelefon', 'stöd', 'telefon', 'start', '2015']

    Words joined by hyphens follow one another like others: "vit makt" stands in "vit makt-musik".

    >>> [term.text for term in analyze("vit makt-musik", "sv") if not term.part]
    ['vit', 'makt', 'musik']
    """
    for position, (at, raw, kind) in enumerate(pieces(text)):
        for term, start, end, part in _terms_of(raw, kind, language):
            if only is None or term in only:
                yield Term(term, at + start, at + end, position, part)


@lru_cache(maxsize=100_000)
def _terms_of(raw: str, kind: str, language: str) -> tuple[tuple[str, int, int, bool], ...]:
    """Term, start, end, and whether it is a part, of a token written ``raw`` and of its parts: most come many times."""
    token = token_of(raw, kind)
    whole = (term_of(token, language), token.start, token.end, bool(token.parts))
    found = [whole]
    for word in token.parts or (token,):
        if token.parts:
            found.append((term_of(word, language), word.start, word.end, False))
        found += [(part, start, end, True) for start, end, part in parts_of(word, language)]
    return tuple(found)


def term_of(token: Token, language: str) -> str:
    """Return the term of a whole token."""
    return stem_of_word(token.form, language) if token.word else token.form


def parts_of(token: Token, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and term of each part of a token that is written with hyphens or is a compound."""
    if token.parts:
        for piece in token.parts:
            yield piece.start, piece.end, stem_of_word(piece.form, language)
            yield from parts_of(piece, language)
    elif token.word:
        # A soft hyphen or an accent inside the word shifts places: then the word stands for its parts.
        shift = token.end - token.start != len(token.form)
        for start, end, part in _parts(token.form, language):
            yield (token.start, token.end, part) if shift else (token.start + start, token.start + end, part)


@lru_cache(maxsize=200_000)
def _parts(word: str, language: str) -> tuple[tuple[int, int, str], ...]:
    found: list[tuple[int, int, str]] = []
    for part in split(word, language):
        found.append((part.start, part.end, stem(part.form, language)))
        found += [(part.start + start, part.start + end, term) for start, end, term in _parts(part.form, language)]
    return tuple(found)


@lru_cache(maxsize=200_000)
def stem_of_word(form: str, language: str) -> str:
    """Return the term of the lower-case word ``form``: of a compound, the last part is stemmed."""
    if len(form) < 3 or not form.isalpha():
        return nordic(form)
    if parts := split(form, language):
        return nordic(form[: parts[-1].start]) + stem(parts[-1].form, language)
    return stem(form, language)
