"""The examples in the docstrings of ``kb`` run as written."""

import doctest
import importlib
import pkgutil

import pytest

import kb

MODULES = [name for _, name, _ in pkgutil.walk_packages(kb.__path__, "kb.")]


@pytest.mark.parametrize("name", ["kb", *MODULES])
def test_the_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.failed == 0
