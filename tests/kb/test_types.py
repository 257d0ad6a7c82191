from dataclasses import FrozenInstanceError, replace

import pytest

from kb.types import FIELD_NAMES, FacetValue, FieldValue, Hit, Notice, PassageHit, SearchResult
from tests.kb.fakes import make_case, make_passages, make_span


def hit(rank, score=1.0):
    case = make_case(f"fall-{rank}")
    passages = tuple(PassageHit(passage=p, score=score, lexical=score, semantic=0.0) for p in make_passages(case))
    return Hit(rank=rank, score=score, case=case, passages=passages)


def test_pages_of_a_field_ascend_each_once():
    field = FieldValue("x", (make_span("a", 3), make_span("b", 1), make_span("c", 3)), "rule", 1.0)
    assert field.pages == (1, 3)


def test_a_new_case_has_every_field_as_none():
    case = replace(make_case(), fields=type(make_case()).__dataclass_fields__["fields"].default_factory())
    assert case.fields == dict.fromkeys(FIELD_NAMES)


def test_values_of_a_facet_keep_their_order_each_once():
    facets = [("measure", "b"), ("measure", "a"), ("arena", "school"), ("measure", "b")]
    case = make_case(facets=tuple(FacetValue(facet, value, "…", 1) for facet, value in facets))
    assert case.values_of("measure") == ("b", "a")
    assert case.values_of("strategy") == ()


def test_a_case_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        make_case().title = "annan"


def test_a_result_is_a_sequence_of_its_hits():
    hits = (hit(1), hit(2), hit(3))
    result = SearchResult(query="x", hits=hits, total=7, facets={})
    assert (len(result), list(result), result[0], result[1:]) == (3, list(hits), hits[0], hits[1:])
    assert hits[2] in result
    assert not SearchResult(query="x", hits=(), total=0, facets={}, nothing_close=True)


def test_the_best_passage_of_a_hit_is_its_first():
    assert hit(1).passage.field == "background"
    assert hit(1).passage.page == 1


def test_a_notice_without_a_sentence_is_a_programmers_error():
    with pytest.raises(KeyError):
        Notice("no_such_warning").message("sv")


@pytest.mark.parametrize(("language", "label"), [("sv", "”Så gjorde man”"), ("en", "“What they did”")])
def test_a_notice_calls_a_field_what_readers_call_it(language, label):
    message = Notice("missing_field", {"field": "method"}).message(language)
    assert label in message
    assert "method" not in message
