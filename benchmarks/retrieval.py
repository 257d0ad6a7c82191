"""How well search finds: nDCG@10 of words alone, meaning alone and both, through the product's own path.

Run: ``python -m benchmarks.retrieval [--evaluation ../shared/eval] [--samples data/samples] [--model bundled]``

Each development set (BEIR form: ``corpus.jsonl``, ``queries.jsonl``, ``qrels.tsv``) is put into a base, a case a
document, its text cut into passages at the ends of paragraphs, and its queries are ranked by ``KnowledgeBase.rank``.
NTREX (a file of sentences a language, line by line the same) asks each language's sentences of the Swedish ones; what
is told is the share whose own translation comes first. ``--base`` measures a base of the sample PDFs on the samples'
judged queries. ``--ablation`` measures both together less one part at a time. Takes about two minutes on an idle
core; with ``--ablation --most 250`` as well.
"""

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np

from kb import Case, KnowledgeBase, Passage, Settings, Span
from kb.evaluate import SYSTEMS, evaluate, measure, read_qrels, read_queries
from kb.fusion import Fused, by_case
from kb.lexical import Bm25Index
from kb.text.thesaurus import Thesaurus

Table = Mapping[str, Mapping[str, float]]
Judged = tuple[Mapping[str, str], Mapping[str, Mapping[str, int]]]

SETS = ("swefaq-dev", "government-titles", "interpellations", "almedalen", "squad-sv", "swequad-mc-dev")
TRANSLATED = ("da", "nb", "en")
PASSAGE_LENGTH = 1_200
_NOWHERE = Span(1, (0.0, 0.0, 1.0, 1.0), "")


def passages_of(text: str) -> Iterator[str]:
    """Cut a text at the ends of its paragraphs into passages of up to about PASSAGE_LENGTH characters."""
    piece = ""
    for paragraph in text.split("\n"):
        if piece and len(piece) + len(paragraph) > PASSAGE_LENGTH:
            yield piece
            piece = ""
        piece = f"{piece}\n{paragraph}" if piece else paragraph
    yield piece


def build(folder: Path, documents: Mapping[str, str], settings: Settings) -> KnowledgeBase:
    """Return a new base in ``folder`` with a case for each of ``documents`` (id -> text)."""
    base = KnowledgeBase.open(folder, settings=settings)
    for name, text in documents.items():
        content = text.encode()
        case = Case(
            case_id=name,
            file=name,
            sha256=hashlib.sha256(content).hexdigest(),
            document_type="other",
            language="sv",
            page_count=1,
            title="",
        )
        passages = [
            Passage(passage_id=0, case_id=name, field=None, title="", text=piece, spans=(_NOWHERE,), position=at)
            for at, piece in enumerate(passages_of(text))
        ]
        base.add(case, passages, document=content, extractor="benchmark")
    return base


def thinned(queries: Mapping[str, str], most: int | None) -> dict[str, str]:
    """Return at most ``most`` of the queries, evenly chosen; ``None``: all of them."""
    step = max(1, -(-len(queries) // most)) if most else 1
    return dict(list(queries.items())[::step])


def read_set(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, int]]]:
    """Return documents, queries and judgements of a set in BEIR form."""
    documents = {
        row["_id"]: f"{row.get('title') or ''}\n{row['text']}".strip() for row in _rows(folder / "corpus.jsonl")
    }
    queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    qrels: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        qrels.setdefault(query, {})[document] = int(grade)
    return documents, queries, qrels


def _rank_fusion(bm25: "np.ndarray", cosines: "np.ndarray", *, attainable: float) -> Fused:
    """Reciprocal rank fusion (Cormack, Clarke & Büttcher 2009) in the place of :func:`kb.fusion.fuse`."""
    shares = [1 / (61 + np.argsort(np.argsort(-scores, kind="stable"))) for scores in (bm25, cosines)]
    return Fused(*(share.astype(np.float32) for share in shares))


#: What both together are measured without, or with instead.
ABLATIONS: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "all of it": nullcontext,
    "− parts of compounds": lambda: patch("kb.wanted.PART_WEIGHT", 0.0),
    "− thesaurus": lambda: patch.object(Thesaurus, "lookup", lambda *_: iter(())),
    "− mending of slips": lambda: patch("kb.wanted.mend", lambda *_: None),
    "− pairs of words": lambda: patch("kb.wanted.PAIR_WEIGHT", 0.0),
    "− the case as a whole": lambda: patch("kb.search.by_case", lambda p, r, whole, c: by_case(p, r, 0 * whole, c)),
    "− headings": lambda: patch("kb.lexical.HEADING_BOOST", 0.0),
    "− small words weigh less": lambda: patch("kb.wanted.STOPWORD_WEIGHT", 1.0),
    "− rarity by language": lambda: patch.object(Bm25Index, "rarity_in_language", Bm25Index.rarity),
    "shares not sharpened": lambda: patch("kb.fusion.SHARPNESS", 1.0),
    "ranks fused, not scores": lambda: patch("kb.search.fuse", _rank_fusion),
}


@contextmanager
def built(documents: Mapping[str, str], settings: Settings) -> Iterator[KnowledgeBase]:
    """Yield a base of ``documents`` that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="retrieval-") as place, build(Path(place), documents, settings) as base:
        yield base


def systems(base: KnowledgeBase, judged: Judged) -> dict[str, float]:
    """Return nDCG@10 of words, meaning and both."""
    found = evaluate(base, *judged, k=10)["all"]
    return {system: found[system]["nDCG@10"] for system in SYSTEMS}


def ablated(base: KnowledgeBase, judged: Judged) -> dict[str, float]:
    """Return nDCG@10 of both together, less each of ABLATIONS."""
    queries = judged[0]
    qrels = {query: grades for query, grades in judged[1].items() if any(grade > 0 for grade in grades.values())}
    found = {}
    for name, without in ABLATIONS.items():
        with without():
            run = {q: base.rank(text, k=10) for q, text in queries.items() if q in qrels}
        found[name] = measure(run, {q: qrels[q] for q in run})["nDCG@10"]
    return found


def translations(folder: Path, settings: Settings) -> dict[str, dict[str, float]]:
    """Return, by language and system, the share of sentences whose Swedish translation comes first."""
    # A news sentence asks for nothing by its quotes and dashes, as a query would.
    texts = {name: (folder / f"{name}.txt").read_text("utf-8") for name in ("sv", *TRANSLATED)}
    lines = {name: re.sub(r"[\"“”„»«]|(?<!\S)[-−]", " ", text).split("\n") for name, text in texts.items()}
    rows: dict[str, dict[str, float]] = {}
    with built({str(number): text for number, text in enumerate(lines["sv"])}, settings) as base:
        for name in TRANSLATED:
            queries = {str(number): text for number, text in enumerate(lines[name]) if text.strip()}
            found = evaluate(base, queries, {q: {q: 1} for q in queries}, k=1)["all"]
            rows[f"NTREX {name}→sv, accuracy@1"] = {system: found[system]["P@1"] for system in SYSTEMS}
    return rows


def table(rows: Table, *, mean: bool = True) -> str:
    """Return the figures as a Markdown table; with the mean of the rows if there are several."""
    columns = list(next(iter(rows.values())))
    if mean and len(rows) > 1:
        rows = {**rows, "**mean**": {c: sum(row[c] for row in rows.values()) / len(rows) for c in columns}}
    titles = [{"lexical": "words", "dense": "meaning"}.get(column, column) for column in columns]
    lines = [f"| queries | {' | '.join(titles)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(f"{row[c]:.3f}" for c in columns) + " |" for name, row in rows.items()]
    return "\n".join(lines)


def transposed(rows: Table) -> dict[str, dict[str, float]]:
    """Return the table with rows and columns exchanged."""
    return {column: {name: row[column] for name, row in rows.items()} for column in next(iter(rows.values()))}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--samples", type=Path, default=Path("data/samples"))
    parser.add_argument("--base", type=Path, help="a base of the sample PDFs")
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--most", type=int, help="at most so many queries of a set, evenly chosen")
    options = parser.parse_args()
    settings = Settings(embedder=options.model)
    if options.base:
        judged = read_queries(options.samples / "queries.tsv"), read_qrels(options.samples / "qrels.txt")
        with KnowledgeBase.open(options.base, settings=settings, create=False) as base:
            if options.ablation:
                print(table({name: {"samples": value} for name, value in ablated(base, judged).items()}, mean=False))
                return
            groups = evaluate(base, *judged)
        by_group = {group: {s: found[s]["nDCG@10"] for s in SYSTEMS} for group, found in groups.items()}
        print(table({"all": by_group.pop("all")}), table(by_group), sep="\n\n")
        return
    rows: dict[str, dict[str, float]] = {}
    for name in options.sets:
        documents, queries, qrels = read_set(options.evaluation / name)
        with built(documents, settings) as base:
            rows[name] = (ablated if options.ablation else systems)(base, (thinned(queries, options.most), qrels))
    if options.ablation:
        rows["mean"] = {c: sum(row[c] for row in rows.values()) / len(rows) for c in ABLATIONS}
        print(table(transposed(rows), mean=False))
        return
    print(table(rows), table(translations(options.evaluation / "ntrex", settings)), sep="\n\n")


if __name__ == "__main__":
    main()
