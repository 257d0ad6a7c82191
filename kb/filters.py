"""Which cases are looked at: OR among the values of one filter, AND between filters; and the same as SQL."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from kb.errors import InvalidFilter, UnknownFacet, UnknownFacetValue
from kb.taxonomy import Taxonomy
from kb.types import DOCUMENT_TYPES, FIELD_NAMES, Case, DocumentType, FieldName

Values = str | Iterable[str]

COLUMNS = ("country", "language", "document_type")
"""Attributes of a case that are filtered and counted like a facet of the taxonomy; so are its fields."""

_NAMES = (*COLUMNS, "field", "start_year")
_YEARS = re.compile(r"(?P<only>[0-9]{4})|(?P<first>[0-9]{4})?\.\.(?P<last>[0-9]{4})?")


@dataclass(frozen=True, slots=True, init=False)
class Filters:
    """What to look at; empty looks at everything. Every value can be given as one string or several.

    ``facets`` maps a facet of the taxonomy to value ids; country, language, document type and field may stand there
    too.
    ``country`` is ISO 3166 ("SE"), ``language`` ISO 639 ("sv").
    ``field`` looks only inside those fields, and only at cases that have one of them. ``started_from`` and
    ``started_to`` bound the year of the start, both included; a case without that year is then not looked at.

    >>> filters = Filters(country="SE", facets={"measure": ["support_line", "mentoring"]}, started_from=2015)
    >>> filters.country, filters.facets["measure"], filters.without("measure").facets
    (('SE',), ('support_line', 'mentoring'), {})

    Raises:
        UnknownFacetValue: no such document type or field.
        InvalidFilter: the years go backwards.
    """

    facets: Mapping[str, tuple[str, ...]] = field(hash=False)
    country: tuple[str, ...]
    language: tuple[str, ...]
    document_type: tuple[DocumentType, ...]
    field: tuple[FieldName, ...]
    started_from: int | None
    started_to: int | None

    def __init__(
        self,
        *,
        facets: Mapping[str, Values] | None = None,
        country: Values = (),
        language: Values = (),
        document_type: Values = (),
        field: Values = (),
        started_from: int | None = None,
        started_to: int | None = None,
    ) -> None:
        by_facet = {facet: several for facet, values in (facets or {}).items() if (several := _several(values))}
        country = (*_several(country), *by_facet.pop("country", ()))
        language = (*_several(language), *by_facet.pop("language", ()))
        document_type = (*_several(document_type), *by_facet.pop("document_type", ()))
        field = (*_several(field), *by_facet.pop("field", ()))
        given: dict[str, Any] = {
            "facets": by_facet,
            "country": _several(value.upper() for value in country),
            "language": _several(value.lower() for value in language),
            "document_type": _known("document_type", _several(document_type), DOCUMENT_TYPES),
            "field": _known("field", _several(field), FIELD_NAMES),
            "started_from": started_from,
            "started_to": started_to,
        }
        if started_from is not None and started_to is not None and started_from > started_to:
            raise InvalidFilter(text=f"start_year={started_from}..{started_to}")
        for name, value in given.items():
            object.__setattr__(self, name, value)

    @classmethod
    def parse(cls, texts: Iterable[str], taxonomy: Taxonomy) -> "Filters":
        """Read filters as typed: ``facet=value``, repeated for several values; ``start_year=2015..2020``.

        Raises:
            InvalidFilter: not of that form.
            UnknownFacet, UnknownFacetValue: the taxonomy does not have it.

        >>> Filters.parse(["measure=support_line", "country=SE", "start_year=2015.."], Taxonomy.load()).started_from
        2015
        """
        given: dict[str, list[str]] = {}
        for text in texts:
            name, equals, value = (part.strip() for part in text.partition("="))
            if not (name and equals and value):
                raise InvalidFilter(text=text)
            given.setdefault(name, []).append(value)
        started_from, started_to = _years(given.pop("start_year", []))
        filters = cls(facets=given, started_from=started_from, started_to=started_to)
        filters.check(taxonomy)
        return filters

    def check(self, taxonomy: Taxonomy) -> None:
        """Hold the facets, countries and languages against ``taxonomy``.

        Raises:
            UnknownFacet, UnknownFacetValue: it does not have one of them.
        """
        for name in (*self.facets, *COLUMNS):
            facet = taxonomy.facets.get(name)
            if facet is not None:
                _known(name, self.values_of(name), [option.id for option in facet.values])
            elif name not in COLUMNS:
                raise UnknownFacet(facet=name, known=", ".join(dict.fromkeys([*taxonomy.facets, *_NAMES])))

    def values_of(self, name: str) -> tuple[str, ...]:
        """Return the chosen values of a facet, of ``field`` or of one of :data:`COLUMNS`."""
        return self.chosen.get(name, ())

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Everything chosen by value: by facet, by ``field`` and by each of :data:`COLUMNS`."""
        own = {name: getattr(self, name) for name in (*COLUMNS, "field") if getattr(self, name)}
        return {**self.facets, **own}

    def without(self, name: str) -> "Filters":
        """Return these filters less the one called ``name``: a facet, a column, ``field`` or ``start_year``."""
        kept = {f.name: getattr(self, f.name) for f in fields(self)}
        kept["facets"] = {facet: values for facet, values in self.facets.items() if facet != name}
        if name == "start_year":
            kept["started_from"] = kept["started_to"] = None
        elif name in COLUMNS or name == "field":
            kept[name] = ()
        return Filters(**kept)

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of a WHERE clause with the values of its question marks."""

    sql: str
    values: tuple[str | int, ...]


def filterable(case: Case) -> set[tuple[str, str]]:
    """Return every name and value by which ``case`` can be found: what the table ``case_facets`` has of it."""
    columns = {(name, value) for name in COLUMNS if (value := getattr(case, name)) is not None}
    fields = {("field", name) for name, value in case.fields.items() if value is not None}
    return columns | fields | {(found.facet, found.value) for found in case.facets}


def case_condition(filters: Filters) -> Condition:
    """Return what a row ``c`` of ``cases`` must fulfil."""
    parts: list[str] = ["TRUE"]
    values: list[str | int] = []
    for name, chosen in filters.chosen.items():
        sql = "SELECT case_id FROM case_facets WHERE facet = ? AND value IN"
        parts.append(f"c.case_id IN ({sql} ({_marks(chosen)}))")
        values += [name, *chosen]
    for comparison, year in ((">=", filters.started_from), ("<=", filters.started_to)):
        if year is not None:
            parts.append(f"c.start_year {comparison} ?")
            values.append(year)
    return Condition(" AND ".join(parts), tuple(values))


def passage_condition(filters: Filters) -> Condition:
    """Return what a row ``p`` of ``passages``, joined with its case ``c``, must fulfil."""
    case = case_condition(filters)
    if not filters.field:
        return case
    return Condition(f"{case.sql} AND p.field IN ({_marks(filters.field)})", (*case.values, *filters.field))


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _several(values: Values) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(dict.fromkeys(values))


def _known(name: str, values: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    allowed, chosen = list(known), tuple(values)
    for value in chosen:
        if value not in allowed:
            raise UnknownFacetValue(facet=name, value=value, known=", ".join(allowed))
    return chosen


def _years(texts: list[str]) -> tuple[int | None, int | None]:
    if not texts:
        return None, None
    text = texts[0]
    match = _YEARS.fullmatch(text)
    if len(texts) > 1 or not match or not any(match.groups()):
        raise InvalidFilter(text=f"start_year={text}")
    only, first, last = (int(year) if year else None for year in match.group("only", "first", "last"))
    return only or first, only or last
