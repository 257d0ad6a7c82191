"""Which words of the corpus are names of persons, and nothing else.

No list of names is used: the corpus itself says who is a person.

1. Seeds: capitalised words before a party in brackets (``Anna Ek (m)``), after a title
   (``statsråd``, ``…minister``, ``generaldirektör`` …) or after ``säger``.
2. One round of growth: a word that in at least 30 % of its capitalised uses stands directly after a
   known first name is a surname; one that as often stands before a known surname is a first name.
3. Kept, since they are also words or places: what is also written with a small letter in more than
   4 % of its uses, and what stands after ``i`` or ``på`` or before ``kommun``, ``län``, ``stad`` … in more than 4 %
   of its capitalised uses (``Lund``, ``Björn``).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_CAPITAL = r"[A-ZÅÄÖÉÜØÆ][\wåäöéüøæ]+(?:-[A-ZÅÄÖÉÜØÆ]\w+)?"
_FULL_NAME = rf"({_CAPITAL}(?:\s(?:af|von|de|der|van)?\s?{_CAPITAL}){{1,2}})"
_PARTY = re.compile(rf"{_FULL_NAME}\s\((?:[smclvSMCLV]|[fF][pP]|[kK][dD][sS]?|[mM][pP]|[sS][dD]|[nN]y[dD]|-)\)")
_TITLE = re.compile(
    r"(?:säger|\w*ministern?|statsrådet|statsråd|[Tt]almannen|talman|statssekreterare|landshövding|ledamoten|"
    r"generaldirektör|överdirektör|generalsekreterare|kommunalråd|utredare[n]?|ordföranden|ordförande|professor|"
    rf"ambassadör|rikspolischef|överbefälhavare)\s{_FULL_NAME}"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PLACE_AFTER = re.compile(
    rf"({_CAPITAL})\s(?:kommuns?|läns?|stads?|region|universitet|flygplats|hamn|församling|landsting)\b"
)
_PLACE_BEFORE = re.compile(rf"\b(?:i|på|utanför|söder om|norr om|kring)\s({_CAPITAL})\b")
_CAPITAL_PAIR = re.compile(rf"(?=\b({_CAPITAL})\s({_CAPITAL})\b)")

_ALSO = 0.04
_GROWTH = 0.30


@dataclass(slots=True)
class NameEvidence:
    """Counts taken in one pass over running text."""

    first: Counter[str] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    place: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def read(self, text: str) -> None:
        """Add the evidence of one text."""
        for word in _WORD.findall(text):
            (self.capital if word[0].isupper() else self.lower)[word.lower()] += 1
        for pattern in (_PARTY, _TITLE):
            for match in pattern.finditer(text):
                words = match.group(1).lower().split()
                self.first[words[0]] += 1
                self.last[words[-1]] += 1
        for pattern in (_PLACE_AFTER, _PLACE_BEFORE):
            self.place.update(match.group(1).lower() for match in pattern.finditer(text))
        self.pairs.update((a.lower(), b.lower()) for a, b in _CAPITAL_PAIR.findall(text))

    def is_only_a_name(self, word: str) -> bool:
        """False where the word, or what it is the genitive of, is also a common word or a place."""
        if len(word) < 3:
            return False
        base = word.removesuffix("s")
        return self._seldom_else(word) and (not self.capital[base] or self._seldom_else(base))

    def _seldom_else(self, word: str) -> bool:
        capital = self.capital[word]
        return self.lower[word] <= _ALSO * (capital + self.lower[word]) and self.place[word] <= _ALSO * capital


def gather(texts: Iterable[str]) -> NameEvidence:
    """Read all texts into one ``NameEvidence``."""
    evidence = NameEvidence()
    for text in texts:
        evidence.read(text)
    return evidence


def person_names(evidence: NameEvidence) -> set[str]:
    """Lower-cased words that are names of persons and neither common words nor places; genitives included."""
    first = {word for word, count in evidence.first.items() if count >= 2 and evidence.is_only_a_name(word)}
    last = {word for word, count in evidence.last.items() if count >= 2 and evidence.is_only_a_name(word)}
    after_first: Counter[str] = Counter()
    before_last: Counter[str] = Counter()
    for (one, two), count in evidence.pairs.items():
        if one in first:
            after_first[two] += count
    last |= _grown(after_first, evidence)
    for (one, two), count in evidence.pairs.items():
        if two in last:
            before_last[one] += count
    first |= _grown(before_last, evidence)
    names = first | last
    names |= {part for name in names for part in name.split("-") if evidence.is_only_a_name(part)}
    return names | {f"{name}s" for name in names if evidence.is_only_a_name(f"{name}s")}


def _grown(neighbours: Counter[str], evidence: NameEvidence) -> set[str]:
    return {
        word
        for word, count in neighbours.items()
        if count >= 2 and count >= _GROWTH * evidence.capital[word] and evidence.is_only_a_name(word)
    }
