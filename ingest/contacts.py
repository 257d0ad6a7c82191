"""Contacts: name, role, e-mail and phone. Personal data: found so that it can be kept apart."""

import re
from collections.abc import Sequence

from kb.privacy import PHONE
from kb.types import Contact

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BROKEN_EMAIL = re.compile(r"(?<=\w)\s?@\s?(?=\w[\w.-]*\.\s?\w)")
_MISREAD_EMAIL = re.compile(r"(?<=[a-z0-9])\s?[Q©®](?=[a-z0-9-]+\.[a-z]{2,})")  # how OCR often reads @
_UP, _LOW = "A-ZÅÄÖÆØÉÜ", "a-zåäöæøéü"
_NAME = rf"[{_UP}][{_LOW}’'-]+(?:-[{_UP}][{_LOW}]+)?(?:\s(?:[{_UP}][\w’'-]+|al-\w+|af|von|van|de)){{1,3}}"
_NAME_ROLE = re.compile(
    rf"(?P<name>{_NAME})\s?[,(]\s*(?P<role>[{_LOW}SIGLT][\w åäöæøéü/&-]{{2,60}}?)\s*(?=[,;:.()‖]|$|\n)"
)
_ROLE_NAME = re.compile(
    rf"(?P<role>[{_UP}{_LOW}][{_LOW}-]{{3,40}}(?: (?:för|for|i|vid|ved|of|at) [{_LOW}]\w+){{0,2}})\s(?P<name>{_NAME})"
)
_ROLE_END = re.compile(
    r"(?:ledare|ledaren|chef|chefen|samordnare|samordnaren|strateg|sekreterare|utvecklare|inspektör|kurator|rektor|pedagog|lots|"
    r"koordinator|koordinatoren|leder|lederen|konsulent|rådgiver|inspektør|veileder|vejleder|sjef|manager|coordinator|officer|worker|director|head|adviser|handläggare|präst|bibliotekarie)$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    [
        "kontakt",
        "kontakta",
        "kontaktperson",
        "contact",
        "telefon",
        "tlf",
        "tel",
        "mail",
        "epost",
        "kommun",
        "kommune",
        "region",
        "stad",
        "polis",
        "politi",
    ]
)


def find_contact(texts: Sequence[str], rest: Sequence[str]) -> Contact | None:
    """Find one contact in ``texts`` (contact sections, fact boxes), or else in ``rest`` (all other paragraphs).

    In ``rest`` only a paragraph with an e-mail address counts, the last one first.
    """
    mended = [_mended(text) for text in texts]
    for pool in (mended, [t for t in (_mended(text) for text in reversed(rest)) if EMAIL.search(t)]):
        joined = "\n".join(pool)
        email, phone = EMAIL.search(joined), PHONE.search(joined)
        if email or phone:
            found = email or phone
            name, role = _person(joined, found.start() if found else 0)
            return Contact(name, role, email[0].rstrip(".") if email else None, phone[0].strip() if phone else None)
    return None


def _mended(text: str) -> str:
    """Close up an address that a line break parted, or whose @ OCR misread."""
    return _MISREAD_EMAIL.sub("@", _BROKEN_EMAIL.sub("@", text))


def _person(text: str, near: int) -> tuple[str | None, str | None]:
    """The name and role that stand closest to an address or number."""
    for pattern in (EMAIL, PHONE):
        text = pattern.sub(lambda match: "‖" * len(match[0]), text)
    found: list[tuple[int, str, str | None]] = []
    for match in _NAME_ROLE.finditer(text):
        role = match["role"].strip()
        found.append((abs(near - match.start()), match["name"], None if role.lower() in _NO_NAMES else role))
    for match in _ROLE_NAME.finditer(text):
        if _ROLE_END.search(match["role"].split()[0]):
            found.append((abs(near - match.start()), match["name"], match["role"][0].lower() + match["role"][1:]))
    found += [(abs(near - m.start()) + 30, m[0], None) for m in re.finditer(_NAME, text)]
    named = [(distance, *_without_role(name, role)) for distance, name, role in found if _is_name(name)]
    return min(named, key=lambda item: item[0])[1:] if named else (None, None)


def _is_name(name: str) -> bool:
    return not any(word.lower() in _NO_NAMES for word in name.split())


def _without_role(name: str, role: str | None) -> tuple[str, str | None]:
    """Take the role off a name that a sentence begins with it: "Enhetschef Anneli Ek"."""
    first, _, rest = name.partition(" ")
    return (rest, role or first.lower()) if _ROLE_END.search(first) and " " in rest else (name, role)
