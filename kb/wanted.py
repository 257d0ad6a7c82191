"""From the words of a query to what the lexical index is asked for: terms, parts, synonyms, near spellings."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kb.lexical import Alternative, LexicalIndex, Wanted
from kb.text.analysis import parts_of, term_of
from kb.text.stopwords import is_stopword
from kb.text.thesaurus import Thesaurus
from kb.text.tokens import Token, tokenize

PART_WEIGHT = 0.4
SYNONYM_WEIGHT = 0.7
SPELLING_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads queries for one index. ``languages`` are those of the cases: a word is stemmed in each one's way."""

    index: LexicalIndex
    languages: Collection[str]
    thesaurus: Thesaurus

    def read(self, text: str) -> tuple[Wanted, ...]:
        """Return what ``text`` asks for, a member a word; stop words only where there are no others."""
        tokens = list(tokenize(text))
        kept = [token for token in tokens if not is_stopword(token.form)] or tokens
        synonyms = dict(self._synonyms(tokens))
        return tuple(self._wanted(token, synonyms.get(token.start, ())) for token in kept)

    def _wanted(self, token: Token, synonyms: Sequence[tuple[str, ...]]) -> Wanted:
        terms = self._terms(token)
        parts = [p for language in self.languages for *_, p in parts_of(token, language)]
        alternatives = [Alternative((term,), 1.0) for term in terms]
        alternatives += [Alternative((p,), PART_WEIGHT, "part") for p in dict.fromkeys(parts) if p not in terms]
        alternatives += [Alternative(several, SYNONYM_WEIGHT, "synonym") for several in synonyms]
        if token.word and not any(self.index.frequency(term) for term in (*terms, *parts)):
            near = near_spellings(terms, self.index)
            alternatives += [Alternative((term,), SPELLING_WEIGHT, "spelling") for term in near]
        return Wanted(token.form, tuple(alternatives))

    def _terms(self, token: Token) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term_of(token, language) for language in self.languages))

    def _synonyms(self, tokens: Sequence[Token]) -> Iterator[tuple[int, tuple[tuple[str, ...], ...]]]:
        for language in self.languages:
            terms = [term_of(token, language) for token in tokens]
            for start, _, found in self.thesaurus.lookup(terms):
                yield tokens[start].start, found


def near_spellings(terms: Sequence[str], index: LexicalIndex, *, most: int = 3) -> list[str]:
    """Return terms of the index that differ from one of ``terms`` by a slip or two of the fingers, nearest first.

    One slip (a letter too many, too few, wrong, or two swapped: Damerau 1964) in words of 4 letters and more, two from
    8 on.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    vocabulary = [term for term, _ in index.vocabulary() if len(term) > 3 and term.isalpha()]
    found: dict[str, int] = {}
    for term in terms:
        slips = 0 if len(term) < 4 else 1 if len(term) < 8 else 2
        if slips:
            nearest = process.extract(term, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=most)
            found |= {near: int(distance) for near, distance, _ in nearest}
    return sorted(found, key=lambda near: found[near])[:most]
