"""Ligatures that only the names of their glyphs tell: "f_f_i" by the rule of the Adobe Glyph List Specification, 2.

A Type 1 font without a table of Unicode gives them codes of its own, often below 32. PDFium knows the names "ff" and
"fi", but not "f_f", and returns the bare code.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

Ligatures = Mapping[tuple[str, int], int]
"""What stands for a ligature, by the font's name without its subset tag, and the code in that font."""

_KNOWN = {"ff": 0xFB00, "fi": 0xFB01, "fl": 0xFB02, "ffi": 0xFB03, "ffl": 0xFB04}
_MOST_FONTS, _MOST_NAMES = 200, 600  # of a page, of a font: a font has 256 codes


def ligatures_of(page: Any) -> Ligatures:
    """Return the ligatures of a page's fonts (a page as pypdf reads it)."""
    found: dict[tuple[str, int], int] = {}
    fonts = _resolved(_resolved(page.get("/Resources", {})).get("/Font", {}))
    for font in islice(map(_resolved, fonts.values()), _MOST_FONTS):
        encoding = _resolved(font.get("/Encoding", {}))
        differences = _resolved(encoding.get("/Differences", [])) if isinstance(encoding, dict) else []
        name, code = str(font.get("/BaseFont", "")).removeprefix("/").split("+", maxsplit=1)[-1], 0
        for entry in islice(map(_resolved, differences), _MOST_NAMES):
            if isinstance(entry, int):
                code = entry
                continue
            letters = str(entry).removeprefix("/").replace("_", "")
            if letters in _KNOWN:
                found[name, code] = _KNOWN[letters]
            code += 1
    return found


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
