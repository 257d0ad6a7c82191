"""What has happened to the base: each case's readings, and the audit. Reads on a connection that the caller holds."""

import sqlite3
from dataclasses import dataclass

from kb.records import load_case
from kb.types import Case


@dataclass(frozen=True, slots=True)
class Version:
    """One reading of a case's document: ``number`` from 1, ``at`` in UTC (ISO 8601), ``current`` the one in use."""

    number: int
    sha256: str
    extractor: str
    at: str
    current: bool
    case: Case


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What was done to the base and when (UTC, ISO 8601); never what a case said."""

    at: str
    action: str
    case_id: str | None


def versions(connection: sqlite3.Connection, case_id: str) -> tuple[Version, ...]:
    """Return every reading of the case's document, oldest first."""
    rows = connection.execute(
        "SELECT v.number, v.sha256, v.extractor, v.at, v.version_id = c.version_id, v.record"
        " FROM versions v JOIN cases c USING (case_id) WHERE v.case_id = ? ORDER BY v.number",
        (case_id,),
    )
    return tuple(Version(n, sha, by, at, bool(now), load_case(record)) for n, sha, by, at, now, record in rows)


def audit(connection: sqlite3.Connection) -> tuple[AuditEntry, ...]:
    """Return what was done to the base, oldest first."""
    return tuple(AuditEntry(*row) for row in connection.execute("SELECT at, action, case_id FROM audit ORDER BY rowid"))
