"""Contacts: name, role, e-mail and phone. Personal data: found so that it can be kept apart."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import islice

from kb.privacy import PHONE
from kb.types import Contact

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_BROKEN_EMAIL = re.compile(r"(?<=\w)\s?@\s?(?=\w[\w.-]*\.\s?\w)")
_MISREAD_EMAIL = re.compile(
    r"(?<=[a-z0-9])\s?\(?(?:[QGOØ©®&]|&G)\)?\s?(?=[a-z0-9-]+\.[a-z]{2,})"
)  # how OCR often reads @
_DOMAIN = re.compile(r"\.[a-z]{2}")  # an address without it is none, and it is found far sooner
_FOREIGN_LETTER = re.compile(r"(?<=[a-z]{2})[øöæ€A-ZØ](?=[a-z-]{4,}\.[a-z]{2,})")  # none stands within an address
_PARTED_NAME = re.compile(r"((?:^|[:,(]\s)[a-zåäöæø]+\.)\s(?=[\w-]+@)", re.MULTILINE)
_PARTED_DOMAIN = re.compile(
    r"(?<=@)(?:([\w-]+)\s(?!www\.)([\w-]*\.[a-z]{2,})|([\w.-]+\.[a-z])\s([a-z]{1,10}))(?![\w@])"
)  # "anna@ekbyko mmun.se", "anna@ekby.s e"
_SPELT_AT = re.compile(r"(?<=\w)\s?[(\[](?:at|a|snabel-?a|krøllalfa|@)[)\]]\s?(?=\w)", re.IGNORECASE)
_ASK = re.compile(
    r"kontakt|contact|fråg|spørg|spørs|question|enquir|mejl|e-?post|e-?mail|svar|skriv|write|veta mer|vide mere|vite mer|know more|"
    r"handläggare|saksbehandler|sagsbehandler|mer information|hör av|information|nås|adress|\bring\b|telefon|tfn|tel\b|finns hos",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"redaktion|redaktör|redaksjon|editor|utgivare|utgiver|udgiver|publisher|\bpublished by|\b(?:ges ut|utges|udgives|utgis) a[vf]\b|"
    r"\b(?:om (?:tidningen|serien|samlingen|skriftserien|databasen|bladet)|about (?:the|this) (?:series|collection|journal|database))\b|prenumer|abonn|subscri|sidansvarig|webbansvarig|webmaster|"
    r"layout|formgiv|produktion:|tryck|\btext\b|\bfoto\b|annons|beställ|\border\b|support@|^noreply",
    re.IGNORECASE,
)
_TOLD, _ASKED, _OWN, _PUBLISHERS = 4.0, 2.0, 3.0, -6.0
_LATER = 0.9  # of two in one box the first is the contact
_WINDOW = 90  # characters
_BREAK = 3  # characters of the end of a sentence
MOST_ADDRESSES = 50  # more are a directory
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
        "the",
        "council",
        "frivården",
        "länsstyrelsen",
        "föreningen",
        "stiftelsen",
        "polis",
        "politi",
    ]
)


def find_contact(told: Sequence[str], rest: Sequence[str], *, organisation: str | None = None) -> Contact | None:
    """Find one contact: ``told`` are contact sections and fact boxes, ``rest`` all other texts of the document.

    Of several e-mail addresses the one counts that stands in ``told``, that a word of contact announces, and whose
    domain is ``organisation``'s; an editor's or a publisher's does not. Without any, a phone number of ``told`` serves.
    """
    wanted = names_in_addresses(organisation) if organisation else set()
    told = [mended(text, wanted) for text in told]
    joined = "\n".join(told)
    scored = [
        (_announced(joined, match) + _TOLD * (_LATER**order), -order, joined, match)
        for order, match in enumerate(EMAIL.finditer(joined))
    ]
    others = [(text, match) for text in (mended(raw, wanted) for raw in rest) for match in _addresses(text)]
    scored += [(_announced(text, match), order, text, match) for order, (text, match) in enumerate(others)]
    chosen = max(
        ((score + _OWN * is_at(match[0], wanted), order, text, match) for score, order, text, match in scored),
        key=lambda item: item[:2],
        default=None,
    )
    if chosen is not None and chosen[0] > _PUBLISHERS:
        _, _, text, found = chosen
        phone = PHONE.search(text) if text is joined or len(EMAIL.findall(text)) == 1 else None
        name, role = _person(text, found.start())
        return Contact(name, role, found[0].rstrip("."), phone[0].strip() if phone else None)
    if phone := PHONE.search(joined):
        return Contact(*_person(joined, phone.start()), None, phone[0].strip())
    return None


def addresses_of(texts: Sequence[str]) -> list[str]:
    """Return the first addresses of the example's people in ``texts``: not an editor's, not a publisher's."""
    found = (
        match[0] for text in map(mended, texts) for match in _addresses(text) if _announced(text, match) > _PUBLISHERS
    )
    return list(islice(found, MOST_ADDRESSES))


def _addresses(text: str) -> Iterable[re.Match[str]]:
    return EMAIL.finditer(text) if "@" in text else ()


def _announced(text: str, match: re.Match[str]) -> float:
    """What the words before an address on its line, or its sentence, say of it."""
    near = text[max(0, match.start() - _WINDOW - _BREAK) : match.start()]
    before = re.split(r"\n|(?<=[a-zåäöæø])[.!?]\s", near)[-1][-_WINDOW:]
    if _PUBLISHER.search(before) or _PUBLISHER.search(match[0].partition("@")[0]):
        return _PUBLISHERS
    return _ASKED if _ASK.search(before) else 0.0


def mended(text: str, names: Collection[str] = ()) -> str:
    """Close up an address that a line break parted, or whose @ is misread or spelt out.

    ``names`` are parts of a domain before which a letter may be a misread @: "anna.ekeekby.se" of Ekby.
    """
    text = _with_signs(text)
    if names and "@" not in text and "www." not in text and _DOMAIN.search(text):
        at = rf"(?<=[a-z]{{2}})[a-z0](?=(?:{'|'.join(map(re.escape, sorted(names)))})[a-z-]*\.[a-z]{{2,}})"
        text = re.sub(at, "@", text)
    return _PARTED_NAME.sub(r"\1", text) if "@" in text else text


@lru_cache(maxsize=2048)  # every text is mended for the organisation and again for the contact, by its names
def _with_signs(text: str) -> str:
    text = _SPELT_AT.sub("@", text) if "(" in text or "[" in text else text
    if "@" in text:
        text = _BROKEN_EMAIL.sub("@", text)
        text = _PARTED_DOMAIN.sub(lambda match: "".join(filter(None, match.groups())), text)
    if not _DOMAIN.search(text):
        return text
    text = _MISREAD_EMAIL.sub("@", text)
    asked = _ASK.search(text)
    return _FOREIGN_LETTER.sub(lambda match: "@" if asked and asked.end() <= match.start() else match[0], text)


def is_at(address: str, names: Collection[str]) -> bool:
    """Whether an address' domain has one of ``names`` in it, see :func:`names_in_addresses`."""
    domain = _letters(address.rpartition("@")[2])
    return any(name in domain for name in names)


def names_in_addresses(name: str) -> set[str]:
    """Return how the distinctive words of a name are spelt in addresses, without and with the genitive's s.

    >>> sorted(names_in_addresses("Håbo kommun"))
    ['haabo', 'habo']
    """
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper() and word.lower() not in _NO_NAMES]
    forms = [form for word in words for form in (word, word.removesuffix("s"))]
    return {spelt for form in forms for spelt in folded(form) if len(spelt) > 2}


def folded(name: str) -> set[str]:
    """Return how a name is spelt in addresses: without its signs, or with two letters for one."""
    name = name.lower()
    long = name.replace("ø", "oe").replace("æ", "ae").replace("å", "aa").replace("ä", "ae").replace("ö", "oe")
    return {_letters(name.replace("ø", "o").replace("æ", "ae")), _letters(long)}


@lru_cache(maxsize=1024)  # an address is compared with every name
def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if "a" <= c <= "z")


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
