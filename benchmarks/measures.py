"""How alike an extracted text and the true one are: token F1, edit similarity, pages, headings."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_TOKEN = re.compile(r"\w+")
_LETTERS = re.compile(r"[\W_]+")
_SAME_HEADING = 90.0  # of 100: letters of two headings that are one, but for a footnote mark or a lost letter
_PIECE = 30  # letters of a paragraph's beginning and end that are looked for on the pages
_SHORTEST = 12


def tokens(text: str) -> list[str]:
    """Words in lower case, compatibility forms (ligatures, full-width letters) resolved."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def token_f1(found: str | None, true: str | None) -> float:
    """Harmonic mean of precision and recall over the bags of words (SQuAD's F1); 1 where both are missing.

    >>> round(token_f1("a b c", "a b d"), 2)
    0.67
    """
    if not found or not true:
        return float(not found and not true)
    a, b = Counter(tokens(found)), Counter(tokens(true))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def edit_similarity(found: str | None, true: str | None) -> float:
    """1 less the Levenshtein distance over words, as a share of the longer text: unlike F1 it minds the order.

    >>> edit_similarity("a b c d", "a b d c")
    0.5
    """
    if not found or not true:
        return float(not found and not true)
    return float(Levenshtein.normalized_similarity(tokens(found), tokens(true)))


def letters(text: str) -> str:
    """Letters and digits only, lower case: what survives any line breaking and hyphenation."""
    return _LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


def true_pages(field_text: str, page_texts: Sequence[str]) -> tuple[int, ...]:
    """Return the pages (from 1) on which a text's paragraphs begin or end, found by their letters.

    Empty where a paragraph is not found (a scan, a text that the page breaks up): then the pages are not known. A
    beginning or end that stands on several pages, or is too short to be told apart, says nothing.
    """
    pages: set[int] = set()
    plain = [letters(text) for text in page_texts]
    for paragraph in field_text.split("\n"):
        whole = letters(paragraph)
        if len(whole) < _SHORTEST:
            continue
        for piece in (whole[:_PIECE], whole[-_PIECE:]):
            places = [number for number, page in enumerate(plain, start=1) if piece in page]
            if not places:
                return ()
            pages |= set(places) if len(places) == 1 else set()
    return tuple(sorted(pages))


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """How many headings were right, found and true; precision, recall and F1 of them."""

    right: int
    found: int
    true: int

    def __add__(self, other: "HeadingScore") -> "HeadingScore":
        return HeadingScore(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """Share of the found headings that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the true headings that were found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


def match_headings(found: Sequence[str], true: Sequence[str]) -> list[tuple[int, int]]:
    """Pair found headings with true ones by their letters, each at most once: alike first, then nearly alike.

    >>> match_headings(["1 Syfte", "Bakgrund1"], ["Bakgrund", "Syfte", "1 Syfte"])
    [(0, 2), (1, 0)]
    """
    ours, theirs = [letters(text) for text in found], [letters(text) for text in true]
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(ours))), list(range(len(theirs)))
    for needed in (100.0, _SAME_HEADING):
        for i in list(left):
            match = next((j for j in right if fuzz.ratio(ours[i], theirs[j]) >= needed), None)
            if match is not None:
                pairs.append((i, match))
                left.remove(i)
                right.remove(match)
    return sorted(pairs)


def heading_score(found: Sequence[str], true: Sequence[str]) -> HeadingScore:
    """Score the headings of one document; what has no letters is none."""
    found, true = [t for t in found if letters(t)], [t for t in true if letters(t)]
    return HeadingScore(len(match_headings(found, true)), len(found), len(true))
