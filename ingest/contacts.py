"""Contacts: name, role, e-mail and phone. Personal data: found so that it can be kept apart."""

import re
from collections.abc import Sequence

from kb.types import Contact

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\w.,/–-])(?:\+\d{2}[\s-]?(?:\(0\)\s?)?\d{1,4}|0\d{1,4}|\d{2}(?=\s\d{2}\s\d{2}\s\d{2}))"
    r"(?:[\s–-]{1,3}\d{2,4}){1,5}(?![\w–-])"
)
_BROKEN_EMAIL = re.compile(r"(?<=[\w])\s?@\s?(?=\w+[\w.-]*\.\s?\w)")
_NAME = r"[A-ZÅÄÖÆØÉÜ][\w’'-]+(?:\s(?:[A-ZÅÄÖÆØÉÜ][\w’'-]+|al-\w+|af|von|van|de))+"
_ROLE = r"[a-zåäöæøSIGLT][\w åäöæøéü()/&-]{2,60}"
_NAME_ROLE = re.compile(
    rf"(?P<name>{_NAME}),\s*(?P<role>{_ROLE}?)(?=\s*(?:[,;:.(]|$|\d|tlf|tel|e-post|på|på telefon|mobil|\S+@))"
)
_ROLE_NAME = re.compile(
    rf"(?:kontakt(?:a|er)?|kontaktperson|contact|med|till|til|hos|with|from|by)?:?\s*(?P<role>[a-zåäöæøA-Z][\wåäöæø-]{{3,40}}(?: (?:för|for|i|på|vid|ved|of|at)(?: [a-zåäöæø]\w+){{1,3}})?)\s(?P<name>{_NAME})"
)


def find_contact(texts: Sequence[str], rest: Sequence[str]) -> Contact | None:
    """Find one contact in ``texts`` (contact sections, fact boxes), or else in ``rest`` (all other paragraphs).

    In ``rest`` only what stands in one paragraph with an e-mail address or a phone number counts.
    """
    for pool in (texts, [t for t in reversed(rest) if EMAIL.search(_mended(t))]):
        joined = "\n".join(_mended(text) for text in pool)
        email, phone = EMAIL.search(joined), PHONE.search(joined)
        if email or phone:
            name, role = _person(joined, email.start() if email else phone.start() if phone else 0)
            return Contact(name, role, email[0].rstrip(".") if email else None, phone[0].strip() if phone else None)
    return None


def _mended(text: str) -> str:
    """Close up an address that a line break parted."""
    return _BROKEN_EMAIL.sub("@", text)


def _person(text: str, near: int) -> tuple[str | None, str | None]:
    """The name and role that stand closest before (or after) an address or number."""
    found: list[tuple[int, str, str | None]] = []
    for match in _NAME_ROLE.finditer(text):
        role = match["role"].strip()
        found.append((abs(near - match.start()), match["name"], role if not EMAIL.match(role) else None))
    for match in _ROLE_NAME.finditer(text):
        if match["role"].lower() not in _NO_ROLES:
            found.append((abs(near - match.start()) + 5, match["name"], match["role"]))  # noqa: PERF401 – twin of the loop above
    if found:
        _, name, role = min(found, key=lambda item: item[0])
        return name, role
    plain = re.search(rf"(?:^|\n|:\s*)({_NAME})(?=\s*[,(\n]|$)", text)
    return (plain[1], None) if plain else (None, None)


_NO_ROLES = frozenset(
    [
        "kontakt",
        "kontakta",
        "contact",
        "kontaktperson",
        "med",
        "till",
        "til",
        "with",
        "från",
        "from",
        "denne",
        "även",
        "eller",
        "also",
        "samt",
    ]
)


def names_in(contact: Contact | None) -> tuple[str, ...]:
    """What must be masked wherever it stands: the contact's name."""
    return (contact.name,) if contact and contact.name else ()
