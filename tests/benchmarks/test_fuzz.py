"""The harness of fuzzing reads what any bytes stand for; libFuzzer itself is run by hand (see benchmarks/fuzz.py)."""

import random

import pytest

from benchmarks.fuzz import document_of, examine


@pytest.mark.parametrize("seed", range(12))
def test_any_document_is_read_without_loss(seed):
    data = random.Random(seed).randbytes(60 * (seed + 1))
    assert document_of(data).pages
    examine(data)


def test_no_bytes_are_a_document_without_pages():
    assert document_of(b"").pages == ()
    examine(b"")
