"""The words' side of search: which passages hold the terms, scored by BM25.

BM25 as in Robertson & Zaragoza 2009 ("The Probabilistic Relevance Framework"), k1 = 1.2, b = 0.75, counted by tantivy
over the terms that :mod:`kb.text` made; tantivy itself only splits at spaces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.text.analysis import analyze

if TYPE_CHECKING:
    import tantivy

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Reason = Literal["word", "part", "pair", "synonym", "spelling"]

HEADING_BOOST = 0.5
SATURATION = 1.5  # what BM25 multiplies a term's rarity with in a passage that has it a few times (at most k1 + 1)
_WRITER_MEGABYTES = 64


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fulfil a wanted word: a term, or several that must follow each other; ``weight`` multiplies BM25."""

    terms: tuple[str, ...]
    weight: float
    reason: Reason = "word"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word (or expression) of the query with all the ways to fulfil it.

    ``attainable`` is the BM25 score of a passage that fulfils it fully, in words that are not in its heading.
    """

    written: str
    alternatives: tuple[Alternative, ...]
    attainable: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """A passage to index, in its case's ``language``; ``heading`` is what stands above it: titles."""

    passage_id: int
    case_id: str
    field: str | None
    language: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Among:
    """Where to search: passages of these cases, and of these fields (``None``: all)."""

    case_ids: Sequence[str] | None = None
    fields: Sequence[str] | None = None
    passage_ids: Sequence[int] | None = None


class LexicalIndex(Protocol):
    """An index of terms. Scores are BM25 sums, larger is better."""

    def search(self, wanted: Sequence[Wanted], *, limit: int, among: Among | None = None) -> tuple[Ids, Scores]:
        """Return the best passages that fulfil any of ``wanted``, best first."""

    def containing(self, terms: Sequence[str]) -> Ids:
        """Return the passages where ``terms`` stand one after another."""

    def frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of ``term``: what scores multiply its occurrences with."""

    def rarity_in_language(self, term: str) -> float:
        """Return the same, counted among the passages of the languages that have the term."""

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Return the terms that begin with ``prefix``, with the number of passages that hold them."""

    def ids(self) -> Ids:
        """Return the ids of all passages indexed, ascending."""

    def update(self, add: Iterable[Document], remove: Iterable[int]) -> None:
        """Bring the index up to date, wholly or (killed in between) not at all."""


class TantivyIndex:
    """BM25 by tantivy, in ``folder`` or, without one, in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        import tantivy

        self._tantivy = tantivy
        self._schema = _schema()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=None if folder is None else str(folder))
        self._index.config_reader("manual")
        self._reload()

    def search(self, wanted: Sequence[Wanted], *, limit: int, among: Among | None = None) -> tuple[Ids, Scores]:
        """Return the best passages that fulfil any of ``wanted``, best first."""
        # Each part is held to ``among`` by itself: pairs are then looked for in those passages only.
        pairs = [one for one in wanted if one.alternatives[0].reason == "pair"]
        queries = [self._query([one for one in wanted if one not in pairs]), self._query(pairs)]
        inside = [self._inside(query, among) for query in queries if query is not None]
        if not inside or limit < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        should = self._tantivy.Occur.Should
        query = inside[0] if len(inside) == 1 else self._tantivy.Query.boolean_query([(should, one) for one in inside])
        hits = self._searcher.search(query, limit, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return np.array(ids, np.int64), np.array([score for score, _ in hits], np.float32)

    def containing(self, terms: Sequence[str]) -> Ids:
        """Return the passages where ``terms`` stand one after another."""
        return self._all(self._expression("words", terms))

    def frequency(self, term: str) -> int:
        """Return how many passages hold ``term``."""
        return int(self._searcher.doc_freq("terms", term))

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of ``term``: what scores multiply its occurrences with."""
        return _idf(self.frequency(term), self._searcher.num_docs)

    def rarity_in_language(self, term: str) -> float:
        """Return the same, counted among the passages of the languages that have the term.

        Counted among all passages, every common word of a language that few of them are in would pass for a rare one,
        and those few would be found by "the" and "people". A term of several languages has the mean of its rarities,
        weighed by where it stands.
        """
        held = {language: int(self._searcher.doc_freq("spoken", f"{language}:{term}")) for language in self._sizes}
        total = sum(held.values())
        if not total:
            return self.rarity(term)
        return sum(number * _idf(number, self._sizes[language]) for language, number in held.items()) / total

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Return the terms that begin with ``prefix``, with the number of passages that hold them."""
        return list(self._searcher.terms_with_prefix("terms", prefix))

    def ids(self) -> Ids:
        """Return the ids of all passages indexed, ascending."""
        return np.sort(self._all(self._tantivy.Query.all_query()))

    def update(self, add: Iterable[Document], remove: Iterable[int]) -> None:
        """Bring the index up to date, wholly or (killed in between) not at all: tantivy commits atomically."""
        with self._index.writer(_WRITER_MEGABYTES * 1_000_000, 1) as writer:
            gone = [int(passage_id) for passage_id in remove]
            if gone:  # not by term: tantivy 0.27 takes a number for a signed one then, and deletes nothing
                writer.delete_documents_by_query(self._tantivy.Query.term_set_query(self._schema, "id", gone))
            for document in add:
                writer.add_document(self._document(document))
            writer.commit()
        self._reload()

    def _reload(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        self._sizes = dict(self._searcher.terms_with_prefix("language", ""))

    def _document(self, document: Document) -> "tantivy.Document":
        terms = list(analyze(document.text, document.language))
        made = self._tantivy.Document()
        made.add_unsigned("id", document.passage_id)
        made.add_text("case", document.case_id)
        made.add_text("field", document.field or "")
        made.add_text("language", document.language)
        made.add_text("spoken", " ".join({f"{document.language}:{term.text}" for term in terms}))
        made.add_text("terms", " ".join(term.text for term in terms))
        made.add_text("words", " ".join(term.text for term in terms if not term.part))
        made.add_text("heading", " ".join(term.text for term in analyze(document.heading, document.language)))
        return made

    def _query(self, wanted: Sequence[Wanted]) -> "tantivy.Query | None":
        should = self._tantivy.Occur.Should
        parts = [
            (should, self._boosted(alternative, field, boost))
            for one in wanted
            for alternative in one.alternatives
            for field, boost in (("terms", 1.0), ("heading", HEADING_BOOST))
            if len(alternative.terms) == 1 or field == "terms"
        ]
        return self._tantivy.Query.boolean_query(parts) if parts else None

    def _boosted(self, alternative: Alternative, field: str, boost: float) -> "tantivy.Query":
        query = self._expression(field if len(alternative.terms) == 1 else "words", alternative.terms)
        weight = alternative.weight * boost
        return query if weight == 1.0 else self._tantivy.Query.boost_query(query, weight)

    def _expression(self, field: str, terms: Sequence[str]) -> "tantivy.Query":
        if len(terms) == 1:
            return self._tantivy.Query.term_query(self._schema, field, terms[0], "freq")
        return self._tantivy.Query.phrase_query(self._schema, "words", list(terms))

    def _inside(self, query: "tantivy.Query", among: Among | None) -> "tantivy.Query":
        if among is None:
            return query
        must, kind = self._tantivy.Occur.Must, self._tantivy.Query
        limits = {"case": among.case_ids, "field": among.fields, "id": among.passage_ids}
        sets = [kind.term_set_query(self._schema, name, list(v)) for name, v in limits.items() if v is not None]
        return kind.boolean_query([(must, query), *((must, kind.const_score_query(one, 0.0)) for one in sets)])

    def _all(self, query: "tantivy.Query") -> Ids:
        hits = self._searcher.search(query, max(1, self._searcher.num_docs), count=False).hits
        return np.array(self._searcher.fast_field_values("id", [address for _, address in hits]), np.int64)


def _idf(frequency: int, size: int) -> float:
    # What was deleted is counted in frequencies, until tantivy tidies up, but not in sizes.
    return log1p((max(0, size - frequency) + 0.5) / (frequency + 0.5))


def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("case", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("field", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("spoken", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("heading", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    return builder.build()
