"""Which kind of document a text is, by its words: a linear model beside what :mod:`ingest.triage` knows by form.

A multinomial logistic regression over the words of the title, the words of the text's beginning, signs of form (orders,
studies, meetings, web pages) and the fields found; trained by ``training/kind_classifier.py`` on invented papers.
"""

import json
import math
import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise

from ingest.lexicon import LESSONS
from ingest.linear import Linear
from kb.types import DocumentType, FieldName

_WORD = re.compile(r"\w+")
_STEM = 6  # letters of a word
_LONGEST = 900  # words of a text that are looked at
_SIGNS = {
    "order": re.compile(r"\b(?:ska|skall|får i uppdrag|ansvarar för|bör|skal|should|must|shall)\b"),
    "study": re.compile(
        r"\b(?:abstract|previous research|literature|interviewees?|respondents?|the study|this paper|coded|et al|"
        r"tidigare forskning|studien|intervjustudie\w*|informant\w*|respondent\w*|enkät\w*|undersökning\w*|"
        r"avhandling\w*|tidligere forskning|undersøgelse\w*|undersøkelse\w*|spørreundersøkelse\w*|survey\w*)\b"
    ),
    "meeting": re.compile(
        r"\b(?:inbjudan|välkomm\w*|anmäl\w*|program|lunch|fika|kaffe|träff\w*|möte\w*|møde\w*|møte\w*|samling\w*|"
        r"deltagare|medlem\w*|kl\.? ?\d|\d\d[.:]\d\d|invitation\w*|register|agenda|påmelding|tilmelding)\b"
    ),
    "web": re.compile(
        r"https?://\S+|\b(?:till toppen|hoppa till innehåll|lyssna på sidan|dela sidan|skriv ut|kakor|cookies|"
        r"senast uppdaterad|sist oppdatert|sidst opdateret|last updated|publicerad|sökväg|du är här)\b"
    ),
    "told": re.compile(r"\b(?:vi|oss|jag|våra|vår|vårt|our|we|han|hon|de|they|she|he)\b"),
    "past": re.compile(r"\b(?:var|hade|blev|kom|fick|började|gjorde|sade|visade|\w{3,}ade|were|had|was|\w{3,}ed)\b"),
    "number": re.compile(r"\d+"),
    "paragraph sign": re.compile(r"§"),
    "address": re.compile(r"@"),
}


def kind_features(title: str, text: str, found: Collection[FieldName]) -> dict[str, float]:
    """Return the features of a document: title, text and the names of the fields that were found in it."""
    features = {f"f:{name}": 1.0 for name in found}
    features["f:number"] = len(found) / 3
    features["f:lessons"] = float(set(LESSONS) <= set(found))
    stems = [word[:_STEM] for word in _WORD.findall(title.lower())]
    titled = dict.fromkeys([*(f"t:{stem}" for stem in stems), *(f"b:{a} {b}" for a, b in pairwise(["^", *stems, "$"]))])
    features |= dict.fromkeys(titled, 1.5 / math.sqrt(max(len(titled), 1)))
    features |= _of_text(text)
    return features


@lru_cache(maxsize=4)  # a document is looked at again when its fields have been told otherwise
def _of_text(text: str) -> Mapping[str, float]:
    words = list(islice(_WORD.finditer(text), _LONGEST))
    lower = text[: words[-1].end()].lower() if words else ""
    stems = dict.fromkeys(f"w:{match[0].lower()[:_STEM]}" for match in words if not match[0].isdigit())
    features = dict.fromkeys(stems, 4 / math.sqrt(max(len(stems), 1)))
    for name, sign in _SIGNS.items():
        features[f"s:{name}"] = min(20 * len(sign.findall(lower)) / max(len(words), 1), 2.0)
    return features


def kind_says(title: str, text: str, found: Collection[FieldName]) -> Mapping[DocumentType, float]:
    """Return the log-probability of each kind."""
    says: Mapping[DocumentType, float] = _bundled().log_probabilities(kind_features(title, text, found))  # type: ignore[assignment]
    return says


@cache
def _bundled() -> Linear:
    folder = files("ingest").joinpath("data", "kind_classifier")
    return Linear.read(folder, "kind", **json.loads(folder.joinpath("model.json").read_text("utf-8")))
