"""Cases without a query: those inside the filters by title; and what one case is about, as a query."""

from kb.filters import Filters
from kb.privacy import masked
from kb.store import Store
from kb.types import Case, Hit, PassageHit, SearchResult


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
    """Return what a case is about as one text, its title and its fields, without personal data: results print it."""
    return masked("\n".join([case.title, *(value.text for value in case.fields.values() if value)]))
