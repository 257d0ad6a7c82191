"""How well search finds: nDCG@10 of words alone, meaning alone and both, through the product's own path.

Run: ``python -m benchmarks.retrieval [--evaluation ../shared/eval] [--samples data/samples] [--model bundled]``

Each development set (BEIR form: ``corpus.jsonl``, ``queries.jsonl``, ``qrels.tsv``) is put into a base, a case a
document, its text cut into passages at the ends of paragraphs, and its queries are ranked by ``KnowledgeBase.rank``.
``--base`` measures a base of the sample PDFs on the samples' judged queries.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from kb import Case, KnowledgeBase, Passage, Settings, Span
from kb.evaluate import SYSTEMS, evaluate, read_qrels, read_queries

SETS = ("swefaq-dev", "government-titles", "interpellations", "almedalen", "squad-sv", "swequad-mc-dev")
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


def measure_set(folder: Path, settings: Settings) -> dict[str, float]:
    """Return nDCG@10 of each system on one development set."""
    documents, queries, qrels = read_set(folder)
    place = Path(tempfile.mkdtemp(prefix="retrieval-"))
    try:
        with build(place / "base", documents, settings) as base:
            found = evaluate(base, queries, qrels, k=10)["all"]
    finally:
        shutil.rmtree(place)
    return {system: found[system]["nDCG@10"] for system in SYSTEMS}


def table(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Return the figures as a Markdown table, with the mean where there are several rows."""
    lines = ["| queries | words | meaning | both |", "|---|---|---|---|"]
    if len(rows) > 1:
        means = {system: sum(row[system] for row in rows.values()) / len(rows) for system in SYSTEMS}
        rows = {**rows, "**mean**": means}
    lines += [
        f"| {name} | " + " | ".join(f"{row[system]:.3f}" for system in SYSTEMS) + " |" for name, row in rows.items()
    ]
    return "\n".join(lines)


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
    options = parser.parse_args()
    settings = Settings(embedder=options.model)
    if options.base:
        with KnowledgeBase.open(options.base, settings=settings, create=False) as base:
            queries = read_queries(options.samples / "queries.tsv")
            groups = evaluate(base, queries, read_qrels(options.samples / "qrels.txt"))
        by_group = {group: {s: systems[s]["nDCG@10"] for s in SYSTEMS} for group, systems in groups.items()}
        print(table({"all": by_group.pop("all")}), table(by_group), sep="\n\n")
        return
    print(table({name: measure_set(options.evaluation / name, settings) for name in options.sets}))


if __name__ == "__main__":
    main()
