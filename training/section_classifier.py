"""Train the models of ``ingest/section_model.py`` and write their weights.

    python -m training.section_classifier            # cross-validate, then train on all and write
    python -m training.section_classifier --check    # cross-validate only

Headings: every phrase and template of ``ingest/lexicon``, and the headings of whole documents. Paragraphs: those of
whole documents and single ones (``training/labelled.py`` tells which). All of these were **invented by us**; no
published document is among them. Headings are cross-validated by template, paragraphs by document; single ones are
always trained on.
"""

import argparse
import json
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from ingest.lexicon import TOPIC, examples
from ingest.linear import Linear, write
from ingest.portions import sentences_of
from ingest.section_model import heading_features
from ingest.text_features import LABELS, own_features
from training.labelled import (
    OTHER,
    Example,
    LabelledDocument,
    paragraphs_of,
    read_documents,
    read_samples,
    single_paragraphs,
)

TARGET = Path("ingest/data/section_classifier")
STRENGTH = {"heading": 3.0, "text": 3.0}  # inverse of the L2 penalty
MOST = 60  # headings of one template
TOLD_WEIGHT = 0.3  # of a heading of a whole document
TOPIC_WEIGHT = 0.6  # of some words of a paragraph in a heading's place
SENTENCE_WEIGHT = 0.35
SHORTEST = 5  # words of a sentence
WEIGHT = 15.0  # of a template: as much as so many phrases
SMALL = {"heading": 0.12, "text": 0.06}  # a feature whose weights are all smaller is left out
RARE = 2  # a feature of fewer headings or paragraphs than this is left out
SMOOTHING = 2.0  # added to each count: documents by other hands keep the order less well
_FOLDS = 5

Weights = dict[str, tuple[float, ...]]
"""By feature, one for each class."""


def headings() -> Iterator[Example]:
    """Yield the labelled headings."""
    rng = random.Random(0)
    for language, name, texts in examples():
        several = len(texts) > 1
        chosen = texts if len(texts) <= MOST else rng.sample(texts, MOST)
        # Alternatives that have nothing in common are so many phrases, not one template.
        loose = several and len({text.split()[0] for text in texts}) > len(texts) / 2
        weight = 1.0 if loose or not several else min(1.0, WEIGHT / len(chosen))
        for text in texts if loose else chosen:
            yield Example(text, language, name, text if loose else texts[0], weight)


def told_headings(documents: Sequence[LabelledDocument]) -> Iterator[Example]:
    """Yield the headings of whole documents: what their sections are about, whatever the heading says."""
    for document in documents:
        for section in document.sections:
            if section.heading and section.label:
                yield Example(section.heading, document.language, section.label, document.name, TOLD_WEIGHT)


def topics(paragraphs: Sequence[Example]) -> Iterator[Example]:
    """Yield a few words from the midst of each paragraph: what a heading that names no field may look like."""
    rng = random.Random(1)
    for number, paragraph in enumerate(paragraphs):
        words = paragraph.text.split()
        start, length = rng.randrange(max(len(words) - 5, 1)), rng.randint(1, 5)
        heading = " ".join(words[start : start + length]).strip(" .,:;").capitalize()
        yield Example(heading, paragraph.language, TOPIC, f"topic {number}", TOPIC_WEIGHT)


def sentences(paragraphs: Sequence[Example]) -> Iterator[Example]:
    """Yield the sentences of the labelled paragraphs: what stands under a combined heading is parted by them."""
    for paragraph in paragraphs:
        for sentence in sentences_of(paragraph.text):
            if len(sentence.split()) >= SHORTEST and sentence != paragraph.text:
                yield replace(paragraph, text=sentence, weight=SENTENCE_WEIGHT)


def features(kind: str, example: Example) -> dict[str, float]:
    """Return what the model of ``kind`` sees of an example."""
    return heading_features(example.text) if kind == "heading" else own_features(example.text)


def fit(kind: str, listed: Sequence[Example]) -> tuple[tuple[str, ...], tuple[float, ...], Weights]:
    """Fit a model: its classes, its bias, and the weights of each feature."""
    rows = [features(kind, example) for example in listed]
    labels, weights = [e.label for e in listed], [e.weight for e in listed]
    return fit_features(rows, labels, weights, strength=STRENGTH[kind], small=SMALL[kind])


def fit_features(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    weights: Sequence[float],
    *,
    strength: float,
    small: float,
) -> tuple[tuple[str, ...], tuple[float, ...], Weights]:
    """Fit a logistic regression to named features: its classes, its bias, and the weights of each feature.

    ``strength`` is the inverse of the L2 penalty; rare features, and those whose weights are all below ``small``, are
    left out.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for row in rows for name in row)
    kept = [{name: value for name, value in row.items() if counts[name] >= RARE} for row in rows]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(vectorizer.fit_transform(kept), labels, sample_weight=weights)
    columns = {name: model.coef_[:, column] for name, column in vectorizer.vocabulary_.items()}
    fitted = {
        name: tuple(round(float(w), 2) for w in row)
        for name, row in sorted(columns.items())
        if np.abs(row).max() >= small
    }
    return tuple(map(str, model.classes_)), tuple(round(float(b), 2) for b in model.intercept_), fitted


def check(kind: str, listed: Sequence[Example]) -> None:
    """Print the figures of cross-validation; of paragraphs also those of whole sections."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    sections = sections_right = 0
    for fold in range(_FOLDS):
        held = [e for e in listed if e.group and zlib.crc32(e.group.encode()) % _FOLDS == fold]
        model = Linear.of(
            *fit(kind, [e for e in listed if not (e.group and zlib.crc32(e.group.encode()) % _FOLDS == fold)])
        )
        rows = [model.log_probabilities(features(kind, example)) for example in held]
        for example, row in zip(held, rows, strict=True):
            total[example.label] += 1
            right[example.label] += max(row, key=lambda name: row[name]) == example.label
        for (_, label), run in groupby(zip(held, rows, strict=True), key=lambda pair: (pair[0].group, pair[0].label)):
            own = [row for _, row in run]
            sections += 1
            sections_right += max(model.classes, key=lambda name: sum(row[name] for row in own)) == label
    print(f"{kind}: {sum(right.values()) / sum(total.values()):.3f} of {sum(total.values())} right")
    if kind == "text":
        print(f"  sections: {sections_right / sections:.3f} of {sections} right")
    for name in sorted(total):
        print(f"  {name:16} {right[name] / total[name]:.3f} of {total[name]}")


def transitions(documents: Sequence[LabelledDocument]) -> dict[str, object]:
    """Count, in whole documents, which section follows which: log-probabilities."""
    size = len(LABELS)
    start, stop, step = np.full(size, SMOOTHING), np.full(size, SMOOTHING), np.full((size, size), SMOOTHING)
    prior = np.full(size, SMOOTHING)
    for document in documents:
        path = [LABELS.index(None if label == OTHER else label) for label in document.path]
        told = [label for label in path if label]
        for label in path:
            prior[label] += 1
        if told:
            start[told[0]] += 1
            stop[path[-1]] += 1
        for a, b in pairwise(told):
            step[a, b] += 1
        for a, b in pairwise(path):
            step[a, 0] += b == 0
    rounded = {name: [round(float(v), 2) for v in _log(row)] for name, row in (("start", start), ("stop", stop))}
    rows = [[round(float(v), 2) for v in _log(row)] for row in step]
    return {**rounded, "step": rows, "prior": [round(float(v), 2) for v in _log(prior)]}


def _log(counts: np.ndarray) -> np.ndarray:
    return np.log(counts / counts.sum())


def main() -> None:
    """Cross-validate, then train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    arguments = parser.parse_args()
    documents = [*read_samples(), *read_documents()]
    paragraphs = [*single_paragraphs(), *paragraphs_of(documents)]
    data = {
        "heading": [*headings(), *told_headings(documents), *topics(paragraphs)],
        "text": [*paragraphs, *sentences(paragraphs)],
    }
    for kind, listed in data.items():
        if arguments.check:
            check(kind, listed)
    if not arguments.check:
        table: dict[str, object] = transitions(documents)
        for kind, listed in data.items():
            classes, bias, weights = fit(kind, listed)
            write(weights, TARGET, kind)
            table[kind] = {"classes": classes, "bias": bias}
            print(f"{kind}: {len(listed)} examples, {len(weights)} features")
        TARGET.joinpath("model.json").write_text(json.dumps(table) + "\n", "utf-8")
        print(f"{TARGET}: {sum(file.stat().st_size for file in TARGET.iterdir()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
