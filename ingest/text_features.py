"""The labels of a text, and signs of form that speak for one: doubt, numbers, quotes, marks."""

import re
from functools import lru_cache

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


@lru_cache(maxsize=65_536)
def _seen(word: str) -> tuple[bool, bool, bool]:
    """Whether a word is a doubt, a number, a year."""
    return bool(_DOUBT.fullmatch(word)), bool(_NUMBER.fullmatch(word)), bool(_YEAR.fullmatch(word))


def signs_of(text: str) -> dict[str, float]:
    """Return the signs of a paragraph wherever it stands."""
    lower = text.lower()
    words = _WORD.findall(lower)
    long = max(len(words), 1)
    doubts, numbers, years = map(sum, zip(*map(_seen, words), strict=True)) if words else (0, 0, 0)
    found = {
        "g:count": min(doubts, 4) / 4,
        "g:share": min(10 * doubts / long, 2.0),
        "n:number": min(numbers, 6) / 6,
        "n:dense": min(8 * numbers / long, 2.0),
        "n:year": min(years, 3) / 3,
        "n:long": min(long, 80) / 80,
        "n:share": min(len(_SHARE.findall(lower)), 2) / 2,
    }
    found |= {f"m:{name}": 1.0 for name, mark in _MARKS.items() if mark.search(text)}
    if not _WE.isdisjoint(words):
        found["m:we"] = 1.0
    return found
