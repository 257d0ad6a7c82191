"""Does the base agree with itself? Every promise that the rows make to each other, checked one by one."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kb.filters import filterable
from kb.messages import Language, translate
from kb.records import load_case, load_spans
from kb.writes import STORED, columns_of, load_stamp


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the base that should not be so: a stable code and what fills its sentence."""

    code: str
    params: Mapping[str, str | int]

    def message(self, language: Language = "sv") -> str:
        """Return the problem as a sentence: what is wrong and what to do."""
        return translate(f"problem.{self.code}", language, **self.params)


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what is wrong, seen in the one snapshot that ``connection`` holds."""
    found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
    if found:
        yield Problem("engine", {"reason": found[0]})
        return  # nothing else that such a file says can be trusted
    for check in _CHECKS:
        yield from check(connection)


def _orphans(connection: sqlite3.Connection) -> Iterator[Problem]:
    orphans = {table for table, *_ in connection.execute("PRAGMA foreign_key_check")}
    for table in sorted(orphans):
        yield Problem("orphans", {"table": table})


def _documents(connection: sqlite3.Connection) -> Iterator[Problem]:
    for sha256, content in connection.execute("SELECT sha256, bytes FROM documents ORDER BY sha256"):
        if hashlib.sha256(content).hexdigest() != sha256:
            used = "SELECT DISTINCT case_id FROM versions WHERE sha256 = ? ORDER BY case_id"
            for (case_id,) in connection.execute(used, (sha256,)):
                yield Problem("document_changed", {"case_id": case_id})
    unused = "SELECT count(*) FROM documents WHERE sha256 NOT IN (SELECT sha256 FROM versions)"
    (count,) = connection.execute(unused).fetchone()
    if count:
        yield Problem("documents_unused", {"count": count})


def _records(connection: sqlite3.Connection) -> Iterator[Problem]:
    rows = connection.execute(
        "SELECT c.*, v.sha256 AS sha256, v.case_id AS version_of, v.record AS record"
        " FROM cases c JOIN versions v USING (version_id) ORDER BY c.case_id"
    )
    names = [name for name, *_ in rows.description]
    for values in rows:
        row = dict(zip(names, values, strict=True))
        case_id = row["case_id"]
        try:
            case = load_case(row["record"])
        except ValueError as error:
            yield Problem("record_unreadable", {"case_id": case_id, "reason": str(error)})
            continue
        agreed = columns_of(case) | {"sha256": case.sha256, "version_of": case.case_id}
        wrong = [name for name, value in agreed.items() if row[name] != value]
        found = connection.execute("SELECT facet, value FROM case_facets WHERE case_id = ?", (case_id,)).fetchall()
        if set(found) != filterable(case):
            wrong.append("facets")
        if wrong:
            yield Problem("columns_differ", {"case_id": case_id, "columns": ", ".join(wrong)})


def _passages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for passage_id, case_id, spans in connection.execute("SELECT passage_id, case_id, spans FROM passages"):
        try:
            placed = bool(load_spans(spans))
        except ValueError:
            placed = False
        if not placed:
            yield Problem("passage_nowhere", {"passage_id": passage_id, "case_id": case_id})


def _vectors(connection: sqlite3.Connection) -> Iterator[Problem]:
    (text,) = connection.execute("SELECT embedder FROM state").fetchone()
    (passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    if text is None:
        if passages:
            yield Problem("vectors_missing", {"count": passages, "embedder": "–"})
        return
    stamp = load_stamp(text)
    rows = connection.execute("SELECT vector FROM vectors WHERE embedder = ?", (stamp.key,))
    present = wrong = 0
    for (vector,) in rows:
        present += 1
        whole = len(vector) == stamp.dimension * STORED.itemsize
        wrong += not (whole and np.isfinite(np.frombuffer(vector, dtype=STORED)).all())
    if present < passages:
        yield Problem("vectors_missing", {"count": passages - present, "embedder": stamp.key})
    if wrong:
        yield Problem("vectors_wrong", {"count": wrong, "embedder": stamp.key})


_CHECKS: tuple[Callable[[sqlite3.Connection], Iterator[Problem]], ...] = (
    _orphans,
    _documents,
    _records,
    _passages,
    _vectors,
)
