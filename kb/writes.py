"""Changes to the base's rows. Each function works inside a transaction that the caller holds (:mod:`kb.store`)."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.embed import EmbedderStamp
from kb.errors import DuplicateName, EmbedderMismatch
from kb.filters import filterable
from kb.records import dump_case, dump_contact, dump_spans
from kb.types import Case, Contact, Passage

Outcome = Literal["added", "updated", "unchanged"]
Vectors = NDArray[np.float32]

STORED = np.dtype("<f2")
"""How a vector lies in the database: half precision costs no ranking and halves the file."""


def check(case: Case, passages: Sequence[Passage], document: bytes) -> None:
    """Hold together what is to be written together.

    Raises:
        ValueError: something does not agree: a programmer's error.
    """
    if hashlib.sha256(document).hexdigest() != case.sha256:
        raise ValueError(f"{case.file}: the document's bytes are not those that the case was read from")
    if any(passage.case_id != case.case_id for passage in passages):
        raise ValueError(f"{case.file}: a passage belongs to another case")
    if any(not passage.spans for passage in passages):
        raise ValueError(f"{case.file}: a passage has no place in the document")


def claim(connection: sqlite3.Connection, stamp: EmbedderStamp) -> None:
    """Make sure that vectors of ``stamp`` may be added; a base without any becomes one of ``stamp``.

    Raises:
        EmbedderMismatch: the base holds vectors of another embedder.
    """
    (text,) = connection.execute("SELECT embedder FROM state").fetchone()
    if text is None:
        use_embedder(connection, stamp)
    elif (found := load_stamp(text)) != stamp:
        raise EmbedderMismatch(found=found.key, wanted=stamp.key)


def use_embedder(connection: sqlite3.Connection, stamp: EmbedderStamp) -> None:
    """Make ``stamp`` the embedder of the base and drop the vectors of every other."""
    connection.execute("UPDATE state SET embedder = ?", (msgspec.json.encode(asdict(stamp)).decode(),))
    connection.execute("DELETE FROM vectors WHERE embedder <> ?", (stamp.key,))


def load_stamp(text: str) -> EmbedderStamp:
    """Return the stamp that :func:`use_embedder` wrote."""
    return msgspec.json.decode(text, type=EmbedderStamp)


def write_case(connection: sqlite3.Connection, case: Case, *, document: bytes, extractor: str) -> Outcome:
    """Write everything of ``case`` but its passages, as a new case or as a new version of the one with its id.

    Passages of an earlier version are gone afterwards. "unchanged": bytes, extractor, record and contact are those
    in the base, and nothing was written.

    Raises:
        DuplicateName: the id belongs to another file, or the file to another id.
    """
    record = dump_case(case)
    known = connection.execute(
        "SELECT c.case_id, c.file, v.number, v.sha256, v.extractor, v.record, o.contact FROM cases c"
        " JOIN versions v USING (version_id) LEFT JOIN contacts o ON o.case_id = c.case_id"
        " WHERE c.case_id = ? OR c.file = ?",
        (case.case_id, case.file),
    ).fetchall()
    for case_id, file, *_ in known:
        if (case_id, file) != (case.case_id, case.file):
            raise DuplicateName(file=case.file, other=file)
    number = 1
    if known:
        *_, latest, sha256, by, written, contact = known[0]
        if (sha256, by, written, contact) == (case.sha256, extractor, record, _contact(case.contact)):
            return "unchanged"
        number = latest + 1
    connection.execute("INSERT OR IGNORE INTO documents VALUES (?, ?)", (case.sha256, document))
    version_id = connection.execute(
        "INSERT INTO versions (case_id, number, sha256, extractor, record, at) VALUES (?, ?, ?, ?, ?, ?)",
        (case.case_id, number, case.sha256, extractor, record, now()),
    ).lastrowid
    _write_columns(connection, case, version_id)
    for table in ("contacts", "case_facets", "passages"):
        connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (case.case_id,))
    if case.contact:
        connection.execute("INSERT INTO contacts VALUES (?, ?)", (case.case_id, _contact(case.contact)))
    rows = [(case.case_id, name, value) for name, value in sorted(filterable(case))]
    connection.executemany("INSERT INTO case_facets VALUES (?, ?, ?)", rows)
    outcome: Outcome = "updated" if known else "added"
    changed(connection, outcome, case.case_id)
    return outcome


def write_passages(connection: sqlite3.Connection, passages: Sequence[Passage]) -> list[int]:
    """Write ``passages`` under new ids and return these."""
    return [
        int(
            connection.execute(
                "INSERT INTO passages (case_id, position, field, title, text, spans) VALUES (?, ?, ?, ?, ?, ?)",
                (p.case_id, p.position, p.field, p.title, p.text, dump_spans(p.spans)),
            ).lastrowid
            or 0
        )
        for p in passages
    ]


def write_vectors(
    connection: sqlite3.Connection, stamp: EmbedderStamp, passage_ids: Sequence[int], vectors: Vectors
) -> None:
    """Write a row of ``vectors`` for each passage that is still there.

    Raises:
        ValueError: not a finite vector of the stamp's dimension for each passage: a fault of the model.
    """
    if vectors.shape != (len(passage_ids), stamp.dimension) or not np.isfinite(vectors).all():
        raise ValueError(f"{stamp.key} gave {vectors.shape} (or what is not finite) for {len(passage_ids)} passages")
    rows = zip(passage_ids, vectors.astype(STORED), strict=True)
    connection.executemany(
        "INSERT OR IGNORE INTO vectors SELECT ?, passage_id, ? FROM passages WHERE passage_id = ?",
        ((stamp.key, row.tobytes(), int(passage_id)) for passage_id, row in rows),
    )


def delete_case(connection: sqlite3.Connection, case_id: str) -> None:
    """Delete everything of the case: versions, documents, contact, passages, vectors. The audit line remains."""
    used = "SELECT sha256 FROM versions WHERE case_id = ?"
    documents = [sha256 for (sha256,) in connection.execute(used, (case_id,))]
    connection.execute("DELETE FROM cases WHERE case_id = ?", (case_id,))
    connection.executemany(
        "DELETE FROM documents WHERE sha256 = ? AND sha256 NOT IN (SELECT sha256 FROM versions)",
        ((sha256,) for sha256 in documents),
    )
    connection.execute("UPDATE state SET embedder = NULL WHERE NOT EXISTS (SELECT 1 FROM passages)")
    changed(connection, "removed", case_id)


def changed(connection: sqlite3.Connection, action: str, case_id: str | None = None) -> None:
    """Note in the audit what was done, and let readers know that the base is another than before."""
    connection.execute("UPDATE state SET generation = generation + 1")
    connection.execute("INSERT INTO audit VALUES (?, ?, ?)", (now(), action, case_id))


def now() -> str:
    """Return the time as the base writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write_columns(connection: sqlite3.Connection, case: Case, version_id: int | None) -> None:
    columns = columns_of(case) | {"version_id": version_id}
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "case_id")
    connection.execute(
        f"INSERT INTO cases ({names}) VALUES ({marks}) ON CONFLICT (case_id) DO UPDATE SET {updates}",
        tuple(columns.values()),
    )


def columns_of(case: Case) -> dict[str, Any]:
    """Return what the table ``cases`` repeats of the record, by column."""
    return {
        "case_id": case.case_id,
        "file": case.file,
        "title": case.title,
        "language": case.language,
        "start_year": case.start_year,
    }


def _contact(contact: Contact | None) -> str | None:
    return None if contact is None else dump_contact(contact)
