"""The façade, used as its users type it."""

import inspect
import subprocess
import sys
import threading

import numpy as np
import pytest

import kb
from kb import Filters, KnowledgeBase, Settings
from kb.database import DERIVED
from kb.dense import FlatIndex
from kb.errors import (
    AmbiguousCase,
    BaseNotFound,
    CaseNotFound,
    EmbedderMismatch,
    EmptyQuery,
    InvalidTaxonomy,
    QueryTooLong,
    UnknownFacet,
    UnknownFacetValue,
)
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_field, make_passages


def add(base, case):
    document = make_document(case.case_id)
    return base.add(case, make_passages(case), document=document, extractor="test/1")


@pytest.fixture
def base(tmp_path):
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=FakeEmbedder()) as base:
        add(base, make_case("stodtelefon-lindvik", title="Stödtelefonen i Lindvik"))
        add(base, make_case("mentorer-osterhamn", title="Mentorerna i Österhamn", country="NO"))
        yield base


def test_the_package_offers_just_this():
    public = {name for name, value in vars(kb).items() if not (name.startswith("_") or inspect.ismodule(value))}
    assert set(kb.__all__) == public
    assert (
        sorted(kb.__all__)
        == list(kb.__all__)
        == [
            "Case",
            "Contact",
            "FacetCount",
            "FacetValue",
            "FieldValue",
            "Filters",
            "Hit",
            "KnowledgeBase",
            "KnowledgeBaseError",
            "Notice",
            "Passage",
            "PassageHit",
            "SearchResult",
            "Section",
            "Settings",
            "Span",
        ]
    )


def test_opening_a_base_loads_nothing_heavy(tmp_path):
    heavy = ["torch", "sentence_transformers", "faiss", "safetensors", "tokenizers", "pandas", "sklearn"]
    code = (
        "import sys; from kb import KnowledgeBase, Settings\n"
        f"with KnowledgeBase.open({str(tmp_path / 'b')!r}, settings=Settings()) as base: base.cases(), base.verify()\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_base_that_is_not_there_is_not_made_by_looking(tmp_path):
    with pytest.raises(BaseNotFound):
        KnowledgeBase.open(tmp_path / "none", create=False)


def test_a_taxonomy_that_is_not_there_is_said_at_once(tmp_path):
    with pytest.raises(InvalidTaxonomy):
        KnowledgeBase.open(tmp_path, settings=Settings(taxonomy=tmp_path / "none"))


def test_the_embedder_of_the_settings_is_loaded_once_and_when_needed(tmp_path, monkeypatch):
    loaded = []

    def load(name, **options):
        loaded.append((name, options))
        return FakeEmbedder(name)

    monkeypatch.setattr("kb.engine.load_embedder", load)
    settings = Settings(embedder="a-model", device="cpu", batch_size=8, truncate_dim=16)
    with KnowledgeBase.open(tmp_path, settings=settings) as base:
        assert (base.cases(), loaded) == ((), [])
        add(base, make_case("a"))
        add(base, make_case("b"))
        assert base.search("bakgrund")
        options = {"device": "cpu", "batch_size": 8, "truncate_dim": 16}
        assert (loaded, base.stamp.name) == ([("a-model", options)], "a-model")


def test_what_was_added_is_there(base):
    assert (len(base), bool(base), base.passage_count, base.generation) == (2, True, 6, 2)
    assert [case.title for case in base.cases()] == ["Mentorerna i Österhamn", "Stödtelefonen i Lindvik"]
    assert base.case("stod").title == "Stödtelefonen i Lindvik"
    assert base.document("stod") == make_document("stodtelefon-lindvik")
    assert [passage.field for passage in base.passages_of("stod")] == ["background", "challenges", None]
    assert [(v.number, v.extractor, v.current) for v in base.versions("stod")] == [(1, "test/1", True)]
    assert base.fingerprint("stodtelefon-lindvik.pdf") == (make_case("stodtelefon-lindvik").sha256, "test/1")
    assert base.file_with(make_case("mentorer-osterhamn").sha256) == "mentorer-osterhamn.pdf"
    assert [entry.action for entry in base.audit()] == ["added", "added"]


def test_an_empty_base_is_still_a_base(tmp_path):
    with KnowledgeBase.open(tmp_path, settings=Settings(), embedder=FakeEmbedder()) as base:
        assert (len(base), bool(base), base.cases(), base.stamp) == (0, True, (), None)
        assert base.search("stödtelefon").nothing_close
        assert base.similar(text="stödtelefon").nothing_close
        assert base.rank("stödtelefon") == []


def test_a_contact_is_given_only_for_one_case_when_asked_for(base):
    assert base.contact("stod").email == "ann-mari@lindvik.example"
    assert base.case("stod").contact is None
    assert all(case.contact is None for case in base.cases())
    assert all(hit.case.contact is None for hit in base.search("bakgrund"))
    assert all(version.case.contact is None for version in base.versions("stod"))


@pytest.mark.parametrize("verb", ["case", "contact", "document", "passages_of", "versions", "remove", "similar"])
@pytest.mark.parametrize(("case_id", "error"), [("finns-inte", CaseNotFound), ("", CaseNotFound), ("s", AmbiguousCase)])
def test_every_verb_names_a_case_the_same_way(base, verb, case_id, error):
    add(base, make_case("samtal-kvarnsjo"))
    with pytest.raises(error):
        getattr(base, verb)(case_id)
    assert len(base) == 3


def test_filters(base):
    assert [case.case_id for case in base.cases(Filters(country="NO"))] == ["mentorer-osterhamn"]
    counts = base.facet_counts(Filters(country="NO"))
    assert {c.value: (c.count, c.selected) for c in counts["country"]} == {"SE": (1, False), "NO": (1, True)}
    assert {c.value: c.count for c in counts["measure"]} == {"support_line": 1}


@pytest.mark.parametrize("verb", ["cases", "facet_counts", "search", "similar"])
@pytest.mark.parametrize(
    ("filters", "error"),
    [(Filters(facets={"colour": "red"}), UnknownFacet), (Filters(facets={"measure": "red"}), UnknownFacetValue)],
)
def test_every_verb_refuses_unknown_filters(base, verb, filters, error):
    given = {"search": ("bakgrund",), "similar": ("stod",)}.get(verb, ())
    with pytest.raises(error):
        getattr(base, verb)(*given, filters=filters)


def test_search_finds_by_words_and_shows_where(base):
    (hit, *_) = base.search("stodtelefon-lindvik utmaningar")
    assert (hit.rank, hit.case.case_id, hit.passage.field) == (1, "stodtelefon-lindvik", "challenges")
    assert hit.passage.spans[0].quote == "Utmaningar för stodtelefon-lindvik"


def test_an_empty_search_lists_the_cases(base):
    assert [hit.case.case_id for hit in base.search("", filters=Filters(country="SE"))] == ["stodtelefon-lindvik"]


@pytest.mark.parametrize(("text", "error"), [("?!", EmptyQuery), ("   ", EmptyQuery), ("x" * 10_000, QueryTooLong)])
def test_what_cannot_be_searched_for(base, text, error):
    with pytest.raises(error):
        base.search(text)


def test_similar_leaves_the_case_itself_out(base):
    assert [hit.case.case_id for hit in base.similar("stod")] == ["mentorer-osterhamn"]
    stranger = make_case("ny", fields={"background": make_field("Bakgrund till stodtelefon-lindvik")})
    assert base.similar(case=stranger)[0].case.case_id == "stodtelefon-lindvik"


@pytest.mark.parametrize("given", [{}, {"case_id": "stod", "text": "x"}, {"text": "x", "case": make_case()}], ids=len)
def test_similar_wants_one_thing(base, given):
    with pytest.raises(ValueError, match="one of"):
        base.similar(**given)


def test_rank_names_files(base):
    ranked = base.rank("stodtelefon-lindvik", k=1)
    assert [file for file, _ in ranked] == ["stodtelefon-lindvik.pdf"]


@pytest.mark.parametrize("verb", ["search", "rank", "add", "similar"])
def test_another_embedder_is_refused_where_vectors_meet(base, verb):
    with KnowledgeBase.open(base.path, settings=Settings(), embedder=FakeEmbedder("other")) as other:
        assert (len(other), other.verify(), other.case("stod").case_id) == (2, (), "stodtelefon-lindvik")
        with pytest.raises(EmbedderMismatch, match="kb reindex"):
            add(other, make_case("ny")) if verb == "add" else getattr(other, verb)(
                "stod" if verb == "similar" else "bakgrund"
            )
        other.reindex()
        assert other.search("bakgrund")


def test_a_running_base_sees_what_another_process_changes(base):
    assert not any(hit.case.case_id == "ny" for hit in base.search("bakgrund till ny"))
    generation = base.generation
    with KnowledgeBase.open(base.path, settings=Settings(), embedder=FakeEmbedder()) as other:
        add(other, make_case("ny"))
        other.remove("stod")
    assert base.generation > generation
    found = {hit.case.case_id for hit in base.search("bakgrund till ny")}
    assert "ny" in found
    assert "stodtelefon-lindvik" not in found


class TestRemove:
    def test_no_file_keeps_what_it_said(self, base):
        secret = "Hemligstensson"
        case = make_case("hemlig", fields={"background": make_field(f"{secret} berättar"), "challenges": None})
        add(base, case)
        assert base.search(secret)
        base.remove("hemlig")
        assert not any(hit.case.case_id == "hemlig" for hit in base.search(secret))
        base.close()
        for path in base.path.rglob("*"):
            assert not path.is_file() or secret.lower() not in path.read_bytes().decode("latin-1").lower(), path

    def test_removing_twice_is_said(self, base):
        base.remove("stod")
        with pytest.raises(CaseNotFound):
            base.remove("stodtelefon-lindvik")
        assert (len(base), base.verify()) == (1, ())


class TestDerived:
    def test_deleting_the_indexes_loses_nothing(self, base):
        before = [(hit.case.case_id, hit.score) for hit in base.search("bakgrund")]
        for path in sorted((base.path / DERIVED).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        with KnowledgeBase.open(base.path, settings=Settings(), embedder=FakeEmbedder()) as again:
            assert [(hit.case.case_id, hit.score) for hit in again.search("bakgrund")] == before
            assert again.verify() == ()

    def test_an_index_that_says_it_is_fresh_but_is_not_is_found(self, base):
        base.search("bakgrund")
        assert base.verify() == ()
        path = base.path / DERIVED / "dense.tensors"
        index = FlatIndex.read(path, 64)
        index.changed(np.empty(0, np.int64), np.empty((0, 64), np.float32), np.array([1])).write(path)
        assert [problem.code for problem in base.verify()] == ["index_differs"]

    def test_a_torn_index_is_found(self, base):
        base.search("bakgrund")
        path = base.path / DERIVED / "dense.tensors"
        path.write_bytes(path.read_bytes()[:40])
        assert [problem.code for problem in base.verify()] == ["index_differs"]


def test_threads_share_a_base(base):
    faults = []

    def read():
        try:
            for _ in range(20):
                hits = base.search("bakgrund till fall")
                assert all(hit.passages for hit in hits)
                assert base.verify() == ()
        except Exception as error:
            faults.append(error)

    def write():
        for number in range(8):
            add(base, make_case(f"fall-{number}"))
            if number % 3 == 2:
                base.remove(f"fall-{number - 1}")

    threads = [threading.Thread(target=read) for _ in range(3)] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    left = {case.case_id for case in base.cases() if case.case_id.startswith("fall")}
    assert left == {f"fall-{number}" for number in (0, 2, 3, 5, 6, 7)}
