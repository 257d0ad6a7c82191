"""Personal data masked: e-mail addresses, phone numbers, personal identity numbers, names of persons.

What is indexed, shown in results and exported goes through :func:`masked`. A name is masked where it is known to be a
contact's, and where a listed given name and a surname stand together. Either alone is not masked: most of them are
also words or places.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

EMAIL = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)+")
"""A local part has at most 64 characters (RFC 5321); without an end, long words take quadratic time."""
IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:(?:19|20)?\d{2}[01]\d[0-3]\d[-+ ]?\d{4}|[0-3]\d[01]\d{3}[- ]\d{4,5})(?!\d)")
"""Swedish personnummer (six or eight digits, then four), Danish CPR and Norwegian fødselsnummer as they are written."""
PHONE = re.compile(
    r"(?<![\w.,/–-])(?:\+\d{2}[\s-]?(?:\(0\)\s?)?\d{1,4}|0\d{1,4}|\d{2}(?=\s\d{2}\s\d{2}\s\d{2}))"
    r"(?:[\s–-]{1,3}\d{2,4}){1,5}(?![\w–-])"
)
_UNBROKEN_PHONE = re.compile(
    r"(?<=tel )\d{8,12}|(?<=tlf )\d{8}|(?<=tlf\. )\d{8}|(?<![\w.,])0\d{8,9}(?!\d)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d\d")
_NUMBERS = (
    (re.compile(r"\d{4}"), IDENTITY_NUMBER),
    (_DIGITS, PHONE),
    (re.compile(r"\d{8}"), _UNBROKEN_PHONE),
)
"""Each pattern with a sign that is in all it matches, and found far sooner. Most texts have no two digits together."""

MASK = "…"

_NAME = r"[A-ZÅÄÖÆØÉÜ][a-zåäöæøéèüóáíşğçı]+(?:-[A-ZÅÄÖÆØÉÜ][a-zåäöæøéèüóáíşğçı]+)?"
_SURNAME = rf"(?:(?:af|von|van|de|der|el|al|bin)[ -]|[A-Z]\. ?)*(?:Mc|O’|Al-|El-)?{_NAME}"
_PERSON = re.compile(rf"(?<![\w-])({_NAME})(?:\s({_NAME}))?\s({_SURNAME})\b")
_NAMESAKE = re.compile(
    r"\s?\w*(?:gat(?:a|an)|väg(?:en)?|vei|vej|torg(?:et)?|plats|plass|plads|skol(?:a|an)|skole(?:n)?|gymnasi(?:um|et)"
    r"|fond(?:en)?|stiftelse(?:n)?|akademin?|institut(?:et)?|center|pris(?:et)?|foundation|institute|centre|school"
    r"|street)\b",
    re.IGNORECASE,
)
"""What makes a person's name that of a place or an organisation: "Anna Lindhs plats"."""


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return ``text`` with personal data replaced by "…".

    ``names``: whole names that are masked whatever they look like; their parts are not masked by themselves.

    >>> masked("Kontakta Anna Ek, anna.ek@lindvik.se, 010-555 01 02.", ["Anna Ek"])
    'Kontakta …, …, ….'
    """
    if "@" in text:
        text = EMAIL.sub(MASK, text)
    if _DIGITS.search(text):
        for sign, pattern in _NUMBERS:
            if sign.search(text):
                text = pattern.sub(MASK, text)
    for name in names:
        if len(name) > 3 and name in text:
            text = re.sub(rf"\b{re.escape(name)}(?:s\b|\b)", MASK, text)
    return _without_persons(text)


def _without_persons(text: str) -> str:
    kept: list[str] = []
    at = start = 0
    while found := _PERSON.search(text, start):
        first, middle, last = found.groups()
        start = found.start() + len(first)
        if not is_given_name(first):
            continue
        # Of three names, the last is the surname only if the one between is a given name too.
        end = found.end() if middle is None or is_given_name(middle) else found.end(2)
        surname = last if end == found.end() else middle
        if not _NAMESAKE.fullmatch(surname) and not _NAMESAKE.match(text, end):
            kept += [text[at : found.start()], MASK]
            at = start = end
    return "".join((*kept, text[at:]))


def is_given_name(name: str) -> bool:
    """Tell whether a name is a listed given name, or a double one of listed names: "Anna-Karin"."""
    listed = _given_names()
    return name.lower() in listed or all(part in listed for part in name.lower().split("-"))


@cache
def _given_names() -> frozenset[str]:
    lines = files("kb").joinpath("data", "given_names.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def holds_contact(text: str) -> bool:
    """Tell whether ``text`` has an e-mail address, a phone number or an identity number."""
    if "@" in text and EMAIL.search(text):
        return True
    numbers = _NUMBERS if _DIGITS.search(text) else ()
    return any(sign.search(text) and pattern.search(text) for sign, pattern in numbers)
