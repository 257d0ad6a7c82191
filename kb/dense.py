"""The meaning's side of search: which passages' vectors lie nearest the query's, by inner product.

A scan of all vectors (FAISS ``IndexFlatIP``), which unlike graph indexes loses nothing under filters. Many vectors are
scanned in 8 bits (scalar quantiser), since memory's speed is the bound, and twice as many as wanted are then scored
exactly: a third of the time; of the 120 nearest among 100,000, 99.99 % are found (``benchmarks/RESULTS.md``, "Speed").
"""

from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]


_MANY = 20_000  # below this an exact scan takes two milliseconds or less
_WIDER = 2  # how many times more vectors than wanted the scan in 8 bits hands on


class VectorIndex(Protocol):
    """An index of vectors of unit length by passage id."""

    def search(self, vector: Vectors, *, limit: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return the nearest passages (of those in ``among``), nearest first, with the cosine."""

    def scores(self, vector: Vectors, passage_ids: Ids) -> Scores:
        """Return the cosine of ``vector`` with each of these passages."""

    def sums(self, passage_ids: Ids, groups: NDArray[np.int32], count: int) -> Vectors:
        """Return the sum of the vectors of each of ``count`` groups; ``groups`` tells which one a passage is in."""

    def ids(self) -> Ids:
        """Return the ids of all passages indexed, ascending."""

    def update(self, add: Ids, vectors: Vectors, remove: Ids) -> None:
        """Add and remove passages."""

    def write(self, path: Path) -> None:
        """Write the index to ``path``, which then holds it wholly or as it was."""


class FaissIndex:
    """Inner product by FAISS: exact, or in two steps where there are many vectors."""

    def __init__(self, dimension: int, path: Path | None = None) -> None:
        import faiss

        self._faiss: Any = faiss  # half typed
        faiss.omp_set_num_threads(1)  # one query is too little work to share; waking threads costs more
        there = path is not None and path.is_file()
        self._index: Any = faiss.read_index(str(path)) if there else faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._describe()

    def search(self, vector: Vectors, *, limit: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return the nearest passages (of those in ``among``), nearest first, with the cosine."""
        rows = None if among is None else self._rows_among(among)
        limit = min(limit, len(self._ids if rows is None else rows))
        if limit < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        options: dict[str, Any] = {}
        if rows is not None:
            options["params"] = self._faiss.SearchParameters(sel=self._selector(rows))
        _, found = self._scanned.search(vector[None, :], _WIDER * limit, **options)
        near = found[0][found[0] >= 0]
        scores = self._matrix[near] @ vector
        best = np.argsort(-scores, kind="stable")[:limit]
        return self._ids[near[best]], scores[best]

    def scores(self, vector: Vectors, passage_ids: Ids) -> Scores:
        """Return the cosine of ``vector`` with each of these passages."""
        rows = self._rows[np.searchsorted(self._sorted, passage_ids)]
        found: Scores = self._matrix[rows] @ vector
        return found

    def sums(self, passage_ids: Ids, groups: NDArray[np.int32], count: int) -> Vectors:
        """Return the sum of the vectors of each of ``count`` groups; ``groups`` tells which one a passage is in."""
        sums = np.zeros((count, self._matrix.shape[1]), np.float32)
        order = np.argsort(groups, kind="stable")
        present, starts = np.unique(groups[order], return_index=True)
        if len(order):
            rows = self._rows[np.searchsorted(self._sorted, passage_ids[order])]
            sums[present] = np.add.reduceat(self._matrix[rows], starts, axis=0)
        return sums

    def ids(self) -> Ids:
        """Return the ids of all passages indexed, ascending."""
        return self._sorted

    def update(self, add: Ids, vectors: Vectors, remove: Ids) -> None:
        """Add and remove passages."""
        if len(remove):
            self._index.remove_ids(self._faiss.IDSelectorBatch(remove))
        if len(add):
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), add)
        self._describe()

    def write(self, path: Path) -> None:
        """Write the index to ``path``, which then holds it wholly or as it was."""
        beside = path.with_suffix(".new")
        self._faiss.write_index(self._index, str(beside))
        beside.replace(path)

    def _rows_among(self, passage_ids: Ids) -> Ids:
        """The rows of those of ``passage_ids`` that are there."""
        if not len(self._sorted):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, passage_ids), len(self._sorted) - 1)
        rows: Ids = self._rows[at[self._sorted[at] == passage_ids]]
        return rows

    def _selector(self, rows: Ids) -> Any:
        bits = np.zeros(len(self._ids), bool)
        bits[rows] = True
        return self._faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))

    def _describe(self) -> None:
        faiss = self._faiss
        self._ids: Ids = faiss.vector_to_array(self._index.id_map)
        flat = faiss.downcast_index(self._index.index)
        self._matrix: Vectors = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)
        self._rows = np.argsort(self._ids)
        self._sorted: Ids = self._ids[self._rows]
        self._scanned: Any = flat
        if flat.ntotal >= _MANY:
            self._scanned = faiss.IndexScalarQuantizer(flat.d, faiss.ScalarQuantizer.QT_8bit, flat.metric_type)
            self._scanned.train(self._matrix)
            self._scanned.add(self._matrix)
