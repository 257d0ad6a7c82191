"""The schema's numbered steps: ``NNNN_what.sql``, each run once, in order, in one transaction."""

import sqlite3
from collections.abc import Iterator, Sequence
from importlib.resources import files


def shipped() -> tuple[str, ...]:
    """Return the SQL of every step in order; step *n* brings a base to schema *n*."""
    steps = sorted((r for r in files(__name__).iterdir() if r.name.endswith(".sql")), key=lambda r: r.name)
    return tuple(step.read_text("utf-8") for step in steps)


def migrate(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Run the steps that ``connection``'s database has not seen. The caller holds the transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, sql in enumerate(steps[version:], start=version + 1):
        for statement in _statements(sql):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number:d}")


def _statements(sql: str) -> Iterator[str]:
    # Not executescript(): it commits first, and a step must come wholly or not at all.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
