"""Words with their counts, which the stemmer, the splitter and the mending of slips hold words against."""

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LISTED = ("sv", "nb", "da")
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
    return MappingProxyType(
        {word: int(count) for word, _, count in (line.partition("\t") for line in data.splitlines())}
    )
