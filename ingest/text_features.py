"""What a linear model sees of a paragraph or a sentence: words, their pairs and endings, cues, doubt, numbers, marks."""

import math
import re
from collections import Counter

from ingest.cues import taxonomy_cues
from kb.taxonomy import Taxonomy
from kb.types import FIELD_NAMES, FieldName

Label = FieldName | None
LABELS: tuple[Label, ...] = (None, *FIELD_NAMES)

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
