"""The words' side of search: which passages hold the terms, scored by BM25 (:mod:`kb.postings`).

The terms are those that :mod:`kb.text` makes. Everything lies in arrays that are read where they lie on disk.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from kb import tensors
from kb.postings import Lists, Postings, gains, inverse_frequency, norms
from kb.terms import Document, Terms

Ids = NDArray[np.int64]
Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Reason = Literal["word", "part", "pair", "synonym", "spelling"]

HEADING_BOOST = 0.5
SATURATION = 1.5  # what BM25 multiplies a term's rarity with in a passage that has it a few times (at most k1 + 1)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fulfil a wanted word: a term, or several that must follow each other; ``weight`` multiplies BM25."""

    terms: tuple[str, ...]
    weight: float
    reason: Reason = "word"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word (or expression) of the query with all the ways to fulfil it.

    ``attainable`` is the BM25 score of a passage that fulfils it fully, in words that are not in its heading.
    """

    written: str
    alternatives: tuple[Alternative, ...]
    attainable: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Where two words of the query stand side by side: ``counts`` times in the texts at the places ``at`` of some."""

    alternative: Alternative
    at: Rows
    counts: NDArray[np.int64]

    def by_case(self, cases: Rows) -> "Pair":
        """Return the same of whole cases; ``cases`` tells of each text its case's place."""
        found, inverse = np.unique(cases[self.at], return_inverse=True)
        return Pair(self.alternative, found, np.bincount(inverse, self.counts, len(found)).astype(np.int64))


class LexicalIndex(Protocol):
    """An index of terms. Its rows are the passages in the order of their ids; scores are BM25 sums, 0 for nothing."""

    def scores(self, wanted: Sequence[Wanted]) -> Scores:
        """Return the score of every passage, by row, for all that is ``wanted`` but pairs of words."""

    def pairs(self, wanted: Sequence[Wanted], rows: Rows) -> list[Pair]:
        """Return where the pairs of words among ``wanted`` stand in the passages ``rows``."""

    def pair_scores(self, pairs: Sequence[Pair], rows: Rows) -> Scores:
        """Return what ``pairs``, found in the passages ``rows``, add to their scores."""

    def containing(self, terms: Sequence[str]) -> Rows:
        """Return the rows of the passages where ``terms`` stand one after another."""

    def holds(self, term: str) -> bool:
        """Whether any passage or heading has ``term``."""

    def frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of ``term``: what scores multiply its occurrences with."""

    def rarity_in_language(self, term: str) -> float:
        """Return the same, counted among the passages of the languages that have the term."""

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Return the terms that begin with ``prefix``, with the number of passages that hold them."""

    def ids(self) -> Ids:
        """Return the ids of all passages indexed, ascending."""


class Bm25Index:
    """BM25 over the terms of passages, and of their headings at a lower weight. Never changes: threads may share it.

    A changed base's index is made anew from the terms: seconds for a hundred thousand passages.
    """

    def __init__(self, terms: Terms, body: Postings, headings: Postings, places: Lists) -> None:
        self._terms = terms
        self._body = body
        self._headings = headings
        self._places = places  # for each term, where it stands among the words of all passages

    @classmethod
    def of(cls, terms: Terms) -> "Bm25Index":
        """Return the index of ``terms``."""
        many = len(terms.vocabulary)
        return cls(terms, Postings.of(terms.body, many), Postings.of(terms.headings, many), terms.words.places(many))

    @classmethod
    def read(cls, path: Path) -> "Bm25Index":
        """Return the index that lies in the file ``path``; an empty one where there is none.

        Raises:
            OSError, ValueError: the file cannot be read, or is not one of ours.
        """
        if not path.is_file():
            return cls.of(Terms())
        stored = tensors.read(path)
        try:
            many = len(stored["ids"])
            body, headings = (Postings(stored[s], stored[r], stored[g], many) for s, r, g in _STORED)
            return cls(Terms.of(stored), body, headings, Lists(stored["places.values"], stored["places.starts"]))
        except KeyError as error:
            raise ValueError(f"{path} lacks {error}") from error

    def write(self, path: Path) -> None:
        """Write the index to ``path``, which then holds it wholly or as it was."""
        stored = dict(self._terms.arrays)
        stored |= {"places.values": self._places.values, "places.starts": self._places.starts}
        for names, postings in zip(_STORED, (self._body, self._headings), strict=True):
            stored |= zip(names, (postings.starts, postings.rows, postings.gains), strict=True)
        tensors.write(path, stored)

    def changed(self, add: Iterable[Document], remove: Collection[int]) -> "Bm25Index":
        """Return the index with passages added and, by id, removed."""
        return Bm25Index.of(self._terms.changed(add, remove))

    def by_case(self, case_rows: NDArray[np.int32], cases: int) -> "Bm25Index":
        """Return the index of the cases as wholes, by row; see :meth:`kb.terms.Terms.by_case`."""
        return Bm25Index.of(self._terms.by_case(case_rows, cases))

    def scores(self, wanted: Sequence[Wanted]) -> Scores:
        """Return the score of every passage, by row, for all that is ``wanted`` but pairs of words."""
        scores = np.zeros(len(self._terms.ids), np.float32)
        for alternative, numbers in self._known(wanted, pairs=False):
            if len(numbers) == 1:
                self._body.add(scores, numbers[0], alternative.weight)
                self._headings.add(scores, numbers[0], alternative.weight * HEADING_BOOST)
            else:
                rows, counts = self._runs(numbers)
                scores[rows] += alternative.weight * self._gains(numbers, rows, counts)
        return scores

    def pairs(self, wanted: Sequence[Wanted], rows: Rows) -> list[Pair]:
        """Return where the pairs of words among ``wanted`` stand in the passages ``rows``."""
        places = np.full(len(self._terms.ids), -1, np.int64)
        places[rows] = np.arange(len(rows))
        found: list[Pair] = []
        for alternative, numbers in self._known(wanted, pairs=True):
            holding, counts = self._runs(numbers)
            at = places[holding]
            found.append(Pair(alternative, at[at >= 0], counts[at >= 0]))
        return found

    def pair_scores(self, pairs: Sequence[Pair], rows: Rows) -> Scores:
        """Return what ``pairs``, found in the passages ``rows``, add to their scores."""
        scores = np.zeros(len(rows), np.float32)
        for pair in pairs:
            numbers = self._numbers_of(pair.alternative.terms)
            scores[pair.at] += pair.alternative.weight * self._gains(numbers, rows[pair.at], pair.counts)
        return scores

    def containing(self, terms: Sequence[str]) -> Rows:
        """Return the rows of the passages where ``terms`` stand one after another."""
        numbers = self._numbers_of(terms)
        return self._runs(numbers)[0] if numbers else np.empty(0, np.int64)

    def holds(self, term: str) -> bool:
        """Whether any passage or heading has ``term``."""
        return term in self._number

    def frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""
        number = self._number.get(term)
        return 0 if number is None else self._body.frequency(number)

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of ``term``: what scores multiply its occurrences with."""
        return inverse_frequency(self.frequency(term), len(self._terms.ids))

    def rarity_in_language(self, term: str) -> float:
        """Return the same, counted among the passages of the languages that have the term.

        Counted among all passages, every common word of a language that few of them are in would pass for a rare one,
        and those few would be found by "the" and "people". A term of several languages has the mean of its rarities,
        weighed by where it stands.
        """
        number = self._number.get(term)
        if number is None or len(self._sizes) < 2:
            return self.rarity(term)
        held = np.bincount(self._terms.spoken[self._body.rows_of(number)], minlength=len(self._sizes))
        by_language = zip(held.tolist(), self._sizes, strict=True)
        total = sum(held.tolist())
        return sum(n * inverse_frequency(n, size) for n, size in by_language) / total if total else self.rarity(term)

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Return the terms that begin with ``prefix``, with the number of passages that hold them."""
        return [
            (t, n) for t in self._by_letter.get(prefix[:1], ()) if t.startswith(prefix) and (n := self.frequency(t))
        ]

    def ids(self) -> Ids:
        """Return the ids of all passages indexed, ascending."""
        return self._terms.ids

    def _known(self, wanted: Sequence[Wanted], *, pairs: bool) -> Iterator[tuple[Alternative, list[int]]]:
        """Those alternatives, all pairs or none, whose terms the index knows; with the terms' numbers."""
        for one in wanted:
            for alternative in one.alternatives:
                if (alternative.reason == "pair") == pairs and (numbers := self._numbers_of(alternative.terms)):
                    yield alternative, numbers

    def _numbers_of(self, terms: Sequence[str]) -> list[int]:
        """The numbers of ``terms``, none if one of them is unknown."""
        numbers = [number for term in terms if (number := self._number.get(term)) is not None]
        return numbers if len(numbers) == len(terms) else []

    def _runs(self, numbers: Sequence[int]) -> tuple[Rows, NDArray[np.int64]]:
        """The rows where these terms stand one after another, and how often."""
        words, places = self._terms.words, self._places
        first = min(range(len(numbers)), key=lambda at: places.length(numbers[at]))
        at = places.list(numbers[first]).astype(np.int64) - first
        for further, number in enumerate(numbers):
            if further != first:
                at = at[words.values[np.clip(at + further, 0, len(words.values) - 1)] == number]
        # A passage ends with no term: what stands beside each other here is of one passage.
        return np.unique(words.owner(at), return_counts=True)

    def _gains(self, numbers: Sequence[int], rows: Rows, counts: NDArray[np.int64]) -> Scores:
        """What the passages ``rows`` gain by an expression that stands in them: it is as rare as its terms are."""
        return np.float32(sum(map(self._body.rarity, numbers))) * gains(counts, self._norms[rows])

    @cached_property
    def _sizes(self) -> list[int]:
        """How many passages there are in each language."""
        sizes: list[int] = np.bincount(self._terms.spoken, minlength=len(self._terms.languages)).tolist()
        return sizes

    @cached_property
    def _norms(self) -> Scores:
        return norms(np.diff(self._terms.words.starts))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self._terms.vocabulary)}

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self._terms.vocabulary:
            found.setdefault(term[:1], []).append(term)
        return found


_STORED = [
    [f"{field}.{part}" for part in ("starts", "rows", "gains")] for field in ("body.postings", "headings.postings")
]
