"""Fields without headings: a classifier over paragraphs, and the order in which such texts are told.

A linear model (multinomial logistic regression, trained by ``training/prose_classifier.py`` on the development part of
the samples) gives each paragraph a probability for each field; the Viterbi path (Forney 1973) through the document
then takes the most likely sequence, knowing that a story goes from background over method to what was learnt. What
is not likely enough stays out: a field is rather ``None`` than wrong.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.cues import taxonomy_cues
from ingest.lexicon import category_scores
from kb.taxonomy import Taxonomy
from kb.types import FIELD_NAMES, FieldName

Label = FieldName | None
LABELS: tuple[Label, ...] = (None, *FIELD_NAMES)
RULE = "sentence-classifier"
SURE = 0.4  # the mean probability that a field's paragraphs need

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton\w*|"
    r"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra|tusen)\w*|to|fire|seks|sju|syv|åtte|otte|ni|ti|"
    r"elleve|tolv|(?:tjue|tretti|førti|femti|seksti)\w*|\w*(?:tyve|tredive|fyrre)|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\w*|hundred)\b",
    re.IGNORECASE,
)
_MARKS = {
    "quote": re.compile(r"[”\"“»]|^[–—-] "),
    "colon": re.compile(":"),
    "question": re.compile(r"\?"),
    "we": re.compile(r"\b(?:jag|vi|jeg|eg|I|we)\b", re.IGNORECASE),
    "bracket": re.compile(r"\("),
    "quoted": re.compile(r"^[”\"“»«].{20,}[”\"“«»]"),
    "address": re.compile(r"@|www|http"),
}
_SHARE = re.compile(r"\d\s?(?:%|procent|prosent|pct|per cent|percent)|\b\d+ (?:av|of|ud af|ut av) \d+", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:inte|ej|ingen|inget|inga|saknas?|brist\w*|svår\w*|problem\w*|risk\w*|bara|ännu|fortfarande|men|tyvärr|aldrig|få|trots|"
    r"ikke|ikkje|mangl\w*|vanskel\w*|svær\w*|kun|bare|endnu|ennå|not|only|hard|lack\w*|few|but|no|nobody)\b",
    re.IGNORECASE,
)
_CUED = ("success_factor", "challenge", "evidence", "maturity")
_STEM, _PAIRED, _ENDING = 5, 6, 3  # letters of a word, of each word of a pair, of a word's end


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature, one a label in the order of :data:`LABELS`; log-probabilities of one label after another."""

    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    start: tuple[float, ...]
    step: tuple[tuple[float, ...], ...]
    stop: tuple[float, ...]

    def log_probabilities(self, features: Mapping[str, float]) -> list[float]:
        """Return the log-probability of each label for one paragraph."""
        scores = list(self.bias)
        for name, value in features.items():
            for label, weight in enumerate(self.weights.get(name, ())):
                scores[label] += weight * value
        top = max(scores)
        norm = top + math.log(sum(math.exp(s - top) for s in scores))
        return [s - norm for s in scores]


def features_of(paragraphs: Sequence[str], index: int, language: str) -> dict[str, float]:
    """Return the features of one paragraph of a document: its own, cues of the lexicon, its place."""
    found = own_features(paragraphs[index], language)
    found |= {f"c:{name}": 1.0 for name, score in category_scores(paragraphs[index], language).items() if score}
    place = index / max(len(paragraphs) - 1, 1)
    for field in range(5):
        found[f"p:{field}"] = max(0.0, 1.0 - 4 * abs(place - field / 4))
    return found


def own_features(text: str, language: str) -> dict[str, float]:
    """Return the features of a paragraph wherever it stands.

    They are stems, pairs and endings of words, cues of the taxonomy, words of doubt, numbers, marks.
    """
    words = _WORD.findall(text.lower())
    stems = {f"w:{word[:_STEM]}" for word in words if not word.isdigit()}
    starts = [word[:_PAIRED] for word in words]
    pairs = {f"b:{a} {b}" for a, b in zip(["^", *starts], [*starts, "$"], strict=True)}
    endings = {f"e:{word[-_ENDING:]}" for word in words if len(word) > _ENDING + 1}
    found = dict.fromkeys(stems, 3.0 / math.sqrt(max(len(stems), 1)))
    cues = Counter(facet for facet, _ in taxonomy_cues(Taxonomy.load(), language).hits(text))
    found |= dict.fromkeys(pairs, 2.0 / math.sqrt(len(pairs)))
    found |= dict.fromkeys(endings, 1.5 / math.sqrt(max(len(endings), 1)))
    found |= {f"t:{facet}": min(cues[facet], 3) / 3 for facet in _CUED if cues[facet]}
    doubts = len(_DOUBT.findall(text))
    found["g:count"], found["g:share"] = min(doubts, 4) / 4, min(10 * doubts / max(len(words), 1), 2.0)
    found["n:year"] = min(len(_YEAR.findall(text)), 3) / 3
    numbers = len(_NUMBER.findall(text))
    found["n:number"], found["n:dense"] = min(numbers, 6) / 6, min(8 * numbers / max(len(words), 1), 2.0)
    found["n:long"] = min(len(words), 80) / 80
    found |= {f"m:{name}": 1.0 for name, mark in _MARKS.items() if mark.search(text)}
    found["n:share"] = min(len(_SHARE.findall(text)), 2) / 2
    return found


def classify(
    paragraphs: Sequence[str], language: str, *, allowed: Sequence[Label] = LABELS, model: Model | None = None
) -> list[tuple[Label, float]]:
    """Return each paragraph's label on the best path, with its probability; only ``allowed`` labels are given."""
    if not paragraphs:
        return []
    model = model or bundled()
    labels = [LABELS.index(label) for label in allowed]
    emitted = [model.log_probabilities(features_of(paragraphs, i, language)) for i in range(len(paragraphs))]
    whole = len(allowed) == len(LABELS)
    best = [{label: (model.start[label] if whole else 0.0) + emitted[0][label] for label in labels}]
    back: list[dict[int, int]] = []
    for log_probabilities in emitted[1:]:
        scores, origin = {}, {}
        for label in labels:
            previous = max(labels, key=lambda p: best[-1][p] + model.step[p][label])
            scores[label] = best[-1][previous] + model.step[previous][label] + log_probabilities[label]
            origin[label] = previous
        best.append(scores)
        back.append(origin)
    last = max(labels, key=lambda label: best[-1][label] + (model.stop[label] if whole else 0.0))
    path = [last]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    path.reverse()
    mass = [math.log(sum(math.exp(row[label]) for label in labels)) for row in emitted]
    return [(LABELS[label], math.exp(emitted[i][label] - mass[i])) for i, label in enumerate(path)]


@cache
def bundled() -> Model:
    """Return the model that comes with the product."""
    table = json.loads(files("ingest").joinpath("data", "prose_classifier.json").read_text("utf-8"))
    return Model(
        tuple(table["bias"]),
        {name: tuple(row) for name, row in table["weights"].items()},
        tuple(table["start"]),
        tuple(tuple(row) for row in table["step"]),
        tuple(table["stop"]),
    )
