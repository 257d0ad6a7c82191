"""Reading the training corpus and the development sets that lie beside the project.

The corpus is a folder of ``*.tsv.xz`` files, one pair a line: *anchor*, tab, *positive*, both UTF-8.
The development sets are in BEIR form (``queries.jsonl``, ``corpus.jsonl``, ``qrels.tsv``).
Nothing of either is copied into the project.
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Swedish running text written by authorities, parliament and organisations: what word counts are taken from.
SWEDISH_TEXT = (
    "almedalen", "g0vse", "g0vse__adjacent", "interpellations", "interpellations__adjacent",
    "riksdag_bet", "riksdag_bet__adjacent", "riksdag_misc", "riksdag_misc__adjacent",
    "riksdag_mot", "riksdag_mot__adjacent", "riksdag_prop", "riksdag_prop__adjacent",
    "riksdag_summaries", "riksdag_summaries__adjacent", "sfs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """One retrieval set: texts of queries and documents, and for each query the rows of its documents."""

    name: str
    queries: list[str]
    documents: list[str]
    relevant: list[dict[int, int]]


def sources(corpus: Path) -> list[str]:
    """The names of the corpus files, sorted."""
    return sorted(path.name.removesuffix(".tsv.xz") for path in corpus.glob("*.tsv.xz"))


def read_pairs(corpus: Path, source: str) -> Iterator[tuple[str, str]]:
    """Yield (anchor, positive) of one source."""
    with lzma.open(corpus / f"{source}.tsv.xz", "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            anchor, _, positive = line.rstrip("\n").partition("\t")
            if anchor and positive:
                yield anchor, positive


def unique_texts(corpus: Path, names: tuple[str, ...] = SWEDISH_TEXT) -> Iterator[str]:
    """Yield each distinct text (anchor or positive) of the named sources once."""
    seen: set[int] = set()
    for name in names:
        for pair in read_pairs(corpus, name):
            for text in pair:
                key = hash(text)
                if key not in seen:
                    seen.add(key)
                    yield text


def read_development_set(folder: Path) -> DevelopmentSet:
    """Read one BEIR folder; judgements of unknown documents are left out."""
    query_rows = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    document_rows = [json.loads(line) for line in (folder / "corpus.jsonl").open(encoding="utf-8")]
    row_of = {row["_id"]: index for index, row in enumerate(document_rows)}
    judged: dict[str, dict[int, int]] = {row["_id"]: {} for row in query_rows}
    for line in (folder / "qrels.tsv").open(encoding="utf-8").readlines()[1:]:
        query_id, document_id, grade = line.rstrip("\n").split("\t")
        if query_id in judged and document_id in row_of:
            judged[query_id][row_of[document_id]] = int(grade)
    texts = [f"{row['title']} {row['text']}" if row.get("title") else row["text"] for row in document_rows]
    return DevelopmentSet(
        folder.name,
        [row["text"] for row in query_rows],
        texts,
        [judged[row["_id"]] for row in query_rows],
    )


def read_development_sets(evaluation: Path) -> list[DevelopmentSet]:
    """All BEIR folders under ``evaluation``, by name."""
    return [read_development_set(path.parent) for path in sorted(evaluation.glob("*/queries.jsonl"))]
