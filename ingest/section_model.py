"""What a section is about, by its heading, its text and its place: a joint decision over all sections of a document.

Two linear models (multinomial logistic regression, trained by ``training/section_classifier.py``) look at the words and
letters of a heading and at the paragraphs below it; the most likely sequence (Viterbi over the last field and the set
of fields told so far) knows that a story goes from background over method to what came of it, and that each field is
told once.
"""

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.lexicon import SAID, category_scores, meaning_of, plain_heading
from ingest.lexicon.words import LANGUAGES
from ingest.linear import Linear
from ingest.text_features import LABELS, Label
from ingest.text_model import TextModel
from kb.types import FIELD_NAMES

_WORD = re.compile(r"\w+")
_STEM = 6
_GRAMS = (3, 4, 5)
_TEXT = 0.8  # weight of each paragraph, up to …
_PARAGRAPHS = 4.0
_MOST_TEXT = 6.5  # … nats between the most and the least likely label
_KNOWN, _WEAK = 6.0, 3.0  # the lexicon's own word, in nats; a word that heads other things as well
_MOST_PARAGRAPHS = 8  # of a section that are looked at
_SENTENCE = 1.5  # weight of a sentence where there are no headings
_SAME_AGAIN, _OTHER_SENTENCE = -2.0, -4.0  # a paragraph of the same field as before; another field within a paragraph
_OTHER_PARAGRAPH = -2.3  # another field below the same heading
_FEWEST_ABOVE, _ABOVE = 20, 0.7  # words of a paragraph above the first heading that may be of a field; its weight
_LEAD, _REST = 3.0, 1.4  # nats for a lead, if it is the first, or one of the rest
_EITHER = 0.3  # the chance of either field from which a heading means one of them
_DOUBT = 0.3  # the share of headings that may mean anything, whatever they resemble


@dataclass(frozen=True, slots=True)
class SectionModel:
    """The model of headings, the model of paragraphs, and log-probabilities of one label after another."""

    heading: Linear
    text: TextModel
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
    for language in LANGUAGES:
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


@lru_cache(maxsize=4096)
def pair_leaning(heading: str) -> float | None:
    """Return how far a heading means success factors (1) rather than challenges (0), ``None`` where neither."""
    says = bundled().heading.log_probabilities(heading_features(heading))
    factors, challenges = math.exp(says["success_factors"]), math.exp(says["challenges"])
    return factors / (factors + challenges) if factors + challenges > _EITHER else None


@lru_cache(maxsize=1024)
def text_says(text: str) -> Mapping[str, float]:
    """Return the log-probability of each label for a paragraph or a sentence.

    One text is asked about several times: alone, with its neighbours, as one of two lessons.
    """
    return bundled().text.log_probabilities(text)


def text_evidence(paragraphs: Sequence[str], *, of: int | None = None, weight: float | None = None) -> list[float]:
    """Return what the paragraphs say for each label, in nats above what was to be expected anyhow.

    ``of`` is the number of paragraphs of the whole section, where these are only some of them. ``weight`` is what
    each counts; without it so much that a section's heading is not outdone.
    """
    model = bundled()
    total = [0.0] * len(LABELS)
    rows = [text_says(text) for text in paragraphs[:_MOST_PARAGRAPHS]]
    for row in rows:
        for index, label in enumerate(LABELS):
            total[index] += row[label or "other"] - model.prior[index]
    span = max(total) - min(total)
    if weight is None:
        weight = min(_TEXT * min(1.0, _PARAGRAPHS / max(of or len(rows), 1)), _MOST_TEXT / span if span else 1.0)
    return [weight * nats for nats in total]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one section, or of a stretch of text: so many nats for each label.

    ``named`` is the field that the heading names outright, if it does. To have the label of the stretch before costs
    ``stay`` nats, to have another ``turn``.
    """

    nats: tuple[float, ...]
    named: Label = None
    stay: float = -2.0
    turn: float = 0.0

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
    by_text = text_evidence([] if named else paragraphs)
    nats = tuple(h + t for h, t in zip(by_heading, by_text, strict=True))
    return Evidence(nats, named=meaning.field if named else None)


def evidence_by_paragraph(heading: str, paragraphs: Sequence[str], language: str) -> list[Evidence]:
    """Weigh each paragraph by itself; the heading counts for the first. Nothing is named outright."""
    rows = [text_evidence([text], of=len(paragraphs)) for text in paragraphs]
    first = [h + t for h, t in zip(heading_evidence(heading, language), rows[0], strict=True)]
    return [Evidence(tuple(first)), *(Evidence(tuple(row), stay=0.0, turn=_OTHER_PARAGRAPH) for row in rows[1:])]


def evidence_above_headings(paragraphs: Sequence[str]) -> list[Evidence]:
    """Weigh each paragraph of what stands above the first heading: a lead, or already the story.

    The first is a lead unless much speaks against it; bylines and the like, of few words, are of no field.
    """
    result: list[Evidence] = []
    for number, paragraph in enumerate(paragraphs):
        if len(paragraph.split()) < _FEWEST_ABOVE:
            result.append(Evidence.fixed(None))
            continue
        nats = text_evidence([paragraph], weight=_ABOVE)
        nats[LABELS.index(None)] += _REST if number else _LEAD
        result.append(Evidence(tuple(nats), stay=0.0, turn=_OTHER_PARAGRAPH))
    return result


def evidence_by_sentence(
    sentences: Sequence[str], borders: Collection[int], *, allowed: Collection[Label] = LABELS
) -> list[Evidence]:
    """Weigh each sentence by itself; paragraphs begin at the ``borders``, and only ``allowed`` labels are possible."""
    result: list[Evidence] = []
    for number, sentence in enumerate(sentences):
        nats = text_evidence([sentence], weight=_SENTENCE)
        possible = tuple(n if label in allowed else -math.inf for label, n in zip(LABELS, nats, strict=True))
        begins = number in borders or not number
        stay, turn = (_SAME_AGAIN, 0.0) if begins else (0.0, _OTHER_SENTENCE)
        result.append(Evidence(possible, stay=stay, turn=turn))
    return result


@cache
def bundled() -> SectionModel:
    """Return the model that comes with the product."""
    folder = files("ingest").joinpath("data", "section_classifier")
    table = json.loads(folder.joinpath("model.json").read_text("utf-8"))
    return SectionModel(
        Linear.read(folder, "heading", **table["heading"]),
        TextModel.read(folder, "text", **table["text"]),
        tuple(table["prior"]),
        tuple(table["start"]),
        tuple(map(tuple, table["step"])),
        tuple(table["stop"]),
    )
