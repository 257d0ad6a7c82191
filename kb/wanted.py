"""From the words of a query to what the lexical index is asked for: terms, parts, synonyms, near spellings."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

from kb.lexical import SATURATION, Alternative, LexicalIndex, Wanted
from kb.text.analysis import parts_of, term_of
from kb.text.stopwords import is_stopword
from kb.text.thesaurus import Terms, Thesaurus
from kb.text.tokens import Token, tokenize

# Weights of what is matched, chosen on the six development sets (benchmarks/RESULTS.md): little hangs on their
# second decimal.
STOPWORD_WEIGHT = 0.3
PART_WEIGHT = 0.6
PAIR_WEIGHT = 0.1
SYNONYM_WEIGHT = 0.7
SPELLING_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads queries for one index. ``languages`` are those of the cases: a word is stemmed in each one's way."""

    index: LexicalIndex
    languages: Collection[str]
    thesaurus: Thesaurus

    def read(self, text: str) -> tuple[Wanted, ...]:
        """Return what ``text`` asks for, a member a word, and one for each two words that stand side by side."""
        tokens = list(tokenize(text))
        synonyms = dict(self._synonyms(tokens))
        words: dict[str, Wanted] = {}
        for token in tokens:
            if token.form not in words:
                words[token.form] = self._wanted(token, synonyms.get(token.start, ()))
        return (*words.values(), *self._pairs(tokens))

    def _wanted(self, token: Token, synonyms: Sequence[Terms]) -> Wanted:
        weight = STOPWORD_WEIGHT if is_stopword(token.form) else 1.0
        terms = tuple(dict.fromkeys(term_of(token, language) for language in self.languages))
        parts = [part for language in self.languages for *_, part in parts_of(token, language)]
        parts = [part for part in dict.fromkeys(parts) if part not in terms]
        alternatives = [Alternative((term,), weight) for term in terms]
        alternatives += [Alternative((part,), PART_WEIGHT * weight, "part") for part in parts]
        alternatives += [Alternative(several, SYNONYM_WEIGHT, "synonym") for several in synonyms]
        if token.word and not synonyms and not any(self.index.frequency(term) for term in (*terms, *parts)):
            near = near_spellings(terms, self.index)
            alternatives += [Alternative((term,), SPELLING_WEIGHT, "spelling") for term in near]
        attainable = min(self._rarity(term) for term in terms) + PART_WEIGHT * sum(map(self._rarity, parts))
        return Wanted(token.form, tuple(alternatives), weight * attainable * SATURATION)

    def _pairs(self, tokens: Sequence[Token]) -> Iterator[Wanted]:
        for first, second in pairwise(tokens):
            both = dict.fromkeys((term_of(first, one), term_of(second, one)) for one in self.languages)
            alternatives = tuple(Alternative(pair, PAIR_WEIGHT, "pair") for pair in both)
            yield Wanted(f"{first.form} {second.form}", alternatives, 0.0)

    def _synonyms(self, tokens: Sequence[Token]) -> Iterator[tuple[int, tuple[Terms, ...]]]:
        for language in self.languages:
            terms = [term_of(token, language) for token in tokens]
            for start, _, found in self.thesaurus.lookup(terms):
                yield tokens[start].start, found

    def _rarity(self, term: str) -> float:
        """How much a term tells (its inverse document frequency, as BM25 has it); most if nothing holds it."""
        frequency, size = self.index.frequency(term), self.index.size()
        return log1p((size - frequency + 0.5) / (frequency + 0.5))


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
