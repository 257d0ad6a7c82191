"""What a user typed, read: words, phrases in quotes, words excluded by a minus. Everything else is plain text.

No operator can go wrong: a quote that is not closed, a lone minus, AND, brackets and colons are just characters.
"""

import re
from dataclasses import dataclass

from kb.errors import EmptyQuery, QueryTooLong

LONGEST_QUERY = 2_000
LONGEST_DESCRIPTION = 100_000

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)[-\u2212](?=["“”„»«]?\w))?
        (?:["“”„»«](?P<phrase>[^"“”„»«]*)["“”„»«] | (?P<plain>[^\s"“”„»«]+))""",
    re.VERBOSE,
)
_WORD = re.compile(r"\w")
_LAW = ("§", "§§")  # tells something beside a number


@dataclass(frozen=True, slots=True)
class Query:
    """A query: ``text`` is what is asked for, in the order typed, without quotes and without what is excluded.

    ``phrases`` must stand in a case word by word, ``excluded`` (words or phrases) may stand nowhere in it.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def parse(typed: str, *, longest: int = LONGEST_QUERY) -> Query:
    """Read what was typed.

    >>> parse('stödtelefon "social insatsgrupp" -polis')
    Query(text='stödtelefon social insatsgrupp', phrases=('social insatsgrupp',), excluded=('polis',))

    Raises:
        EmptyQuery: there is no letter or digit to search for.
        QueryTooLong: more than ``longest`` characters.
    """
    if len(typed) > longest:
        raise QueryTooLong(length=len(typed), limit=longest)
    wanted: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for piece in _PIECE.finditer(typed):
        quoted = piece.group("phrase")
        text = (piece.group("plain") if quoted is None else quoted).strip()
        if not _WORD.search(text) and text not in _LAW:
            continue
        if piece.group("minus"):
            excluded.append(text)
            continue
        wanted.append(text)
        if quoted is not None:
            phrases.append(text)
    if not any(map(_WORD.search, wanted)):
        raise EmptyQuery
    return Query(" ".join(wanted), tuple(phrases), tuple(excluded))


def describe(text: str) -> Query:
    """Take a described situation or a whole case as it stands: all of it plain text.

    Raises:
        EmptyQuery: there is no letter or digit in it.
        QueryTooLong: more than :data:`LONGEST_DESCRIPTION` characters.
    """
    if len(text) > LONGEST_DESCRIPTION:
        raise QueryTooLong(length=len(text), limit=LONGEST_DESCRIPTION)
    if not _WORD.search(text):
        raise EmptyQuery
    return Query(text)
