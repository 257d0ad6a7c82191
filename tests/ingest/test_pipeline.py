import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest import Report, ingest_folder, ingest_paths
from ingest.extract import Reading
from ingest.identity import case_id_of
from ingest.pipeline import find_documents
from ingest.stamp import extractor, unread
from kb import KnowledgeBase
from kb.config import Settings
from kb.errors import DamagedDocument, DuplicateName, FileMissing, NothingToIngest, StorageFull
from kb.types import Case, Notice
from tests.ingest.test_extract import EXAMPLE
from tests.kb.fakes import FakeEmbedder


class FakeBase:
    """A base that is a dictionary from file name to (hash, extractor); full after ``room`` cases."""

    def __init__(self, room: int = 1000):
        self.cases: dict[str, tuple[str, str]] = {}
        self.room = room

    def add(self, case, passages, *, document, extractor):
        assert hashlib.sha256(document).hexdigest() == case.sha256
        if len(self.cases) >= self.room:
            raise StorageFull(path="base")
        outcome = "updated" if case.file in self.cases else "added"
        self.cases[case.file] = (case.sha256, extractor)
        return outcome

    def fingerprint(self, file):
        return self.cases.get(file)

    def file_with(self, sha256):
        return next((file for file, (known, _) in self.cases.items() if known == sha256), None)

    def near_duplicates(self, among):
        return ()


class FakeReader:
    """Reads any bytes; those that begin with "bad" are damaged, with "scan" unread scans. Remembers what it read."""

    def __init__(self):
        self.read: list[str] = []

    def __call__(self, data: bytes, file: str) -> Reading:
        self.read.append(file)
        if data.startswith(b"bad"):
            raise DamagedDocument(file=file)
        warnings = (Notice("scanned", {"count": 1, "pages": "1"}),) if data.startswith(b"scan") else ()
        case = Case(
            case_id=case_id_of(file),
            file=file,
            sha256=hashlib.sha256(data).hexdigest(),
            document_type="example",
            language="sv",
            page_count=1,
            title=file,
            warnings=warnings,
        )
        return Reading(case, ())


@pytest.fixture
def folder(tmp_path):
    def fill(**contents: str) -> Path:
        for name, content in contents.items():
            path = tmp_path / "in" / f"{name.replace('__', '/')}.pdf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        return tmp_path / "in"

    return fill


def run(path: Path, base: FakeBase, **options) -> tuple[Report, FakeReader]:
    reader = FakeReader()
    return ingest_paths([path], base, settings=Settings(), read=reader, **options), reader


def files(report: Report) -> dict[str, list[str]]:
    kinds = ("added", "updated", "skipped", "failed")
    return {kind: [o.file for o in found] for kind in kinds if (found := getattr(report, kind))}


def test_new_changed_and_unchanged_files(folder):
    base = FakeBase()
    report, _ = run(folder(a="1", b="2"), base)
    assert files(report) == {"added": ["a.pdf", "b.pdf"]}
    assert report.added[0].case_id == case_id_of("a.pdf")
    report, reader = run(folder(b="3", c="4"), base)
    assert files(report) == {"added": ["c.pdf"], "updated": ["b.pdf"], "skipped": ["a.pdf"]}
    assert sorted(reader.read) == ["b.pdf", "c.pdf"]  # what is unchanged is not even opened by an engine
    report, reader = run(folder(), base)
    assert files(report) == {"skipped": ["a.pdf", "b.pdf", "c.pdf"]}
    assert (reader.read, report.skipped[0].code) == ([], "unchanged")


def test_another_extractor_reads_everything_again(folder):
    base = FakeBase()
    run(folder(a="1"), base)
    base.cases["a.pdf"] = (base.cases["a.pdf"][0], "ingest-0")
    assert files(run(folder(), base)[0]) == {"updated": ["a.pdf"]}
    assert files(run(folder(), base)[0]) == {"skipped": ["a.pdf"]}


def test_a_changed_taxonomy_reads_everything_again(folder, tmp_path):
    base, own = FakeBase(), tmp_path / "facets"
    own.mkdir()
    settings = Settings(taxonomy=own)

    def again() -> dict[str, list[str]]:
        return files(ingest_paths([folder(a="1")], base, settings=settings, read=FakeReader()))

    assert [again(), again()] == [{"added": ["a.pdf"]}, {"skipped": ["a.pdf"]}]
    (own / "colour.toml").write_text('id = "colour"\nlabels = { sv = "Färg", en = "Colour" }\n')
    assert [again(), again()] == [{"updated": ["a.pdf"]}, {"skipped": ["a.pdf"]}]


@pytest.mark.parametrize(
    ("installed", "ocr", "kind"),
    [((), True, "skipped"), (("swe",), True, "updated"), (("swe",), False, "skipped")],
)
def test_an_unread_scan_is_read_again_once_ocr_is_there(folder, monkeypatch, installed, ocr, kind):
    base = FakeBase()
    run(folder(a="scan", b="text"), base)
    assert [base.cases[name][1] for name in ("a.pdf", "b.pdf")] == [unread(extractor()), extractor()]
    monkeypatch.setattr("ingest.pipeline.installed_languages", lambda: installed)
    report, _ = run(folder(), base, ocr=ocr)
    assert "a.pdf" in files(report)[kind]
    assert "b.pdf" in files(report)["skipped"]


def test_a_bad_file_does_not_stop_the_rest(folder):
    base = FakeBase()
    report, _ = run(folder(a="bad", b="2", c="bad too", d="", e="5"), base)
    assert files(report) == {"added": ["b.pdf", "e.pdf"], "failed": ["a.pdf", "c.pdf", "d.pdf"]}
    assert [o.code for o in report.failed] == ["damaged_document", "damaged_document", "empty_document"]
    assert report.failed[0].message("sv").startswith("a.pdf: är skadad")
    assert set(base.cases) == {"b.pdf", "e.pdf"}


def test_the_same_content_counts_once(folder):
    base = FakeBase()
    report, _ = run(folder(a="same", b="same", c="other"), base)
    assert files(report) == {"added": ["a.pdf", "c.pdf"], "skipped": ["b.pdf"]}
    (skipped,) = report.skipped
    assert (skipped.code, "a.pdf" in skipped.message("en")) == ("duplicate", True)
    report, _ = run(folder(d="other"), base)
    assert {o.file: o.code for o in report.skipped}["d.pdf"] == "duplicate"


def test_contents_that_change_places_are_no_duplicates(folder):
    base = FakeBase()
    run(folder(a="1"), base)
    report, _ = run(folder(a="2", b="1"), base)
    assert files(report) == {"added": ["b.pdf"], "updated": ["a.pdf"]}


def test_one_name_may_stand_for_one_content_only(folder):
    base = FakeBase()
    report, _ = run(folder(x__a="1", y__a="2", z__a="1"), base)
    assert files(report) == {"added": ["a.pdf"], "skipped": ["a.pdf"], "failed": ["a.pdf"]}
    (failed,) = report.failed
    assert (failed.code, failed.path.parts[-2]) == ("duplicate_name", "y")
    assert str(Path("x", "a.pdf")) in failed.message("sv")


def test_a_full_disk_stops_the_run_and_keeps_what_was_saved(folder):
    base = FakeBase(room=2)
    path = folder(**{name: name for name in "abcdefgh"})
    with pytest.raises(StorageFull):
        run(path, base, workers=2)
    assert len(base.cases) == 2
    base.room = 100
    report, _ = run(path, base)
    assert (len(report.added), len(report.skipped)) == (6, 2)


def test_progress_is_told_file_by_file(folder):
    heard = []
    run(folder(a="1", b="bad", c="1"), FakeBase(), on_progress=lambda *told: heard.append(told))
    assert [(done, total) for done, total, _ in heard] == [(1, 3), (2, 3), (3, 3)]
    assert {name for *_, name in heard} == {"a.pdf", "b.pdf", "c.pdf"}


def test_a_file_that_changes_while_it_is_read_is_told(folder):
    path = folder(a="1")
    reader = FakeReader()

    def read(data, file):
        (path / "a.pdf").write_bytes(b"2")
        return reader(data, file)

    base = FakeBase()
    report = ingest_paths([path], base, settings=Settings(), read=read)
    assert (report.failed[0].code, base.cases) == ("document_error", {})


# --- finding documents -----------------------------------------------------------------------------------------------


def test_which_files_of_a_folder_are_documents(folder):
    path = folder(b="1", a__c="2", a__B="3")
    for hidden in (".git/x.pdf", ".y.pdf", "notes.txt", "z.pdf.part"):
        (path / hidden).parent.mkdir(exist_ok=True)
        (path / hidden).write_bytes(b"x")
    (path / "D.PDF").write_bytes(b"x")
    (path / "folder.pdf").mkdir()
    (path / "a" / "loop").symlink_to(path)
    assert [str(found.relative_to(path)) for found in find_documents(path)] == ["D.PDF", "a/B.pdf", "a/c.pdf", "b.pdf"]


def test_paths_may_be_files_and_folders_and_overlap(folder):
    path = folder(a="1", b="2")
    base = FakeBase()
    report = ingest_paths([path / "b.pdf", path], base, settings=Settings(), read=FakeReader())
    assert files(report) == {"added": ["a.pdf", "b.pdf"]}


def test_a_folder_that_is_missing_or_empty(tmp_path):
    base = FakeBase()
    with pytest.raises(FileMissing):
        ingest_folder(tmp_path / "nowhere", base)
    with pytest.raises(NothingToIngest):
        ingest_folder(tmp_path, base)
    report = ingest_paths([tmp_path / "nowhere", tmp_path], base, settings=Settings(), read=FakeReader())
    assert {o.code for o in report.failed} == {"file_missing", "nothing_to_ingest"}


# --- the real thing --------------------------------------------------------------------------------------------------


def test_a_folder_becomes_a_base(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "bra.pdf").write_bytes(EXAMPLE)
    (source / "trasig.pdf").write_bytes(EXAMPLE[:300])
    (source / "webbsida.pdf").write_bytes(b"<html>")
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=FakeEmbedder(), create=True) as base:
        report = ingest_folder(source, base, settings=Settings(), workers=2)
        assert files(report) == {"added": ["bra.pdf"], "failed": ["trasig.pdf", "webbsida.pdf"]}
        assert base.case(case_id_of("bra.pdf")).title == "Stödtelefonen i Exempelby"
        assert base.verify() == ()
        assert files(ingest_folder(source, base, settings=Settings())) == {
            "skipped": ["bra.pdf"],
            "failed": ["trasig.pdf", "webbsida.pdf"],
        }


KILLED = """
import sys
from ingest import ingest_folder
from kb import KnowledgeBase
from kb.config import Settings
from tests.kb.fakes import FakeEmbedder
base = KnowledgeBase.open(sys.argv[2], settings=Settings(), embedder=FakeEmbedder(), create=True)
ingest_folder(sys.argv[1], base, settings=Settings(), workers=1, on_progress=lambda *told: print(told, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_run_keeps_what_it_saved_and_goes_on(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for number in range(12):
        (source / f"{number:02}.pdf").write_bytes(EXAMPLE + b"%d" % number)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", KILLED, str(source), str(tmp_path / "base")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=FakeEmbedder()) as base:
        saved = len(base)
        assert 1 <= saved < 12
        assert base.verify() == ()
        report = ingest_folder(source, base, settings=Settings())
        assert (len(report.skipped), len(report.added), len(base)) == (saved, 12 - saved, 12)
        assert base.verify() == ()


def test_a_name_that_gives_the_id_of_another_file_is_that_files_failure(folder):
    """Ids end in 16 bits of a hash: a few hundred names that differ in signs only are enough to make two alike."""

    class Taken(FakeBase):
        def add(self, case, passages, *, document, extractor):
            if case.file == "b.pdf":
                raise DuplicateName(file=case.file, other="a.pdf")
            return super().add(case, passages, document=document, extractor=extractor)

    base = Taken()
    report = ingest_paths([folder(a="1", b="2", c="3")], base, read=FakeReader(), settings=Settings())
    assert [(outcome.file, outcome.code) for outcome in report.failed] == [("b.pdf", "duplicate_name")]
    assert set(base.cases) == {"a.pdf", "c.pdf"}
