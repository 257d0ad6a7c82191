"""Names, abbreviations and domain words that mean the same, in any of the languages (``kb/data/thesaurus.toml``).

A search for one finds the others. The file is read when searching, not when indexing: a change needs no new index.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec

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
    return read(_bundled_text())


def kept(path: Path, form: str) -> Thesaurus:
    """Return the bundled thesaurus as the file ``path`` keeps it, analysed; make and keep it where that is not so.

    Analysing it takes longer than all else that a search does once. ``form`` tells how terms are made: of another form,
    or of another text, the file does not count. One that cannot be read or written is done without.
    """
    of = f"{form} {sha256(_bundled_text().encode()).hexdigest()}"
    with suppress(OSError, msgspec.MsgspecError):
        stored = msgspec.json.decode(path.read_bytes(), type=_Kept)
        if stored.of == of:
            return Thesaurus(dict(stored.entries), stored.longest)
    found = bundled()
    with suppress(OSError):
        beside = path.with_suffix(".new")
        beside.write_bytes(msgspec.json.encode(_Kept(of, list(found.entries.items()), found.longest)))
        beside.replace(path)
    return found


class _Kept(NamedTuple):
    of: str
    entries: list[tuple[Terms, tuple[Terms, ...]]]
    longest: int


def _bundled_text() -> str:
    return files("kb").joinpath("data", "thesaurus.toml").read_text("utf-8")


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
