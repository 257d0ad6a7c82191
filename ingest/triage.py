"""What kind of document this is, before anything is demanded of it; and what an example lacks."""

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.kinds import kind_says
from ingest.lexicon import LESSONS
from kb.types import DocumentType, FieldName, FieldValue, Notice

REQUIRED: tuple[FieldName, ...] = ("background", "method", "success_factors", "challenges")
_REGULATION = re.compile(
    r"\b(?:författningssamling|föreskrifter om|s föreskrifter|föreskrifter och allmänna råd|allmänna råd|förordning \(\d{4}|lag \(\d{4}:\d+\) om|svensk författningssamling|"
    r"\w*FS\s?\d{4}:\d+|forskrift om|kapittel \d|bekendtgørelse|lovbekendtgørelse|statutory instrument)\b",
    re.IGNORECASE,
)
_PARAGRAPH_SIGN = re.compile(r"(?:^|\s)\d+(?:\s?[a-z])?\s?§|§\s?\d+")
_WEB = re.compile(
    r"^(?:publicerad|publisert|udgivet|senast uppdaterad|sist oppdatert|uppdaterad|last updated)\b[: ]|\b(?:till toppen|hoppa till innehåll|lyssna på sidan|dela sidan|skriv ut|kakor|cookies|läs mer om vad vi gör|visa fler nyheter)\b",
    re.IGNORECASE | re.MULTILINE,
)
_URL_LINE = re.compile(r"^https?://\S+(?:\s+\d+/\d+|\s+\d{4}-\d\d-\d\d)?$", re.MULTILINE)
_MINUTES = re.compile(r"\b(?:\w*protokoll|minutes|referat)\b", re.IGNORECASE)
_LONGEST_EXAMPLE = 40  # pages
_WHOLE = 4  # fields that a printed web page tells if it tells of an example
_TELLS_ALL = 0.7  # nats: the model learnt from as many other papers as examples; of those that tell all, few are other


def triage(
    title: str,
    fields: Mapping[FieldName, FieldValue | None],
    *,
    text: str,
    page_count: int,
    first_page: str,
) -> tuple[DocumentType, tuple[Notice, ...]]:
    """Return the document's type and what an editor should know about that.

    Statutes are known by their form, printed web pages by what a browser adds, all else by words and by what is told
    (:mod:`ingest.kinds`); a printed web page that tells of an example is one.
    """
    if _is_regulation(title, first_page, text):
        return "other", (Notice("regulation"),)
    kind = _kind(title, fields, text=text, page_count=page_count, first_page=first_page)
    if kind != "example":
        return kind, ()
    missing = tuple(name for name in REQUIRED if fields.get(name) is None)
    return kind, tuple(Notice("missing_field", {"field": name}) for name in missing)


def _kind(
    title: str,
    fields: Mapping[FieldName, FieldValue | None],
    *,
    text: str,
    page_count: int,
    first_page: str,
) -> DocumentType:
    found = [name for name, value in fields.items() if value is not None]
    says = dict(kind_says(title, text, found))
    whole = len(found) >= _WHOLE
    says["example"] += _TELLS_ALL if whole and set(LESSONS) <= set(found) else 0.0
    kind = max(says, key=lambda name: says[name])
    if kind == "example" and page_count > _LONGEST_EXAMPLE:
        return "report"
    printed = _WEB.search(first_page) or _URL_LINE.search(first_page)
    return "web_page" if printed and not (whole and kind == "example") else kind


def _is_regulation(title: str, first_page: str, text: str) -> bool:
    signs = _share_of_paragraph_signs(text)
    if _MINUTES.search(title) or _MINUTES.search(first_page[:600]):
        return False
    if re.search(r"författningssamling|föreskrifter|^forskrift|bekendtgørelse", title, re.IGNORECASE):
        return True
    if _REGULATION.search(title) or len(_REGULATION.findall(first_page)) >= 2:
        return signs > 0.002 or len(text.split()) < 600
    return signs > 0.012


@lru_cache(maxsize=8)  # a document may be looked at again when its fields have been told otherwise
def _share_of_paragraph_signs(text: str) -> float:
    """How often "12 §" or the like stands in a text, a word."""
    return len(_PARAGRAPH_SIGN.findall(text)) / max(len(text.split()), 1) if "§" in text else 0.0
