"""The search indexes beside the database (``<base>/derived/``): a cache that can be deleted at any time.

They are stamped with the base's generation and what made it, the embedder and how terms are made; stale, they are
brought up to date by the difference of passage ids; of another embedder or form, or of another base or history (a
backup put back), they are built anew. While they are changed, under a
lock, the stamp says so: a process killed in between leaves indexes that the next one knows to mend, and one that opens
them without the lock notices. Where the folder cannot be written, they are kept in memory.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from kb.dense import FlatIndex
from kb.embed import EmbedderStamp
from kb.facets import FacetTable
from kb.indexes import Indexes
from kb.lexical import Bm25Index
from kb.store import Store
from kb.terms import Document, Terms
from kb.verify import Problem

FORMAT = 10  # to be raised when kb.text makes other terms, or the indexes' form changes

Ids = NDArray[np.int64]
_BATCH = 2_000
_STAMP, _LOCK = "stamp.json", ".lock"


class Stamp(NamedTuple):
    """What the derived indexes were made from.

    ``change`` is what made the generation: other bases have generations of the same number. Not ``whole`` are indexes
    that are on their way to this state.
    """

    generation: int
    change: str
    embedder: str
    format: int
    whole: bool = True

    @classmethod
    def of(cls, store: Store, embedder: EmbedderStamp) -> "Stamp":
        """Return the stamp that indexes of the base's present state have."""
        generation = store.generation
        return cls(generation, store.change(generation), embedder.key, FORMAT)

    def leads_to(self, store: Store, wanted: "Stamp") -> bool:
        """Tell whether the base once was in this state, and its indexes were made as those that are ``wanted`` are."""
        made_so = (self.embedder, self.format) == (wanted.embedder, wanted.format)
        return made_so and self.change == store.change(self.generation)


class _Opened(NamedTuple):
    lexical: Bm25Index
    dense: FlatIndex
    whole_lexical: Bm25Index
    whole_dense: FlatIndex

    @classmethod
    def empty(cls, dimension: int) -> "_Opened":
        """Nothing indexed."""
        words, vectors = Bm25Index.of(Terms()), FlatIndex.empty(dimension)
        return cls(words, vectors, words, vectors)

    @classmethod
    def read(cls, folder: Path, dimension: int) -> "_Opened":
        """What lies in ``folder``; empty where there is nothing."""
        words, vectors, whole_words, whole_vectors = _files(folder)
        return cls(
            Bm25Index.read(words),
            FlatIndex.read(vectors, dimension),
            Bm25Index.read(whole_words),
            FlatIndex.read(whole_vectors, dimension),
        )

    @property
    def all(self) -> tuple[Bm25Index | FlatIndex, ...]:
        """The four in the order of their files."""
        return self.lexical, self.dense, self.whole_lexical, self.whole_dense

    def write(self, folder: Path) -> None:
        """Put all in ``folder``."""
        for index, path in zip(self.all, _files(folder), strict=True):
            index.write(path)


def _files(folder: Path) -> list[Path]:
    return [folder / f"{name}.tensors" for name in _Opened._fields]


def load(store: Store, folder: Path) -> Indexes | None:
    """Return the indexes of the base's present state, made or brought up to date where needed; ``None`` if empty."""
    with store.snapshot() as generation:
        embedder = store.stamp
        if embedder is None:
            return None
        stamp = Stamp.of(store, embedder)
        try:
            opened = _on_disk(store, folder, stamp, embedder)
        except OSError:  # a base that can be read but not written
            opened = _changed(store, _Opened.empty(embedder.dimension), embedder)
        return _described(store, generation, opened)


def forget(folder: Path) -> None:
    """Delete the indexes: they keep traces of what was removed from the base. The next search makes them anew."""
    if not folder.is_dir():
        return
    with FileLock(folder / _LOCK):
        (folder / _STAMP).unlink(missing_ok=True)
        _clear(folder)


def problems(store: Store, folder: Path) -> Iterator[Problem]:
    """Yield where indexes that claim to be of the base's present state are not. Stale ones are mended when used."""
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    with FileLock(folder / _LOCK) if writable else nullcontext(), store.snapshot():
        embedder = store.stamp
        if embedder is None or _read_stamp(folder) != Stamp.of(store, embedder):
            return
        try:
            agree = _agree(store, _Opened.read(folder, embedder.dimension))
        except (OSError, ValueError, RuntimeError):
            agree = False
        if not agree:
            yield Problem("index_differs", {"path": str(folder)})


def _agree(store: Store, opened: _Opened) -> bool:
    """Whether the indexes are of just the passages and cases that the base has."""
    passages, firsts = store.passage_ids(), _firsts(store)
    wanted = (passages, passages, firsts, firsts)
    return all(np.array_equal(index.ids(), ids) for index, ids in zip(opened.all, wanted, strict=True))


def _described(store: Store, generation: int, opened: _Opened) -> Indexes:
    places = store.passage_places()
    case_row = _case_rows(places)
    return Indexes(
        generation=generation,
        **opened._asdict(),
        passages=np.fromiter((passage_id for passage_id, _, _ in places), np.int64, len(places)),
        case_rows=np.fromiter((case_row[case_id] for _, case_id, _ in places), np.int32, len(places)),
        case_ids=tuple(case_row),
        field_names=np.array([field for _, _, field in places], dtype=object),
        facets=FacetTable.of(store.facet_rows(), store.start_years(), case_row),
        languages=frozenset(language for _, language in store.case_heads().values()),
    )


def _case_rows(places: Sequence[tuple[int, str, str | None]]) -> dict[str, int]:
    """The row of each case: cases in the order of their first passages."""
    return {case_id: row for row, case_id in enumerate(dict.fromkeys(case_id for _, case_id, _ in places))}


def _on_disk(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> _Opened:
    opened = _whole(store, folder, stamp, embedder)
    if opened is not None:
        return opened
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / _LOCK):
        opened = _whole(store, folder, stamp, embedder)  # another process may have made them by now
        if opened is not None:
            return opened
        found = _read_stamp(folder)
        if found is None or found == stamp or not found.leads_to(store, stamp):
            (folder / _STAMP).unlink(missing_ok=True)
            _clear(folder)
        return _mended(store, folder, stamp, embedder)


def _whole(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> _Opened | None:
    """What lies in the folder, if it is of the state ``stamp`` and undamaged."""
    if _read_stamp(folder) != stamp:
        return None
    try:
        opened = _Opened.read(folder, embedder.dimension)
    except (ValueError, RuntimeError):
        return None
    # Another process may have begun to change the files while they were opened: then they are not of one state.
    return opened if _read_stamp(folder) == stamp and _agree(store, opened) else None


def _mended(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> _Opened:
    _write_stamp(folder, stamp._replace(whole=False))
    try:
        opened = _changed(store, _Opened.read(folder, embedder.dimension), embedder)
    except (ValueError, RuntimeError):
        opened = _changed(store, _Opened.empty(embedder.dimension), embedder)
    opened.write(folder)
    _write_stamp(folder, stamp)
    return _Opened.read(folder, embedder.dimension)  # where they lie on disk: what is not used takes no memory


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():  # what an older version left, too: it may keep traces of what was removed
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != _LOCK:
            entry.unlink()


def _firsts(store: Store) -> Ids:
    """The lowest passage id of each case, ascending."""
    firsts: dict[str, int] = {}
    for passage_id, case_id, _ in store.passage_places():
        firsts.setdefault(case_id, passage_id)
    return np.fromiter(firsts.values(), np.int64, len(firsts))


def _changed(store: Store, opened: _Opened, embedder: EmbedderStamp) -> _Opened:
    """The indexes brought up to date."""
    places = store.passage_places()
    passages = np.fromiter((passage_id for passage_id, _, _ in places), np.int64, len(places))
    lexical, dense = opened.lexical, opened.dense
    new, gone = np.setdiff1d(passages, lexical.ids()), np.setdiff1d(lexical.ids(), passages)
    if len(new) or len(gone):
        lexical = lexical.changed(_documents(store, new), gone.tolist())
    present = dense.ids()
    if not np.array_equal(present, passages):
        missing = np.setdiff1d(passages, present) if len(present) else None
        dense = dense.changed(*store.vectors(embedder, missing), np.setdiff1d(present, passages))
    case_row = _case_rows(places)
    case_rows = np.fromiter((case_row[case_id] for _, case_id, _ in places), np.int32, len(places))
    cases = len(case_row)
    return _Opened(lexical, dense, lexical.by_case(case_rows, cases), dense.by_case(case_rows, cases))


def _documents(store: Store, passage_ids: Ids) -> Iterator[Document]:
    heads = store.case_heads()
    for start in range(0, len(passage_ids), _BATCH):
        for passage in store.passages(passage_ids[start : start + _BATCH]).values():
            title, language = heads[passage.case_id]
            yield Document(passage.passage_id, language, f"{title}\n{passage.title}", passage.text)


def _read_stamp(folder: Path) -> Stamp | None:
    try:
        return msgspec.json.decode((folder / _STAMP).read_bytes(), type=Stamp)
    except (OSError, msgspec.MsgspecError):
        return None


def _write_stamp(folder: Path, stamp: Stamp) -> None:
    beside = folder / f"{_STAMP}.new"
    beside.write_bytes(msgspec.json.encode(stamp))
    beside.replace(folder / _STAMP)
