"""Text to tokens: words, numbers, references and abbreviations, each with its place in the text.

Kept whole: numbers written in groups ("10 000"), decimals ("3,5"), times and statutes ("2018:218"), paragraphs of
law ("4 §" and "§ 4" alike), abbreviations with dots ("t.ex."), acronyms with endings ("SKR:s" is "skr"). A word with
hyphens is one token with its parts. Letters are composed (NFC) and lower case; accents go, but å, ä and ö are letters
of their own and stay. The Danish and Norwegian æ and ø are written ä and ö only after stemming (:func:`nordic`).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d"  # combining accents, soft hyphen, zero-width characters
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_WORD = rf"(?:{_LETTER}|\d)+"
_GROUPED = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)"
_NUMBER = rf"(?:{_GROUPED}|\d+(?:[.,:/]\d+)*)"
_TOKEN = re.compile(
    rf"""(?P<law>§§?[ \u00a0]?\d+[ \u00a0]?[a-z]?\b | \d+[ \u00a0]?[a-z]?[ \u00a0]?§)
    | (?P<number>(?<![\w]){_NUMBER}(?![\w]))
    | (?P<dotted>(?<![\w.])(?:[^\W\d_]{{1,4}}\.){{2,}}(?:[^\W\d_]\b)?)
    | (?P<word>{_WORD}(?:[-\u2010\u2011'’]{_WORD})*(?::(?:s|n|en|ns|ens|et|ets|ar|er|na|arna|erna|are)\b)?)
    | (?P<sign>§)""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUPS = re.compile(_GROUPED)
_BETWEEN_GROUPS = re.compile(r"[ .\u00a0\u202f]")
_HYPHENS = re.compile(r"[-\u2010\u2011]")
_PARTS = re.compile(r"[^-\u2010\u2011]+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d]")
_NORDIC = str.maketrans({"æ": "ä", "ø": "ö"})
_KEPT = frozenset("åäöæø")


class Token(NamedTuple):
    """A token ``form`` (lower case) standing at ``[start, end)`` of the text.

    ``parts`` are the pieces of a hyphenated word. ``word`` is false for numbers and references, which are not stemmed.
    ``capital`` tells that it was written with a capital letter first.
    """

    start: int
    end: int
    form: str
    parts: tuple["Token", ...] = ()
    word: bool = True
    capital: bool = False


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` in order.

    >>> [token.form for token in tokenize("SKR:s 10 000 samtal, t.ex. enligt 4 § i Café-projektet")]
    ['skr', '10000', 'samtal', 'tex', 'enligt', '§4', 'i', 'cafeprojektet']
    """
    for start, raw, kind in pieces(text):
        yield token_of(raw, kind, start)


def pieces(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where each token of ``text`` starts, how it is written, and of what kind it is."""
    for match in _TOKEN.finditer(text):
        yield match.start(), match.group(), match.lastgroup or ""


def token_of(raw: str, kind: str, start: int = 0) -> Token:
    """Return the token that is written ``raw`` at ``start`` and is of the kind that :func:`pieces` told."""
    end = start + len(raw)
    match kind:
        case "word":
            return _word(raw, start)
        case "dotted":
            return Token(start, end, normalize(raw.replace(".", "")))
        case "law":
            return Token(start, end, "§" + re.sub(r"[§\s\u00a0]", "", raw).lower(), word=False)
        case _:
            return Token(start, end, _number(raw), word=False)


@lru_cache(maxsize=100_000)
def normalize(word: str) -> str:
    """Return ``word`` composed, in lower case, without accents but those of å, ä, ö, æ and ø.

    >>> normalize("Idé"), normalize("KÖR"), normalize("mu\u0308ller"), normalize("ko\u0308")
    ('ide', 'kör', 'muller', 'kö')
    """
    word = unicodedata.normalize("NFC", _UNSEEN.sub("", word)).lower()
    if word.isascii():
        return word
    return "".join(
        c if c in _KEPT else unicodedata.normalize("NFD", c)[0] for c in word if not unicodedata.combining(c)
    )


def nordic(form: str) -> str:
    """Return ``form`` in the spelling that the Nordic languages share here: æ as ä, ø as ö."""
    return form.translate(_NORDIC)


def _number(raw: str) -> str:
    return _BETWEEN_GROUPS.sub("", raw) if _GROUPS.fullmatch(raw) else raw.replace(".", ",")


def _word(raw: str, start: int) -> Token:
    body = raw.partition(":")[0]
    capital = raw[0].isupper()
    if not _HYPHENS.search(body):
        return Token(start, start + len(body), normalize(body), capital=capital)
    form = normalize(_HYPHENS.sub("", body))
    parts = tuple(
        Token(start + m.start(), start + m.end(), normalize(m.group()), capital=m.group()[0].isupper())
        for m in _PARTS.finditer(body)
    )
    return Token(start, start + len(body), form, parts, capital=capital)
