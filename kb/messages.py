"""The one catalogue of what users read, in Swedish and English.

The sentences lie in ``kb/catalogue/<language>/*.toml`` (one file a room: errors, warnings, cli, page …) as nested
tables; a key is the dotted path. Placeholders are those of :meth:`str.format`. A test keeps the languages' keys and
placeholders equal.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return every key of ``language`` with its sentence, keys flattened by dots."""
    flat: dict[str, str] = {}
    for resource in sorted(files("kb").joinpath("catalogue", language).iterdir(), key=lambda r: r.name):
        if resource.name.endswith(".toml"):
            _flatten(tomllib.loads(resource.read_text("utf-8")), "", flat)
    return flat


def translate(key: str, language: Language = "sv", /, **params: object) -> str:
    """Return the sentence for ``key``, its placeholders filled from ``params``.

    Raises:
        KeyError: the catalogue has no such key, or a placeholder has no parameter: a programmer's error.
    """
    return catalogue(language)[key].format(**params)


def _flatten(table: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            _flatten(value, key, into)
        else:
            into[key] = str(value)
