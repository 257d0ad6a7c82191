import inspect
import pickle
import re
import string

import pytest

from kb import errors
from kb.errors import KnowledgeBaseError
from kb.messages import LANGUAGES, catalogue

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, KnowledgeBaseError)]


def params_of(code):
    names = [name for _, name, _, _ in string.Formatter().parse(catalogue("en")[f"error.{code}"]) if name]
    return {name: f"‹{name}›" for name in names}


def test_the_drawn_tree_is_the_real_one():
    drawn, parents = {}, {}
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"    ([│ ]*(?:[├└]── )?)([A-Z]\w+)(?: |$)", line):
            depth = len(match[1]) // 4
            parents[depth] = match[2]
            drawn[match[2]] = parents.get(depth - 1)
    assert drawn == {c.__name__: None if c is KnowledgeBaseError else c.__base__.__name__ for c in CLASSES}


def test_codes_are_unique():
    assert len({c.code for c in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CLASSES, ids=lambda c: c.__name__)
def test_every_error_has_a_sentence_that_shows_its_params(kind, language):
    params = params_of(kind.code)
    sentence = kind(**params).message(language)
    assert all(value in sentence for value in params.values())
    assert sentence.endswith((".", "›", "`."))


def test_str_is_the_sentence():
    assert str(errors.NotAPdf(file="x.txt")) == errors.NotAPdf(file="x.txt").message("en")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda c: c.__name__)
def test_survives_the_way_from_another_process(kind):
    error = kind(**params_of(kind.code))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.params, again.code) == (kind, error.params, error.code)
