"""The search indexes beside the database (``<base>/derived/``): a cache that can be deleted at any time.

They are stamped with the base's generation, the embedder and how terms are made; stale, they are brought up to date
by the difference of passage ids; of another embedder or form, they are built anew. While they are changed, under a
lock, the stamp says so: a process killed in between leaves indexes that the next one knows to mend, and one that opens
them without the lock notices. Where the folder cannot be written, they are kept in memory.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from kb.dense import FaissIndex, VectorIndex
from kb.embed import EmbedderStamp
from kb.indexes import Indexes
from kb.lexical import Document, LexicalIndex, TantivyIndex
from kb.store import Store
from kb.verify import Problem

FORMAT = 4  # to be raised when kb.text makes other terms, or the indexes' form changes

Ids = NDArray[np.int64]
Heads = Mapping[str, tuple[str, str]]
_BATCH = 2_000
_CHANGING = -1  # the generation of indexes that are being changed
_STAMP, _VECTORS, _TERMS, _WHOLE = "stamp.json", "vectors.faiss", "terms", "whole"


class Stamp(NamedTuple):
    """What the derived indexes were made from."""

    generation: int
    embedder: str
    format: int


class _Opened(NamedTuple):
    passages: LexicalIndex
    whole: LexicalIndex
    dense: VectorIndex


def load(store: Store, folder: Path) -> Indexes | None:
    """Return the indexes of the base's present state, made or brought up to date where needed; ``None`` if empty."""
    with store.snapshot() as generation:
        embedder = store.stamp
        if embedder is None:
            return None
        stamp = Stamp(generation, embedder.key, FORMAT)
        try:
            opened = _on_disk(store, folder, stamp, embedder)
        except OSError:  # a base that can be read but not written
            opened = _Opened(TantivyIndex(), TantivyIndex(), FaissIndex(embedder.dimension))
            _update(store, opened, embedder)
        return _described(store, generation, opened)


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
            opened, wanted = _open(folder, embedder), _wanted_ids(store)
            found = (opened.passages.ids(), opened.whole.ids(), opened.dense.ids())
            agree = all(map(np.array_equal, found, wanted))
        except (OSError, ValueError, RuntimeError):
            agree = False
        if not agree:
            yield Problem("index_differs", {"path": str(folder)})


def _described(store: Store, generation: int, opened: _Opened) -> Indexes:
    places, heads = store.passage_places(), store.case_heads()
    case_ids = tuple(heads)
    row = {case_id: number for number, case_id in enumerate(case_ids)}
    return Indexes(
        generation=generation,
        lexical=opened.passages,
        whole=opened.whole,
        dense=opened.dense,
        passages=np.fromiter((passage_id for passage_id, _, _ in places), np.int64, len(places)),
        case_rows=np.fromiter((row[case_id] for _, case_id, _ in places), np.int32, len(places)),
        case_ids=case_ids,
        field_names=np.array([field for _, _, field in places], dtype=object),
        languages=frozenset(language for _, language in heads.values()),
    )


def _on_disk(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> _Opened:
    if _read_stamp(folder) == stamp:
        with suppress(ValueError, RuntimeError):  # damaged: made anew below
            opened = _open(folder, embedder)
            # Another process may have begun to change the files while they were opened: then they are not of one state.
            if _read_stamp(folder) == stamp:
                return opened
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        found = _read_stamp(folder)
        if found is None or found._replace(generation=stamp.generation) != stamp:
            (folder / _STAMP).unlink(missing_ok=True)
            _clear(folder)
        return _mended(store, folder, stamp, embedder)


def _mended(store: Store, folder: Path, stamp: Stamp, embedder: EmbedderStamp) -> _Opened:
    _write_stamp(folder, stamp._replace(generation=_CHANGING))
    try:
        opened = _open(folder, embedder)
        _update(store, opened, embedder)
    except (ValueError, RuntimeError):
        _clear(folder)
        opened = _open(folder, embedder)
        _update(store, opened, embedder)
    opened.dense.write(folder / _VECTORS)
    _write_stamp(folder, stamp)
    return opened


def _open(folder: Path, embedder: EmbedderStamp) -> _Opened:
    dense = FaissIndex(embedder.dimension, folder / _VECTORS)
    return _Opened(TantivyIndex(folder / _TERMS), TantivyIndex(folder / _WHOLE), dense)


def _clear(folder: Path) -> None:
    for name in (_TERMS, _WHOLE):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / _VECTORS).unlink(missing_ok=True)


def _wanted_ids(store: Store) -> tuple[Ids, Ids, Ids]:
    """What each index should hold: passages, cases (by their lowest passage id), passages."""
    passages = store.passage_ids()
    firsts: dict[str, int] = {}
    for passage_id, case_id, _ in store.passage_places():
        firsts.setdefault(case_id, passage_id)
    return passages, np.sort(np.fromiter(firsts.values(), np.int64, len(firsts))), passages


def _update(store: Store, opened: _Opened, embedder: EmbedderStamp) -> None:
    passages, firsts, _ = _wanted_ids(store)
    heads = store.case_heads()
    for index, wanted, documents in ((opened.passages, passages, _passages), (opened.whole, firsts, _cases)):
        present = index.ids()
        new, gone = np.setdiff1d(wanted, present), np.setdiff1d(present, wanted)
        if len(new) or len(gone):
            index.update(documents(store, heads, new), gone.tolist())
    present = opened.dense.ids()
    missing = np.setdiff1d(passages, present) if len(present) else None
    ids, vectors = store.vectors(embedder, missing)
    opened.dense.update(ids, vectors, np.setdiff1d(present, passages))


def _passages(store: Store, heads: Heads, passage_ids: Ids) -> Iterator[Document]:
    for start in range(0, len(passage_ids), _BATCH):
        for passage in store.passages(passage_ids[start : start + _BATCH]).values():
            title, language = heads[passage.case_id]
            heading = f"{title}\n{passage.title}"
            yield Document(passage.passage_id, passage.case_id, passage.field, language, heading, passage.text)


def _cases(store: Store, heads: Heads, first_ids: Ids) -> Iterator[Document]:
    for first in store.passages(first_ids).values():
        title, language = heads[first.case_id]
        passages = store.passages_of(first.case_id)
        heading = "\n".join(dict.fromkeys([title, *(passage.title for passage in passages)]))
        text = "\n".join(passage.text for passage in passages)
        yield Document(first.passage_id, first.case_id, None, language, heading, text)


def _read_stamp(folder: Path) -> Stamp | None:
    try:
        return msgspec.json.decode((folder / _STAMP).read_bytes(), type=Stamp)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        return None


def _write_stamp(folder: Path, stamp: Stamp) -> None:
    beside = folder / f"{_STAMP}.new"
    beside.write_bytes(msgspec.json.encode(stamp))
    beside.replace(folder / _STAMP)
