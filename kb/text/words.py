"""Swedish words with their counts, which the stemmer and the splitter hold words against."""

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def word_counts() -> Mapping[str, int]:
    """Return how often each word stands in the corpus that the list was counted in (see ``kb/data/README.md``)."""
    data = gzip.decompress(files("kb").joinpath("data", "sv_words.txt.gz").read_bytes()).decode()
    return MappingProxyType(
        {word: int(count) for word, _, count in (line.partition("\t") for line in data.splitlines())}
    )
