"""Train the paragraph classifier of ``ingest/prose.py`` on the development samples and write its weights.

    python -m training.prose_classifier            # cross-validate by document, then train on all and write
    python -m training.prose_classifier --check    # cross-validate only

Only sources with ``split: dev`` and the paragraphs of ``training/sections``, all invented by us, are read. The figures
printed are from leave-one-document-out: accuracy of paragraphs on the Viterbi path, precision and recall of success
factors and challenges.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from data.samples.render.source import ListItem, Paragraph, load, plain
from ingest.prose import LABELS, Label, Model, classify, features_of
from kb.types import FIELD_NAMES, FieldName

CASES = Path("data/samples/cases")
TARGET = Path("ingest/data/prose_classifier.json")
STRENGTH = 2.0  # inverse of the L2 penalty
SMOOTHING = 0.3  # added to each count of one label after another
SECTIONS = Path("training/sections")
COMPOSED = 0.6  # texts put together for each paragraph on method
ORDER: tuple[FieldName, ...] = ("background", "method", "success_factors", "challenges", "results")
RARE = 3  # a word, a pair of words or an ending in fewer paragraphs than this is left out
_WORDS = ("w:", "b:", "e:")


@dataclass(frozen=True, slots=True)
class Text:
    """The paragraphs of one sample with their labels."""

    name: str
    language: str
    paragraphs: tuple[str, ...]
    labels: tuple[Label, ...]


def read_texts() -> list[Text]:
    """Return the development samples."""
    texts = []
    for path in sorted(CASES.glob("*.md")):
        source = load(path)
        if source.meta.split != "dev":
            continue
        blocks = [b for b in source.blocks if isinstance(b, Paragraph | ListItem)]
        texts.append(
            Text(path.stem, source.meta.language, tuple(plain(b.runs) for b in blocks), tuple(b.field for b in blocks))
        )
    return texts


def composed() -> list[Text]:
    """Return texts put together from the invented paragraphs of ``training/sections``, each told in the usual order."""
    rng = random.Random(0)
    texts = []
    for path in sorted(SECTIONS.glob("*.txt")):
        pools: dict[Label, list[str]] = {}
        label: Label = None
        for line in filter(None, path.read_text("utf-8").splitlines()):
            if line.startswith("# "):
                label = next((name for name in FIELD_NAMES if name == line[2:]), None)
            else:
                pools.setdefault(label, []).append(line)
        for number in range(round(len(pools["method"]) * COMPOSED)):
            told = [(name, rng.sample(pools[name], 2)) for name in ORDER if rng.random() < 0.9]
            told = [*told, (None, rng.sample(pools[None], 2))]
            labels = tuple(name for name, _ in told for _ in range(2))
            paragraphs = tuple(paragraph for _, pair in told for paragraph in pair)
            texts.append(Text(f"composed {path.stem} {number}", path.stem, paragraphs, labels))
    return texts


def train(texts: Sequence[Text]) -> Model:
    """Fit the weights and count the transitions."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [features_of(t.paragraphs, i, t.language) for t in texts for i in range(len(t.paragraphs))]
    counts = Counter(name for row in rows for name in row)
    rows = [{n: v for n, v in row.items() if n[:2] not in _WORDS or counts[n] >= RARE} for row in rows]
    labels = [LABELS.index(label) for t in texts for label in t.labels]
    vectorizer = DictVectorizer()
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(vectorizer.fit_transform(rows), labels)
    weights = {
        name: tuple(round(float(w), 3) for w in fitted.coef_[:, column])
        for name, column in vectorizer.vocabulary_.items()
    }
    size = len(LABELS)
    start, stop, step = np.full(size, SMOOTHING), np.full(size, SMOOTHING), np.full((size, size), SMOOTHING)
    for text in texts:
        path = [LABELS.index(label) for label in text.labels]
        start[path[0]] += 1
        stop[path[-1]] += 1
        for a, b in pairwise(path):
            step[a, b] += 1
    return Model(
        tuple(round(float(b), 3) for b in fitted.intercept_),
        weights,
        _log(start),
        tuple(_log(row) for row in step),
        _log(stop),
    )


def _log(counts: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(v), 3) for v in np.log(counts / counts.sum()))


def check(texts: Sequence[Text]) -> None:
    """Print the figures of leave-one-document-out."""
    right = total = 0
    hits, found, true = Counter[Label](), Counter[Label](), Counter[Label]()
    for held in texts:
        model = train([*(t for t in texts if t is not held), *composed()])
        got = [label for label, _ in classify(held.paragraphs, held.language, model=model)]
        right += sum(a == b for a, b in zip(got, held.labels, strict=True))
        total += len(got)
        for a, b in zip(got, held.labels, strict=True):
            found[a] += 1
            true[b] += 1
            hits[a] += a == b
    print(f"paragraphs right: {right / total:.3f} of {total}")
    for label in LABELS:
        print(
            f"{label or 'none':16} P {hits[label] / max(found[label], 1):.3f} R {hits[label] / max(true[label], 1):.3f}"
        )


def main() -> None:
    """Cross-validate, then train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    arguments = parser.parse_args()
    texts = read_texts()
    check(texts)
    if not arguments.check:
        model = train([*texts, *composed()])
        table = {"bias": model.bias, "start": model.start, "step": model.step, "stop": model.stop}
        table["weights"] = dict(sorted(model.weights.items()))
        TARGET.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
        print(f"{TARGET}: {len(model.weights)} features, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
