"""The search indexes beside the database (``<base>/derived/``): a cache that can be deleted at any time.

They are stamped with the base's generation, the embedder and how terms are made; stale, they are brought up to date
by the difference of passage ids; of another embedder or form, they are built anew. The stamp is written last, so that
a process killed in between leaves indexes that the next one knows to mend. Where the folder cannot be written, they
are kept in memory.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from kb.dense import FaissIndex, VectorIndex
from kb.embed import EmbedderStamp
from kb.lexical import Document, LexicalIndex, TantivyIndex
from kb.store import Store
from kb.verify import Problem

FORMAT = 1  # to be raised when kb.text makes other terms, or the indexes' form changes

Ids = NDArray[np.int64]
_BATCH = 2_000
_STAMP, _VECTORS, _TERMS = "stamp.json", "vectors.faiss", "terms"


class Stamp(NamedTuple):
    """What the derived indexes were made from."""

    generation: int
    embedder: str
    format: int


@dataclass(frozen=True)
class Indexes:
    """The indexes of one generation, and which case and field each passage belongs to.

    ``passages``, ``case_rows`` and ``field_names`` run side by side in ascending order of passage ids;
    ``case_rows`` are rows of ``case_ids``.
    """

    generation: int
    lexical: LexicalIndex
    dense: VectorIndex
    passages: Ids
    case_rows: NDArray[np.int32]
    case_ids: tuple[str, ...]
    field_names: tuple[str | None, ...]
    languages: frozenset[str]

    def rows(self, passage_ids: Ids) -> Ids:
        """Return the rows of ``passage_ids``, all of which must be there."""
        return np.searchsorted(self.passages, passage_ids)

    def known(self, passage_ids: Ids) -> NDArray[np.bool_]:
        """Return which of ``passage_ids`` are there: an index may be of a newer state than the rows."""
        rows = np.searchsorted(self.passages, passage_ids)
        if len(self.passages) == 0:
            return np.zeros(len(passage_ids), np.bool_)
        rows[rows == len(self.passages)] = 0
        found: NDArray[np.bool_] = self.passages[rows] == passage_ids
        return found

    @cached_property
    def case_row(self) -> dict[str, int]:
        """The row of each case id."""
        return {case_id: row for row, case_id in enumerate(self.case_ids)}


def load(store: Store, folder: Path) -> Indexes | None:
    """Return the indexes of the base's present state, made or brought up to date where needed; ``None`` if empty."""
    with store.snapshot() as generation:
        embedder = store.stamp
        if embedder is None:
            return None
        stamp = Stamp(generation, embedder.key, FORMAT)
        try:
            lexical, dense = _on_disk(store, folder, stamp, embedder)
        except OSError:  # a base that can be read but not written
            lexical, dense = TantivyIndex(), FaissIndex(embedder.dimension)
            _update(store, lexical, dense, embedder)
        return _described(store, generation, lexical, dense)


def forget(folder: Path) -> None:
    """Delete the indexes: they keep traces of what was removed from the base. The next search makes them anew."""
    if not folder.is_dir():
        return
    with FileLock(folder / ".lock"):
        (folder / _STAMP).unlink(missing_ok=True)
        _clear(folder)


def problems(store: Store, folder: Path) -> Iterator[Problem]:
    """Yield where indexes that claim to be of the base's present state are not. Stale ones are mended when used."""
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    with FileLock(folder / ".lock") if writable else nullcontext(), store.snapshot() as generation:
        embedder = store.stamp
        if embedder is None or _read_stamp(folder) != Stamp(generation, embedder.key, FORMAT):
            return
        try:
            agree = all(np.array_equal(index.ids(), store.passage_ids()) for index in _open(folder, embedder))
        except (OSError, ValueError, RuntimeError):
            agree = False
        if not agree:
            yield Problem("index_differs", {"path": str(folder)})


def _described(store: Store, generation: int, lexical: LexicalIndex, dense: VectorIndex) -> Indexes:
    places, heads = store.passage_places(), store.case_heads()
    case_ids = tuple(heads)
    row = {case_id: number for number, case_id in enumerate(case_ids)}
    return Indexes(
        generation,
        lexical,
        dense,
        np.fromiter((passage_id for passage_id, _, _ in places), np.int64, len(places)),
        np.fromiter((row[case_id] for _, case_id, _ in places), np.int32, len(places)),
        case_ids,
        tuple(field for _, _, field in places),
        frozenset(language for _, language in heads.values()),
    )


def _on_disk(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> tuple[LexicalIndex, VectorIndex]:
    if _read_stamp(folder) == stamp:
        with suppress(ValueError, RuntimeError):  # damaged: made anew below
            return _open(folder, embedder)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        found = _read_stamp(folder)
        if found is None or found._replace(generation=stamp.generation) != stamp:
            (folder / _STAMP).unlink(missing_ok=True)
            _clear(folder)
        return _mended(store, folder, stamp, embedder)


def _mended(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> tuple[LexicalIndex, VectorIndex]:
    try:
        lexical, dense = _open(folder, embedder)
        _update(store, lexical, dense, embedder)
    except (ValueError, RuntimeError):
        _clear(folder)
        lexical, dense = _open(folder, embedder)
        _update(store, lexical, dense, embedder)
    dense.write(folder / _VECTORS)
    _write_stamp(folder, stamp)
    return lexical, dense


def _open(folder: Path, embedder: EmbedderStamp) -> tuple[TantivyIndex, FaissIndex]:
    return TantivyIndex(folder / _TERMS), FaissIndex(embedder.dimension, folder / _VECTORS)


def _clear(folder: Path) -> None:
    shutil.rmtree(folder / _TERMS, ignore_errors=True)
    (folder / _VECTORS).unlink(missing_ok=True)


def _update(store: Store, lexical: LexicalIndex, dense: VectorIndex, embedder: EmbedderStamp) -> None:
    wanted = store.passage_ids()
    present = lexical.ids()
    new, gone = np.setdiff1d(wanted, present), np.setdiff1d(present, wanted)
    if len(new) or len(gone):
        lexical.update(_documents(store, new), gone.tolist())
    present = dense.ids()
    gone = np.setdiff1d(present, wanted)
    ids, vectors = store.vectors(embedder, np.setdiff1d(wanted, present) if len(present) else None)
    dense.update(ids, vectors, gone)


def _documents(store: Store, passage_ids: Ids) -> Iterator[Document]:
    heads = store.case_heads()
    for start in range(0, len(passage_ids), _BATCH):
        for passage in store.passages(passage_ids[start : start + _BATCH]).values():
            title, language = heads[passage.case_id]
            heading = f"{title}\n{passage.title}"
            yield Document(passage.passage_id, passage.case_id, passage.field, language, heading, passage.text)


def _read_stamp(folder: Path) -> Stamp | None:
    try:
        return msgspec.json.decode((folder / _STAMP).read_bytes(), type=Stamp)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        return None


def _write_stamp(folder: Path, stamp: Stamp) -> None:
    beside = folder / f"{_STAMP}.new"
    beside.write_bytes(msgspec.json.encode(stamp))
    beside.replace(folder / _STAMP)
