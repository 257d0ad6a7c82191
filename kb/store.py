"""The rows of the base: cases, versions, documents, passages, vectors, audit.

Plain reading and writing of one SQLite database (:mod:`kb.database`). Derived indexes are made from what comes from
here, and nothing is read back from them. A case is written or removed in one transaction.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb import duplicates, history, passages, writes
from kb.counts import facet_counts
from kb.database import Database
from kb.duplicates import NearDuplicate
from kb.embed import EmbedderStamp
from kb.errors import AmbiguousCase, CaseNotFound
from kb.filters import Filters, case_condition, passage_condition
from kb.history import AuditEntry, Version
from kb.passages import json_list
from kb.records import load_case, load_contact
from kb.types import Case, Contact, FacetCount, Passage
from kb.verify import Problem, problems
from kb.writes import Outcome, Vectors

Ids = NDArray[np.int64]


class Store:
    """Reads and writes rows. Safe to share among threads; several processes may hold the same base."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """Let all reads inside see one state of the base; yields its generation."""
        with self._database.read():
            yield self.generation

    @property
    def generation(self) -> int:
        """A number that grows with every change that a reader can see, whichever process made it."""
        generation: int = self._value("SELECT generation FROM state")
        return generation

    def change(self, generation: int) -> str:
        """Return what made this generation, and when: the line of the audit; empty where there is none."""
        sql = "SELECT at || ' ' || action || ' ' || coalesce(case_id, '') FROM audit WHERE rowid = ?"
        return self._value(sql, generation) or ""

    @property
    def stamp(self) -> EmbedderStamp | None:
        """The embedder of the vectors in use; ``None`` before the first case."""
        text = self._value("SELECT embedder FROM state")
        return None if text is None else writes.load_stamp(text)

    # --- cases -----------------------------------------------------------------------------------------------------

    def count(self, filters: Filters | None = None) -> int:
        """Return how many cases pass ``filters``."""
        where = case_condition(filters or Filters())
        number: int = self._value(f"SELECT count(*) FROM cases c WHERE {where.sql}", *where.values)
        return number

    def case_ids(self, filters: Filters | None = None) -> tuple[str, ...]:
        """Return the ids of the cases that pass ``filters``, in the order of their titles."""
        where = case_condition(filters or Filters())
        sql = f"SELECT c.case_id FROM cases c WHERE {where.sql} ORDER BY c.title, c.case_id"
        return tuple(case_id for (case_id,) in self._rows(sql, *where.values))

    def cases_by_id(self, case_ids: Iterable[str]) -> dict[str, Case]:
        """Return the cases with these ids, in their order, without contacts; an id that is not there is left out."""
        wanted = list(case_ids)
        rows = self._rows(
            "SELECT c.case_id, v.record FROM cases c JOIN versions v USING (version_id)"
            " WHERE c.case_id IN (SELECT value FROM json_each(?))",
            json_list(wanted),
        )
        records = dict(rows)
        return {case_id: load_case(records[case_id]) for case_id in wanted if case_id in records}

    def resolve(self, text: str) -> str:
        """Return the case id that ``text`` is, or is the only one to begin with.

        Raises:
            CaseNotFound: there is none.
            AmbiguousCase: there are several.
        """
        rows = self._rows(
            "SELECT case_id FROM cases WHERE substr(case_id, 1, length(?)) = ? ORDER BY case_id", text, text
        )
        found: list[str] = [case_id for (case_id,) in rows]
        if text in found:
            return text
        if not text or not found:
            raise CaseNotFound(case_id=text)
        if len(found) > 1:
            raise AmbiguousCase(case_id=text, candidates=", ".join(found[:5]) + (" …" if len(found) > 5 else ""))
        return found[0]

    def contact(self, case_id: str) -> Contact | None:
        """Return the contact of one case: personal data, to be shown only where it was asked for."""
        text = self._value("SELECT contact FROM contacts WHERE case_id = ?", case_id)
        return None if text is None else load_contact(text)

    def document(self, case_id: str) -> bytes:
        """Return the PDF of the case's current version.

        Raises:
            CaseNotFound: no such case.
        """
        content: bytes | None = self._value(
            "SELECT d.bytes FROM cases c JOIN versions v USING (version_id) JOIN documents d USING (sha256)"
            " WHERE c.case_id = ?",
            case_id,
        )
        if content is None:
            raise CaseNotFound(case_id=case_id)
        return content

    def versions(self, case_id: str) -> tuple[Version, ...]:
        """Return every reading of the case's document, oldest first."""
        with self._database.read() as connection:
            return history.versions(connection, case_id)

    def fingerprint(self, file: str) -> tuple[str, str] | None:
        """Return the SHA-256 and the extractor of the current version of the case read from ``file``."""
        sql = "SELECT v.sha256, v.extractor FROM cases c JOIN versions v USING (version_id) WHERE c.file = ?"
        return next(iter(self._rows(sql, file)), None)

    def file_with(self, sha256: str) -> str | None:
        """Return the name of a file whose current version has these bytes, if there is one."""
        sql = "SELECT c.file FROM cases c JOIN versions v USING (version_id) WHERE v.sha256 = ? ORDER BY c.file LIMIT 1"
        file: str | None = self._value(sql, sha256)
        return file

    def facet_counts(
        self, filters: Filters | None = None, *, among: Iterable[str] | None = None
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Return, for every facet and column, how many cases have each value, most frequent first.

        A facet is counted as if it were not itself filtered; a chosen value stays in the list even at zero. ``among``
        are the ids of the cases that answer the query, inside the filters or not (default: all).
        """
        with self._database.read() as connection:
            return facet_counts(connection, filters or Filters(), None if among is None else json_list(list(among)))

    # --- passages and vectors --------------------------------------------------------------------------------------

    def passage_ids(self, filters: Filters | None = None) -> Ids:
        """Return the ids of the passages that pass ``filters``, ascending."""
        where = passage_condition(filters or Filters())
        join = "JOIN cases c USING (case_id)" if filters else ""
        sql = f"SELECT p.passage_id FROM passages p {join} WHERE {where.sql} ORDER BY p.passage_id"
        return self._ids(sql, *where.values)

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        number: int = self._value("SELECT count(*) FROM passages")
        return number

    def passages(self, passage_ids: Iterable[int]) -> dict[int, Passage]:
        """Return the passages with these ids, in their order; an id that is not there is left out."""
        with self._database.read() as connection:
            return passages.by_id(connection, passage_ids)

    def passages_of(self, case_id: str) -> tuple[Passage, ...]:
        """Return the passages of one case in their order."""
        with self._database.read() as connection:
            return passages.of_case(connection, case_id)

    def passage_places(self) -> list[tuple[int, str, str | None]]:
        """Return id, case id and field of every passage, in the order of the ids."""
        return self._rows("SELECT passage_id, case_id, field FROM passages ORDER BY passage_id")

    def case_heads(self) -> dict[str, tuple[str, str]]:
        """Return title and language of every case by its id."""
        rows = self._rows("SELECT case_id, title, language FROM cases")
        return {case_id: (title, language) for case_id, title, language in rows}

    def facet_rows(self) -> list[tuple[str, str, str]]:
        """Return case id, facet and value of everything that cases are filtered by."""
        return self._rows("SELECT case_id, facet, value FROM case_facets")

    def start_years(self) -> dict[str, int | None]:
        """Return the year of the start of every case by its id."""
        return dict(self._rows("SELECT case_id, start_year FROM cases"))

    def vectors(self, stamp: EmbedderStamp, passage_ids: Iterable[int] | None = None) -> tuple[Ids, Vectors]:
        """Return ids, ascending, and the float32 matrix of their vectors, a row each (default: all of ``stamp``)."""
        with self._database.read() as connection:
            return passages.vectors_of(connection, stamp, passage_ids)

    # --- writing ---------------------------------------------------------------------------------------------------

    def add(
        self,
        case: Case,
        passages: Sequence[Passage],
        vectors: Vectors,
        *,
        stamp: EmbedderStamp,
        document: bytes,
        extractor: str,
    ) -> Outcome:
        """Write ``case`` as a new case or as a new version of the one with its id, wholly or not at all.

        ``vectors`` has a row for each of ``passages``; the passages' own ids are not used, they get new ones.

        Raises:
            EmbedderMismatch: the base's vectors are of another embedder.
            DuplicateName: the id belongs to another file, or the file to another id.
            ValueError: ``document`` is not what ``case`` was read from, or vectors and passages do not agree.
        """
        writes.check(case, passages, document)
        with self._database.write() as connection:
            writes.claim(connection, stamp)
            outcome = writes.write_case(connection, case, document=document, extractor=extractor)
            if outcome != "unchanged":
                writes.write_vectors(connection, stamp, writes.write_passages(connection, passages), vectors)
                duplicates.write_sketch(connection, case.case_id, passages)
        return outcome

    def remove(self, case_id: str) -> None:
        """Delete everything of the case, in the file's free pages and log too; one line of audit remains.

        Raises:
            CaseNotFound: no such case.
        """
        with self._database.write() as connection:
            if not connection.execute("SELECT 1 FROM cases WHERE case_id = ?", (case_id,)).fetchone():
                raise CaseNotFound(case_id=case_id)
            writes.delete_case(connection, case_id)
        self._database.flush()

    def stage_vectors(self, stamp: EmbedderStamp, passage_ids: Sequence[int], vectors: Vectors) -> None:
        """Keep vectors of an embedder that is not in use yet. Readers see no change."""
        with self._database.write() as connection:
            writes.write_vectors(connection, stamp, passage_ids, vectors)

    def without_vector(self, stamp: EmbedderStamp) -> Ids:
        """Return the ids of the passages that have no vector of ``stamp``, ascending."""
        return self._ids(
            "SELECT passage_id FROM passages EXCEPT SELECT passage_id FROM vectors WHERE embedder = ?", stamp.key
        )

    def swap_embedder(self, stamp: EmbedderStamp) -> bool:
        """Put ``stamp`` into use in one step and drop all other vectors; ``False`` while a passage lacks its vector."""
        with self._database.write() as connection:
            if len(self.without_vector(stamp)):
                return False
            writes.use_embedder(connection, stamp)
            writes.changed(connection, "reindexed")
        return True

    def audit(self) -> tuple[AuditEntry, ...]:
        """Return what was done to the base, oldest first."""
        with self._database.read() as connection:
            return history.audit(connection)

    def problems(self) -> tuple[Problem, ...]:
        """Return where the rows do not agree with each other; see :mod:`kb.verify`."""
        with self._database.read() as connection:
            return tuple(problems(connection))

    def near_duplicates(self, among: Collection[str] | None = None) -> tuple[NearDuplicate, ...]:
        """Return the cases that say nearly the same; see :mod:`kb.duplicates`."""
        with self._database.read() as connection:
            return duplicates.near_duplicates(connection, among)

    def _ids(self, sql: str, *values: object) -> Ids:
        with self._database.read() as connection:
            return np.fromiter((number for (number,) in connection.execute(sql, values)), dtype=np.int64)

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._database.read() as connection:
            return connection.execute(sql, values).fetchall()

    def _value(self, sql: str, *values: object) -> Any:
        row = next(iter(self._rows(sql, *values)), None)
        return None if row is None else row[0]
