import numpy as np
import pytest

from kb.dense import FaissIndex

DIMENSION, COUNT = 32, 3_000


def unit(count, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(params=["exact", "two steps"])
def index(request, monkeypatch):
    monkeypatch.setattr("kb.dense._MANY", COUNT if request.param == "two steps" else COUNT * 10)
    index = FaissIndex(DIMENSION)
    ids = np.random.default_rng(1).permutation(np.arange(10, COUNT + 10))
    index.update(ids, unit(COUNT)[ids - 10], np.empty(0, np.int64))  # the vector of passage n is row n - 10
    return index


def nearest(query, among, limit):
    scores = unit(COUNT)[among - 10] @ query
    return among[np.argsort(-scores)[:limit]]


@pytest.mark.parametrize("step", [None, 7, 997], ids=["all", "a seventh", "four"])
def test_finds_what_comparing_with_every_vector_finds(index, step):
    among = np.arange(10, COUNT + 10) if step is None else np.arange(10, COUNT + 10, step)
    shares = []
    for query in unit(50, seed=2):
        ids, scores = index.search(query, limit=20, among=None if step is None else among)
        true = nearest(query, among, 20)
        shares.append(len(np.intersect1d(ids, true)) / len(true))
        assert (np.diff(scores) <= 0).all()
        np.testing.assert_allclose(scores, index.scores(query, ids), rtol=1e-5)
        assert np.isin(ids, among).all()
    assert np.mean(shares) >= 0.99


def test_what_is_removed_is_not_found_and_what_is_added_is(index):
    query = unit(1, seed=3)[0]
    first = index.search(query, limit=5)[0]
    index.update(np.array([99_999]), query[None, :], first)
    ids, scores = index.search(query, limit=5)
    assert ids[0] == 99_999
    assert scores[0] == pytest.approx(1)
    assert not np.isin(first, ids).any()
    assert np.array_equal(index.ids(), np.sort(index.ids()))


def test_ids_that_are_not_there_are_passed_over(index):
    assert index.search(unit(1)[0], limit=5, among=np.array([1, 12, 10**9]))[0].tolist() == [12]
    assert index.search(unit(1)[0], limit=5, among=np.array([1]))[0].tolist() == []


def test_an_empty_index_finds_nothing():
    empty = FaissIndex(DIMENSION)
    assert [len(found) for found in empty.search(unit(1)[0], limit=5)] == [0, 0]
    assert len(empty.search(unit(1)[0], limit=5, among=np.array([1]))[0]) == 0


def test_written_and_read_it_finds_the_same(index, tmp_path):
    index.write(tmp_path / "vectors.faiss")
    again = FaissIndex(DIMENSION, tmp_path / "vectors.faiss")
    query = unit(1, seed=4)[0]
    for one, other in zip(index.search(query, limit=9), again.search(query, limit=9), strict=True):
        np.testing.assert_array_equal(one, other)
