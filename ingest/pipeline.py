"""A folder of PDFs becomes cases in the base: parallel, incremental, resumable.

Every file is hashed first, in order, so that what is skipped, and which of two equal files counts, never depends on
timing. What is left is read by threads, each with its own child process a document (:mod:`ingest.sandbox`): a
document that kills its reader costs itself only. The calling thread is the one writer; each case is a transaction of
its own, so a stopped run (even by ``kill -9``) keeps what it saved and goes on from there the next time.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

from ingest.extract import OCR_COULD_MORE, Reading, extract_reading, read_bytes
from ingest.identity import case_id_of, file_name_of
from ingest.stamp import extractor, unread
from ingest.tesseract import installed_languages
from kb.config import Settings
from kb.duplicates import NearDuplicate
from kb.errors import DocumentError, DuplicateName, FileMissing, NothingToIngest
from kb.messages import Language
from kb.types import Case, Notice, Passage

Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the name of the one just done."""

Reader = Callable[[bytes, str], Reading]
"""Reads a document's bytes, given the file's name; raises :class:`~kb.errors.DocumentError`."""


class Base(Protocol):
    """What ingestion needs of a :class:`~kb.knowledge_base.KnowledgeBase`."""

    def add(
        self, case: Case, passages: Sequence[Passage], *, document: bytes, extractor: str
    ) -> Literal["added", "updated", "unchanged"]:
        """Put a case in the base, wholly or not at all."""

    def fingerprint(self, file: str) -> tuple[str, str] | None:
        """Return the hash and the extractor of the case of a file name."""

    def file_with(self, sha256: str) -> str | None:
        """Return the name of the file in the base with these bytes."""

    def near_duplicates(self, among: Collection[str]) -> tuple[NearDuplicate, ...]:
        """Return the cases that say nearly the same as one of these ids."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file. ``reason`` says why it was skipped or failed."""

    file: str
    path: Path
    case_id: str | None = None
    reason: Notice | DocumentError | None = None
    warnings: tuple[Notice, ...] = ()

    @property
    def code(self) -> str | None:
        """The stable code of ``reason``."""
        return self.reason.code if self.reason else None

    def message(self, language: Language = "sv") -> str:
        """Return ``reason`` as a sentence."""
        return self.reason.message(language) if self.reason else ""


@dataclass(slots=True)
class Report:
    """What a run did, file by file, in the order of the paths.

    ``near_duplicates`` are pairs of which at least one was read in this run. Both are in the base.
    """

    added: tuple[FileOutcome, ...] = ()
    updated: tuple[FileOutcome, ...] = ()
    skipped: tuple[FileOutcome, ...] = ()
    failed: tuple[FileOutcome, ...] = ()
    near_duplicates: tuple[NearDuplicate, ...] = ()


@dataclass(slots=True)
class _Run:
    """The outcomes so far, by kind."""

    total: int
    on_progress: Progress | None
    outcomes: dict[str, list[FileOutcome]] = field(
        default_factory=lambda: {"added": [], "updated": [], "skipped": [], "failed": []}
    )

    def note(self, kind: str, outcome: FileOutcome) -> None:
        self.outcomes[kind].append(outcome)
        if self.on_progress is not None:
            self.on_progress(sum(map(len, self.outcomes.values())), self.total, outcome.file)

    def report(self, base: Base) -> Report:
        found = {kind: tuple(sorted(outcomes, key=lambda o: o.path)) for kind, outcomes in self.outcomes.items()}
        read = {outcome.case_id for outcome in (*found["added"], *found["updated"]) if outcome.case_id}
        return Report(near_duplicates=base.near_duplicates(read) if read else (), **found)


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    file: str


def ingest_folder(
    path: str | Path,
    base: Base,
    *,
    workers: int | None = None,
    on_progress: Progress | None = None,
    ocr: bool = True,
    settings: Settings | None = None,
) -> Report:
    """Bring ``base`` up to date with the PDFs in a folder and those below it.

    Raises:
        FileMissing: there is no such folder.
        NothingToIngest: it holds no PDF.
        BaseError: the base cannot be written (the disk is full …); what was saved stays.
    """
    path = Path(path)
    if not path.exists():
        raise FileMissing(file=str(path))
    if not find_documents(path):
        raise NothingToIngest(file=str(path))
    return ingest_paths([path], base, workers=workers, on_progress=on_progress, ocr=ocr, settings=settings)


def ingest_paths(
    paths: Sequence[str | Path],
    base: Base,
    *,
    workers: int | None = None,
    on_progress: Progress | None = None,
    ocr: bool = True,
    settings: Settings | None = None,
    read: Reader | None = None,
) -> Report:
    """Bring ``base`` up to date with files and folders; a path that is missing or holds no PDF is a failure.

    ``workers`` readers work at a time (default: ``settings.workers``, else one a core). ``read`` replaces the
    sandboxed reader.

    Raises:
        BaseError: the base cannot be written (the disk is full …); what was saved stays.
    """
    settings = settings or Settings.load()
    read = read or partial(extract_reading, settings=settings, ocr=ocr)
    found = {Path(path): find_documents(Path(path)) for path in paths}
    files = list(dict.fromkeys(file for below in found.values() for file in below))
    empty = [path for path, below in found.items() if not below]
    run = _Run(len(files) + len(empty), on_progress)
    for path in empty:
        kind = NothingToIngest if path.is_dir() else FileMissing
        run.note("failed", FileOutcome(path.name, path, reason=kind(file=str(path))))
    stamp = extractor(settings.taxonomy)  # as it is now: what changes while the run goes on is read again by the next
    jobs = list(_plan(files, base, run, settings, stamp=stamp, ocr=ocr))
    for job, result in _read_all(jobs, read, settings, workers=workers or settings.workers):
        _write(job, result, base, run, settings, stamp=stamp)
    return run.report(base)


def find_documents(path: Path) -> list[Path]:
    """Return the PDFs at ``path`` in order: the file itself, or those in the folder and below.

    Hidden files and folders are left out; a folder reached twice by links is visited once.
    """
    if path.is_file():
        return [path]
    found: list[Path] = []
    seen: set[tuple[int, int]] = set()
    for folder, below, files in os.walk(path, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            below.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [Path(folder, name) for name in files if name.lower().endswith(".pdf") and not name.startswith(".")]
    return sorted(found)


def _plan(files: Sequence[Path], base: Base, run: _Run, settings: Settings, *, stamp: str, ocr: bool) -> Iterator[_Job]:
    """Yield what has to be read; note what is skipped and what cannot be read at all."""
    current = {stamp} if ocr and installed_languages() else {stamp, unread(stamp)}
    hashes = dict(_hashes(files, run, settings))
    first: dict[str, Path] = {}
    for path in hashes:
        first.setdefault(file_name_of(path), path)
    by_content: dict[str, Path] = {}
    for path, sha256 in hashes.items():
        file = file_name_of(path)
        twin = by_content.setdefault(sha256, path)
        stored = base.file_with(sha256)
        if first[file] != path and hashes[first[file]] != sha256:
            error = DuplicateName(file=str(path), other=str(first[file]))
            run.note("failed", FileOutcome(file, path, reason=error))
        elif base.fingerprint(file) in {(sha256, by) for by in current}:
            run.note("skipped", FileOutcome(file, path, case_id_of(file), Notice("unchanged", {"file": file})))
        elif twin != path:
            run.note("skipped", _duplicate(file, path, file_name_of(twin) if twin.name != path.name else str(twin)))
        elif stored is not None and stored != file and (stored not in first or hashes[first[stored]] == sha256):
            run.note("skipped", _duplicate(file, path, stored))
        else:
            yield _Job(path, file)


def _duplicate(file: str, path: Path, other: str) -> FileOutcome:
    return FileOutcome(file, path, reason=Notice("duplicate", {"file": file, "other": other}))


def _hashes(files: Sequence[Path], run: _Run, settings: Settings) -> Iterator[tuple[Path, str]]:
    for path in files:
        try:
            yield path, hashlib.sha256(read_bytes(path, settings)).hexdigest()
        except DocumentError as error:
            run.note("failed", FileOutcome(file_name_of(path), path, reason=error))


def _read_all(
    jobs: Sequence[_Job], read: Reader, settings: Settings, *, workers: int
) -> Iterator[tuple[_Job, Reading | DocumentError]]:
    """Yield each job with what came of it, as they finish. Threads suffice: the work is in the child processes."""
    from joblib import Parallel, cpu_count, delayed

    def attempt(job: _Job) -> tuple[_Job, Reading | DocumentError]:
        try:
            return job, read(read_bytes(job.path, settings), job.file)
        except DocumentError as error:
            return job, error

    parallel = Parallel(workers or cpu_count(), backend="threading", return_as="generator_unordered")
    yield from parallel(delayed(attempt)(job) for job in jobs)


def _write(
    job: _Job, result: Reading | DocumentError, base: Base, run: _Run, settings: Settings, *, stamp: str
) -> None:
    """Put one reading in the base. The bytes are read again: a queue of whole PDFs would fill the memory."""
    if isinstance(result, Reading):
        try:
            document = read_bytes(job.path, settings)
        except DocumentError as error:
            result = error
        else:
            if hashlib.sha256(document).hexdigest() != result.case.sha256:
                result = DocumentError(file=job.file, reason="changed while it was read")
    if isinstance(result, DocumentError):
        run.note("failed", FileOutcome(job.file, job.path, reason=result))
        return
    case = result.case
    scan = any(warning.code in OCR_COULD_MORE for warning in case.warnings)
    try:
        outcome = base.add(case, result.passages, document=document, extractor=unread(stamp) if scan else stamp)
    except DocumentError as error:  # another file's name gives the same id
        run.note("failed", FileOutcome(job.file, job.path, reason=error))
        return
    if outcome == "unchanged":
        notice = Notice("unchanged", {"file": job.file})
        run.note("skipped", FileOutcome(job.file, job.path, case.case_id, notice, case.warnings))
    else:
        run.note(outcome, FileOutcome(job.file, job.path, case.case_id, warnings=case.warnings))
