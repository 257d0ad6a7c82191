"""Two opinions of a passage made into one score, and passages into cases. Pure functions.

Scores are combined, not ranks: a weighted sum of normalised scores beats reciprocal rank fusion on every development
set (``benchmarks/RESULTS.md``), as Bruch, Gai & Ingber 2023 ("An Analysis of Fusion Functions for Hybrid Retrieval")
find in general.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

LEXICAL_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Fused:
    """Passages with the two shares of their scores, side by side, in no order."""

    ids: Ids
    lexical: Floats
    semantic: Floats

    @property
    def scores(self) -> Floats:
        """The fused scores: the shares' sums."""
        return self.lexical + self.semantic


def fuse(ids: Ids, bm25: Floats, cosines: Floats, *, best_bm25: float, weight: float = LEXICAL_WEIGHT) -> Fused:
    """Weigh BM25 scores, as shares of ``best_bm25``, against cosines (negative ones count as 0).

    ``best_bm25`` is a score that stands for a full answer to this query.
    """
    lexical = bm25 / best_bm25 if best_bm25 > 0 else np.zeros_like(bm25)
    return Fused(
        ids,
        (weight * np.minimum(lexical, 1.0)).astype(np.float32),
        ((1 - weight) * np.maximum(cosines, 0.0)).astype(np.float32),
    )


def best_passages(scores: Floats, case_rows: NDArray[np.int32], *, each: int) -> dict[int, list[int]]:
    """Group passages by case: each case's ``each`` best as positions in ``scores``, the best case first.

    A case is as good as its best passage: a sum would favour long documents.
    """
    grouped: dict[int, list[int]] = {}
    for position in np.argsort(-scores, kind="stable").tolist():
        of_case = grouped.setdefault(int(case_rows[position]), [])
        if len(of_case) < each:
            of_case.append(position)
    return grouped
