"""A query becomes hits: candidates inside the filters, scored by words and meaning, gathered by case, explained.

Two steps. First the *candidates*: cases that either index holds for good, by one of their passages or as a whole.
Then all passages of the candidates are scored exactly, by both indexes, and so are the cases as wholes; a case's score
is the mean of its best passage's and its own. A filtered facet is counted as if it were not filtered: the candidates
then are those inside the filters and those inside all filters but one, scored together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.closeness import FLOOR, Background, allowance, calibrate
from kb.dense import VectorIndex
from kb.embed import Embedder
from kb.explain import matched_terms
from kb.filters import Filters
from kb.fusion import Fused, best_by_group, by_case, fuse
from kb.indexes import Indexes
from kb.lexical import Wanted
from kb.query import Query
from kb.rerank import RERANKED, Reranker, reordered
from kb.store import Store
from kb.text.analysis import analyze
from kb.text.thesaurus import Thesaurus
from kb.types import Case, Hit, Passage, PassageHit, SearchResult
from kb.wanted import Interpreter

CANDIDATES = 60
PASSAGES_EACH = 3
WORTH_SHOWING = 0.5

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as both indexes understand it. Without ``vector`` only words count.

    ``held`` is how much of it the base has at all.
    """

    wanted: Sequence[Wanted]
    attainable: float
    vector: Floats | None
    held: float


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be found: which cases, by row (``None``: all), and which fields' passages (none: all)."""

    cases: Mask | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Cases by row, best first, with their scores; and the passages, by row, that were scored for them."""

    cases: Rows
    scores: Floats
    passages: Rows
    fused: Fused


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one state of the base. Safe to share among threads.

    ``mark`` is what an answer must score, less what :func:`kb.closeness.allowance` adds; see :meth:`found_mark`.
    """

    store: Store
    indexes: Indexes
    embedder: Embedder
    background: Background
    thesaurus: Thesaurus
    mark: float = 0.0
    reranker: Reranker | None = None

    def found_mark(self) -> float:
        """Return the mark that this base and this embedder have: what the probes score by chance."""
        everything = [Scope(None, ())]

        def ask(probe: str, number: int) -> float:
            asked = self._asked(Query(probe))
            best = self._rank(asked, everything, candidates=CANDIDATES).scores[:1]
            return float(best.sum()) - self._allowance(asked, without=number)

        return calibrate(ask)

    def search(self, query: Query, *, k: int, filters: Filters, without: str | None = None) -> SearchResult:
        """Return the ``k`` best cases with their best passages, facet counts and whether anything is close at all.

        ``without`` is a case that may not be found.
        """
        asked = self._asked(query)
        scope = self._scope(query, filters, without)
        wider = {name: self._scope(query, filters.without(name), without) for name in filters.chosen}
        same = [scope, *(other for other in wider.values() if other.fields == scope.fields)]
        close = self._close(asked, same, k)
        ranking = self._reranked(query.text, _inside(close, scope))
        hits = self._hits(ranking, asked, k)
        facets = self.indexes.facets.counts(filters, self._mask(close))
        if wider.get("field"):  # scores of all fields' passages, not of the chosen ones'
            everywhere = self._mask(self._close(asked, [wider["field"]], k))
            facets["field"] = self.indexes.facets.counts(filters, everywhere)["field"]
        return SearchResult(
            query=query.text, hits=hits, total=len(ranking.cases), facets=facets, nothing_close=not hits
        )

    def _close(self, asked: Asked, scopes: Sequence[Scope], k: int) -> Ranking:
        """The ranking inside any of ``scopes`` as far down as it holds answers."""
        ranking = self._rank(asked, scopes, candidates=max(CANDIDATES, k))
        close = ranking.scores >= max(FLOOR, self.mark + self._allowance(asked))
        return replace(ranking, cases=ranking.cases[close], scores=ranking.scores[close])

    def _allowance(self, asked: Asked, *, without: int | None = None) -> float:
        like_probe = 0.0 if asked.vector is None else self.background.likeness(asked.vector, without=without)
        return allowance(asked.held, like_probe)

    def _mask(self, ranking: Ranking) -> Mask:
        mask = np.zeros(len(self.indexes.case_ids), bool)
        mask[ranking.cases] = True
        return mask

    def rank(self, query: Query, *, k: int, lexical: bool = True, semantic: bool = True) -> list[tuple[str, float]]:
        """Return the file names of the ``k`` best documents with their scores: by words, by meaning or by both."""
        asked = self._asked(query, lexical=lexical, semantic=semantic)
        ranking = self._rank(asked, [self._scope(query, Filters())], candidates=max(CANDIDATES, k))
        if lexical and semantic:
            ranking = self._reranked(query.text, ranking)
        ids = [self.indexes.case_ids[row] for row in ranking.cases[:k]]
        cases = self.store.cases_by_id(ids)
        scores = ranking.scores.tolist()
        return [(cases[case_id].file, score) for case_id, score in zip(ids, scores, strict=False) if case_id in cases]

    def _asked(self, query: Query, *, lexical: bool = True, semantic: bool = True) -> Asked:
        interpreter = Interpreter(self.indexes.lexical, self._languages, self.thesaurus)
        reading = interpreter.read(query.text)
        vector = self.embedder.encode_queries([reading.text])[0] if semantic else None
        if not lexical:
            return Asked((), 0.0, vector, 1.0)
        return Asked(reading.wanted, reading.attainable, vector, reading.held(self.indexes.lexical))

    @property
    def _languages(self) -> tuple[str, ...]:
        """The languages in whose way a query's words are stemmed, always in the same order."""
        return tuple(sorted(self.indexes.languages | {"sv"}))

    # --- what may be found -----------------------------------------------------------------------------------------

    def _scope(self, query: Query, filters: Filters, without: str | None = None) -> Scope:
        if not (filters or query.phrases or query.excluded or without):
            return Scope(None, ())
        allowed = self.indexes.facets.passing(filters)
        for phrase in query.phrases:
            allowed &= self._holding(phrase)
        for phrase in query.excluded:
            allowed &= ~self._holding(phrase)
        allowed[self.indexes.rows_of([without] if without else [])] = False
        return Scope(allowed, filters.field)

    def _holding(self, phrase: str) -> Mask:
        """Which cases hold the words of ``phrase`` one after another, in any of the languages' forms."""
        holding = np.zeros(len(self.indexes.case_ids), bool)
        for language in self._languages:
            terms = [term.text for term in analyze(phrase, language) if not term.part]
            holding[self.indexes.case_rows[self.indexes.lexical.containing(terms)]] = True
        return holding

    def _passages(self, scope: Scope) -> Mask | None:
        """Which passages, by row, are in the scope; ``None``: all."""
        if scope.cases is None:
            return None
        inside = scope.cases[self.indexes.case_rows]
        return inside & np.isin(self.indexes.field_names, scope.fields) if scope.fields else inside

    # --- ranking ---------------------------------------------------------------------------------------------------

    def _rank(self, asked: Asked, scopes: Sequence[Scope], *, candidates: int) -> Ranking:
        """The candidates of all ``scopes``, which are of the same fields, ranked."""
        indexes, fields = self.indexes, scopes[0].fields
        words, whole = indexes.lexical.scores(asked.wanted), indexes.whole_lexical.scores(asked.wanted)
        cases = self._candidates(asked, scopes, words, whole, candidates)
        rows = indexes.passages_of(cases)
        if fields:
            rows = rows[np.isin(indexes.field_names[rows], fields)]
        pairs = indexes.lexical.pairs(asked.wanted, rows)
        fused = self._fused(asked, words[rows] + indexes.lexical.pair_scores(pairs, rows), indexes.dense, rows)
        # A chosen field: what the rest of the case says does not count.
        wholes = np.zeros(len(cases), np.float32)
        if not fields:
            places = np.searchsorted(cases, indexes.case_rows[rows])
            of_cases = [pair.by_case(places) for pair in pairs]
            bm25 = whole[cases] + indexes.whole_lexical.pair_scores(of_cases, cases)
            wholes = self._fused(asked, bm25, indexes.whole_dense, cases).scores
        ranked, scores = by_case(fused.scores, indexes.case_rows[rows], wholes, cases)
        return Ranking(ranked, scores, rows, fused)

    def _candidates(self, asked: Asked, scopes: Sequence[Scope], words: Floats, whole: Floats, count: int) -> Rows:
        """The rows of the cases in any of ``scopes`` that one of the four looks finds among its best, ascending.

        Pairs of words rank but do not gather: they weigh little and are dear to look for.
        """
        indexes = self.indexes
        insides = [self._passages(scope) for scope in scopes]
        rows = [np.empty(0, np.int64)]
        for scope, inside in zip(scopes, insides, strict=True):
            best = np.zeros(len(indexes.case_ids), np.float32)
            np.maximum.at(best, indexes.case_rows, words if inside is None else np.where(inside, words, 0))
            rows.append(_best(best, 2 * count))
            rows.append(_best(whole if scope.cases is None else np.where(scope.cases, whole, 0), count))
        if asked.vector is not None:
            near = indexes.dense.search(asked.vector, limit=2 * count, among=insides)
            rows += [indexes.case_rows[several].astype(np.int64) for several in near]
            rows += indexes.whole_dense.search(asked.vector, limit=count, among=[scope.cases for scope in scopes])
        return np.unique(np.concatenate(rows)).astype(np.int64)

    def _fused(self, asked: Asked, bm25: Floats, dense: VectorIndex, rows: Rows) -> Fused:
        """Both shares of the texts ``rows``, whose BM25 scores are given."""
        if asked.vector is None:
            return fuse(bm25, np.zeros(len(rows), np.float32), attainable=asked.attainable)
        return fuse(bm25, self.background.scale(dense.scores(asked.vector, rows)), attainable=asked.attainable)

    def _reranked(self, query: str, ranking: Ranking) -> Ranking:
        """The ranking with its best cases in the reranker's order, if there is one."""
        if self.reranker is None:
            return ranking
        best = [self._shown(ranking, int(row))[0] for row in ranking.cases[:RERANKED]]
        ids = [int(self.indexes.passages[ranking.passages[at]]) for at in best]
        passages = self.store.passages(ids)
        texts = [f"{p.title}\n{p.text}".strip() if (p := passages.get(passage_id)) else "" for passage_id in ids]
        cases, scores = reordered(ranking.cases, ranking.scores, self.reranker.scores(query, texts))
        return replace(ranking, cases=cases, scores=scores)

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
        lexical, semantic = float(fused.lexical[at]), max(0.0, float(fused.semantic[at]))
        matched = matched_terms(passage.text, case.language, asked.wanted)
        return PassageHit(
            passage=passage, score=lexical + semantic, lexical=lexical, semantic=semantic, matched=matched
        )


def _inside(ranking: Ranking, scope: Scope) -> Ranking:
    """The cases of the ranking that are in ``scope``."""
    if scope.cases is None:
        return ranking
    inside = scope.cases[ranking.cases]
    return replace(ranking, cases=ranking.cases[inside], scores=ranking.scores[inside])


def _best(scores: Floats, count: int) -> Rows:
    """The rows of the ``count`` highest scores above zero, in no particular order."""
    rows = np.flatnonzero(scores > 0)
    return rows if len(rows) <= count else rows[np.argpartition(-scores[rows], count)[:count]]
