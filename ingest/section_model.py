"""What a section is about, by its heading, its text and its place: a joint decision over all sections of a document.

Two linear models (multinomial logistic regression, trained by ``training/section_classifier.py``) look at the words and
letters of a heading and at the paragraphs below it; the most likely sequence (Viterbi over the last field and the set
of fields told so far) knows that a story goes from background over method to what came of it, and that each field is
told once.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.lexicon import SAID, category_scores, meaning_of, plain_heading
from ingest.prose import LABELS, Label, own_features
from kb.types import FIELD_NAMES

_WORD = re.compile(r"\w+")
_STEM = 6
_GRAMS = (3, 4, 5)
_TEXT = 0.5  # weight of each paragraph, up to …
_PARAGRAPHS = 4.0
_MOST_TEXT = 3.0  # … nats between the most and the least likely label
_KNOWN = 8.0  # the lexicon's own word, in nats
_DOUBT = 0.2  # the share of headings that may mean anything, whatever they resemble
_Path = tuple[int, "_Path"] | None  # a label and those before it, nearest first
_AGAIN, _NEXT_AGAIN = -6.0, -1.0  # a field that was told before; one that goes on in the next section


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature, one a class, and the classes."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def log_probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the log-probability of each class."""
        scores = list(self.bias)
        for name, value in features.items():
            for index, weight in enumerate(self.weights.get(name, ())):
                scores[index] += weight * value
        top = max(scores)
        norm = top + math.log(sum(math.exp(s - top) for s in scores))
        return {name: score - norm for name, score in zip(self.classes, scores, strict=True)}


@dataclass(frozen=True, slots=True)
class SectionModel:
    """The model of headings, the model of paragraphs, and log-probabilities of one label after another."""

    heading: Linear
    text: Linear
    prior: tuple[float, ...]
    start: tuple[float, ...]
    step: tuple[tuple[float, ...], ...]
    stop: tuple[float, ...]


def heading_features(heading: str) -> dict[str, float]:
    """Return the features of a heading: word beginnings, neighbours, letters, patterns of the lexicon, a question."""
    words = _WORD.findall(plain_heading(heading))
    stems = [word[:_STEM] for word in words]
    found = {f"w:{stem}" for stem in stems}
    found |= {f"b:{a} {b}" for a, b in zip(["^", *stems], [*stems, "$"], strict=True)}
    grams = {
        f"g:{marked[i : i + size]}"
        for marked in (f"<{word}>" for word in words)
        for size in _GRAMS
        for i in range(len(marked) - size + 1)
    }
    features = dict.fromkeys(found, 1.5 / math.sqrt(max(len(words), 1)))
    features |= dict.fromkeys(grams, 2.5 / math.sqrt(len(found) + len(grams) + 1))
    for language in ("sv", "nb", "da", "en"):
        features |= {f"p:{name}": 1.0 for name, score in category_scores(heading, language).items() if score}
    features["q"], features["n"] = float("?" in heading), min(len(words), 10) / 10
    return features


@lru_cache(maxsize=4096)
def heading_evidence(heading: str, language: str) -> tuple[float, ...]:
    """Return what a heading says for each label, in nats above what was to be expected anyhow."""
    meaning = meaning_of(heading, language)
    if meaning.score >= SAID and len(meaning.fields) == 1:
        return tuple(_KNOWN if label == meaning.field else 0.0 for label in LABELS)
    if meaning.other >= SAID:
        return tuple(_KNOWN if label is None else 0.0 for label in LABELS)
    model = bundled()
    chances = {name: math.exp(p) for name, p in model.heading.log_probabilities(heading_features(heading)).items()}
    # A heading that names no field says nothing; lessons are the one or the other, or neither.
    empty, lessons = chances["topic"], chances["lessons"]
    own = {None: chances["other"] + 0.4 * lessons} | {name: chances[name] for name in FIELD_NAMES}
    own["success_factors"] += 0.4 * lessons
    own["challenges"] += 0.2 * lessons
    priors = [math.exp(p) for p in model.prior]
    total = sum(priors)
    floor = empty + _DOUBT
    return tuple(
        math.log((own[label] * total / prior + floor) / (1 + _DOUBT))
        for label, prior in zip(LABELS, priors, strict=True)
    )


def text_evidence(paragraphs: Sequence[str], language: str) -> list[float]:
    """Return what the paragraphs say for each label, in nats above what was to be expected anyhow."""
    model = bundled()
    total = [0.0] * len(LABELS)
    rows = [model.text.log_probabilities(own_features(text, language)) for text in paragraphs]
    for row in rows:
        for index, label in enumerate(LABELS):
            total[index] += row[label or "other"] - model.prior[index]
    span = max(total) - min(total)
    weight = min(_TEXT * min(1.0, _PARAGRAPHS / max(len(rows), 1)), _MOST_TEXT / span if span else 1.0)
    return [weight * nats for nats in total]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one section: nats for each label, and the field that its heading names outright, if it does."""

    nats: tuple[float, ...]
    named: Label = None

    @classmethod
    def fixed(cls, label: Label) -> "Evidence":
        """Make the evidence of a section that has ``label`` whatever else speaks for another."""
        return cls(tuple(0.0 if other == label else -math.inf for other in LABELS))


def evidence_of(heading: str, paragraphs: Sequence[str], language: str) -> Evidence:
    """Weigh a section's heading and, where it does not state what the section is about, its paragraphs."""
    by_heading = heading_evidence(heading, language) if heading else (0.0,) * len(LABELS)
    meaning = meaning_of(heading, language)
    if meaning.other >= SAID or (meaning.score >= SAID and len(meaning.fields) == 1):
        return Evidence(by_heading, named=meaning.field)
    by_text = text_evidence(paragraphs, language)
    return Evidence(tuple(h + t for h, t in zip(by_heading, by_text, strict=True)))


def decode(sections: Sequence[Evidence]) -> list[tuple[Label, float]]:
    """Return the most likely label of each section, with its probability among all labels in that place.

    The states are the last field told and the set of fields told so far, so that a field told twice costs something.
    """
    model = bundled()
    named = sum({1 << LABELS.index(section.named) for section in sections if section.named})
    best: dict[tuple[int, int], tuple[float, _Path]] = {(-1, 0): (0.0, None)}
    for section in sections:
        following: dict[tuple[int, int], tuple[float, _Path]] = {}
        spoken_for = [0 if section.named == label else named for label in LABELS]
        for (last, told), (score, path) in best.items():
            for label, nats in enumerate(section.nats):
                reached = score + _move(model, last, told | spoken_for[label], label, path[0] if path else 0) + nats
                state = (label or last, told | (1 << label if label else 0))
                if state not in following or reached > following[state][0]:
                    following[state] = (reached, (label, path))
        best = following
    _, path = max(best.values(), key=lambda end: end[0] + (model.stop[end[1][0]] if end[1] else 0.0))
    labels: list[int] = []
    while path:
        label, path = path
        labels.append(label)
    labels.reverse()
    return [(LABELS[label], _chance(model, sections, labels, index)) for index, label in enumerate(labels)]


def _move(model: SectionModel, last: int, told: int, label: int, before: int) -> float:
    if not label:
        return model.step[max(last, 0)][0]
    if told >> label & 1:
        return _NEXT_AGAIN if before == label else _AGAIN
    return model.step[last][label] if last > 0 else model.start[label]


def _chance(model: SectionModel, sections: Sequence[Evidence], path: Sequence[int], index: int) -> float:
    """The share of a section's label among all labels, the others' sections being what they are."""
    before = [label for label in path[:index] if label]
    told = sum({1 << label for label in path[:index] if label})
    last = before[-1] if before else -1
    scores = [
        _move(model, last, told, label, path[index - 1] if index else 0) + sections[index].nats[label]
        for label in range(len(LABELS))
    ]
    top = max(scores)
    return math.exp(scores[path[index]] - top) / sum(math.exp(score - top) for score in scores)


@cache
def bundled() -> SectionModel:
    """Return the model that comes with the product."""
    table = json.loads(files("ingest").joinpath("data", "section_classifier.json").read_text("utf-8"))

    def linear(name: str) -> Linear:
        part = table[name]
        weights = {feature: tuple(row) for feature, row in part["weights"].items()}
        return Linear(tuple(part["classes"]), tuple(part["bias"]), weights)

    return SectionModel(
        linear("heading"),
        linear("text"),
        tuple(table["prior"]),
        tuple(table["start"]),
        tuple(map(tuple, table["step"])),
        tuple(table["stop"]),
    )
