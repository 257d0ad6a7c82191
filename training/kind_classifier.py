"""Train the model of ``ingest/kinds.py`` and write its weights.

    python -m training.kind_classifier            # cross-validate, then train on all and write
    python -m training.kind_classifier --check    # cross-validate only, by the hand that wrote the papers

Examples: the documents of ``training/labelled.py``. Papers of other kinds, and examples that look like them:
``training/kinds/*.txt``, all **invented by us**. The fields that our reader found in them stand in their heads::

    kind: report
    language: sv
    title: Läget i länet
    found: background, results
    …
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from ingest.kinds import kind_features
from ingest.linear import write
from kb.types import FIELD_NAMES, FieldName
from training.fitting import Fitted, fit_features
from training.labelled import LabelledDocument, read_documents, read_samples

KINDS = Path("training/kinds")
TARGET = Path("ingest/data/kind_classifier")
EXAMPLE = "example"
STRENGTH = 10.0  # inverse of the L2 penalty
SMALL = 0.03  # a feature whose weights are all smaller is left out
SHARE = 1.0  # weight of all examples together, in those of all other papers
MISSED = 0.2  # of the fields that examples tell, the share that a reader may miss


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a kind; ``hand`` is who wrote it."""

    kind: str
    title: str
    text: str
    found: tuple[FieldName, ...]
    hand: str


def read_papers(folder: Path = KINDS) -> Iterator[Paper]:
    """Yield the papers of a folder.

    Raises:
        KeyError: a paper's head lacks its kind or its title.
    """
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        head = dict(line.split(": ", 1) for line in takewhile(_is_of_head, lines))
        told = head.get("found", "").split(", ")
        yield Paper(
            head["kind"],
            head["title"],
            "\n".join(line.removeprefix("## ") for line in lines[len(head) :]),
            tuple(name for name in FIELD_NAMES if name in told),
            _hand(path.stem),
        )


def _is_of_head(line: str) -> bool:
    return line.partition(": ")[0] in {"kind", "language", "title", "found"}


def examples(documents: Sequence[LabelledDocument]) -> Iterator[Paper]:
    """Yield the examples of the other models' documents; of what each tells, a reader may miss some."""
    rng = random.Random(0)
    for document in documents:
        told = {label for section in document.sections for label, _ in section.paragraphs}
        lines = [line for s in document.sections for line in (s.heading, *(text for _, text in s.paragraphs))]
        found = tuple(name for name in FIELD_NAMES if name in told and rng.random() >= MISSED)
        yield Paper(EXAMPLE, document.title, "\n".join(filter(None, lines)), found, _hand(document.name))


def _hand(name: str) -> str:
    """Who wrote a document, by its name: "x5" of "x5_12", "t" of "t07"."""
    hand, numbered, _ = name.partition("_")
    return hand if numbered else name.rstrip("0123456789")


def fit(papers: Sequence[Paper]) -> Fitted:
    """Fit the model. A paper counts with and without its title, for many examples of ours have none."""
    counts = Counter(paper.kind for paper in papers)
    others = len(papers) - counts[EXAMPLE]
    rows, kinds, weights = [], [], []
    for paper in papers:
        weight = SHARE * others / counts[EXAMPLE] if paper.kind == EXAMPLE else 1.0
        titles = {paper.title, ""}
        for title in titles:
            rows.append(kind_features(title, paper.text, paper.found))
            kinds.append(paper.kind)
            weights.append(weight / len(titles))
    return fit_features(rows, kinds, weights, strength=STRENGTH, small=SMALL)


def check(papers: Sequence[Paper]) -> None:
    """Print how many papers of each hand are known by a model that has not seen it."""
    mixed: Counter[tuple[str, str]] = Counter()
    for hand in sorted({paper.hand for paper in papers}):
        model = fit([paper for paper in papers if paper.hand != hand]).linear
        own = [paper for paper in papers if paper.hand == hand]
        said = [model.log_probabilities(kind_features(p.title, p.text, p.found)) for p in own]
        best = [max(row, key=row.__getitem__) for row in said]
        print(f"{hand:4} {sum(p.kind == kind for p, kind in zip(own, best, strict=True)) / len(own):.3f} of {len(own)}")
        mixed.update((p.kind, kind) for p, kind in zip(own, best, strict=True) if p.kind != kind)
    print(*(f"{kind} taken for {other}: {count}" for (kind, other), count in mixed.most_common()), sep="\n")


def main() -> None:
    """Cross-validate, then train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    arguments = parser.parse_args()
    papers = [*read_papers(), *examples([*read_samples(), *read_documents()])]
    if arguments.check:
        check(papers)
        return
    fitted = fit(papers)
    TARGET.mkdir(exist_ok=True)
    write(fitted.weights, TARGET, "kind")
    TARGET.joinpath("model.json").write_text(
        json.dumps({"classes": fitted.classes, "bias": fitted.bias}) + "\n", "utf-8"
    )
    print(f"{len(papers)} papers, {len(fitted.weights)} features")


if __name__ == "__main__":
    main()
