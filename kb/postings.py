"""BM25 over arrays: which documents hold a term, and how much each gains by it. Pure functions of numbers.

BM25 as in Robertson & Zaragoza 2009 ("The Probabilistic Relevance Framework"), k1 = 1.2, b = 0.75. What a document
gains by a term is computed when the index is made, as BM25S does (Lù 2024, arXiv:2407.03618): a query then adds up a
slice of an array for each of its terms, which scores *every* document in less time than finding the best few of them
takes an engine that must look up how often and how long.
"""

from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Starts = NDArray[np.int64]
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbers, one after another in ``values``; list ``i`` lies from ``starts[i]`` to ``starts[i + 1]``."""

    values: Numbers
    starts: Starts

    @classmethod
    def of(cls, values: Numbers, lengths: NDArray[np.integer]) -> "Lists":
        """Return the lists of these lengths that ``values`` holds."""
        return cls(values, np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)]))

    def __len__(self) -> int:
        """How many lists there are."""
        return len(self.starts) - 1

    @property
    def owners(self) -> Rows:
        """Which list each of the values is in."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def take(self, rows: Rows) -> "Lists":
        """Return the lists ``rows``, in that order.

        >>> Lists.of(np.array([1, 2, 3], np.int32), np.array([2, 0, 1])).take(np.array([2, 0])).values.tolist()
        [3, 1, 2]
        """
        lengths = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(lengths)
        shifts = np.repeat(self.starts[rows] - (ends - lengths), lengths)
        return Lists.of(self.values[np.arange(len(shifts)) + shifts], lengths)

    def merged(self, groups: NDArray[np.integer], count: int) -> "Lists":
        """Return ``count`` lists, each those of its group one after another; ``groups`` gives each list's."""
        taken = self.take(np.argsort(groups, kind="stable"))
        return Lists.of(taken.values, np.bincount(groups, np.diff(self.starts), count).astype(np.int64))

    def list(self, row: int) -> Numbers:
        """Return one of the lists."""
        return self.values[self.starts[row] : self.starts[row + 1]]

    def length(self, row: int) -> int:
        """Return how long one of the lists is."""
        return int(self.starts[row + 1] - self.starts[row])

    def owner(self, places: Rows) -> Rows:
        """Return which list the value at each of ``places`` is in."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def places(self, numbers: int) -> "Lists":
        """Return, for each number from 0 to below ``numbers``, where in ``values`` it stands, ascending."""
        order = np.argsort(self.values, kind="stable")
        starts = np.searchsorted(self.values[order], np.arange(numbers + 1))
        return Lists(order[starts[0] :].astype(np.int32), starts - starts[0])

    def joined(self, others: "Lists") -> "Lists":
        """Return these lists and then ``others``."""
        starts = np.concatenate([self.starts, self.starts[-1] + others.starts[1:]])
        return Lists(np.concatenate([self.values, others.values]), starts)


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term, a number, the rows of the documents that hold it, ascending, and what it gives each of them.

    Those of term ``t`` lie from ``starts[t]`` to ``starts[t + 1]`` of ``rows`` and of ``gains``: BM25 less the term's
    rarity, between 0 and ``K1 + 1``.
    """

    starts: Starts
    rows: Numbers
    gains: Floats
    documents: int

    @classmethod
    def of(cls, lists: Lists, terms: int) -> "Postings":
        """Return the postings of documents, each given as the list of its terms, every one below ``terms``."""
        documents = len(lists)
        keys = lists.values.astype(np.int64) * documents + lists.owners
        keys, counts = np.unique(keys, return_counts=True)
        starts = np.searchsorted(keys, np.arange(terms + 1) * documents)
        rows = (keys % max(documents, 1)).astype(np.int32)
        return cls(starts, rows, gains(counts, norms(np.diff(lists.starts))[rows]), documents)

    def frequency(self, term: int) -> int:
        """Return how many documents hold ``term``."""
        return int(self.starts[term + 1] - self.starts[term])

    def rarity(self, term: int) -> float:
        """Return what ``term`` tells: its inverse document frequency, never below zero."""
        return inverse_frequency(self.frequency(term), self.documents)

    def rows_of(self, term: int) -> Numbers:
        """Return the rows of the documents that hold ``term``, ascending."""
        return self.rows[self.starts[term] : self.starts[term + 1]]

    def add(self, scores: Floats, term: int, weight: float) -> None:
        """Add to the ``scores`` of all documents what ``term`` gives them, times ``weight``."""
        begin, end = self.starts[term], self.starts[term + 1]
        np.add.at(scores, self.rows[begin:end], np.float32(weight * self.rarity(term)) * self.gains[begin:end])


def inverse_frequency(frequency: int, documents: int) -> float:
    """Return BM25's weight of a term that stands in ``frequency`` of ``documents``; never below zero."""
    return log1p((documents - frequency + 0.5) / (frequency + 0.5))


def gains(counts: NDArray[np.int64], norms: Floats) -> Floats:
    """Return BM25 less rarity of terms that stand ``counts`` times in documents with these ``norms``."""
    found: Floats = ((K1 + 1) * counts / (counts + norms)).astype(np.float32)
    return found


def norms(lengths: NDArray[np.int64]) -> Floats:
    """Return how much the documents' lengths temper the counts of terms in them."""
    mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    found: Floats = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
    return found
