import numpy as np
import pytest

from kb.dense import FlatIndex

DIMENSION, COUNT = 32, 3_000
NONE = np.empty(0, np.int64)


def unit(count, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(params=["exact", "two steps"])
def index(request, monkeypatch):
    """The vector of id n is row n - 10 of unit(COUNT)."""
    monkeypatch.setattr("kb.dense._MANY", COUNT if request.param == "two steps" else COUNT * 10)
    ids = np.random.default_rng(1).permutation(np.arange(10, COUNT + 10))
    return FlatIndex.empty(DIMENSION).changed(ids, unit(COUNT)[ids - 10], NONE)


@pytest.mark.parametrize("step", [None, 7, 997], ids=["all", "a seventh", "four"])
def test_finds_what_comparing_with_every_vector_finds(index, step):
    inside = np.zeros(COUNT, bool)
    inside[:: step or 1] = True
    shares = []
    for query in unit(50, seed=2):
        rows, everywhere = index.search(query, limit=20, among=[None if step is None else inside, None])
        true = np.argsort(-np.where(inside, unit(COUNT) @ query, -2))[: min(20, inside.sum())]
        shares.append(len(np.intersect1d(rows, true)) / len(true))
        scores = index.scores(query, rows)
        np.testing.assert_allclose(scores, unit(COUNT)[rows] @ query, rtol=1e-4, atol=1e-6)
        assert (np.diff(scores) <= 1e-6).all()
        shares.append(np.isin(everywhere, np.argsort(-(unit(COUNT) @ query))[:20]).mean())
        assert inside[rows].all()
    assert np.mean(shares) >= 0.99


def test_what_is_removed_is_not_found_and_what_is_added_is(index):
    query = unit(1, seed=3)[0]
    first = index.ids()[index.search(query, limit=5)[0]]
    changed = index.changed(np.array([99_999, 3]), np.stack([query, -query]), first)
    [rows] = changed.search(query, limit=5)
    assert changed.ids()[rows[0]] == 99_999
    assert changed.scores(query, rows)[0] == pytest.approx(1)
    assert not np.isin(first, changed.ids()).any()
    assert changed.scores(query, np.array([0]))[0] == pytest.approx(-1)  # the lowest id is the first row
    assert np.array_equal(changed.ids(), np.sort(changed.ids()))


def test_an_empty_index_finds_nothing():
    empty = FlatIndex.empty(DIMENSION)
    assert [len(rows) for rows in empty.search(unit(1)[0], limit=5, among=[None, np.empty(0, bool)])] == [0, 0]
    assert len(empty.by_case(np.empty(0, np.int32), 0).ids()) == 0


def test_written_and_read_it_finds_the_same(index, tmp_path):
    index.write(tmp_path / "vectors")
    again = FlatIndex.read(tmp_path / "vectors", DIMENSION)
    query = unit(1, seed=4)[0]
    np.testing.assert_array_equal(index.search(query, limit=9), again.search(query, limit=9))


def test_a_case_lies_in_the_mean_direction_of_its_passages():
    vectors = unit(5)
    index = FlatIndex.empty(DIMENSION).changed(np.array([2, 4, 6, 8, 9]), vectors, NONE)
    whole = index.by_case(np.array([0, 1, 0, 2, 1], np.int32), 3)
    mean = vectors[[0, 2]].sum(axis=0)
    assert whole.ids().tolist() == [2, 4, 8]
    assert whole.scores(mean / np.linalg.norm(mean), np.array([0]))[0] == pytest.approx(1)


def test_codes_of_any_bytes_are_no_danger(index, tmp_path):
    """A file that is sound as a file, but whose codes and centroids are noise: bad neighbours at the worst."""
    from kb import tensors

    index.write(tmp_path / "vectors")
    stored = dict(tensors.read(tmp_path / "vectors"))
    noise = np.random.default_rng(5)
    stored["codes"] = noise.integers(0, 256, stored["codes"].shape).astype(np.uint8)
    stored["centroids"] = np.full(stored["centroids"].shape, np.nan, np.float32)
    tensors.write(tmp_path / "vectors", stored)
    again = FlatIndex.read(tmp_path / "vectors", DIMENSION)
    [rows] = again.search(unit(1)[0], limit=5)
    assert ((rows >= 0) & (rows < COUNT)).all()
