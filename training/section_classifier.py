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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ingest.lexicon import TOPIC, examples
from ingest.linear import write
from ingest.portions import sentences_of
from ingest.section_model import heading_features
from ingest.text_features import LABELS
from training.fitting import Fitted, fit_features, fit_texts
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
STRENGTH = {"heading": 3.0, "text": 0.5}  # inverse of the L2 penalty
MOST = 60  # headings of one template
TOLD_WEIGHT = 0.3  # of a heading of a whole document
TOPIC_WEIGHT = 0.6  # of some words of a paragraph in a heading's place
SENTENCE_WEIGHT = 0.35
SHORTEST = 5  # words of a sentence
WEIGHT = 15.0  # of a template: as much as so many phrases
SMALL = 0.12  # a feature of headings whose weights are all smaller is left out
SMOOTHING = 2.0  # added to each count: documents by other hands keep the order less well
_FOLDS = 5


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


def fit(kind: str, listed: Sequence[Example]) -> Fitted:
    """Fit the model of ``kind``."""
    labels, weights = [e.label for e in listed], [e.weight for e in listed]
    if kind == "text":
        return fit_texts([e.text for e in listed], labels, weights, strength=STRENGTH[kind])
    rows = [heading_features(e.text) for e in listed]
    return fit_features(rows, labels, weights, strength=STRENGTH[kind], small=SMALL)


def teller(kind: str, fitted: Fitted) -> Callable[[str], Mapping[str, float]]:
    """Return the fitted model as a function from a text to the log-probability of each class."""
    if kind == "text":
        return fitted.text_model.log_probabilities
    model = fitted.linear
    return lambda heading: model.log_probabilities(heading_features(heading))


def check(kind: str, listed: Sequence[Example]) -> None:
    """Print the figures of cross-validation; of paragraphs also those of whole sections."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    sections = sections_right = 0
    for fold in range(_FOLDS):
        held = [e for e in listed if e.group and zlib.crc32(e.group.encode()) % _FOLDS == fold]
        fitted = fit(kind, [e for e in listed if not (e.group and zlib.crc32(e.group.encode()) % _FOLDS == fold)])
        rows = [*map(teller(kind, fitted), (example.text for example in held))]
        for example, row in zip(held, rows, strict=True):
            total[example.label] += 1
            right[example.label] += max(row, key=lambda name: row[name]) == example.label
        for (_, label), run in groupby(zip(held, rows, strict=True), key=lambda pair: (pair[0].group, pair[0].label)):
            own = [row for _, row in run]
            sections += 1
            sections_right += max(fitted.classes, key=lambda name: sum(row[name] for row in own)) == label
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
        table: dict[str, Any] = transitions(documents)
        for kind, listed in data.items():
            fitted = fit(kind, listed)
            write(fitted.weights, TARGET, kind)
            table[kind] = {"classes": fitted.classes, "bias": fitted.bias}
            if kind == "text":
                model = fitted.text_model
                model.write(TARGET, kind)
                table[kind]["unit"] = model.unit
            print(f"{kind}: {len(listed)} examples, {len(fitted.weights)} features")
        TARGET.joinpath("model.json").write_text(json.dumps(table) + "\n", "utf-8")
        print(f"{TARGET}: {sum(file.stat().st_size for file in TARGET.iterdir()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
