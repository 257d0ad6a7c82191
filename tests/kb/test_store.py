"""Rows and their promises; filters and counts against a plain reading of the same cases in Python."""

import hashlib
import threading
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.database import Database
from kb.embed import EmbedderStamp
from kb.errors import AmbiguousCase, CaseNotFound, DuplicateName, EmbedderMismatch
from kb.facets import FacetTable
from kb.filters import COLUMNS, Filters
from kb.store import Store
from kb.types import FIELD_NAMES, Contact, FacetValue
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_field, make_passages, make_span

EMBEDDER = FakeEmbedder()


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "base")
    yield database
    database.close()


@pytest.fixture
def store(database):
    return Store(database)


def add(store, case, *, content="", extractor="test/1", embedder=EMBEDDER):
    passages = make_passages(case)
    return store.add(
        case,
        passages,
        embedder.encode_passages([p.text for p in passages]),
        stamp=embedder.stamp,
        document=make_document(case.case_id, content),
        extractor=extractor,
    )


def rows(database):
    with database.read() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


class TestAdd:
    def test_what_was_added_is_read_back(self, store):
        case = make_case()
        assert add(store, case) == "added"
        (found,) = store.cases_by_id([case.case_id]).values()
        assert found.contact is None
        assert (found.title, found.fields, found.facets) == (case.title, case.fields, case.facets)
        assert store.contact(case.case_id) == case.contact
        assert store.document(case.case_id) == make_document(case.case_id)
        assert [p.text for p in store.passages_of(case.case_id)] == [p.text for p in make_passages(case)]

    def test_the_same_again_changes_nothing(self, store, database):
        add(store, make_case())
        before = (store.generation, rows(database))
        assert add(store, make_case()) == "unchanged"
        assert (store.generation, rows(database)) == before

    @pytest.mark.parametrize(
        "change",
        [
            {"case": make_case(content="ny"), "content": "ny"},
            {"case": make_case(), "extractor": "test/2"},
            {"case": make_case(title="Bättre titel")},
            {"case": make_case(contact=None)},
            {"case": make_case(contact=Contact(name="Ny Person"))},
        ],
        ids=["document", "extractor", "record", "no contact", "contact"],
    )
    def test_a_difference_is_a_new_version(self, store, change):
        add(store, make_case())
        before = store.generation
        assert add(store, **change) == "updated"
        assert store.generation > before
        assert [(v.number, v.current) for v in store.versions("stodtelefon-lindvik")] == [(1, False), (2, True)]
        assert store.contact("stodtelefon-lindvik") == change["case"].contact
        assert store.count() == 1
        assert len(store.passage_ids()) == 3
        assert store.problems() == ()

    def test_earlier_versions_keep_their_record_without_contact(self, store):
        add(store, make_case())
        add(store, make_case(title="Ny", content="ny"), content="ny")
        first, second = store.versions("stodtelefon-lindvik")
        assert (first.case.title, second.case.title) == ("Exemplet stodtelefon-lindvik", "Ny")
        assert (first.case.contact, first.sha256) == (None, make_case().sha256)

    def test_passage_ids_are_never_used_again(self, store):
        add(store, make_case())
        first = set(store.passage_ids().tolist())
        add(store, make_case(content="ny"), content="ny")
        second = set(store.passage_ids().tolist())
        store.remove("stodtelefon-lindvik")
        add(store, make_case())
        third = set(store.passage_ids().tolist())
        assert max(first) < min(second)
        assert max(second) < min(third)

    @pytest.mark.parametrize(
        "other",
        [make_case("annat-id", file="stodtelefon-lindvik.pdf"), make_case(file="Annan fil.pdf")],
        ids=["file", "id"],
    )
    def test_a_taken_name_is_refused_and_nothing_is_overwritten(self, store, other):
        add(store, make_case())
        with pytest.raises(DuplicateName):
            add(store, other)
        assert store.fingerprint("stodtelefon-lindvik.pdf") == (make_case().sha256, "test/1")
        assert store.count() == 1

    def test_two_files_may_have_the_same_bytes(self, store, database):
        sha256 = hashlib.sha256(b"%PDF same").hexdigest()
        for name in ("a", "b"):
            case = make_case(name, sha256=sha256)
            vectors = EMBEDDER.encode_passages([p.text for p in make_passages(case)])
            passages = make_passages(case)
            store.add(case, passages, vectors, stamp=EMBEDDER.stamp, document=b"%PDF same", extractor="t")
        assert rows(database)["documents"] == 1
        assert store.file_with(sha256) == "a.pdf"
        store.remove("a")
        assert store.document("b") == b"%PDF same"
        assert store.file_with(sha256) == "b.pdf"

    @pytest.mark.parametrize("fault", ["document", "passage", "placeless", "rows", "dimension", "nan"])
    def test_what_does_not_belong_together_is_refused_whole(self, store, database, fault):
        case = make_case()
        passages = make_passages(case)
        vectors = EMBEDDER.encode_passages([p.text for p in passages])
        document = make_document(case.case_id)
        if fault == "document":
            document += b"!"
        elif fault == "passage":
            passages = (*passages[:-1], make_passages(make_case("annat"))[0])
        elif fault == "placeless":
            passages = (*passages[:-1], type(passages[0])(**{**as_dict(passages[-1]), "spans": ()}))
        elif fault == "rows":
            vectors = vectors[:-1]
        elif fault == "dimension":
            vectors = vectors[:, :-1]
        else:
            vectors[0, 0] = np.nan
        before = rows(database)
        with pytest.raises(ValueError, match=r"stodtelefon|fake"):
            store.add(case, passages, vectors, stamp=EMBEDDER.stamp, document=document, extractor="t")
        assert rows(database) == before
        assert store.stamp is None

    def test_vectors_of_another_embedder_are_refused(self, store):
        add(store, make_case("a"))
        with pytest.raises(EmbedderMismatch, match="kb reindex"):
            add(store, make_case("b"), embedder=FakeEmbedder(revision="2"))
        assert store.case_ids() == ("a",)

    def test_an_emptied_base_takes_any_embedder(self, store):
        add(store, make_case("a"))
        store.remove("a")
        other = FakeEmbedder("other", dimension=8)
        assert add(store, make_case("b"), embedder=other) == "added"
        assert store.stamp == other.stamp


def as_dict(passage):
    names = ("passage_id", "case_id", "field", "title", "text", "spans", "position")
    return {name: getattr(passage, name) for name in names}


class TestRemove:
    def test_only_the_audit_line_remains(self, store, database):
        add(store, make_case())
        add(store, make_case(content="ny"), content="ny")
        store.remove("stodtelefon-lindvik")
        left = {table: count for table, count in rows(database).items() if count}
        assert left.keys() == {"state", "audit", "sqlite_sequence"}
        assert [(entry.action, entry.case_id) for entry in store.audit()] == [
            ("added", "stodtelefon-lindvik"),
            ("updated", "stodtelefon-lindvik"),
            ("removed", "stodtelefon-lindvik"),
        ]

    def test_no_file_keeps_what_it_said(self, store, tmp_path):
        secret = "Hemligstensson"
        case = make_case(contact=Contact(name=secret), fields={"background": make_field(secret)}, content=secret)
        add(store, make_case("kvar"))
        add(store, case, content=secret)
        assert secret.encode() in content_of(tmp_path)
        store.remove(case.case_id)
        assert secret.encode() not in content_of(tmp_path)
        assert b"Bakgrund till kvar" in content_of(tmp_path)

    def test_an_unknown_case_is_said(self, store):
        with pytest.raises(CaseNotFound):
            store.remove("finns-inte")


def content_of(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class TestRead:
    @pytest.mark.parametrize(
        ("text", "found"),
        [("stod-a", "stod-a"), ("stod-a-2", "stod-a-2"), ("stod-b", "stod-b"), ("o", "o_100%")],
        ids=["whole id that begins another", "whole", "the only one", "abbreviated"],
    )
    def test_resolve(self, store, text, found):
        for case_id in ("stod-a", "stod-a-2", "stod-b", "o_100%"):
            add(store, make_case(case_id))
        assert store.resolve(text) == found

    @pytest.mark.parametrize(
        ("text", "error"),
        [("", CaseNotFound), ("x", CaseNotFound), ("stod", AmbiguousCase), ("%", CaseNotFound), ("_", CaseNotFound)],
    )
    def test_resolve_refuses(self, store, text, error):
        for case_id in ("stod-a", "stod-b"):
            add(store, make_case(case_id))
        with pytest.raises(error):
            store.resolve(text)

    def test_passages_and_cases_come_in_the_order_asked_for(self, store):
        for case_id in ("a", "b"):
            add(store, make_case(case_id))
        ids = store.passage_ids().tolist()[::-1]
        assert list(store.passages([*ids, 999])) == ids
        assert list(store.cases_by_id(["b", "finns-inte", "a"])) == ["b", "a"]
        assert store.passages([ids[0]])[ids[0]].spans == (make_span("Övrigt om b"),)

    def test_vectors_come_back_within_half_precision(self, store):
        case = make_case()
        add(store, case)
        ids, matrix = store.vectors(EMBEDDER.stamp)
        assert ids.tolist() == store.passage_ids().tolist()
        assert matrix.dtype == np.float32
        np.testing.assert_allclose(matrix, EMBEDDER.encode_passages([p.text for p in make_passages(case)]), atol=5e-4)

    def test_vectors_of_chosen_passages(self, store):
        add(store, make_case())
        ids, matrix = store.vectors(EMBEDDER.stamp)
        some, rows = store.vectors(EMBEDDER.stamp, [ids[2], ids[0], 999])
        assert some.tolist() == [ids[0], ids[2]]
        np.testing.assert_array_equal(rows, matrix[[0, 2]])

    def test_nothing_is_nothing(self, store):
        ids, matrix = store.vectors(EmbedderStamp("x", "1", 8))
        assert (ids.shape, matrix.shape, store.passage_ids().shape) == ((0,), (0, 8), (0,))
        assert (store.passages([]), store.cases_by_id([]), store.versions("x"), store.contact("x")) == (
            {},
            {},
            (),
            None,
        )
        assert (store.fingerprint("x"), store.file_with("x"), store.stamp, store.generation) == (None, None, None, 0)
        with pytest.raises(CaseNotFound):
            store.document("x")

    def test_a_snapshot_does_not_see_what_others_write(self, store):
        add(store, make_case("a"))
        with store.snapshot() as generation:
            thread = threading.Thread(target=add, args=(store, make_case("b")))
            thread.start()
            thread.join()
            assert (store.case_ids(), store.generation) == (("a",), generation)
        assert (store.case_ids(), store.generation) == (("a", "b"), generation + 1)


MEASURES = ("mentoring", "support_line", "exit_support")
ARENAS = ("school", "police")


@st.composite
def collections(draw):
    cases = []
    for number in range(draw(st.integers(0, 8))):
        facets = [("measure", v) for v in draw(st.sets(st.sampled_from(MEASURES)))]
        facets += [("arena", v) for v in draw(st.sets(st.sampled_from(ARENAS)))]
        fields = dict.fromkeys(FIELD_NAMES)
        for name in draw(st.sets(st.sampled_from(FIELD_NAMES))):
            fields[name] = make_field(f"{name} {number}")
        cases.append(
            make_case(
                f"fall-{number}",
                country=draw(st.sampled_from([None, "SE", "NO"])),
                language=draw(st.sampled_from(["sv", "nb"])),
                document_type=draw(st.sampled_from(["example", "report"])),
                start_year=draw(st.sampled_from([None, 2015, 2016, 2017])),
                fields=fields,
                facets=tuple(FacetValue(facet, value, "…", 1) for facet, value in facets * 2),
            )
        )
    return cases


def some(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True)


@st.composite
def filters_(draw):
    first, last = draw(st.sampled_from([(None, None), (2015, None), (None, 2016), (2016, 2017)]))
    return Filters(
        facets={"measure": draw(some(MEASURES)), "arena": draw(some(ARENAS))},
        country=draw(some(["SE", "NO", "DK"])),
        language=draw(some(["sv", "nb"])),
        document_type=draw(some(["example", "report"])),
        field=draw(some(FIELD_NAMES)),
        started_from=first,
        started_to=last,
    )


def values_of(case, name):
    if name in COLUMNS:
        return {getattr(case, name)} - {None}
    if name == "field":
        return {field for field, value in case.fields.items() if value}
    return set(case.values_of(name))


def passes(case, filters):
    if (filters.started_from or filters.started_to) and case.start_year is None:
        return False
    if not (filters.started_from or 0) <= (case.start_year or 0) <= (filters.started_to or 9999):
        return False
    names = (*filters.facets, *COLUMNS, "field")
    return all(values_of(case, name) & set(filters.values_of(name)) for name in names if filters.values_of(name))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cases=collections(), filters=filters_(), among=st.none() | st.sets(st.sampled_from([f"fall-{n}" for n in range(9)]))
)
def test_filters_and_counts_are_those_of_a_plain_reading(tmp_path_factory, cases, filters, among):
    database = Database(tmp_path_factory.mktemp("base"))
    store = Store(database)
    for case in cases:
        add(store, case)
    wanted = [case for case in cases if passes(case, filters)]
    assert set(store.case_ids(filters)) == {case.case_id for case in wanted}
    assert store.count(filters) == len(wanted)

    found = store.passages(store.passage_ids(filters)).values()
    expected = {
        (p.case_id, p.field)
        for case in wanted
        for p in make_passages(case)
        if not filters.field or p.field in filters.field
    }
    assert {(p.case_id, p.field) for p in found} == expected

    counts = store.facet_counts(filters, among=among)
    for name in {*counts, "measure", "arena", *COLUMNS, "field"}:
        plain = Counter(dict.fromkeys(filters.values_of(name), 0))
        for case in cases:
            if passes(case, filters.without(name)) and (among is None or case.case_id in among):
                plain.update(values_of(case, name))
        assert {c.value: c.count for c in counts.get(name, ())} == plain, name
        assert {c.value for c in counts.get(name, ()) if c.selected} == set(filters.values_of(name))
        numbers = [c.count for c in counts.get(name, ())]
        assert numbers == sorted(numbers, reverse=True)

    row = {case.case_id: number for number, case in enumerate(cases)}
    table = FacetTable.of(store.facet_rows(), store.start_years(), row)
    assert {case_id for case_id, number in row.items() if table.passing(filters)[number]} == set(
        store.case_ids(filters)
    )
    mask = np.array([among is None or case_id in among for case_id in row], bool)
    assert table.counts(filters, mask) == counts
    database.close()
