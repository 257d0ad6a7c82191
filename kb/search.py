"""A query becomes hits: candidates of both indexes inside the filters, fused, gathered by case, explained."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.derived import Indexes
from kb.embed import Embedder
from kb.explain import matched_terms
from kb.filters import Filters
from kb.fusion import Fused, best_passages, fuse
from kb.lexical import Among, Wanted
from kb.query import Query
from kb.store import Store
from kb.text.analysis import analyze
from kb.text.thesaurus import bundled
from kb.types import Case, FacetCount, Hit, Passage, PassageHit, SearchResult
from kb.wanted import Interpreter

CANDIDATES = 200
PASSAGES_EACH = 3

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be found: rows of the indexes' passages and, for the lexical index, the same in its own terms."""

    passages: Ids | None
    among: Among | None


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one state of the base. Safe to share among threads."""

    store: Store
    indexes: Indexes
    embedder: Embedder

    def search(self, query: Query, *, k: int, filters: Filters, without: str | None = None) -> SearchResult:
        """Return the ``k`` best cases with their best passages, facet counts and whether anything is close at all.

        ``without`` is a case that may not be found.
        """
        wanted = self._interpreter().read(query.text)
        scope = self._scope(query, filters)
        fused = self._fused(query.text, wanted, scope)
        cases = best_passages(fused.scores, self._case_rows(fused.ids), each=PASSAGES_EACH)
        if without is not None:
            cases.pop(self.indexes.case_row.get(without, -1), None)
        ids = [self.indexes.case_ids[row] for row in cases]
        hits = self._hits(list(cases.items())[:k], fused, wanted)
        return SearchResult(
            query=query.text,
            hits=hits,
            total=len(ids),
            facets=self._facets(filters, ids),
            nothing_close=not hits,
        )

    def rank(self, query: Query, *, k: int, lexical: bool = True, semantic: bool = True) -> list[tuple[str, float]]:
        """Return the file names of the ``k`` best documents with their scores: by words, by meaning or by both."""
        wanted = self._interpreter().read(query.text) if lexical else ()
        fused = self._fused(query.text, wanted, self._scope(query, Filters()), semantic=semantic)
        scores = fused.scores
        best = best_passages(scores, self._case_rows(fused.ids), each=1)
        chosen = list(best.items())[:k]
        cases = self.store.cases_by_id(self.indexes.case_ids[row] for row, _ in chosen)
        named = ((cases.get(self.indexes.case_ids[row]), float(scores[at[0]])) for row, at in chosen)
        return [(case.file, score) for case, score in named if case is not None]

    def _interpreter(self) -> Interpreter:
        return Interpreter(self.indexes.lexical, self.indexes.languages | {"sv"}, bundled())

    def _scope(self, query: Query, filters: Filters) -> Scope:
        if not (filters or query.phrases or query.excluded):
            return Scope(None, None)
        indexes = self.indexes
        allowed = np.ones(len(indexes.case_ids), bool)
        if filters:
            allowed[:] = False
            rows = [indexes.case_row[c] for c in self.store.case_ids(filters) if c in indexes.case_row]
            allowed[rows] = True
        for phrase in query.phrases:
            allowed &= self._holding(phrase)
        for phrase in query.excluded:
            allowed &= ~self._holding(phrase)
        inside = allowed[indexes.case_rows]
        if filters.field:
            inside &= np.isin(np.array(indexes.field_names, dtype=object), filters.field)
        cases = [indexes.case_ids[row] for row in np.flatnonzero(allowed)]
        return Scope(indexes.passages[inside], Among(cases, filters.field or None))

    def _holding(self, phrase: str) -> NDArray[np.bool_]:
        """Which cases hold the words of ``phrase`` one after another, in any of the languages' forms."""
        holding = np.zeros(len(self.indexes.case_ids), bool)
        for language in self.indexes.languages | {"sv"}:
            terms = [term.text for term in analyze(phrase, language) if not term.part]
            holding[self._case_rows(self._known(self.indexes.lexical.containing(terms)))] = True
        return holding

    def _fused(self, text: str, wanted: Sequence[Wanted], scope: Scope, *, semantic: bool = True) -> Fused:
        lexical, dense = self.indexes.lexical, self.indexes.dense
        ids, bm25 = lexical.search(wanted, limit=CANDIDATES, among=scope.among)
        known = self.indexes.known(ids)
        bm25_of = dict(zip(ids[known].tolist(), bm25[known].tolist(), strict=True))
        candidates = set(bm25_of)
        vector = self.embedder.encode_queries([text])[0]
        if semantic:
            near, _ = dense.search(vector, limit=CANDIDATES, among=scope.passages)
            near = self._known(near)
            missing = [int(i) for i in near if int(i) not in bm25_of]
            if wanted and missing:
                further = lexical.search(wanted, limit=len(missing), among=Among(passage_ids=missing))
                bm25_of |= dict(zip(*(part.tolist() for part in further), strict=True))
            candidates |= {int(i) for i in near}
        chosen = np.array(sorted(candidates), np.int64)
        cosines = dense.scores(vector, chosen) if semantic and len(chosen) else np.zeros(len(chosen), np.float32)
        scores = np.array([bm25_of.get(i, 0.0) for i in chosen.tolist()], np.float32)
        return fuse(chosen, scores, cosines, best_bm25=float(scores.max(initial=0.0)))

    def _known(self, passage_ids: Ids) -> Ids:
        return passage_ids[self.indexes.known(passage_ids)]

    def _case_rows(self, passage_ids: Ids) -> NDArray[np.int32]:
        return self.indexes.case_rows[self.indexes.rows(passage_ids)]

    def _facets(self, filters: Filters, case_ids: Collection[str]) -> Mapping[str, tuple[FacetCount, ...]]:
        return self.store.facet_counts(filters, among=case_ids)

    def _hits(self, chosen: Sequence[tuple[int, list[int]]], fused: Fused, wanted: Sequence[Wanted]) -> tuple[Hit, ...]:
        case_ids = [self.indexes.case_ids[row] for row, _ in chosen]
        cases = self.store.cases_by_id(case_ids)
        passages = self.store.passages(fused.ids[at] for _, several in chosen for at in several)
        hits: list[Hit] = []
        for case_id, (_, several) in zip(case_ids, chosen, strict=True):
            case = cases.get(case_id)
            shown = [
                self._passage_hit(passages[int(fused.ids[at])], case, at, fused, wanted)
                for at in several
                if case is not None and int(fused.ids[at]) in passages
            ]
            if case is not None and shown:
                hits.append(Hit(rank=len(hits) + 1, score=shown[0].score, case=case, passages=tuple(shown)))
        return tuple(hits)

    @staticmethod
    def _passage_hit(passage: Passage, case: Case, at: int, fused: Fused, wanted: Sequence[Wanted]) -> PassageHit:
        lexical, semantic = float(fused.lexical[at]), float(fused.semantic[at])
        matched = matched_terms(passage.text, case.language, wanted)
        return PassageHit(
            passage=passage, score=lexical + semantic, lexical=lexical, semantic=semantic, matched=matched
        )


def browse(store: Store, text: str, *, k: int, filters: Filters, nothing: bool = False) -> SearchResult:
    """Return the cases inside ``filters`` by title, each with its first passage; with ``nothing`` none of them."""
    ids = () if nothing else store.case_ids(filters)
    cases = store.cases_by_id(ids[:k])
    hits: list[Hit] = []
    for case in cases.values():
        first = store.passages_of(case.case_id)[:1]
        shown = tuple(PassageHit(passage=p, score=0.0, lexical=0.0, semantic=0.0) for p in first)
        hits.append(Hit(rank=len(hits) + 1, score=0.0, case=case, passages=shown))
    facets = store.facet_counts(filters, among=ids)
    return SearchResult(query=text, hits=tuple(hits), total=len(ids), facets=facets, nothing_close=nothing)


def description(case: Case) -> str:
    """Return what a case is about as one text: its title and its fields."""
    return "\n".join([case.title, *(value.text for value in case.fields.values() if value)])
