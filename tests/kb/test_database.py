"""Opening, threads, transactions, and the engine's own errors brought about for real."""

import sqlite3
import subprocess
import sys
import threading

import pytest

from kb.database import APPLICATION_ID, FILE_NAME, Database, translate_error
from kb.errors import BaseBusy, BaseDamaged, BaseNotFound, NewerSchema, NotABase, StorageFull
from kb.migrations import shipped

ONE = "CREATE TABLE things (name TEXT);\n-- a note; with a semicolon\nINSERT INTO things VALUES ('a;b');\n"


def value(database, sql, *values):
    with database.read() as connection:
        return connection.execute(sql, values).fetchone()[0]


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "base", steps=[ONE], busy_seconds=0.05)
    yield database
    database.close()


class TestOpen:
    def test_makes_folders_and_schema(self, tmp_path):
        database = Database(tmp_path / "a" / "b")
        assert value(database, "PRAGMA application_id") == APPLICATION_ID
        assert value(database, "PRAGMA user_version") == len(shipped())
        database.close()
        assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == [FILE_NAME]

    def test_the_promises_hold_on_every_thread(self, database):
        found = []

        def look():
            pragmas = ("foreign_keys", "secure_delete", "synchronous", "journal_mode")
            found.append([value(database, f"PRAGMA {name}") for name in pragmas])

        thread = threading.Thread(target=look)
        look()
        thread.start()
        thread.join()
        assert found == [[1, 1, 2, "wal"]] * 2

    def test_nothing_there(self, tmp_path):
        with pytest.raises(BaseNotFound, match="kb ingest"):
            Database(tmp_path / "none", create=False)
        assert not (tmp_path / "none").exists()

    def test_killed_before_it_was_made(self, tmp_path):
        (tmp_path / FILE_NAME).touch()
        with pytest.raises(BaseNotFound):
            Database(tmp_path, create=False)
        Database(tmp_path).close()
        Database(tmp_path, create=False).close()

    def test_a_file_is_no_folder(self, tmp_path):
        (tmp_path / "x.pdf").write_bytes(b"%PDF")
        with pytest.raises(NotABase):
            Database(tmp_path / "x.pdf")

    def test_a_folder_of_something_else_is_left_alone(self, tmp_path):
        (tmp_path / "x.pdf").write_bytes(b"%PDF")
        with pytest.raises(NotABase):
            Database(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]

    @pytest.mark.parametrize("name", [".gitkeep", "derived"])
    def test_what_may_lie_in_a_new_base(self, name, tmp_path):
        (tmp_path / name).mkdir()
        Database(tmp_path).close()

    @pytest.mark.parametrize("sql", ["CREATE TABLE t (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"])
    def test_another_programs_database_is_left_alone(self, sql, tmp_path):
        path = tmp_path / FILE_NAME
        with sqlite3.connect(path) as other:
            other.execute(sql)
        other.close()
        before = path.read_bytes()
        with pytest.raises(NotABase):
            Database(tmp_path)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("content", [b"%PDF-1.7 not a database at all", b"x" * 5000], ids=["short", "long"])
    def test_garbage_is_damage(self, content, tmp_path):
        (tmp_path / FILE_NAME).write_bytes(content)
        with pytest.raises(BaseDamaged):
            Database(tmp_path)
        assert (tmp_path / FILE_NAME).read_bytes() == content

    def test_the_parent_is_a_file(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(StorageFull):
            Database(tmp_path / "file" / "base")

    def test_a_base_taken_away_is_missed_and_not_made_again(self, database):
        database._idle.pop().close()
        (database.path / FILE_NAME).unlink()
        with pytest.raises(BaseNotFound):
            value(database, "SELECT 1")
        assert list(database.path.iterdir()) == []

    def test_many_processes_make_the_same_base_at_once(self, tmp_path):
        code = f"from pathlib import Path; from kb.database import Database; Database(Path({str(tmp_path / 'b')!r}))"
        processes = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(6)]
        results = [(process.communicate()[1], process.returncode) for process in processes]
        assert results == [(b"", 0)] * 6

    @pytest.mark.parametrize("name", ["å ä ö", "a?b#c%20", "mode=ro&x"])
    def test_any_folder_name_will_do(self, name, tmp_path):
        Database(tmp_path / name).close()
        assert (tmp_path / name / FILE_NAME).is_file()

    @pytest.mark.parametrize("log_beside_it", [False, True])
    def test_a_base_on_a_disk_that_cannot_be_written(self, log_beside_it, tmp_path, monkeypatch):
        writer = Database(tmp_path / "base", steps=[ONE])
        if not log_beside_it:
            writer.close()
        monkeypatch.setattr("kb.database.os.access", lambda path, mode: False)
        database = Database(tmp_path / "base", steps=[ONE], create=False)
        assert value(database, "SELECT name FROM things") == "a;b"
        with pytest.raises(StorageFull), database.write() as connection:
            connection.execute("DELETE FROM things")
        database.close()
        writer.close()


class TestMigrations:
    def test_an_older_base_is_brought_up_to_date(self, tmp_path):
        Database(tmp_path / "b", steps=[ONE]).close()
        database = Database(tmp_path / "b", steps=[ONE, "ALTER TABLE things ADD COLUMN colour TEXT DEFAULT 'red';"])
        assert value(database, "SELECT name || colour FROM things") == "a;bred"
        assert value(database, "PRAGMA user_version") == 2
        database.close()

    def test_a_step_that_fails_leaves_the_base_as_it_was(self, tmp_path):
        Database(tmp_path / "b", steps=[ONE]).close()
        with pytest.raises(sqlite3.OperationalError):
            Database(tmp_path / "b", steps=[ONE, "DELETE FROM things;\n", "INSERT INTO nowhere VALUES (1);\n"])
        database = Database(tmp_path / "b", steps=[ONE])
        assert value(database, "SELECT name FROM things") == "a;b"
        database.close()

    def test_a_newer_base_is_left_alone(self, tmp_path):
        Database(tmp_path / "b", steps=[ONE, "DELETE FROM things;"]).close()
        before = (tmp_path / "b" / FILE_NAME).read_bytes()
        with pytest.raises(NewerSchema) as caught:
            Database(tmp_path / "b", steps=[ONE])
        assert (caught.value.params["found"], caught.value.params["known"]) == (2, 1)
        assert (tmp_path / "b" / FILE_NAME).read_bytes() == before

    def test_the_shipped_steps_are_numbered_without_a_gap(self):
        from importlib.resources import files

        names = sorted(r.name for r in files("kb.migrations").iterdir() if r.name.endswith(".sql"))
        assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
        assert len(shipped()) == len(names)


class TestTransactions:
    def test_an_error_undoes_everything(self, database):
        with pytest.raises(ZeroDivisionError), database.write() as connection:
            connection.execute("DELETE FROM things").rowcount / 0
        assert value(database, "SELECT count(*) FROM things") == 1

    def test_a_read_inside_a_write_sees_it(self, database):
        with database.write() as connection:
            connection.execute("INSERT INTO things VALUES ('new')")
            assert value(database, "SELECT count(*) FROM things") == 2

    def test_another_writer_is_waited_for_and_then_named(self, database):
        other = sqlite3.connect(database.path / FILE_NAME, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BaseBusy), database.write():
            pass
        assert value(database, "SELECT count(*) FROM things") == 1
        other.execute("COMMIT")
        other.close()
        with database.write() as connection:
            connection.execute("DELETE FROM things")

    def test_a_full_disk_loses_nothing(self, database):
        with database.read() as connection:
            pass
        connection.execute("PRAGMA max_page_count = 10")
        with pytest.raises(StorageFull), database.write() as connection:
            connection.execute("UPDATE things SET name = randomblob(1000000)")
        assert value(database, "SELECT name FROM things") == "a;b"

    def test_a_torn_page_is_damage(self, tmp_path):
        database = Database(tmp_path / "b", steps=[ONE])
        with database.write() as connection:
            connection.executemany("INSERT INTO things VALUES (?)", [("x" * 500,)] * 100)
        database.close()
        path = tmp_path / "b" / FILE_NAME
        content = bytearray(path.read_bytes())
        content[8192:] = b"\xff" * (len(content) - 8192)
        path.write_bytes(content)
        database = Database(tmp_path / "b", steps=[ONE])
        with pytest.raises(BaseDamaged, match="backup"):
            value(database, "SELECT sum(length(name)) FROM things")
        database.close()

    def test_our_own_mistakes_stay_tracebacks(self, database):
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            value(database, "SELECT * FROM nowhere")

    def test_a_closed_base_says_so(self, database):
        database.close()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            value(database, "SELECT 1")

    def test_close_waits_for_what_another_thread_reads(self, database):
        inside, closed = threading.Event(), threading.Event()
        seen = []

        def hold():
            with database.read() as connection:
                inside.set()
                closed.wait(10)
                seen.extend(connection.execute("SELECT name FROM things"))

        thread = threading.Thread(target=hold)
        thread.start()
        inside.wait(10)
        database.close()
        closed.set()
        thread.join()
        assert seen == [("a;b",)]
        assert [path.name for path in database.path.iterdir()] == [FILE_NAME]

    def test_threads_take_over_each_others_connections(self, database):
        for _ in range(20):
            thread = threading.Thread(target=value, args=(database, "SELECT 1"))
            thread.start()
            thread.join()
        assert len(database._idle) == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, BaseBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, BaseBusy),
        (sqlite3.SQLITE_LOCKED, BaseBusy),
        (sqlite3.SQLITE_CORRUPT, BaseDamaged),
        (sqlite3.SQLITE_NOTADB, BaseDamaged),
        (sqlite3.SQLITE_IOERR_READ, BaseDamaged),
        (sqlite3.SQLITE_IOERR_SHORT_READ, BaseDamaged),
        (sqlite3.SQLITE_FULL, StorageFull),
        (sqlite3.SQLITE_READONLY, StorageFull),
        (sqlite3.SQLITE_IOERR_WRITE, StorageFull),
        (sqlite3.SQLITE_CANTOPEN, BaseNotFound),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
        (sqlite3.SQLITE_ERROR, None),
    ],
)
def test_what_the_engines_codes_mean(code, kind, tmp_path):
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    translated = translate_error(error, tmp_path)
    assert type(translated) is (kind or type(None))
    assert kind is None or str(tmp_path) in str(translated)
