"""Names, abbreviations and domain words that mean the same, in any of the languages (``kb/data/thesaurus.toml``).

A search for one finds the others. The file is read when searching, not when indexing: a change needs no new index.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kb.text.analysis import term_of
from kb.text.stems import ALGORITHMS
from kb.text.tokens import tokenize

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """``entries`` maps the terms of an expression to those of every expression that means the same."""

    entries: Mapping[Terms, tuple[Terms, ...]]
    longest: int

    def lookup(self, terms: Sequence[str]) -> Iterator[tuple[int, int, tuple[Terms, ...]]]:
        """Yield start, end and synonyms of each expression that stands in ``terms``; of two at a place the longer."""
        start = 0
        while start < len(terms):
            for end in range(min(len(terms), start + self.longest), start, -1):
                synonyms = self.entries.get(tuple(terms[start:end]))
                if synonyms:
                    yield start, end, synonyms
                    start = end - 1
                    break
            start += 1


@cache
def bundled() -> Thesaurus:
    """Return the thesaurus that comes with the product."""
    return read(files("kb").joinpath("data", "thesaurus.toml").read_text("utf-8"))


def read(text: str) -> Thesaurus:
    """Return the thesaurus written in TOML: ``groups``, a list of lists of expressions of one meaning."""
    entries: dict[Terms, dict[Terms, None]] = {}
    for group in tomllib.loads(text)["groups"]:
        analysed = dict.fromkeys(terms for expression in group for terms in _analysed(expression))
        for one in analysed:
            entries.setdefault(one, {}).update((other, None) for other in analysed if other != one)
    return Thesaurus(
        {one: tuple(others) for one, others in entries.items() if others}, max(map(len, entries), default=0)
    )


def _analysed(expression: str) -> Iterator[Terms]:
    """The expression's terms as each language would have them; which language it is in does not matter then."""
    for language in ALGORITHMS:
        yield tuple(term_of(token, language) for token in tokenize(expression))
