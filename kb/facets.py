"""Facets of all cases in memory: which cases pass a filter, and how many of some cases have each value.

The same answers as SQL gives (:mod:`kb.counts`), for cases by row; a query asks several times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.counts import ordered
from kb.filters import COLUMNS, Filters
from kb.types import FacetCount

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class FacetTable:
    """Every value of every case: ``cases`` (rows) and ``values`` (places in ``names``) run side by side.

    ``names`` are pairs of facet and value; ``years`` are the years of the start by case row, 0 where there is none.
    """

    names: tuple[tuple[str, str], ...]
    cases: NDArray[np.int32]
    values: NDArray[np.int32]
    years: NDArray[np.int32]

    @classmethod
    def of(
        cls, rows: Iterable[tuple[str, str, str]], years: Mapping[str, int | None], case_row: Mapping[str, int]
    ) -> "FacetTable":
        """Return the table of ``rows`` (case id, facet, value) and ``years``, of the cases in ``case_row``."""
        numbers: dict[tuple[str, str], int] = {}
        known = [
            (case_row[case_id], numbers.setdefault((facet, value), len(numbers)))
            for case_id, facet, value in rows
            if case_id in case_row
        ]
        cases, values = np.array(known, np.int32).reshape(-1, 2).T
        started = np.fromiter((years.get(case_id) or 0 for case_id in case_row), np.int32, len(case_row))
        return cls(tuple(numbers), cases, values, started)

    def passing(self, filters: Filters) -> Mask:
        """Return which cases pass ``filters``."""
        passing = np.ones(len(self.years), bool)
        for name, chosen in filters.chosen.items():
            wanted = [number for value in chosen if (number := self._number.get((name, value))) is not None]
            having = np.zeros(len(self.years), bool)
            having[self.cases[np.isin(self.values, wanted)]] = True
            passing &= having
        if filters.started_from is not None:
            passing &= self.years >= filters.started_from
        if filters.started_to is not None:
            passing &= (self.years <= filters.started_to) & (self.years > 0)
        return passing

    def counts(self, filters: Filters, among: Mask) -> dict[str, tuple[FacetCount, ...]]:
        """Count the cases ``among`` that pass ``filters`` by facet, by column and by field, most frequent first.

        Each is counted as if it were not itself filtered; a chosen value stays in the list even at zero.
        """
        found: dict[str, dict[str, int]] = {name: {} for name in (*COLUMNS, "field")}
        for (facet, value), number in self._counted(among & self.passing(filters)):
            found.setdefault(facet, {})[value] = number
        for chosen in filters.chosen:
            wider = self._counted(among & self.passing(filters.without(chosen)))
            found[chosen] = {value: number for (facet, value), number in wider if facet == chosen}
        return {name: ordered(numbers, filters.values_of(name)) for name, numbers in found.items()}

    def _counted(self, cases: Mask) -> list[tuple[tuple[str, str], int]]:
        numbers = np.bincount(self.values[cases[self.cases]], minlength=len(self.names)).tolist()
        return [(name, number) for name, number in zip(self.names, numbers, strict=True) if number]

    @cached_property
    def _number(self) -> dict[tuple[str, str], int]:
        return {name: number for number, name in enumerate(self.names)}
