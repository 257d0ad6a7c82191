"""How alike an extracted text and the true one are: token F1, edit similarity, pages."""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+")
_LETTERS = re.compile(r"[\W_]+")


def tokens(text: str) -> list[str]:
    """Words in lower case, compatibility forms resolved."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def token_f1(found: str | None, true: str | None) -> float:
    """Harmonic mean of precision and recall over the bags of words; 1 where both are missing.

    >>> round(token_f1("a b c", "a b d"), 2)
    0.67
    """
    if not found or not true:
        return float(not found and not true)
    a, b = Counter(tokens(found)), Counter(tokens(true))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def edit_similarity(found: str | None, true: str | None) -> float:
    """Share of words in common in order (Ratcliff/Obershelp over words)."""
    if not found or not true:
        return float(not found and not true)
    return SequenceMatcher(None, tokens(found), tokens(true), autojunk=False).ratio()


def letters(text: str) -> str:
    """Letters and digits only, lower case: what survives any line breaking and hyphenation."""
    return _LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


def true_pages(field_text: str, page_texts: list[str]) -> tuple[int, ...]:
    """Return the pages (from 1) on which a text's paragraphs begin or end, found by their letters.

    Empty where no paragraph is found (a scan, or text that the page breaks up).
    """
    pages: set[int] = set()
    plain = [letters(text) for text in page_texts]
    for paragraph in field_text.split("\n"):
        whole = letters(paragraph)
        for piece in {whole[:30], whole[-30:]}:
            hits = [i for i, page in enumerate(plain, start=1) if piece and piece in page]
            if len(piece) >= 12 and hits:
                pages.add(hits[0] if piece == whole[:30] else hits[-1])
    return tuple(sorted(pages))
