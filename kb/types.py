"""The words of the product as frozen dataclasses: what a case is and what a search returns.

Boxes are PDF points with the origin top left. Pages count from 1. ``None`` means that the document does not say;
an empty tuple means that it says there are none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args, overload

from kb.messages import Language, translate

BBox = tuple[float, float, float, float]

FieldName = Literal["background", "method", "success_factors", "challenges", "results"]
FIELD_NAMES: tuple[FieldName, ...] = get_args(FieldName)

DocumentType = Literal["example", "action_plan", "network", "report", "web_page", "other"]
DOCUMENT_TYPES: tuple[DocumentType, ...] = get_args(DocumentType)


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the PDF: the text of ``quote`` stands on ``page`` inside ``bbox``."""

    page: int
    bbox: BBox
    quote: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What the document says for one field.

    ``text``'s paragraphs and list items are joined by newlines. ``rule`` names the rule that found it,
    ``confidence`` (0–1) how sure that rule is.
    """

    text: str
    spans: tuple[Span, ...]
    rule: str
    confidence: float

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the spans stand on, ascending, each once."""
        return tuple(sorted({span.page for span in self.spans}))


@dataclass(frozen=True, slots=True)
class Section:
    """A titled stretch of the document in reading order; ``field`` is set where it became part of a field."""

    title: str
    level: int
    text: str
    spans: tuple[Span, ...]
    field: FieldName | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of one facet, with the quote in the document that supports it."""

    facet: str
    value: str
    quote: str
    page: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Personal data: kept apart from the case, never indexed, shown only when asked for."""

    name: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about a document: a stable code and what fills its sentence."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def message(self, language: Language = "sv") -> str:
        """Return the warning as a sentence; a field's name in it becomes what readers call that field."""
        labels = {key: translate(f"field.{value}", language) for key, value in self.params.items() if key == "field"}
        return translate(f"warning.{self.code}", language, **{**self.params, **labels})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One example (or other document) as read from one PDF.

    ``case_id`` is stable over new versions of the same file name; ``sha256`` identifies the bytes. ``fields`` holds
    every name of :data:`FIELD_NAMES`. ``facets`` lists the values found, by facet and value id of the taxonomy.
    """

    case_id: str
    file: str
    sha256: str
    document_type: DocumentType
    language: str
    page_count: int
    title: str
    organisation: str | None = None
    place: str | None = None
    country: str | None = None
    start_year: int | None = None
    published_year: int | None = None
    target_groups: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None
    funding: str | None = None
    contact: Contact | None = None
    facets: tuple[FacetValue, ...] = ()
    fields: Mapping[FieldName, FieldValue | None] = field(default_factory=lambda: dict.fromkeys(FIELD_NAMES))
    sections: tuple[Section, ...] = ()
    warnings: tuple[Notice, ...] = ()

    def values_of(self, facet: str) -> tuple[str, ...]:
        """Return the value ids of ``facet`` in order of appearance, each once."""
        return tuple(dict.fromkeys(f.value for f in self.facets if f.facet == facet))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is embedded, indexed and quoted: a paragraph or a few of one field or section.

    ``text`` is free of personal data. ``title`` is the section's heading. ``position`` counts within the case.
    """

    passage_id: int
    case_id: str
    field: FieldName | None
    title: str
    text: str
    spans: tuple[Span, ...]
    position: int

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.spans[0].page


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A stretch ``[start, end)`` of a passage's text that matched, and the analysed form both sides shared."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageHit:
    """A passage that matched; ``score`` = ``lexical`` + ``semantic``, the two shares after fusion."""

    passage: Passage
    score: float
    lexical: float
    semantic: float
    matched: tuple[MatchedTerm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A case with its best passages, best first. ``rank`` counts from 1."""

    rank: int
    score: float
    case: Case
    passages: tuple[PassageHit, ...]

    @property
    def passage(self) -> Passage:
        """The best passage."""
        return self.passages[0].passage


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the matching cases have a facet's value, counted as if that facet were not filtered."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult(Sequence[Hit]):
    """A ranked page of hits, with what surrounds it.

    ``total`` counts all matching cases, ``facets`` their values. ``nothing_close`` is true when no case is near
    enough to the query to be called an answer: ``hits`` is then empty.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    nothing_close: bool = False

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)
