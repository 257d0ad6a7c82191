"""BM25 (Robertson & Walker 1994; k1 = 1.2, b = 0.75) over Snowball stems, for measuring the fusion."""

from collections import Counter

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp  # type: ignore[import-untyped, unused-ignore]
import snowballstemmer

from training.pairs import split_words

_STEMMER = snowballstemmer.stemmer("swedish")


def stems(text: str) -> list[str]:
    """Swedish stems of a text's words."""
    return [str(stem) for stem in _STEMMER.stemWords([word for word in split_words(text) if word[0].isalnum()])]


def bm25_scores(
    queries: list[str], documents: list[str], *, k1: float = 1.2, b: float = 0.75
) -> npt.NDArray[np.float32]:
    """Scores of shape (queries, documents)."""
    column: dict[str, int] = {}
    rows, columns, counts, lengths = [], [], [], []
    for row, text in enumerate(documents):
        bag = Counter(stems(text))
        lengths.append(sum(bag.values()))
        for stem, count in bag.items():
            rows.append(row)
            columns.append(column.setdefault(stem, len(column)))
            counts.append(count)
    size = np.asarray(lengths, np.float64)
    tf = np.asarray(counts, np.float64)
    tf = tf * (k1 + 1) / (tf + k1 * (1 - b + b * size[rows] / size.mean()))
    frequency = np.bincount(columns, minlength=len(column))
    idf = np.log1p((len(documents) - frequency + 0.5) / (frequency + 0.5))
    weights = sp.csr_matrix((tf * idf[columns], (rows, columns)), shape=(len(documents), len(column)))
    asked = [[column[stem] for stem in set(stems(query)) if stem in column] for query in queries]
    indptr = np.concatenate([[0], np.cumsum([len(one) for one in asked])])
    flat = np.asarray([c for one in asked for c in one], np.int64)
    matrix = sp.csr_matrix((np.ones(len(flat)), flat, indptr), shape=(len(queries), len(column)))
    scores: npt.NDArray[np.float32] = (matrix @ weights.T).toarray().astype(np.float32)
    return scores
