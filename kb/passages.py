"""Passages and their vectors as rows: each function reads on a connection that the caller holds (:mod:`kb.store`)."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.embed import EmbedderStamp
from kb.records import load_spans
from kb.types import FieldName, Passage
from kb.writes import STORED, Vectors

Ids = NDArray[np.int64]

_PASSAGE = "p.passage_id, p.case_id, p.field, p.title, p.text, p.spans, p.position"
_ROWS_AT_ONCE = 10_000


def by_id(connection: sqlite3.Connection, passage_ids: Iterable[int]) -> dict[int, Passage]:
    """Return the passages with these ids, in their order; an id that is not there is left out."""
    wanted = [int(passage_id) for passage_id in passage_ids]
    sql = f"SELECT {_PASSAGE} FROM passages p WHERE p.passage_id IN (SELECT value FROM json_each(?))"
    found = {row[0]: _passage(*row) for row in connection.execute(sql, (json_list(wanted),))}
    return {passage_id: found[passage_id] for passage_id in wanted if passage_id in found}


def of_case(connection: sqlite3.Connection, case_id: str) -> tuple[Passage, ...]:
    """Return the passages of one case in their order."""
    sql = f"SELECT {_PASSAGE} FROM passages p WHERE p.case_id = ? ORDER BY p.position"
    return tuple(_passage(*row) for row in connection.execute(sql, (case_id,)))


def vectors_of(
    connection: sqlite3.Connection, stamp: EmbedderStamp, passage_ids: Iterable[int] | None = None
) -> tuple[Ids, Vectors]:
    """Return ids, ascending, and the float32 matrix of their vectors, a row each (default: all of ``stamp``)."""
    inside, values = "", [stamp.key]
    if passage_ids is not None:
        inside = "AND passage_id IN (SELECT value FROM json_each(?))"
        values.append(json_list([int(passage_id) for passage_id in passage_ids]))
    where = f"FROM vectors WHERE embedder = ? {inside}"
    (count,) = connection.execute(f"SELECT count(*) {where}", values).fetchone()
    ids = np.empty(count, dtype=np.int64)
    matrix = np.empty((count, stamp.dimension), dtype=np.float32)
    rows = connection.execute(f"SELECT passage_id, vector {where} ORDER BY passage_id", values)
    filled = 0
    while batch := rows.fetchmany(_ROWS_AT_ONCE):
        end = filled + len(batch)
        ids[filled:end] = [passage_id for passage_id, _ in batch]
        joined = b"".join(vector for _, vector in batch)
        matrix[filled:end] = np.frombuffer(joined, dtype=STORED).reshape(len(batch), stamp.dimension)
        filled = end
    return ids, matrix


def json_list(values: Sequence[object]) -> str:
    """Return ``values`` as a JSON list: how SQLite is given a set of any length."""
    return msgspec.json.encode(values).decode()


def _passage(
    passage_id: int, case_id: str, field: FieldName | None, title: str, text: str, spans: str, position: int
) -> Passage:
    return Passage(
        passage_id=passage_id,
        case_id=case_id,
        field=field,
        title=title,
        text=text,
        spans=load_spans(spans),
        position=position,
    )
