"""Inflected words to one form, by language: Swedish, Norwegian, Danish and English.

Snowball (Porter 2001, https://snowballstem.org) does the most. For Swedish it leaves many definite forms apart
("skolan" from "skola", "våldet" from "våld") and cuts into some words ("mentor" to "ment"), so a word is first led
back to its base form where the rules below and the word list agree that there is one; what differs wholly ("män",
"gick") is listed in ``kb/data/irregular_sv.toml``.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from Stemmer import Stemmer

from kb.text.stopwords import is_stopword
from kb.text.tokens import nordic
from kb.text.words import word_counts

ALGORITHMS = {
    "sv": "swedish",
    "nb": "norwegian",
    "nn": "norwegian",
    "no": "norwegian",
    "da": "danish",
    "en": "english",
}
_SHORTEST_BASE = 3
_LIQUID = ("or", "er", "ar", "el")  # after these the definite form has no vowel of its own

# Ending -> what may stand instead in the base form; the endings are tried in order, until one gives a listed word.
# Chains of endings are followed step by step (skolornas -> skolorna -> skola).
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("orna", ("a",)),
    ("arna", ("are", "", "e")),
    ("erna", ("", "e", "a")),
    ("mmet", ("m",)),
    ("mmen", ("m",)),
    ("nnen", ("n",)),
    ("heten", ("het",)),
    ("andet", ("ande",)),
    ("endet", ("ende",)),
    ("iet", ("ium",)),
    ("eet", ("eum",)),
    ("aren", ("are",)),
    ("or", ("a",)),
    ("an", ("a",)),
    ("ar", ("", "a", "e")),
    ("er", ("", "e", "a")),
    ("en", ("", "e")),
    ("et", ("", "e")),
    ("ena", ("e",)),
    ("ad", ("a",)),
    ("at", ("a",)),
    ("as", ("a",)),
    ("s", ("",)),
    ("n", ("",)),
    ("t", ("",)),
)


def stem(word: str, language: str) -> str:
    """Return the form that ``word`` (lower case) shares with its inflections; itself in a language not known here.

    >>> {stem(word, "sv") for word in ("framgångsfaktor", "framgångsfaktorn", "framgångsfaktorernas")}
    {'framgångsfak'}
    >>> stem("kör", "sv") == stem("kor", "sv")
    False
    """
    if language == "sv":
        return _swedish(word)
    if word.startswith("internet"):
        return "internet"  # not "intern", as Snowball has it in Danish and Norwegian
    algorithm = ALGORITHMS.get(language)
    return nordic(_snowball(algorithm).stemWord(word)) if algorithm else nordic(word)


@lru_cache(maxsize=200_000)
def base_form(word: str) -> str:
    """Return the Swedish base form that the word list vouches for, or ``word`` itself.

    >>> [base_form(word) for word in ("skolornas", "våldets", "mammans", "projekten", "kvarnberga")]
    ['skola', 'våld', 'mamma', 'projekt', 'kvarnberga']
    """
    irregular = irregular_forms()
    for _ in range(4):
        if word in irregular:
            return irregular[word]
        shorter = _one_step(word)
        if shorter is None:
            return word
        word = shorter
    return word


@cache
def irregular_forms() -> Mapping[str, str]:
    """Return the Swedish forms that no rule leads to their base form, with it."""
    table = tomllib.loads(files("kb").joinpath("data", "irregular_sv.toml").read_text("utf-8"))
    return {form: base for base, forms in table.items() for form in (base, *forms)}


def _one_step(word: str) -> str | None:
    counts = word_counts()
    if word + "en" in counts or word + "et" in counts or (word.endswith(_LIQUID) and word + "n" in counts):
        return None  # has a definite form, so is a base: barn (barnet) is none of bar, faktor (faktorn) none of fakta
    for ending, bases in _ENDINGS:
        if word.endswith(ending):
            stump = word[: -len(ending)]
            found = [base for base in (stump + replacement for replacement in bases) if _is_base(base)]
            if found:
                return max(found, key=lambda base: counts[base])  # väntar: vänta rather than vänt
    return None


def _is_base(word: str) -> bool:
    return len(word) >= _SHORTEST_BASE and word in word_counts() and not is_stopword(word)


@lru_cache(maxsize=200_000)
def _swedish(word: str) -> str:
    base = base_form(word)
    if base in irregular_forms() or base.endswith("else"):
        return nordic(base)  # Snowball would cut rörelse to rör, styrelse to styr
    return nordic(_snowball("swedish").stemWord(base))


@cache
def _snowball(algorithm: str) -> Stemmer:
    return Stemmer(algorithm, 0)
