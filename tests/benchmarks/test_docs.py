"""The examples in the docstrings of the benchmarks' pure modules run as written."""

import doctest

import pytest

from benchmarks import measures


@pytest.mark.parametrize("module", [measures], ids=["measures"])
def test_the_examples_run(module):
    results = doctest.testmod(module)
    assert results.attempted >= 3
    assert results.failed == 0
