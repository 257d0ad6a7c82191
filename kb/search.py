"""A query becomes hits: candidates inside the filters, scored by words and meaning, gathered by case, explained.

Two steps. First the *candidates*: cases that either index holds for good, by one of their passages or as a whole.
Then all passages of the candidates are scored exactly, by both indexes, and so are the cases as wholes; a case's score
is the mean of its best passage's and its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.embed import Embedder
from kb.explain import matched_terms
from kb.filters import Filters
from kb.fusion import Fused, best_by_group, by_case, fuse
from kb.indexes import Indexes
from kb.lexical import Among, Wanted
from kb.query import Query
from kb.store import Store
from kb.text.analysis import analyze
from kb.text.thesaurus import bundled
from kb.types import Case, Hit, Passage, PassageHit, SearchResult
from kb.wanted import Interpreter

CANDIDATES = 60
PASSAGES_EACH = 3
WORTH_SHOWING = 0.5

CLOSE = 0.097
"""The least score of an answer. Calibrated for the bundled embedder on ``data/samples/queries.tsv`` (development data):
the 3 % quantile of the best scores of queries that have an answer."""

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as both indexes understand it. Without ``vector`` only words count."""

    wanted: Sequence[Wanted]
    attainable: float
    vector: Floats | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be found: which cases, by row (``None``: all), and which fields' passages (none: all)."""

    cases: NDArray[np.bool_] | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Cases by row, best first, with their scores; and the passages, by row, that were scored for them."""

    cases: Ids
    scores: Floats
    passages: Ids
    fused: Fused


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
        asked = self._asked(query)
        ranking = self._close(asked, self._scope(query, filters, without), k)
        hits = self._hits(ranking, asked, k)
        found = [self.indexes.case_ids[row] for row in ranking.cases]
        facets = self.store.facet_counts(filters, among=found)
        for chosen in filters.chosen:
            wider = self._close(asked, self._scope(query, filters.without(chosen), without), k)
            among = [self.indexes.case_ids[row] for row in wider.cases]
            facets[chosen] = self.store.facet_counts(filters, among=among)[chosen]
        return SearchResult(query=query.text, hits=hits, total=len(found), facets=facets, nothing_close=not hits)

    def _close(self, asked: Asked, scope: Scope, k: int) -> Ranking:
        """The ranking inside ``scope`` as far down as it holds answers."""
        ranking = self._rank(asked, scope, candidates=max(CANDIDATES, k))
        close = ranking.scores >= CLOSE
        return replace(ranking, cases=ranking.cases[close], scores=ranking.scores[close])

    def rank(self, query: Query, *, k: int, lexical: bool = True, semantic: bool = True) -> list[tuple[str, float]]:
        """Return the file names of the ``k`` best documents with their scores: by words, by meaning or by both."""
        asked = self._asked(query, lexical=lexical, semantic=semantic)
        ranking = self._rank(asked, self._scope(query, Filters()), candidates=max(CANDIDATES, k))
        ids = [self.indexes.case_ids[row] for row in ranking.cases[:k]]
        cases = self.store.cases_by_id(ids)
        scores = ranking.scores.tolist()
        return [(cases[case_id].file, score) for case_id, score in zip(ids, scores, strict=False) if case_id in cases]

    def _asked(self, query: Query, *, lexical: bool = True, semantic: bool = True) -> Asked:
        interpreter = Interpreter(self.indexes.lexical, self._languages, bundled())
        reading = interpreter.read(query.text)
        vector = self.embedder.encode_queries([reading.text])[0] if semantic else None
        return Asked(reading.wanted if lexical else (), reading.attainable if lexical else 0.0, vector)

    @property
    def _languages(self) -> tuple[str, ...]:
        """The languages in whose way a query's words are stemmed, always in the same order."""
        return tuple(sorted(self.indexes.languages | {"sv"}))

    # --- what may be found -----------------------------------------------------------------------------------------

    def _scope(self, query: Query, filters: Filters, without: str | None = None) -> Scope:
        if not (filters or query.phrases or query.excluded or without):
            return Scope(None, ())
        allowed = np.ones(len(self.indexes.case_ids), bool)
        if filters:
            allowed[:] = False
            allowed[self.indexes.rows_of(self.store.case_ids(filters))] = True
        for phrase in query.phrases:
            allowed &= self._holding(phrase)
        for phrase in query.excluded:
            allowed &= ~self._holding(phrase)
        allowed[self.indexes.rows_of([without] if without else [])] = False
        return Scope(allowed, filters.field)

    def _holding(self, phrase: str) -> NDArray[np.bool_]:
        """Which cases hold the words of ``phrase`` one after another, in any of the languages' forms."""
        holding = np.zeros(len(self.indexes.case_ids), bool)
        for language in self._languages:
            terms = [term.text for term in analyze(phrase, language) if not term.part]
            holding[self.indexes.case_rows_of(self.indexes.lexical.containing(terms))] = True
        return holding

    def _among(self, scope: Scope) -> tuple[Among | None, Ids | None]:
        """The scope in the words of the lexical index and, as passage ids, of the dense one."""
        if scope.cases is None:
            return None, None
        names = [self.indexes.case_ids[row] for row in np.flatnonzero(scope.cases)]
        return Among(names, scope.fields or None), self.indexes.passages[self._inside(scope)]

    def _inside(self, scope: Scope) -> NDArray[np.bool_]:
        """Which passages, by row, are in the scope."""
        inside = np.ones(len(self.indexes.passages), bool)
        if scope.cases is not None:
            inside &= scope.cases[self.indexes.case_rows]
        if scope.fields:
            inside &= np.isin(self.indexes.field_names, scope.fields)
        return inside

    # --- ranking ---------------------------------------------------------------------------------------------------

    def _rank(self, asked: Asked, scope: Scope, *, candidates: int) -> Ranking:
        cases = self._candidates(asked, scope, candidates)
        rows = self.indexes.passages_of(cases)
        rows = rows[self._inside(scope)[rows]]
        names = [self.indexes.case_ids[row] for row in cases]
        among = Among(names, scope.fields or None)
        ids = self.indexes.passages[rows]
        fused = fuse(*self._opinions(asked, ids, among), attainable=asked.attainable)
        # A chosen field: what the rest of the case says does not count.
        whole = np.zeros(len(cases), np.float32) if scope.fields else self._whole(asked, cases, among).scores
        ranked, scores = by_case(fused.scores, self.indexes.case_rows[rows], whole, cases)
        return Ranking(ranked, scores, rows, fused)

    def _candidates(self, asked: Asked, scope: Scope, count: int) -> Ids:
        """The rows of the cases that any of the four looks finds among its best."""
        indexes = self.indexes
        among, passage_ids = self._among(scope)
        cases = None if among is None else Among(among.case_ids)
        # Pairs of words weigh little and cost much (nothing can be skipped while they count): they rank, below.
        words = [one for one in asked.wanted if one.alternatives[0].reason != "pair"]
        rows = [indexes.case_rows_of(indexes.lexical.search(words, limit=2 * count, among=among)[0])]
        rows.append(indexes.case_rows_of(indexes.whole.search(words, limit=count, among=cases)[0]))
        if asked.vector is not None:
            near = indexes.dense.search(asked.vector, limit=2 * count, among=passage_ids)[0]
            cosines = indexes.case_vectors @ asked.vector
            if scope.cases is not None:
                cosines[~scope.cases] = -np.inf
            rows += [indexes.case_rows_of(near), np.argsort(-cosines)[:count].astype(np.int32)]
        found = np.unique(np.concatenate(rows)).astype(np.int64)
        return found if scope.cases is None else found[scope.cases[found]]

    def _opinions(self, asked: Asked, ids: Ids, among: Among) -> tuple[Floats, Floats]:
        """BM25 and cosine of each of the passages ``ids`` (ascending), which lie in ``among``."""
        found, scores = self.indexes.lexical.search(asked.wanted, limit=len(ids), among=among)
        bm25 = _aligned(ids, found, scores)
        return bm25, self._cosines(asked, ids)

    def _cosines(self, asked: Asked, ids: Ids) -> Floats:
        return np.zeros(len(ids), np.float32) if asked.vector is None else self.indexes.dense.scores(asked.vector, ids)

    def _whole(self, asked: Asked, cases: Ids, among: Among) -> Fused:
        """The shares of the cases ``cases`` as wholes."""
        found, scores = self.indexes.whole.search(asked.wanted, limit=len(cases), among=Among(among.case_ids))
        bm25 = np.zeros(len(self.indexes.case_ids), np.float32)
        firsts = np.isin(found, self.indexes.passages)
        bm25[self.indexes.case_rows_of(found)] = scores[firsts]
        vector = asked.vector
        cosines = np.zeros(len(cases), np.float32) if vector is None else self.indexes.case_vectors[cases] @ vector
        return fuse(bm25[cases], cosines, attainable=asked.attainable)

    # --- hits ------------------------------------------------------------------------------------------------------

    def _hits(self, ranking: Ranking, asked: Asked, k: int) -> tuple[Hit, ...]:
        chosen = ranking.cases[:k]
        cases = self.store.cases_by_id(self.indexes.case_ids[row] for row in chosen)
        shown = {int(row): self._shown(ranking, int(row)) for row in chosen}
        ids = self.indexes.passages[ranking.passages]
        passages = self.store.passages(int(ids[at]) for several in shown.values() for at in several)
        hits: list[Hit] = []
        for row, score in zip(chosen.tolist(), ranking.scores.tolist(), strict=False):
            case = cases.get(self.indexes.case_ids[row])
            if case is None:
                continue
            found = [(passages[int(ids[at])], at) for at in shown[row] if int(ids[at]) in passages]
            best = tuple(self._passage_hit(passage, case, at, ranking.fused, asked) for passage, at in found)
            hits.append(Hit(rank=len(hits) + 1, score=score, case=case, passages=best))
        return tuple(hits)

    def _shown(self, ranking: Ranking, case_row: int) -> list[int]:
        """Positions in the ranking of the case's passages worth showing: the best of each field."""
        own = np.flatnonzero(self.indexes.case_rows[ranking.passages] == case_row)
        fields = self.indexes.field_names[ranking.passages[own]].tolist()
        best = best_by_group(ranking.fused.scores[own], fields, most=PASSAGES_EACH, least=WORTH_SHOWING)
        return [int(at) for at in own[best]]

    @staticmethod
    def _passage_hit(passage: Passage, case: Case, at: int, fused: Fused, asked: Asked) -> PassageHit:
        lexical, semantic = float(fused.lexical[at]), float(fused.semantic[at])
        matched = matched_terms(passage.text, case.language, asked.wanted)
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
    facets = store.facet_counts(filters, among=() if nothing else None)
    return SearchResult(query=text, hits=tuple(hits), total=len(ids), facets=facets, nothing_close=nothing)


def description(case: Case) -> str:
    """Return what a case is about as one text: its title and its fields."""
    return "\n".join([case.title, *(value.text for value in case.fields.values() if value)])


def _aligned(ids: Ids, found: Ids, scores: Floats) -> Floats:
    """Lay ``scores`` of the ids ``found`` beside ``ids`` (ascending), 0 where nothing was found."""
    laid = np.zeros(len(ids), np.float32)
    if len(ids):
        at = np.minimum(np.searchsorted(ids, found), len(ids) - 1)
        same = ids[at] == found
        laid[at[same]] = scores[same]
    return laid
