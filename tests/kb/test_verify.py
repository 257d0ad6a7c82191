"""Each promise that the rows make to each other, broken once by hand: verify must say so, in a sentence."""

import pytest

from kb import KnowledgeBase, Settings
from kb.database import FILE_NAME
from kb.messages import LANGUAGES
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_passages


@pytest.fixture
def base(tmp_path):
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=FakeEmbedder()) as base:
        for name in ("a", "b"):
            case = make_case(name)
            base.add(case, make_passages(case), document=make_document(name), extractor="t")
        yield base


def test_all_is_well(base):
    assert base.verify() == ()


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        ("UPDATE documents SET bytes = x'00' WHERE rowid = 1", {"document_changed"}),
        ("INSERT INTO documents VALUES ('0', x'00')", {"documents_unused"}),
        ("UPDATE cases SET title = 'Annan' WHERE case_id = 'a'", {"columns_differ"}),
        ("UPDATE case_facets SET value = 'DK' WHERE case_id = 'a' AND facet = 'country'", {"columns_differ"}),
        ("UPDATE cases SET start_year = 1999 WHERE case_id = 'a'", {"columns_differ"}),
        ("DELETE FROM case_facets WHERE case_id = 'a' AND facet = 'field'", {"columns_differ"}),
        ("INSERT INTO case_facets VALUES ('a', 'arena', 'school')", {"columns_differ"}),
        ("UPDATE versions SET record = '{}' WHERE case_id = 'a'", {"record_unreadable"}),
        ("UPDATE cases SET version_id = 2 WHERE case_id = 'a'", {"columns_differ"}),
        ("UPDATE passages SET spans = '[]' WHERE passage_id = 1", {"passage_nowhere"}),
        ("UPDATE passages SET spans = 'x' WHERE passage_id = 1", {"passage_nowhere"}),
        ("DELETE FROM vectors WHERE passage_id = 1", {"vectors_missing"}),
        ("UPDATE vectors SET embedder = 'annan'", {"vectors_missing"}),
        ("UPDATE state SET embedder = NULL", {"vectors_missing"}),
        ("UPDATE vectors SET vector = x'0000' WHERE passage_id = 1", {"vectors_wrong"}),
        (f"UPDATE vectors SET vector = x'{'00' * 126}007c' WHERE passage_id = 1", {"vectors_wrong"}),
    ],
)
def test_damage_is_found(base, damage, codes):
    with base._database.write() as connection:
        connection.execute(damage)
    found = base.verify()
    assert {problem.code for problem in found} == codes
    for language in LANGUAGES:
        assert all(len(problem.message(language)) > 20 for problem in found)


def test_rows_that_belong_to_nothing_are_found(base):
    with base._database.read() as connection:
        pass
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM passages WHERE passage_id = 1")
    assert {(p.code, p.params.get("table")) for p in base.verify()} == {("orphans", "vectors")}


def test_what_the_engine_finds_is_told_and_nothing_else_is_asked(base):
    with base._database.write() as connection:
        connection.execute("UPDATE cases SET title = 'Annan'")
    base.close()
    file = base.path / FILE_NAME
    content = file.read_bytes()
    assert content.count(b"support_line") > 1
    file.write_bytes(content.replace(b"measuresupport_line", b"measuresupport_lime", 1))
    with KnowledgeBase.open(base.path, settings=Settings()) as again:
        assert [problem.code for problem in again.verify()] == ["engine"]
