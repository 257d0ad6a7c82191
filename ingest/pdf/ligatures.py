"""Ligatures that only the names of their glyphs tell: "f_f_i" by the rule of the Adobe Glyph List Specification, 2.

A Type 1 font without a table of Unicode gives them codes of its own, often below 32. PDFium knows the names "ff" and
"fi", but not "f_f", and returns the bare code.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

Ligatures = Mapping[tuple[str, int], int]
"""What stands for a ligature, by the font's name without its subset tag, and the code in that font."""

_KNOWN = {"ff": 0xFB00, "fi": 0xFB01, "fl": 0xFB02, "ffi": 0xFB03, "ffl": 0xFB04}
_MOST_FONTS, _MOST_NAMES = 200, 600  # of a page, of a font: a font has 256 codes
_LONGEST = 127  # characters of a name (ISO 32000-1, annex C)


def ligatures_of(page: Any) -> Ligatures:
    """Return the ligatures of a page's fonts (a page as pypdf reads it).

    What is not as the standard says is passed over, and nothing long is copied: the page may be a hostile one.
    """
    found: dict[tuple[str, int], int] = {}
    fonts = _entry(_entry(page, "/Resources"), "/Font")
    for font in islice(fonts.values() if isinstance(fonts, dict) else (), _MOST_FONTS):
        name = _name(_entry(_resolved(font), "/BaseFont")).split("+", maxsplit=1)[-1]
        differences = _entry(_entry(_resolved(font), "/Encoding"), "/Differences")
        for code, glyph in _differences(differences if isinstance(differences, list) else ()):
            letters = glyph.replace("_", "")
            if letters in _KNOWN:
                found[name, code] = _KNOWN[letters]
    return found


def _differences(entries: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Yield codes and the names of their glyphs: each number in a list of differences is the next name's code."""
    code = 0
    for entry in islice(map(_resolved, entries), _MOST_NAMES):
        if isinstance(entry, int):
            code = entry
        else:
            yield code, _name(entry)
            code += 1


def _entry(dictionary: Any, key: str) -> Any:
    return _resolved(dictionary.get(key)) if isinstance(dictionary, dict) else None


def _name(value: Any) -> str:
    return value.removeprefix("/") if isinstance(value, str) and len(value) <= _LONGEST else ""


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
