"""Words with their counts, which the stemmer, the splitter and the mending of slips hold words against."""

import gzip
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LISTED = ("sv", "nb", "da", "en")
_SAME = {"no": "nb", "nn": "nb"}


@cache
def word_counts(language: str = "sv") -> Mapping[str, int]:
    """Return how often each word stands in the texts that the language's list was counted in; none has no list.

    See ``kb/data/README.md``.
    """
    name = _SAME.get(language, language)
    if name not in LISTED:
        return MappingProxyType({})
    data = gzip.decompress(files("kb").joinpath("data", f"{name}_words.txt.gz").read_bytes()).decode()
    pieces = data.split()  # word, count, word, count: a third of the time of going line by line, at every start
    return MappingProxyType(dict(zip(pieces[::2], map(int, pieces[1::2]), strict=True)))


def languages_of(word: str, languages: Sequence[str]) -> Sequence[str]:
    """Return those of ``languages`` in which the lower-case ``word`` is at home; all of them if it is in none's list.

    The Norwegian and Danish lists have some Swedish words too (their texts were translated by machine), so a word is
    at home where its share of all words is at least half the largest.

    >>> languages_of("framgång", ("da", "sv")), languages_of("skole", ("da", "nb", "sv"))
    (['sv'], ['da', 'nb'])
    """
    shares = [word_counts(language).get(word, 0) / _total(language) for language in languages]
    return [one for one, share in zip(languages, shares, strict=True) if share >= max(shares) / 2] or languages


@cache
def _total(language: str) -> int:
    return sum(word_counts(language).values()) or 1
