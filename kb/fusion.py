"""Two opinions made into one score, and passages into cases. Pure functions.

Scores are combined, not ranks: a weighted sum beats reciprocal rank fusion on every development set
(``benchmarks/RESULTS.md``), as Bruch, Gai & Ingber 2023 ("An Analysis of Fusion Functions for Hybrid Retrieval")
find in general.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

LEXICAL_WEIGHT = 0.5
SHARPNESS = 1.25


@dataclass(frozen=True, slots=True)
class Fused:
    """The two shares of scores, side by side."""

    lexical: Floats
    semantic: Floats

    @property
    def scores(self) -> Floats:
        """The fused scores: the shares' sums."""
        return self.lexical + self.semantic


def fuse(bm25: Floats, cosines: Floats, *, attainable: float, weight: float = LEXICAL_WEIGHT) -> Fused:
    """Weigh BM25 scores, as shares of ``attainable``, against cosines.

    ``attainable`` is the BM25 score of a text that holds all the words of the query: measured against it rather than
    against the best text found, a score means the same from query to query. The share is raised to a power above 1,
    so that a few common words shared by chance do not outweigh a likeness of meaning.
    """
    share = np.maximum(bm25, 0) / attainable if attainable > 0 else np.zeros_like(bm25)
    return Fused((weight * share**SHARPNESS).astype(np.float32), ((1 - weight) * cosines).astype(np.float32))


def by_case(
    passage_scores: Floats, passage_cases: NDArray[np.int32], case_scores: Floats, case_rows: Rows
) -> tuple[Rows, Floats]:
    """Return the cases, best first, with their scores: the mean of the best passage's and of the whole case's.

    ``case_scores`` belong to ``case_rows``; only cases with a passage are returned. The best passage and not the sum
    of several: a sum would favour long documents.
    """
    best = np.full(int(case_rows.max(initial=-1)) + 1, -np.inf, np.float32)
    np.maximum.at(best, passage_cases, passage_scores)
    scores: Floats = (best[case_rows] + case_scores) * np.float32(0.5)
    found = np.flatnonzero(np.isfinite(scores))
    order = found[np.argsort(-scores[found], kind="stable")]
    return case_rows[order], scores[order]


def best_by_group(scores: Floats, groups: list[object], *, most: int, least: float = 0.0) -> list[int]:
    """Return the positions of the best of each group, best first: at most ``most``, none below ``least`` of the best.

    >>> best_by_group(np.array([0.9, 0.8, 0.5, 0.1], np.float32), ["a", "a", "b", "c"], most=3, least=0.5)
    [0, 2]
    """
    chosen: dict[object, int] = {}
    for position in np.argsort(-scores, kind="stable").tolist():
        chosen.setdefault(groups[position], position)
    positions = list(chosen.values())[:most]
    return [p for p in positions if scores[p] >= least * scores[positions[0]]]
