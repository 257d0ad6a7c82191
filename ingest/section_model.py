"""What a section is about, by its heading, its text and its place: a joint decision over all sections of a document.

Two linear models (multinomial logistic regression, trained by ``training/section_classifier.py``) look at the words and
letters of a heading and at the paragraphs below it; the most likely sequence (Viterbi over the last field and the set
of fields told so far) knows that a story goes from background over method to what came of it, and that each field is
told once.
"""

import json
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

from ingest.lexicon import SAID, category_scores, meaning_of, plain_heading
from ingest.prose import LABELS, Label, own_features
from kb.types import FIELD_NAMES, FieldName

Key = TypeVar("Key")
_WORD = re.compile(r"\w+")
_STEM = 6
_GRAMS = (3, 4, 5)
_TEXT = 0.5  # weight of each paragraph, up to …
_PARAGRAPHS = 4.0
_MOST_TEXT = 4.0  # … nats between the most and the least likely label
_KNOWN, _WEAK = 6.0, 3.5  # the lexicon's own word, in nats; a word that heads other things as well
_MOST_PARAGRAPHS = 12  # of a section that are looked at
_DOUBT = 0.3  # the share of headings that may mean anything, whatever they resemble
_SWITCH = -3.0  # another field within a section
_AGAIN, _NEXT_AGAIN = -6.0, -2.0  # a field that was told before; one that goes on in the next section
_SENTENCE_TURN, _PARAGRAPH_TURN = -0.7, -0.3  # below a combined heading
_BEAM = 9.0  # nats
_ORDER = 0.45  # weight of the usual order: documents by other hands keep it less well


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
    known = _WEAK if meaning.weak else _KNOWN
    if meaning.score >= SAID and len(meaning.fields) == 1:
        return tuple(known if label == meaning.field else 0.0 for label in LABELS)
    if meaning.other >= SAID:
        return tuple(known if label is None else 0.0 for label in LABELS)
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


def text_evidence(paragraphs: Sequence[str], language: str, *, of: int | None = None) -> list[float]:
    """Return what the paragraphs say for each label, in nats above what was to be expected anyhow.

    ``of`` is the number of paragraphs of the whole section, where these are only some of them.
    """
    model = bundled()
    total = [0.0] * len(LABELS)
    rows = [model.text.log_probabilities(own_features(text, language)) for text in paragraphs[:_MOST_PARAGRAPHS]]
    for row in rows:
        for index, label in enumerate(LABELS):
            total[index] += row[label or "other"] - model.prior[index]
    span = max(total) - min(total)
    weight = min(_TEXT * min(1.0, _PARAGRAPHS / max(of or len(rows), 1)), _MOST_TEXT / span if span else 1.0)
    return [weight * nats for nats in total]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one section, or of a stretch of one that may differ from the stretch before it (``goes_on``).

    It is so many nats for each label, and the field that the heading names outright, if it does.
    """

    nats: tuple[float, ...]
    named: Label = None
    goes_on: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether nothing can change the label."""
        return min(self.nats) == -math.inf

    @property
    def likeliest(self) -> Label:
        """The label that speaks for itself most."""
        return max(zip(self.nats, LABELS, strict=True), key=lambda pair: pair[0])[1]

    @classmethod
    def fixed(cls, label: Label) -> "Evidence":
        """Make the evidence of a section that has ``label`` whatever else speaks for another."""
        return cls(tuple(0.0 if other == label else -math.inf for other in LABELS), named=label)


def evidence_of(heading: str, paragraphs: Sequence[str], language: str) -> Evidence:
    """Weigh a section's heading and, where it does not state what the section is about, its paragraphs."""
    by_heading = heading_evidence(heading, language) if heading else (0.0,) * len(LABELS)
    meaning = meaning_of(heading, language)
    named = meaning.score >= SAID and len(meaning.fields) == 1 and not meaning.weak
    by_text = text_evidence(paragraphs, language)
    nats = tuple(h + t for h, t in zip(by_heading, by_text, strict=True))
    return Evidence(nats, named=meaning.field if named else None)


def evidence_by_paragraph(heading: str, paragraphs: Sequence[str], language: str) -> list[Evidence]:
    """Weigh each paragraph by itself; the heading counts for the first. Nothing is named outright."""
    rows = [text_evidence([text], language, of=len(paragraphs)) for text in paragraphs]
    if heading:
        rows[0] = [h + t for h, t in zip(heading_evidence(heading, language), rows[0], strict=True)]
    return [Evidence(tuple(row), goes_on=number > 0) for number, row in enumerate(rows)]


def part_among(
    names: Sequence[FieldName], sentences: Sequence[str], borders: Collection[int], language: str
) -> list[FieldName]:
    """Give each sentence below a combined heading one of the heading's fields (Viterbi).

    A sentence is more likely of the same field as the one before it, less so at the ``borders`` where a paragraph
    begins, and the first of the field that the heading names first.
    """
    model = bundled().text
    best: list[tuple[float, tuple[FieldName, ...]]] = [(0.0, ())]
    for number, sentence in enumerate(sentences):
        says = model.log_probabilities(own_features(sentence, language))
        turn = _PARAGRAPH_TURN if number in borders else _SENTENCE_TURN
        best = [
            max(
                (score + says[name] + (turn if path[-1:] != (name,) and path else 0.0), (*path, name))
                for score, path in best
            )
            if number
            else (says[name] + (0.0 if name == names[0] else _SENTENCE_TURN), (name,))
            for name in names
        ]
    return list(max(best)[1])


State = tuple[int, int, int]
"""The label of the section before, the last field told, and the set of fields told so far."""


def decode(sections: Sequence[Evidence]) -> list[tuple[Label, float]]:
    """Return the most probable label of each section, with its probability given all the others (forward–backward).

    The states know the fields told so far, so that a field told twice costs something.
    """
    if not sections:
        return []
    model = bundled()
    named = sum({1 << LABELS.index(section.named) for section in sections if section.named})
    steps: list[list[tuple[State, int, State, float]]] = []
    forward: list[dict[State, float]] = [{(0, 0, 0): 0.0}]
    for section in sections:
        elsewhere = named & ~(1 << LABELS.index(section.named)) if section.named else named
        open_labels = [label for label, nats in enumerate(section.nats) if nats > -math.inf]
        moves = [
            (state, label, _after(state, label), _move(model, state, label, elsewhere, section) + section.nats[label])
            for state in forward[-1]
            for label in open_labels
        ]
        steps.append(moves)
        forward.append(_kept(_summed((after, forward[-1][state] + nats) for state, _, after, nats in moves)))
    backward = {state: _ORDER * model.stop[state[0]] for state in forward[-1]}
    decided: list[tuple[Label, float]] = []
    for moves, reached in zip(reversed(steps), reversed(forward[:-1]), strict=True):
        moves = [move for move in moves if move[2] in backward]
        mass = _summed((label, reached[state] + nats + backward[after]) for state, label, after, nats in moves)
        best = max(mass, key=mass.__getitem__)
        decided.append((LABELS[best], 1 / sum(math.exp(nats - mass[best]) for nats in mass.values())))
        backward = _summed((state, nats + backward[after]) for state, _, after, nats in moves)
    return decided[::-1]


def _kept(states: Mapping[State, float]) -> dict[State, float]:
    """Drop the states that are next to impossible, so that long documents take no longer a section than short ones."""
    least = max(states.values()) - _BEAM
    return {state: nats for state, nats in states.items() if nats >= least}


def _after(state: State, label: int) -> State:
    return (label, label, state[2] | 1 << label) if label else (0, state[1], state[2])


def _move(model: SectionModel, state: State, label: int, elsewhere: int, section: Evidence) -> float:
    before, last, told = state
    if section.goes_on and before == label:
        return 0.0
    turn = _SWITCH if section.goes_on else 0.0
    if not label:
        return turn + _ORDER * model.step[last][0]
    if (told | elsewhere) >> label & 1:
        return turn + (_NEXT_AGAIN if before == label else _AGAIN)
    return turn + _ORDER * (model.step[last][label] if last else model.start[label])


def _summed(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """Add up, for each key, what is given as logarithms."""
    listed: dict[Key, list[float]] = {}
    for key, nats in pairs:
        listed.setdefault(key, []).append(nats)
    tops = {key: max(nats) for key, nats in listed.items()}
    return {key: tops[key] + math.log(sum(math.exp(n - tops[key]) for n in nats)) for key, nats in listed.items()}


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
