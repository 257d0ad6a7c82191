import string

import pytest

from kb.messages import LANGUAGES, catalogue, translate


def placeholders(sentence):
    return sorted({name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None})


def test_the_languages_have_the_same_keys():
    assert catalogue("sv").keys() == catalogue("en").keys()


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_the_languages_fill_the_same_placeholders(key):
    assert placeholders(catalogue("sv")[key]) == placeholders(catalogue("en")[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language):
    assert [key for key, sentence in catalogue(language).items() if not sentence.strip()] == []


def test_translate_fills_in():
    assert translate("error.not_a_pdf", "en", file="x.txt").startswith("x.txt: is not a PDF")
    assert translate("error.not_a_pdf", file="x.txt").startswith("x.txt: är ingen PDF-fil")


def test_a_brace_in_a_value_is_left_alone():
    assert "{file}" in translate("error.not_a_pdf", "en", file="{file}")


@pytest.mark.parametrize(("key", "params"), [("error.no_such", {}), ("error.not_a_pdf", {})], ids=["key", "param"])
def test_what_is_missing_is_a_programmers_error(key, params):
    with pytest.raises(KeyError):
        translate(key, **params)
