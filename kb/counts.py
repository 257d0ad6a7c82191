"""How many cases have each value of each facet: what stands behind the numbers beside the filters."""

import sqlite3
from collections.abc import Collection, Mapping

from kb.filters import COLUMNS, Filters, case_condition
from kb.types import FacetCount


def facet_counts(
    connection: sqlite3.Connection, filters: Filters, among: str | None
) -> dict[str, tuple[FacetCount, ...]]:
    """Count the cases that pass ``filters`` by facet, by column and by field, most frequent first.

    Each is counted as if it were not itself filtered; a chosen value stays in the list even at zero. ``among`` is a
    JSON list of the case ids that may be counted at all; ``None`` counts every case.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in (*COLUMNS, "field")}
    for name, value, number in _counted(connection, filters, among):
        found.setdefault(name, {})[value] = number
    for chosen in filters.chosen:
        rows = _counted(connection, filters.without(chosen), among, only=chosen)
        found[chosen] = {value: number for _, value, number in rows}
    return {name: ordered(numbers, filters.values_of(name)) for name, numbers in found.items()}


def _counted(
    connection: sqlite3.Connection, filters: Filters, among: str | None, only: str | None = None
) -> sqlite3.Cursor:
    parts: list[str] = ["TRUE"]
    values: list[str | int] = []
    if among is not None:
        parts.append("case_id IN (SELECT value FROM json_each(?))")
        values.append(among)
    if filters:
        where = case_condition(filters)
        parts.append(f"case_id IN (SELECT c.case_id FROM cases c WHERE {where.sql})")
        values += where.values
    if only is not None:
        parts.append("facet = ?")
        values.append(only)
    sql = f"SELECT facet, value, count(*) FROM case_facets WHERE {' AND '.join(parts)} GROUP BY facet, value"
    return connection.execute(sql, values)


def ordered(numbers: Mapping[str, int], chosen: Collection[str]) -> tuple[FacetCount, ...]:
    """Return the counts of one facet's values, most frequent first; a value that is ``chosen`` stays in at zero."""
    numbers = {**dict.fromkeys(chosen, 0), **numbers}
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number, value in chosen) for value, number in ordered)
