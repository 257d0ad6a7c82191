"""The search indexes of one state of the base, and how passages and cases lie in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.dense import VectorIndex
from kb.lexical import LexicalIndex

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Indexes:
    """The indexes of one generation, and which case and field each passage belongs to.

    ``passages``, ``case_rows`` and ``field_names`` run side by side in ascending order of passage ids; ``case_rows``
    are rows of ``case_ids``. ``whole`` is the lexical index of whole cases; what stands for a case in it, as its id, is
    the lowest id of the case's passages.
    """

    generation: int
    lexical: LexicalIndex
    whole: LexicalIndex
    dense: VectorIndex
    passages: Ids
    case_rows: NDArray[np.int32]
    case_ids: tuple[str, ...]
    field_names: NDArray[np.object_]
    languages: frozenset[str]

    def case_rows_of(self, passage_ids: Ids) -> NDArray[np.int32]:
        """Return the case rows of those of ``passage_ids`` that are there: an index may be newer than the rows."""
        if not len(self.passages):
            return np.empty(0, np.int32)
        rows = np.minimum(np.searchsorted(self.passages, passage_ids), len(self.passages) - 1)
        found: NDArray[np.int32] = self.case_rows[rows[self.passages[rows] == passage_ids]]
        return found

    def passages_of(self, case_rows: Ids) -> Ids:
        """Return the rows of all passages of these cases, ascending."""
        starts, order = self._by_case
        pieces = [order[starts[row] : starts[row + 1]] for row in case_rows]
        return np.sort(np.concatenate(pieces)) if pieces else np.empty(0, np.int64)

    @cached_property
    def case_row(self) -> dict[str, int]:
        """The row of each case id."""
        return {case_id: row for row, case_id in enumerate(self.case_ids)}

    @cached_property
    def case_vectors(self) -> Floats:
        """What a case is about as a whole, a row each: the direction of the mean of its passages' vectors."""
        sums = self.dense.sums(self.passages, self.case_rows, len(self.case_ids))
        lengths = np.linalg.norm(sums, axis=1, keepdims=True).astype(np.float32)
        vectors: Floats = sums / np.maximum(lengths, np.float32(1e-6))
        return vectors

    def rows_of(self, case_ids: Iterable[str]) -> list[int]:
        """Return the rows of those of ``case_ids`` that are there."""
        return [self.case_row[case_id] for case_id in case_ids if case_id in self.case_row]

    @cached_property
    def _by_case(self) -> tuple[Ids, Ids]:
        order = np.argsort(self.case_rows, kind="stable").astype(np.int64)
        return np.searchsorted(self.case_rows[order], np.arange(len(self.case_ids) + 1)), order
