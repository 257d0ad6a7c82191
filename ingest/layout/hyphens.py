"""Lines to running text: hyphens at line ends are joined, kept or left hanging by word evidence.

"sam-" + "verkan" joins; "EU-" + "medel" keeps its hyphen; "miljö-" + "och" keeps hyphen and space. The evidence, in
this order: the words of the document itself, a list of common words, the shape of the two parts.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from ingest.pages import Line

SOFT_HYPHEN = "\u00ad"
HYPHENS = ("-", SOFT_HYPHEN, "\u2010")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT = re.compile(r"(\w+(?:-\w+)*)-$")
_SPACES = re.compile(r"[\t\u00a0][ \t\u00a0]*| [ \t\u00a0]+")  # all but the single space, which is everywhere
_RIGHT = re.compile(r"^\w+")
_CONJUNCTIONS = frozenset({"och", "eller", "samt", "respektive", "resp", "som", "till", "men", "og", "and", "or", "to"})
_PREFIXES = frozenset(
    {"non", "self", "well", "long", "short", "high", "low", "cross", "multi", "co", "re", "pre", "anti", "semi"}
    | {"half", "all", "ex", "up"}
)
_SIGNS = str.maketrans("åäöæøé", "aaoaoe")  # as addresses are spelt
_REACH = 200  # letters; how two lines are joined depends on nothing further back


class Joiner:
    """Joins the lines of one document; ``vocabulary`` counts the words that stand unbroken in it."""

    def __init__(self, lines: Iterable[Line], *, language: str = "sv") -> None:
        self._vocabulary = _vocabulary(lines)
        self._english = language == "en"

    def join(self, texts: Sequence[str]) -> str:
        """Return the texts of consecutive lines as one running text."""
        done: list[str] = []
        last = ""
        for text in texts:
            last = self.glue(last, text) if last else text.strip()
            if len(last) > 2 * _REACH:  # a block may go on for hundreds of pages
                done.append(last[:-_REACH])
                last = last[-_REACH:]
        joined = "".join((*done, last)).replace(SOFT_HYPHEN, "")
        return _SPACES.sub(" ", joined).strip()

    def glue(self, before: str, after: str) -> str:
        """Join two neighbouring lines."""
        before, after = before.rstrip(), after.strip()
        if before.endswith(SOFT_HYPHEN):
            return before[:-1] + after
        if before.endswith("/"):
            return before + after if before[-2:-1].isalnum() else f"{before} {after}"
        left, right = _LEFT.search(before[-60:]), _RIGHT.match(after)
        if not left or not right:
            return f"{before} {after}"
        if right[0].lower() in _CONJUNCTIONS:
            return f"{before} {after}"
        _, at, domain = before.rpartition(" ")[2].rpartition("@")
        if at:  # addresses keep their hyphens, unless the word is known without
            in_last_label = "." in domain and after[right.end() : right.end() + 1] != "."
            joins = in_last_label or self._begins_word(left[1].rpartition("-")[2] + right[0])
        else:
            joins = self._joins(left[1], right[0])
        return before[:-1] + after if joins else before + after

    def _begins_word(self, letters: str) -> bool:
        """Whether a word of the document, spelt as in addresses, begins with these letters."""
        at = bisect_left(self._plain_words, letters.lower())
        return any(word.startswith(letters.lower()) for word in self._plain_words[at : at + 1])

    @cached_property
    def _plain_words(self) -> list[str]:
        """The words of the document as addresses spell them, sorted."""
        return sorted(word.translate(_SIGNS) for word in self._vocabulary)

    def _joins(self, left: str, right: str) -> bool:
        stem = left.rpartition("-")[2]
        if not right[0].islower() or stem.isdigit() or len(stem) == 1 or (len(stem) > 1 and stem.isupper()):
            return False
        whole, hyphened = (stem + right).lower(), f"{stem}-{right}".lower()
        if self._vocabulary[whole] or self._vocabulary[hyphened]:
            return self._vocabulary[whole] >= self._vocabulary[hyphened]
        if any(char.isupper() for char in stem[1:]):
            return False
        if self._english:
            both = self._vocabulary[stem.lower()] and self._vocabulary[right.lower()]
            return not both and stem.lower() not in _PREFIXES
        return True


def _vocabulary(lines: Iterable[Line]) -> Counter[str]:
    """Count the words that are certainly whole: not the last of a line that ends with a hyphen, nor the next first."""
    counts: Counter[str] = Counter()
    broken = False
    for line in lines:
        words = _WORD.findall(line.text.lower())
        if broken:
            words = words[1:]
        broken = line.text.endswith(HYPHENS)
        counts.update(words[:-1] if broken else words)
    return counts
