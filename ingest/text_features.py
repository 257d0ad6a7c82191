"""What a linear model sees of a paragraph or a sentence: words, their pairs and endings, doubt, numbers, marks."""

import math
import re
from functools import lru_cache
from itertools import pairwise

from kb.types import FIELD_NAMES, FieldName

Label = FieldName | None
LABELS: tuple[Label, ...] = (None, *FIELD_NAMES)

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(
    r"(?:\d+|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton\w*|"
    r"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra|tusen)\w*|to|fire|seks|sju|syv|åtte|otte|ni|ti|"
    r"elleve|tolv|(?:tjue|tretti|førti|femti|seksti)\w*|\w*(?:tyve|tredive|fyrre)|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\w*|hundred)"
)
_MARKS = {
    "quote": re.compile(r"[”\"“»]|^[–—-] "),
    "colon": re.compile(":"),
    "question": re.compile(r"\?"),
    "bracket": re.compile(r"\("),
    "quoted": re.compile(r"^[”\"“»«].{20,}[”\"“«»]"),
    "address": re.compile(r"@|www|http"),
}
_WE = frozenset(("jag", "vi", "jeg", "eg", "i", "we"))
_SHARE = re.compile(r"\d\s?(?:%|procent|prosent|pct|per cent|percent)|\d (?:av|of|ud af|ut av) \d")
_DOUBT = re.compile(
    r"(?:inte|ej|ingen|inget|inga|saknas?|brist\w*|svår\w*|problem\w*|risk\w*|bara|ännu|fortfarande|men|tyvärr|aldrig|få|trots|"
    r"ikke|ikkje|mangl\w*|vanskel\w*|svær\w*|kun|bare|endnu|ennå|not|only|hard|lack\w*|few|but|no|nobody)"
)
_STEM, _PAIRED, _ENDING = 5, 6, 3  # letters of a word, of each word of a pair, of a word's end


@lru_cache(maxsize=65_536)
def _seen(word: str) -> tuple[str, str, str, bool, bool, bool]:
    """What is seen of one word: stem, beginning and ending as features; whether it is a doubt, a number, a year."""
    stem = "" if word.isdigit() else f"w:{word[:_STEM]}"
    ending = f"e:{word[-_ENDING:]}" if len(word) > _ENDING + 1 else ""
    doubt, number, year = (bool(pattern.fullmatch(word)) for pattern in (_DOUBT, _NUMBER, _YEAR))
    return stem, word[:_PAIRED], ending, doubt, number, year


def own_features(text: str) -> dict[str, float]:
    """Return the features of a paragraph wherever it stands.

    They are stems, pairs and endings of words, words of doubt, numbers, marks.
    """
    lower = text.lower()
    words = _WORD.findall(lower)
    seen = zip(*map(_seen, words), strict=True) if words else ((),) * 6
    with_stem, starts, with_ending, doubt, number, year = seen
    stems, endings = dict.fromkeys(filter(None, with_stem)), dict.fromkeys(filter(None, with_ending))
    pairs = dict.fromkeys([f"b:{a} {b}" for a, b in pairwise(["^", *starts, "$"])])
    found = dict.fromkeys(stems, 3.0 / math.sqrt(max(len(stems), 1)))
    found |= dict.fromkeys(pairs, 2.0 / math.sqrt(len(pairs)))
    found |= dict.fromkeys(endings, 1.5 / math.sqrt(max(len(endings), 1)))
    doubts, numbers, years = sum(doubt), sum(number), sum(year)
    long = max(len(words), 1)
    found["g:count"], found["g:share"] = min(doubts, 4) / 4, min(10 * doubts / long, 2.0)
    found["n:number"], found["n:dense"] = min(numbers, 6) / 6, min(8 * numbers / long, 2.0)
    found["n:year"], found["n:long"] = min(years, 3) / 3, min(long, 80) / 80
    found["n:share"] = min(len(_SHARE.findall(lower)), 2) / 2
    found |= {f"m:{name}": 1.0 for name, mark in _MARKS.items() if mark.search(text)}
    if not _WE.isdisjoint(words):
        found["m:we"] = 1.0
    return found
