"""The meaning's side of search: which texts' vectors lie nearest the query's, by inner product.

A scan of all vectors, which unlike graph indexes loses nothing under filters. Many vectors are first scanned as codes
of four bits a dimension, which nearly fit in the processor's caches (FAISS' product quantiser, fast scan: André,
Kermarrec & Le Scouarnec 2015), and twice as many as wanted are then scored exactly: of the 120 nearest among 100,000,
99 % are found in a tenth of the time (``benchmarks/RESULTS.md``, "Speed"). Everything is read where it lies on disk.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb import tensors

Ids = NDArray[np.int64]
Rows = NDArray[np.int64]
Inside = NDArray[np.bool_]
Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]

_MANY = 5_000  # below this an exact scan takes less than a millisecond
_WIDER = 2  # how many times more vectors than wanted the scan of codes hands on
_FEW_TIMES = 4  # up to so many times what the scan would hand on, all are scored exactly
_TRAINED_ON = 20_000


class VectorIndex(Protocol):
    """An index of vectors of unit length. Its rows are in the order of the ids."""

    def search(self, vector: Vectors, *, limit: int, among: Sequence[Inside | None] = (None,)) -> list[Rows]:
        """Return the nearest rows, nearest first, of each of several parts of the index (``None``: all of it)."""

    def scores(self, vector: Vectors, rows: Rows | slice) -> Scores:
        """Return the cosine of ``vector`` with each of these rows."""

    def ids(self) -> Ids:
        """Return all ids, ascending."""


class FlatIndex:
    """Inner products by numpy or, where there are many, by FAISS and numpy. Never changes: threads may share it."""

    def __init__(self, ids: Ids, vectors: Vectors, codes: Any = None) -> None:
        self._ids = ids
        self._vectors = vectors
        self._codes = _coded(vectors, codes) if len(ids) >= _MANY else None
        self._scanned = _packed(self._codes)

    @classmethod
    def empty(cls, dimension: int) -> "FlatIndex":
        """Return an index without vectors."""
        return cls(np.empty(0, np.int64), np.empty((0, dimension), np.float32))

    @classmethod
    def read(cls, path: Path, dimension: int) -> "FlatIndex":
        """Return the index that lies in the file ``path``; an empty one where there is none.

        Raises:
            OSError, ValueError: the file cannot be read, or is not one of ours.
        """
        if not path.is_file():
            return cls.empty(dimension)
        stored = tensors.read(path)
        try:
            ids, vectors, codes, centroids = (stored[name] for name in ("ids", "vectors", "codes", "centroids"))
        except KeyError as error:
            raise ValueError(f"{path} lacks {error}") from error
        return cls(ids, vectors, _codes_of(codes, centroids) if len(codes) else None)

    def write(self, path: Path) -> None:
        """Write the index to ``path``, which then holds it wholly or as it was."""
        codes, centroids = _arrays_of(self._codes)
        tensors.write(path, {"ids": self._ids, "vectors": self._vectors, "codes": codes, "centroids": centroids})

    def changed(self, add: Ids, vectors: Vectors, remove: Ids) -> "FlatIndex":
        """Return the index with vectors added and, by id, removed."""
        kept = np.flatnonzero(~np.isin(self._ids, remove))
        ids = np.concatenate([self._ids[kept], add])
        order = np.argsort(ids)
        joined = np.concatenate([self._vectors[kept], vectors]) if len(kept) else np.asarray(vectors, np.float32)
        codes = _recoded(self._codes, kept, vectors, order)
        return FlatIndex(ids[order], _in_order(joined, order), codes)

    def by_case(self, case_rows: NDArray[np.int32], cases: int) -> "FlatIndex":
        """Return an index of whole cases, by row: the direction of the mean of each case's vectors.

        ``case_rows`` tells of each vector, by row, which case it is of; the cases' rows must be in the order of their
        first vectors, whose ids they get.
        """
        order = np.argsort(case_rows, kind="stable")
        _, firsts = np.unique(case_rows, return_index=True)
        starts = np.searchsorted(case_rows[order], np.arange(cases))
        sums = np.add.reduceat(_in_order(self._vectors, order), starts, axis=0) if cases else self._vectors[:0]
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return FlatIndex(self._ids[firsts], (sums / np.maximum(lengths, 1e-6)).astype(np.float32))

    def search(self, vector: Vectors, *, limit: int, among: Sequence[Inside | None] = (None,)) -> list[Rows]:
        """Return the nearest rows, nearest first, of each of several parts of the index (``None``: all of it)."""
        sizes = [len(self._ids) if inside is None else int(np.count_nonzero(inside)) for inside in among]
        scanned = self._scan(vector, _WIDER * limit, sizes)
        found = []
        for inside in among:
            near = scanned if inside is None else scanned[inside[scanned]]
            if len(near) < limit:  # none were scanned, or the part is far from the query
                near = np.arange(len(self._ids)) if inside is None else np.flatnonzero(inside)
            elif len(near) > _WIDER * limit:
                near = near[: _WIDER * limit]
            scores = self.scores(vector, near if len(near) < len(self._ids) else slice(None))
            found.append(near[np.argsort(-scores, kind="stable")[:limit]])
        return found

    def scores(self, vector: Vectors, rows: Rows | slice) -> Scores:
        """Return the cosine of ``vector`` with each of these rows."""
        found: Scores = np.vecdot(
            self._vectors[rows], vector
        )  # unlike "@" never by many threads, which wait on each other
        return found

    def ids(self) -> Ids:
        """Return all ids, ascending."""
        return self._ids

    def _scan(self, vector: Vectors, wanted: int, sizes: Sequence[int]) -> Rows:
        """About the nearest rows, by their codes, so many that each part of these sizes likely has ``wanted`` of them.

        None where there are no codes, or where the parts are so small that scoring all of them exactly is less work.
        """
        large = [size for size in sizes if size > _FEW_TIMES * wanted]
        if self._scanned is None or not large:
            return np.empty(0, np.int64)
        many = round(wanted * len(self._ids) / min(large))
        _, found = self._scanned.search(vector[None, :], min(len(self._ids), many))
        rows: Rows = found[0][found[0] >= 0]
        return rows


def _in_order(vectors: Vectors, order: Rows) -> Vectors:
    """The rows in ``order``; not copied where they are so already, as they nearly always are."""
    return vectors if (order[:-1] < order[1:]).all() else vectors[order]


def _coded(vectors: Vectors, codes: Any) -> Any:
    """FAISS' index of the codes of ``vectors``: ``codes``, if it is one, or newly made."""
    if codes is not None and codes.ntotal == len(vectors):
        return codes
    made = _quantiser(vectors.shape[1])
    made.train(np.ascontiguousarray(vectors[:: max(1, len(vectors) // _TRAINED_ON)]))
    made.add(vectors)
    return made


def _recoded(codes: Any, kept: Rows, vectors: Vectors, order: Rows) -> Any:
    """``codes`` of the rows ``kept`` and of new vectors, in ``order``, by the quantiser that was trained once."""
    if codes is None:
        return None
    faiss = _faiss()

    old = _arrays_of(codes)[0][kept]
    new = codes.sa_encode(np.ascontiguousarray(vectors, np.float32)) if len(vectors) else old[:0]
    changed = faiss.clone_index(codes)
    changed.reset()
    changed.add_sa_codes(np.concatenate([old, new])[order])
    return changed


def _packed(codes: Any) -> Any:
    if codes is None:
        return None
    faiss = _faiss()

    return faiss.IndexPQFastScan(codes)


def _arrays_of(codes: Any) -> tuple[NDArray[np.uint8], Vectors]:
    """The codes, a row a vector, and the quantiser's centroids: dimension × 16. Empty where there are no codes."""
    if codes is None:
        return np.empty((0, 0), np.uint8), np.empty((0, 0), np.float32)
    faiss = _faiss()

    stored = faiss.vector_to_array(codes.codes).reshape(-1, codes.sa_code_size())
    return stored, faiss.vector_to_array(codes.pq.centroids).reshape(codes.d, -1)


def _codes_of(stored: NDArray[np.uint8], centroids: Vectors) -> Any:
    """FAISS' index of what :func:`_arrays_of` gave. Its own format is not read: that can crash on a damaged file."""
    faiss = _faiss()

    made = _quantiser(len(centroids))
    faiss.copy_array_to_vector(np.ascontiguousarray(centroids).ravel(), made.pq.centroids)
    made.is_trained = True
    made.add_sa_codes(np.ascontiguousarray(stored))
    return made


def _quantiser(dimension: int) -> Any:
    faiss = _faiss()

    return faiss.IndexPQ(dimension, dimension, 4, faiss.METRIC_INNER_PRODUCT)


def _faiss() -> Any:  # half typed
    import faiss

    faiss.omp_set_num_threads(1)  # one query is too little work to share; waking threads costs more
    return faiss
