import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kb.fusion import LEXICAL_WEIGHT, SHARPNESS, best_by_group, by_case, fuse


def floats(*values):
    return np.array(values, np.float32)


def test_a_text_that_has_all_words_and_all_meaning_scores_one():
    fused = fuse(floats(12.0), floats(1.0), attainable=12.0)
    assert fused.lexical.tolist() == pytest.approx([LEXICAL_WEIGHT])
    assert fused.scores.tolist() == pytest.approx([1.0])


def test_shares_are_of_what_is_attainable_not_of_the_best_found():
    half = fuse(floats(6.0), floats(0.0), attainable=12.0)
    assert half.scores.tolist() == pytest.approx([LEXICAL_WEIGHT * 0.5**SHARPNESS])


def test_a_query_without_words_is_meaning_alone():
    fused = fuse(floats(0.0, 0.0), floats(0.2, 0.4), attainable=0.0)
    assert fused.lexical.tolist() == [0.0, 0.0]
    assert fused.scores.tolist() == pytest.approx([(1 - LEXICAL_WEIGHT) * 0.2, (1 - LEXICAL_WEIGHT) * 0.4])


@given(
    hnp.arrays(np.float32, 6, elements=st.floats(0, 50, width=32)),
    hnp.arrays(np.float32, 6, elements=st.floats(-1, 1, width=32)),
)
def test_more_of_either_never_ranks_lower(bm25, cosines):
    less = fuse(bm25, cosines, attainable=20.0).scores
    more = fuse(bm25 + 1, cosines + np.float32(0.1), attainable=20.0).scores
    assert (more > less).all()


class TestByCase:
    rows = np.array([0, 0, 1, 2, 2, 2], np.int32)

    def test_the_best_passage_counts_not_the_sum(self):
        """A long case of three middling passages does not pass a short one with a better passage."""
        passages = floats(0.1, 0.2, 0.6, 0.5, 0.5, 0.5)
        cases, scores = by_case(passages, self.rows, floats(0, 0, 0), np.arange(3))
        assert cases.tolist() == [1, 2, 0]
        assert scores.tolist() == pytest.approx([0.3, 0.25, 0.1])

    def test_more_of_the_same_passages_change_nothing(self):
        once = by_case(floats(0.4, 0.6), np.array([0, 1], np.int32), floats(0.1, 0.1), np.arange(2))
        many = by_case(floats(*[0.4] * 20, 0.6), np.array([0] * 20 + [1], np.int32), floats(0.1, 0.1), np.arange(2))
        assert [a.tolist() for a in once] == [a.tolist() for a in many]

    def test_the_case_as_a_whole_counts_as_much(self):
        cases, scores = by_case(floats(0.2, 0.3), np.array([0, 1], np.int32), floats(0.6, 0.1), np.arange(2))
        assert cases.tolist() == [0, 1]
        assert scores.tolist() == pytest.approx([0.4, 0.2])

    def test_a_case_without_passages_is_left_out(self):
        cases, _ = by_case(floats(0.2), np.array([1], np.int32), floats(0.6, 0.1), np.arange(2))
        assert cases.tolist() == [1]

    def test_equals_keep_their_order(self):
        cases, _ = by_case(floats(0.2, 0.2, 0.2), np.arange(3, dtype=np.int32), floats(0, 0, 0), np.arange(3))
        assert cases.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("scores", "groups", "options", "chosen"),
    [
        ([], [], {"most": 3}, []),
        ([0.9, 0.8, 0.7], ["a", "a", "b"], {"most": 3}, [0, 2]),
        ([0.1, 0.9, 0.5], ["a", "b", "c"], {"most": 2}, [1, 2]),
        ([0.9, 0.4, 0.5], ["a", "b", "c"], {"most": 3, "least": 0.5}, [0, 2]),
    ],
)
def test_the_best_of_each_group(scores, groups, options, chosen):
    assert best_by_group(floats(*scores), groups, **options) == chosen
