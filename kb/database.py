"""One SQLite file: opening, threads, transactions, and the engine's errors in our words.

Readers and one writer work side by side (write-ahead log). Every commit is synced, so that neither ``kill -9`` nor
a power cut loses or halves what was reported as saved. A page's threads share one base: each has a connection of its
own for as long as it reads or writes. Deleted content is overwritten (``secure_delete``).
"""

import os
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.errors import BaseBusy, BaseDamaged, BaseNotFound, KnowledgeBaseError, NewerSchema, NotABase, StorageFull
from kb.migrations import migrate, shipped

FILE_NAME = "exempelbanken.sqlite"
DERIVED = "derived"
APPLICATION_ID = 0x45786261  # "Exba": tells our database from any other SQLite file
BUSY_SECONDS = 10.0


class Database:
    """The database of the base in folder ``path``.

    ``steps`` are the schema's migrations; a database of an older schema is brought up to date on opening.

    Raises:
        BaseNotFound: nothing there and ``create`` is false.
        NotABase: the folder or the database is something else.
        NewerSchema, BaseDamaged, BaseBusy, StorageFull: as :mod:`kb.errors` says.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        steps: Sequence[str] | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.path = path
        self._file = path / FILE_NAME
        self._busy_seconds = busy_seconds
        self._thread = threading.local()
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False
        self._prepare_folder(create)
        try:
            self._prepare_schema(shipped() if steps is None else steps, create)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connections, those in use as soon as they are free. The database cannot be used afterwards."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Yield this thread's connection inside one snapshot: what others write meanwhile is not seen.

        Inside another ``read`` or ``write`` of the same thread it joins that one.
        """
        with self._connection() as connection:
            if connection.in_transaction:
                yield connection
            else:
                with _transaction(connection, "BEGIN"):
                    yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Yield this thread's connection holding the write lock; commit at the end, or undo everything.

        Raises:
            BaseBusy: another process held the lock for ``busy_seconds``.
        """
        with self._connection() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            yield connection

    def flush(self) -> None:
        """Move the write-ahead log into the database and empty it, so that it keeps no deleted content."""
        with self._connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _prepare_folder(self, create: bool) -> None:
        if self._file.is_file():
            return
        if self.path.exists() and not self.path.is_dir():
            raise NotABase(path=str(self.path))
        if not create:
            raise BaseNotFound(path=str(self.path))
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # A folder with something in it is most likely a slip (the folder of PDFs, say). Not so where another
            # process makes the same base at this very moment.
            names = {entry.name for entry in self.path.iterdir() if not entry.name.startswith((".", FILE_NAME))}
            if names - {DERIVED}:
                raise NotABase(path=str(self.path))
            self._file.touch()
        except OSError as error:
            raise StorageFull(path=str(self.path)) from error

    def _prepare_schema(self, steps: Sequence[str], create: bool) -> None:
        with self._connection() as connection:
            if self._known(connection, steps, create) == len(steps):
                return
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            with _transaction(connection, "BEGIN IMMEDIATE"):
                self._known(connection, steps, create)  # again: another process may have come first
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
                migrate(connection, steps)

    def _known(self, connection: sqlite3.Connection, steps: Sequence[str], create: bool) -> int:
        """Return the schema's number, 0 for a database that is still empty; raise if it is not ours to use."""
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application_id != APPLICATION_ID and (application_id or found or tables):
            raise NotABase(path=str(self._file))
        if application_id != APPLICATION_ID and not create:
            raise BaseNotFound(path=str(self.path))  # a process was killed before it had made anything
        if found > len(steps):
            raise NewerSchema(path=str(self.path), found=int(found), known=len(steps))
        return int(found)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend this thread a connection, the same one while it holds it; the engine's errors become ours."""
        try:
            lent: sqlite3.Connection | None = getattr(self._thread, "connection", None)
            if lent is not None:
                yield lent
                return
            self._thread.connection = connection = self._free_connection()
            try:
                yield connection
            finally:
                self._thread.connection = None
                self._idle.append(connection)
                if self._closed:
                    self.close()
        except sqlite3.Error as error:
            known = translate_error(error, self.path)
            if known is None:
                raise
            raise known from error

    def _free_connection(self) -> sqlite3.Connection:
        if self._closed:
            raise sqlite3.ProgrammingError("the base is closed")
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._file.absolute().as_uri()}?{self._mode()}",
            uri=True,
            timeout=self._busy_seconds,
            isolation_level=None,
            check_same_thread=False,  # one thread after another, never two at once
        )
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def _mode(self) -> str:
        if os.access(self.path, os.W_OK):
            return "mode=rw"
        # A base on a disk that cannot be written: without a log beside it, nothing can change under us.
        return "mode=ro" if self._file.with_name(f"{FILE_NAME}-wal").exists() else "mode=ro&immutable=1"


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has undone it by itself when, for example, the disk is full
            connection.execute("ROLLBACK")
        raise


def translate_error(error: sqlite3.Error, path: Path) -> KnowledgeBaseError | None:
    """Return what an error of the engine means for the base at ``path``; ``None`` if it is our own mistake."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    file = str(path / FILE_NAME)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BaseBusy(path=str(path))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return BaseDamaged(path=file, reason=str(error))
        case sqlite3.SQLITE_IOERR if code in {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}:
            return BaseDamaged(path=file, reason=str(error))
        case sqlite3.SQLITE_CANTOPEN if not (path / FILE_NAME).exists():
            return BaseNotFound(path=str(path))
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return StorageFull(path=file)
        case sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return StorageFull(path=file)
        case _:
            return None
