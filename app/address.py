"""The address is the state: what is searched, filtered and looked at can be shared, reloaded and gone back to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlencode

from app.i18n import Texts
from kb.filters import Filters
from kb.taxonomy import Taxonomy

PageName = Literal["search", "case", "similar", "about"]
PAGES: tuple[PageName, ...] = get_args(PageName)
PATHS: Mapping[PageName, str] = {"search": "", "case": "exempel", "similar": "liknande", "about": "om"}
"""The path of each page, the same in both languages: a shared link survives a change of language."""

PAGE_SIZE = 10
MOST_SHOWN = 200

_NOT_FILTERS = frozenset({"q", "n", "lang"})

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the search page shows: the query, the filters, and how many hits."""

    query: str = ""
    filters: Filters = field(default_factory=Filters)
    shown: int = PAGE_SIZE

    @classmethod
    def read(cls, params: Params, taxonomy: Taxonomy) -> "SearchState":
        """Read an address. A number of hits that makes no sense becomes the usual one.

        Raises:
            InvalidFilter, UnknownFacet, UnknownFacetValue: it filters by what the taxonomy does not have.
        """
        filters = [f"{name}={v}" for name, values in params.items() if name not in _NOT_FILTERS for v in values if v]
        number = "".join(params.get("n", ())[:1])
        shown = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else PAGE_SIZE
        return cls(
            query="".join(params.get("q", ())[:1]).strip(),
            filters=Filters.parse(filters, taxonomy),
            shown=min(max(shown, PAGE_SIZE), MOST_SHOWN),
        )


def with_values(params: Params, name: str, values: Iterable[str]) -> dict[str, list[str]]:
    """Return the parameters with those of ``name`` replaced, and the list of hits back at its beginning.

    >>> with_values({"q": ["skola"], "measure": ["mentoring"], "n": ["30"]}, "measure", [])
    {'q': ['skola']}
    """
    changed = {key: list(several) for key, several in params.items() if key not in {name, "n"}}
    if chosen := list(values):
        changed[name] = chosen
    return changed


def toggled(params: Params, name: str, value: str, chosen: bool) -> dict[str, list[str]]:
    """Return the parameters with one value of a filter added or taken away.

    >>> toggled({"measure": ["mentoring"]}, "measure", "support_line", True)
    {'measure': ['mentoring', 'support_line']}
    """
    others = [other for other in params.get(name, ()) if other != value]
    return with_values(params, name, [*others, value] if chosen else others)


def query_string(params: Mapping[str, str | int | Sequence[str]], texts: Texts) -> str:
    """Return the parameters, and the language, as an address has them after the question mark."""
    return urlencode({**params, **texts.parameters}, doseq=True)


def href(page: PageName, params: Mapping[str, str | int | Sequence[str]], texts: Texts) -> str:
    """Return a link relative to any of the pages.

    >>> href("case", {"case": "stodtelefonen", "page": 2}, Texts("en"))
    'exempel?case=stodtelefonen&page=2&lang=en'
    """
    query = query_string(params, texts)
    return f"{PATHS[page] or './'}{'?' if query else ''}{query}"
