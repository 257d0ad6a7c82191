"""The facets that describe a case: stable ids, labels in Swedish and English, cue words in four languages.

Each facet is one TOML file in ``kb/taxonomy/``::

    id = "measure"
    order = 4
    labels = { sv = "Insatstyp", en = "Type of measure" }

    [[values]]
    id = "support_line"
    labels = { sv = "Stödtelefon", en = "Support line" }
    [values.cues]
    sv = ["stödtelefon*", "stödlinje*"]

A cue is a word or phrase; ``*`` stands for any letters before or after, ``..`` for up to four words between, ``#``
for a number. Of two values of one facet, the one whose cue spells more of a word has it ("säkerhetspolis*" before
"*polisen"). ``hints`` are written as cues are and count for less: several of them, or one in a telling place, are
needed. How cues become facet values of a case is the business of ``ingest.facets``. A folder of one's own extends the
bundled facets: a file with the id of a bundled facet adds values to it (or replaces those with the same id), one with
``replace = true`` replaces it whole, one with a new id is a new facet.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kb.errors import InvalidTaxonomy
from kb.messages import LANGUAGES, Language

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value that a facet can take.

    ``cues`` maps a language ("sv", "nb", "da", "en") to its cue phrases, ``hints`` to phrases that say less.
    """

    id: str
    labels: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values in the order in which they are shown."""

    id: str
    labels: Mapping[str, str]
    values: tuple[FacetOption, ...]
    order: int = 100

    def option(self, value: str) -> FacetOption | None:
        """Return the value with this id, or ``None``."""
        return next((option for option in self.values if option.id == value), None)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All facets by id, in the order in which they are shown.

    >>> Taxonomy.load().label("measure", "support_line", "sv")
    'Stödtelefon'
    """

    facets: Mapping[str, Facet]

    @classmethod
    def load(cls, extra: Path | None = None) -> "Taxonomy":
        """Return the bundled facets, extended or replaced by the TOML files of the folder ``extra``.

        Raises:
            InvalidTaxonomy: a file cannot be read, or is not of the form above.
        """
        if extra is None:
            return _bundled()
        if not extra.is_dir():
            raise InvalidTaxonomy(path=str(extra), reason="no such folder")
        facets = dict(_bundled().facets)
        for path in sorted(extra.glob("*.toml")):
            table = _read(path)
            facet = _facet(table, str(path))
            if facet.id in facets and not table.get("replace", False):
                facet = _merged(facets[facet.id], facet)
            facets[facet.id] = facet
        return cls(_ordered(facets))

    def label(self, facet: str, value: str, language: Language = "sv") -> str:
        """Return what readers call ``value``; the id itself where the taxonomy does not know it."""
        found = self.facets.get(facet)
        option = found.option(value) if found else None
        return option.labels[language] if option else value


@cache
def _bundled() -> Taxonomy:
    folder = files("kb").joinpath("taxonomy")
    found = [_facet(_read(item), item.name) for item in folder.iterdir() if item.name.endswith(".toml")]
    return Taxonomy(_ordered({facet.id: facet for facet in found}))


def _ordered(facets: Mapping[str, Facet]) -> Mapping[str, Facet]:
    return MappingProxyType(dict(sorted(facets.items(), key=lambda item: (item[1].order, item[0]))))


def _merged(base: Facet, added: Facet) -> Facet:
    values = {option.id: option for option in base.values} | {option.id: option for option in added.values}
    return replace(base, labels=added.labels, values=tuple(values.values()))


def _read(item: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(item.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidTaxonomy(path=str(item), reason=str(error)) from error


def _facet(table: Mapping[str, Any], path: str) -> Facet:
    values = table.get("values", [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise InvalidTaxonomy(path=path, reason="values must be written as [[values]]")
    order = table.get("order", 100)
    if not isinstance(order, int):
        raise InvalidTaxonomy(path=path, reason="order must be a whole number")
    options = tuple(_option(value, path) for value in values)
    return Facet(_id(table, path), _labels(table, path), options, order)


def _option(table: Mapping[str, Any], path: str) -> FacetOption:
    cues, hints = (_phrases(table, kind, path) for kind in ("cues", "hints"))
    return FacetOption(_id(table, path), _labels(table, path), cues, hints)


def _id(table: Mapping[str, Any], path: str) -> str:
    value = table.get("id")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise InvalidTaxonomy(path=path, reason=f"id must be a word of letters, digits and _, not {value!r}")
    return value


def _labels(table: Mapping[str, Any], path: str) -> Mapping[str, str]:
    labels = table.get("labels")
    if not isinstance(labels, dict) or not all(isinstance(labels.get(name), str) for name in LANGUAGES):
        raise InvalidTaxonomy(path=path, reason=f"{table.get('id')} needs labels in {' and '.join(LANGUAGES)}")
    return MappingProxyType({name: labels[name] for name in LANGUAGES})


def _phrases(table: Mapping[str, Any], kind: str, path: str) -> Mapping[str, tuple[str, ...]]:
    phrases = table.get(kind, {})
    if not isinstance(phrases, dict) or not all(
        isinstance(words, list) and all(isinstance(word, str) and word for word in words) for words in phrases.values()
    ):
        raise InvalidTaxonomy(path=path, reason=f"{kind} of {table.get('id')} must be lists of phrases")
    return MappingProxyType({language: tuple(words) for language, words in phrases.items()})
