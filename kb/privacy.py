"""Personal data masked: e-mail addresses, phone numbers, personal identity numbers, names of contacts.

What is indexed, shown in results and exported goes through :func:`masked`. Names are masked only where they are known
to be a contact's: guessing names would mask places and organisations too.
"""

import re
from collections.abc import Iterable

EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:(?:19|20)?\d{2}[01]\d[0-3]\d[-+ ]?\d{4}|[0-3]\d[01]\d{3}[- ]\d{4,5})(?!\d)")
"""Swedish personnummer (six or eight digits, then four), Danish CPR and Norwegian fødselsnummer as they are written."""
PHONE = re.compile(
    r"(?<![\w.,/–-])(?:\+\d{2}[\s-]?(?:\(0\)\s?)?\d{1,4}|0\d{1,4}|\d{2}(?=\s\d{2}\s\d{2}\s\d{2}))"
    r"(?:[\s–-]{1,3}\d{2,4}){1,5}(?![\w–-])"
)
_UNBROKEN_PHONE = re.compile(
    r"(?<=tel )\d{8,12}|(?<=tlf )\d{8}|(?<=tlf\. )\d{8}|(?<![\w.,])0\d{8,9}(?!\d)", re.IGNORECASE
)
MASK = "…"


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return ``text`` with personal data replaced by "…".

    ``names``: whole names; the parts of a name are not masked by themselves.

    >>> masked("Kontakta Anna Ek, anna.ek@lindvik.se, 010-555 01 02.", ["Anna Ek"])
    'Kontakta …, …, ….'
    """
    for pattern in (EMAIL, IDENTITY_NUMBER, PHONE, _UNBROKEN_PHONE):
        text = pattern.sub(MASK, text)
    for name in names:
        if len(name) > 3:
            text = re.sub(rf"\b{re.escape(name)}(?:s\b|\b)", MASK, text)
    return text


def holds_contact(text: str) -> bool:
    """Tell whether ``text`` has an e-mail address, a phone number or an identity number."""
    return any(pattern.search(text) for pattern in (EMAIL, IDENTITY_NUMBER, PHONE, _UNBROKEN_PHONE))
