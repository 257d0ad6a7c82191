"""The systems that :mod:`benchmarks.speed` measures."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import numpy as np

K = 10
COUNTRY = "DK"


Ask = Callable[[str, Any, bool], list[int] | list[str]]


class System(Protocol):
    """A way to search. ``build`` writes into ``folder``; ``open`` reads from there and returns how to ask."""

    def build(self, folder: Path) -> None:
        """Index ``passages.jsonl`` and ``vectors.npy``."""

    def open(self, folder: Path) -> "Ask":
        """Return a function of query, its vector and whether to filter, which returns what was found, best first.

        What was found are rows of passages, or ids of cases.
        """


def rows(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the passages."""
    with (folder / "passages.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Exempelbanken:
    """The product through its façade: hybrid search with passages, facet counts and explanations."""

    def build(self, folder: Path) -> None:
        """Add case by case, each in its transaction, then make the derived indexes."""
        from kb import Case, FacetValue, KnowledgeBase, Passage, Settings, Span

        nowhere = Span(1, (0.0, 0.0, 1.0, 1.0), "")
        with KnowledgeBase.open(folder / "base", settings=Settings()) as base:
            for name, group in groupby(rows(folder), lambda row: row["case"]):
                several = list(group)
                content = name.encode()
                case = Case(
                    case_id=name,
                    file=f"{name}.pdf",
                    sha256=hashlib.sha256(content).hexdigest(),
                    document_type="example",
                    language="sv",
                    page_count=1,
                    title=several[0]["text"].split(".")[0],
                    country=several[0]["country"],
                    facets=(FacetValue("measure", several[0]["measure"], "", 1),),
                )
                passages = [
                    Passage(
                        passage_id=0,
                        case_id=name,
                        field=None,
                        title="",
                        text=row["text"],
                        spans=(nowhere,),
                        position=at,
                    )
                    for at, row in enumerate(several)
                ]
                base.add(case, passages, document=content, extractor="benchmark")
            base.search("stöd")

    def open(self, folder: Path) -> Ask:
        """Open the base."""
        from kb import Filters, KnowledgeBase, Settings

        base = KnowledgeBase.open(folder / "base", settings=Settings(), create=False)
        chosen = Filters(country=COUNTRY)

        def ask(query: str, vector: Any, inside: bool) -> list[str]:
            found = base.search(query, k=K, filters=chosen if inside else None)
            return [hit.case.case_id for hit in found]

        return ask


def external(texts: list[str]) -> Any:
    """Return the vectors of ``texts``: what txtai, which finds it by its name, is given for a model."""
    return _given.vectors(texts)


@dataclass
class _Given:
    """Where :func:`external` gets its vectors."""

    vectors: Callable[[list[str]], Any] = lambda texts: np.zeros((len(texts), 1), np.float32)


_given = _Given()


class Txtai:
    """txtai, hybrid (its BM25 and FAISS), content in SQLite."""

    def _made(self, vectors: Callable[[list[str]], Any]) -> Any:
        from txtai import Embeddings

        from benchmarks import speed_systems

        speed_systems._given.vectors = vectors  # the module as txtai sees it: this one runs as __main__
        return Embeddings(
            method="external",
            transform="benchmarks.speed_systems.external",
            hybrid=True,
            content=True,
            faiss={"components": "IDMap,Flat"},
        )

    def build(self, folder: Path) -> None:
        """Index all at once."""
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        done = 0

        def given(texts: list[str]) -> Any:
            nonlocal done
            done += len(texts)
            return np.array(vectors[done - len(texts) : done])

        index = self._made(given)
        index.index((at, {"text": row["text"], "country": row["country"]}, None) for at, row in enumerate(rows(folder)))
        index.save(str(folder / "txtai"))

    def open(self, folder: Path) -> Ask:
        """Load it; a query's vector is handed over by a look-up."""
        asked: dict[str, Any] = {}
        index = self._made(lambda texts: np.stack([asked[text] for text in texts]))
        index.load(str(folder / "txtai"))

        def ask(query: str, vector: Any, inside: bool) -> list[int]:
            asked[query] = vector
            where = f" AND country = '{COUNTRY}'" if inside else ""
            sql = f"SELECT id, text, score FROM txtai WHERE similar(:q){where} LIMIT {K}"  # noqa: S608
            return [int(row["id"]) for row in index.search(sql, parameters={"q": query})]

        return ask


class Chroma:
    """Chroma, by vectors alone (it has no hybrid search on one's own machine), HNSW at its defaults."""

    def _client(self, folder: Path) -> Any:
        import chromadb

        settings = chromadb.Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(str(folder / "chroma"), settings=settings)

    def build(self, folder: Path) -> None:
        """Add in batches of 5,000."""
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        collection = self._client(folder).create_collection(
            "all", metadata={"hnsw:space": "ip"}, embedding_function=None
        )
        everything = list(rows(folder))
        for start in range(0, len(everything), 5_000):
            batch = everything[start : start + 5_000]
            collection.add(
                ids=[str(start + at) for at in range(len(batch))],
                embeddings=np.array(vectors[start : start + len(batch)]),
                documents=[row["text"] for row in batch],
                metadatas=[{"country": row["country"]} for row in batch],
            )

    def open(self, folder: Path) -> Ask:
        """Open the collection."""
        collection = self._client(folder).get_collection("all", embedding_function=None)

        def ask(query: str, vector: Any, inside: bool) -> list[int]:
            where = {"country": COUNTRY} if inside else None
            found = collection.query(query_embeddings=vector[None, :], n_results=K, where=where)
            return [int(name) for name in found["ids"][0]]

        return ask


class Faiss:
    """The limit for vectors: an exact scan, nothing else."""

    def build(self, folder: Path) -> None:
        """Write a flat index."""
        import faiss

        vectors = np.load(folder / "vectors.npy")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / "faiss"))
        chosen = np.array([row["country"] == COUNTRY for row in rows(folder)])
        np.save(folder / "faiss.npy", np.packbits(chosen, bitorder="little"))

    def open(self, folder: Path) -> Ask:
        """Read the index."""
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.read_index(str(folder / "faiss"))
        inside = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.load(folder / "faiss.npy")))

        def ask(query: str, vector: Any, some: bool) -> list[int]:
            _, found = index.search(vector[None, :], K, params=inside if some else None)
            rows: list[int] = found[0].tolist()
            return rows

        return ask


class Tantivy:
    """The limit for words: BM25 over the terms that the product makes, any of the query's terms, nothing else."""

    def build(self, folder: Path) -> None:
        """Write an index of terms."""
        import tantivy

        from kb.text.analysis import analyze

        (folder / "tantivy").mkdir()
        with self._index(folder).writer(64_000_000, 1) as writer:
            for number, row in enumerate(rows(folder)):
                terms = " ".join(term.text for term in analyze(row["text"], "sv"))
                document = tantivy.Document(terms=terms, country=row["country"])
                document.add_unsigned("row", number)
                writer.add_document(document)
            writer.commit()

    def open(self, folder: Path) -> Ask:
        """Open the index."""
        import tantivy

        from kb.text.analysis import analyze

        index = self._index(folder)
        index.reload()
        searcher, schema, kind, occur = index.searcher(), index.schema, tantivy.Query, tantivy.Occur
        country = kind.const_score_query(kind.term_query(schema, "country", COUNTRY, "basic"), 0.0)

        def ask(query: str, vector: Any, inside: bool) -> list[int]:
            terms = [kind.term_query(schema, "terms", term.text, "freq") for term in analyze(query, "sv")]
            words = kind.boolean_query([(occur.Should, term) for term in terms])
            both = kind.boolean_query([(occur.Must, words), (occur.Must, country)]) if inside else words
            hits = searcher.search(both, K, count=False).hits
            return list(searcher.fast_field_values("row", [address for _, address in hits]))

        return ask

    def _index(self, folder: Path) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("row", fast=True)
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("country", tokenizer_name="raw", index_option="basic")
        return tantivy.Index(builder.build(), path=str(folder / "tantivy"))


KNOWN: dict[str, Callable[[], System]] = {
    "exempelbanken": Exempelbanken,
    "txtai": Txtai,
    "chroma": Chroma,
    "faiss": Faiss,
    "tantivy": Tantivy,
}
