"""The search indexes of one state of the base, and how passages and cases lie in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.dense import VectorIndex
from kb.facets import FacetTable
from kb.lexical import LexicalIndex

Ids = NDArray[np.int64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Indexes:
    """The indexes of one generation, and which case and field each passage belongs to.

    Rows of ``lexical`` and ``dense`` are passages in the order of their ids; ``passages`` (the ids), ``case_rows`` and
    ``field_names`` run beside them. Rows of ``whole_lexical`` and ``whole_dense`` are cases in the order of their first
    passages, as in ``case_ids``; cases without passages are not there.
    """

    generation: int
    lexical: LexicalIndex
    dense: VectorIndex
    whole_lexical: LexicalIndex
    whole_dense: VectorIndex
    passages: Ids
    case_rows: NDArray[np.int32]
    case_ids: tuple[str, ...]
    field_names: NDArray[np.object_]
    facets: FacetTable
    languages: frozenset[str]

    def passages_of(self, case_rows: Rows) -> Rows:
        """Return the rows of all passages of these cases, ascending."""
        starts, order = self._by_case
        pieces = [order[starts[row] : starts[row + 1]] for row in case_rows]
        return np.sort(np.concatenate(pieces)) if pieces else np.empty(0, np.int64)

    def rows_of(self, case_ids: Iterable[str]) -> list[int]:
        """Return the rows of those of ``case_ids`` that are there."""
        return [self._case_row[case_id] for case_id in case_ids if case_id in self._case_row]

    @cached_property
    def _case_row(self) -> dict[str, int]:
        return {case_id: row for row, case_id in enumerate(self.case_ids)}

    @cached_property
    def _by_case(self) -> tuple[Rows, Rows]:
        order = np.argsort(self.case_rows, kind="stable").astype(np.int64)
        return np.searchsorted(self.case_rows[order], np.arange(len(self.case_ids) + 1)), order
