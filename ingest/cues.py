"""Cue phrases found in text, many at a time: one look-up a word instead of one regular expression a cue.

A cue is a few words; ``*`` stands for any letters at a word's beginning or end. A word written in capitals is an
abbreviation and matched as written ("IS" is not "is").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.taxonomy import Taxonomy

Name = TypeVar("Name")
_TOKEN = re.compile(r"\w+")
_CUE_TOKEN = re.compile(r"[\w*]+")
_NEGATIONS = frozenset(
    [
        "inte",
        "ej",
        "ingen",
        "inget",
        "inga",
        "utan",
        "aldrig",
        "ikke",
        "ikkje",
        "ingen",
        "intet",
        "uden",
        "uten",
        "not",
        "no",
        "never",
        "without",
        "aldri",
        "bör",
        "skulle",
        "bør",
        "burde",
        "should",
        "would",
    ]
)
"""Words that take back what follows: it is not so, or only wished for."""

_STEM = 4  # letters by which the beginnings of words are looked up
_REACH = 3  # words before a cue in which a negation is looked for


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a cue: its letters, whether more may stand before or after, whether capitals count."""

    text: str
    before: bool
    after: bool
    cased: bool

    def fits(self, token: str) -> bool:
        token = token if self.cased else token.lower()
        if self.before and self.after:
            return self.text in token
        if self.before:
            return token.endswith(self.text)
        return token.startswith(self.text) if self.after else token == self.text


class CueIndex(Generic[Name]):
    """Finds which of many named cue lists a text has.

    >>> index = CueIndex({"line": ["stödtelefon*"], "pilot": ["pilot*"]})
    >>> list(index.hits("Stödtelefonen är ingen pilot längre"))
    ['line']
    """

    def __init__(self, cues: Mapping[Name, Sequence[str]]) -> None:
        self._exact: dict[str, list[tuple[Name, tuple[_Word, ...]]]] = {}
        self._starts: dict[str, list[tuple[Name, tuple[_Word, ...]]]] = {}
        self._ends: list[tuple[Name, tuple[_Word, ...]]] = []
        self._known: dict[str, tuple[tuple[Name, tuple[_Word, ...]], ...]] = {}
        for name, phrases in cues.items():
            for phrase in phrases:
                words = tuple(_word(token) for token in _CUE_TOKEN.findall(phrase))
                if not words:
                    continue
                first, entry = words[0], (name, words)
                if first.before:
                    self._ends.append(entry)
                elif first.after:
                    self._starts.setdefault(first.text[:_STEM].lower(), []).append(entry)
                else:
                    self._exact.setdefault(first.text.lower(), []).append(entry)
        self._endings = tuple(words[0].text.lower() for _, words in self._ends if not words[0].after)
        self._inner = re.compile("|".join(re.escape(w[0].text.lower()) for _, w in self._ends if w[0].after) or "(?!)")

    def hits(self, text: str) -> Iterator[Name]:
        """Yield the name of each cue list that ``text`` has a cue of, not taken back, once for each place in the text."""
        tokens, known = _TOKEN.findall(text), self._known
        for position, token in enumerate(tokens):
            candidates = known[token] if token in known else self._candidates(token)
            if not candidates:
                continue
            found: set[Name] = set()  # "skolan" is one sign of a school, though it fits two cues
            for name, words in candidates:
                rest = tokens[position + 1 : position + len(words)]
                if len(rest) == len(words) - 1 and all(w.fits(t) for w, t in zip(words[1:], rest, strict=True)):
                    before = tokens[max(0, position - _REACH) : position]
                    if name not in found and not any(t.lower() in _NEGATIONS for t in before):
                        found.add(name)
                        yield name

    def _candidates(self, token: str) -> tuple[tuple[Name, tuple[_Word, ...]], ...]:
        if token not in self._known:
            lower = token.lower()
            found = list(self._exact.get(lower, ()))
            for length in range(1, min(_STEM, len(lower)) + 1):
                found += self._starts.get(lower[:length], ())
            if lower.endswith(self._endings) or self._inner.search(lower):
                found += self._ends
            self._known[token] = tuple(entry for entry in found if entry[1][0].fits(token))
            if len(self._known) > 50_000:
                self._known.clear()
                return self._candidates(token)
        return self._known[token]


def _word(token: str) -> _Word:
    text = token.strip("*")
    cased = (len(text) > 1 and text.isupper()) or text == "SiS"
    return _Word(text if cased else text.lower(), token.startswith("*"), token.endswith("*"), cased)


_INDEXES: dict[tuple[int, str], tuple[Taxonomy, CueIndex[tuple[str, str]]]] = {}


def taxonomy_cues(taxonomy: Taxonomy, language: str) -> CueIndex[tuple[str, str]]:
    """Return the index of a taxonomy's cues, named (facet, value): in ``language``, or Swedish where it has none."""
    own = {"nn": "nb"}.get(language, language)
    key = (id(taxonomy), own)  # the taxonomy is kept alive beside its index, so that its id stays its own
    if key not in _INDEXES:
        cues = {
            (facet.id, option.id): option.cues.get(own) or option.cues.get("sv", ())
            for facet in taxonomy.facets.values()
            for option in facet.values
        }
        _INDEXES[key] = (taxonomy, CueIndex(cues))
    return _INDEXES[key][1]
