"""What kind of document this is, before anything is demanded of it; and what an example lacks."""

import re
from collections.abc import Mapping
from functools import lru_cache

from kb.types import DocumentType, FieldName, FieldValue, Notice

REQUIRED: tuple[FieldName, ...] = ("background", "method", "success_factors", "challenges")
_REGULATION = re.compile(
    r"\b(?:författningssamling|föreskrifter om|s föreskrifter|föreskrifter och allmänna råd|allmänna råd|förordning \(\d{4}|lag \(\d{4}:\d+\) om|svensk författningssamling|"
    r"\w*FS\s?\d{4}:\d+|forskrift om|kapittel \d|bekendtgørelse|lovbekendtgørelse|statutory instrument)\b",
    re.IGNORECASE,
)
_PARAGRAPH_SIGN = re.compile(r"(?:^|\s)\d+(?:\s?[a-z])?\s?§|§\s?\d+")
_PLAN = re.compile(
    r"\b(?:\w*handlingsplan|åtgärdsplan|riktlinjer|policy|verksamhetsplan|tiltaksplan|retningslinjer|handleplan|indsatsplan|action plan|guidelines|strategi för|strategi mot|plan mot|plan för)\b",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"\b(?:inbjudan|invitasjon|invitation|nätverksträff\w*|nettverkssamling\w*|netværksmøde\w*|anmälan senast|välkommen(?:na)? till|nätverket träffas)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:mötesplan|møteplan|mødeplan|möten \d{4}|møder i \d{4}|møter i \d{4}|nätverket (?:träffas|består|samlar|möts)|nettverket (?:møtes|samler|består)|"
    r"netværket (?:mødes|samler|består|for)|vi (?:mødes|möts|møtes|träffas) \w+ gång?\w*|medlemmar i nätverket|nya medlemmar|nye medlemmer|"
    r"the network (?:meets|brings)|meetings in \d{4}|new members)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:abstract|previous research|literature|interviewees?|respondents?|the study|this paper|coded|transcribed|ideal types|et al|kappa|"
    r"tidigare forskning|studien|intervjustudie\w*|informant\w*|respondent\w*|kodades|transkriberades|avhandling\w*|teoretisk\w*|forskningsfråg\w*|"
    r"tidligere forskning|studien|intervjustudie\w*|informanter?\w*|transkribert|afhandling\w*|undersøgelsens|forskningsspørgsmål)\b"
)  # for text in lower case: to ignore case takes three times as long
_STUDIED = 0.006  # signs of a study a word
_NETWORK_TITLE = re.compile(r"\b(?:nätverk\w*|nettverk\w*|netværk\w*|network)\b", re.IGNORECASE)
_REPORT = re.compile(
    r"\b(?:\w*rapport\w*|utvärdering\w*|utredning\w*|redovisning\w*|årsberättelse|redogörelse|undersökning\w*|kartläggning\w*|betänkande|promemoria|översikt\w*|evaluering\w*|undersøkelse|undersøgelse|"
    r"minutes|protokoll\w*|report|evaluation|review|survey|uppföljning\w*)\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"^(?:publicerad|publisert|udgivet|senast uppdaterad|sist oppdatert|uppdaterad|last updated)\b[: ]|\b(?:till toppen|hoppa till innehåll|lyssna på sidan|dela sidan|skriv ut|kakor|cookies|läs mer om vad vi gör|visa fler nyheter)\b",
    re.IGNORECASE | re.MULTILINE,
)
_URL_LINE = re.compile(r"^https?://\S+(?:\s+\d+/\d+|\s+\d{4}-\d\d-\d\d)?$", re.MULTILINE)
_MINUTES = re.compile(r"\b(?:\w*protokoll|minutes|referat)\b", re.IGNORECASE)
_ORDERING = re.compile(r"\b(?:ska|skall|får i uppdrag|ansvarar för|bør|skal|should|must)\b")  # lower case


def triage(
    title: str,
    fields: Mapping[FieldName, FieldValue | None],
    *,
    text: str,
    page_count: int,
    first_page: str,
) -> tuple[DocumentType, tuple[Notice, ...]]:
    """Return the document's type and what an editor should know about that.

    An example is known by its sections: success factors or challenges beside what was done. Statutes are never one.
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
    found = {name for name, value in fields.items() if value is not None}
    told = {"success_factors", "challenges", "results"} & found
    narrative = "method" in found or "background" in found
    lower = text.lower()
    ordering = _share(_ORDERING, lower)
    if _PLAN.match(title) and ordering > 0.01:
        return "action_plan"
    if _share(_STUDY, lower) > _STUDIED:
        return "report"
    if _NETWORK_TITLE.search(title) and len(_MEETING.findall(first_page)) > 1:
        return "network"
    if narrative and {"success_factors", "challenges"} <= found:
        return "example"
    if _NETWORK.search(first_page) and (_NETWORK_TITLE.search(title) or _NETWORK.search(title)):
        return "network"
    if _PLAN.search(title) and (ordering > 0.008 or not told):
        return "action_plan"
    # A printed web page that tells the story of an example is one.
    if (_WEB.search(first_page) or _URL_LINE.search(first_page)) and not (told and len(found) >= 4):
        return "web_page"
    # Background, method and results are what a study has too; what worked and what was hard only an example tells.
    if _REPORT.search(title) and told <= {"results"}:
        return "report"
    if told and len(found) >= 3 and page_count <= 40:
        return "example"
    if _REPORT.search(title) or page_count > 15 or _MINUTES.search(first_page[:600]):
        return "report"
    if told and narrative:
        return "example"
    if ordering > 0.015:
        return "action_plan"
    return "report" if _REPORT.search(first_page) and page_count > 4 else "other"


def _is_regulation(title: str, first_page: str, text: str) -> bool:
    signs = _share(_PARAGRAPH_SIGN, text) if "§" in text else 0.0
    if _MINUTES.search(title) or _MINUTES.search(first_page[:600]):
        return False
    if re.search(r"författningssamling|föreskrifter|^forskrift|bekendtgørelse", title, re.IGNORECASE):
        return True
    if _REGULATION.search(title) or len(_REGULATION.findall(first_page)) >= 2:
        return signs > 0.002 or len(text.split()) < 600
    return signs > 0.012


@lru_cache(maxsize=8)  # a document may be looked at again when its fields have been told otherwise
def _share(pattern: re.Pattern[str], text: str) -> float:
    """How often a pattern is found in a text, a word."""
    return len(pattern.findall(text)) / max(len(text.split()), 1)
