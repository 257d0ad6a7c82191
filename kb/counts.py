"""How many cases have each value of each facet: what stands behind the numbers beside the filters."""

import sqlite3
from collections.abc import Collection, Mapping

from kb.filters import COLUMNS, Filters, case_condition
from kb.types import FacetCount

_FACETS = "SELECT x.facet, x.value, count(*) FROM case_facets x JOIN cases c USING (case_id)"
_FIELDS = "SELECT 'field', p.field, count(DISTINCT p.case_id) FROM passages p JOIN cases c USING (case_id)"


def facet_counts(
    connection: sqlite3.Connection, filters: Filters, among: str | None
) -> dict[str, tuple[FacetCount, ...]]:
    """Count the cases that pass ``filters`` by facet, by column and by field, most frequent first.

    Each is counted as if it were not itself filtered; a chosen value stays in the list even at zero. ``among`` is a
    JSON list of the case ids that may be counted at all; ``None`` counts every case.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in (*COLUMNS, "field", *filters.facets)}

    def count(select: str, filters: Filters, further: str, *values: str) -> None:
        where = case_condition(filters)
        inside = "TRUE" if among is None else "c.case_id IN (SELECT value FROM json_each(?))"
        given = (*where.values, *values, *(() if among is None else (among,)))
        sql = f"{select} WHERE {where.sql} AND {further} AND {inside} GROUP BY 1, 2"
        for name, value, number in connection.execute(sql, given):
            found.setdefault(name, {})[value] = number

    count(_FACETS, filters, "TRUE")
    for facet in filters.facets:
        found[facet] = {}
        count(_FACETS, filters.without(facet), "x.facet = ?", facet)
    for column in COLUMNS:
        count(f"SELECT '{column}', c.{column}, count(*) FROM cases c", filters.without(column), f"c.{column} NOTNULL")
    count(_FIELDS, filters.without("field"), "p.field NOTNULL")
    return {name: _ordered(numbers, filters.values_of(name)) for name, numbers in found.items()}


def _ordered(numbers: Mapping[str, int], chosen: Collection[str]) -> tuple[FacetCount, ...]:
    numbers = {**dict.fromkeys(chosen, 0), **numbers}
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number, value in chosen) for value, number in ordered)
