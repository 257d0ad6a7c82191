"""How good the ranking is, on queries that someone has judged: files in TREC form, measures by ir_measures.

A queries file has ``id<TAB>text`` a line, a qrels file ``query 0 document grade``, a run
``query Q0 document rank score name``. A document is the PDF's file name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kb.errors import EvaluationError, FileMissing

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

T = TypeVar("T")

Ranking = Sequence[tuple[str, float]]
Qrels = Mapping[str, Mapping[str, int]]
MEASURES = ("nDCG@10", "P@1", "R@100", "RR")
SYSTEMS: Mapping[str, Mapping[str, bool]] = {
    "lexical": {"lexical": True, "semantic": False},
    "dense": {"lexical": False, "semantic": True},
    "both": {"lexical": True, "semantic": True},
}


def read_queries(path: Path) -> dict[str, str]:
    """Return the queries of a file by id.

    Raises:
        FileMissing: there is no such file.
        EvaluationError: a line is not of the form ``id<TAB>text``, or an id stands twice.
    """
    queries: dict[str, str] = {}
    for number, line in _lines(path):
        query_id, tab, text = line.partition("\t")
        if not (query_id.strip() and tab and text.strip()):
            raise EvaluationError(path=str(path), line=number, reason="a line must be id<TAB>text")
        if query_id in queries:
            raise EvaluationError(path=str(path), line=number, reason=f"{query_id} stands twice")
        queries[query_id] = text.strip()
    return queries


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Return the judgements of a file: query id -> document -> grade.

    Raises:
        FileMissing: there is no such file.
        EvaluationError: a line is not of the form ``query 0 document grade``.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        try:
            query_id, _, document, grade = line.split()
            qrels.setdefault(query_id, {})[document] = int(grade)
        except ValueError as error:
            raise EvaluationError(
                path=str(path), line=number, reason="a line must be: query 0 document grade"
            ) from error
    return qrels


def trec_lines(query_id: str, ranking: Ranking, *, name: str = "exempelbanken") -> Iterator[str]:
    """Yield a ranking as lines of a TREC run."""
    for rank, (document, score) in enumerate(ranking, start=1):
        yield f"{query_id} Q0 {document} {rank} {score:.6f} {name}"


def evaluate(
    base: "KnowledgeBase", queries: Mapping[str, str], qrels: Qrels, *, k: int = 100
) -> dict[str, dict[str, dict[str, float]]]:
    """Return ``{group: {system: {measure: value}}}`` for the queries that have a relevant document.

    The systems are words alone, meaning alone and both. The first group, ``all``, holds every query; the others are
    the prefixes of query ids before a hyphen, where ids have one ("typo-07").
    """
    judged = {q: text for q, text in queries.items() if any(grade > 0 for grade in qrels.get(q, {}).values())}
    runs = {
        system: {q: base.rank(text, k=k, **options) for q, text in judged.items()}
        for system, options in SYSTEMS.items()
    }
    return {
        group: {system: measure(_only(run, ids), _only(qrels, ids)) for system, run in runs.items()}
        for group, ids in _groups(judged).items()
    }


def measure(run: Mapping[str, Ranking], qrels: Qrels) -> dict[str, float]:
    """Return the mean of each of :data:`MEASURES` over the queries of ``qrels``."""
    import ir_measures

    scored = [ir_measures.ScoredDoc(q, document, score) for q, ranking in run.items() for document, score in ranking]
    judged = [ir_measures.Qrel(q, document, grade) for q, of in qrels.items() for document, grade in of.items()]
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    found = ir_measures.calc_aggregate(measures, judged, scored)
    return {name: float(found[key]) for name, key in zip(MEASURES, measures, strict=True)}


def _groups(ids: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {"all": []}
    for query_id in ids:
        groups["all"].append(query_id)
        prefix, hyphen, _ = query_id.partition("-")
        if hyphen:
            groups.setdefault(prefix, []).append(query_id)
    return groups


def _only(table: Mapping[str, T], ids: Iterable[str]) -> dict[str, T]:
    return {query_id: table[query_id] for query_id in ids if query_id in table}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise FileMissing(file=str(path)) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(path=str(path), line=1, reason="the file must be UTF-8") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line
