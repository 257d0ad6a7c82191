"""What the engine's characters stand for: letters as people type them.

Ligatures become letters, accents are composed (NFC), the private codes of symbol fonts become bullets.

Hyphens. A hyphen drawn at the end of a line is "-", whichever code the engine gave it (0x02, U+FFFE, U+2010): it may
be a hyphenated word or a real hyphen, and only layout can tell. Where the PDF itself says soft hyphen (U+00AD), the
line ends in "\\u00ad" and can always be joined.
"""

import re
import unicodedata

UNIT = re.compile(r"\b[kcdm]?m$")
"""A text that ends in a unit of length: a raised 2 or 3 after it is an exponent."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:!?”\")])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LETTERS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓", "\uf0d8": "➢", "\uf02d": "-", "\uf0be": "–"}
    | {"\x02": "-", "\ufffe": "-", "‐": "-", "‑": "-", "\u200b": None, "\ufeff": None, "\x7f": None}
)
_ODD = re.compile(f"[{''.join(map(chr, (*_RAISED, *_LETTERS)))}\u00ad\ud800-\udfff]")  # most lines have none of this


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a line's text as letters, and the footnote marks that stood in it as raised figures.

    >>> clean("ﬁnns i socialtjänstens hus.¹ ")
    ('finns i socialtjänstens hus.', ('1',))
    >>> clean("en yta på 40 m²")
    ('en yta på 40 m²', ())
    """
    if not _ODD.search(text):
        return unicodedata.normalize("NFC", text).strip(), ()
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = unicodedata.normalize("NFC", text.translate(_LETTERS)).strip()
    # Some producers write every hyphen as a soft one; drawn inside a line it is a hyphen.
    text = text[:-1].replace("\u00ad", "-") + text[-1:]
    marks: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        if UNIT.search(text[: match.start()]):
            return match[0]
        marks.append(match[0].translate(_RAISED))
        return ""

    return _RAISED_MARK.sub(set_aside, text).strip(), tuple(marks)
