"""Which of the bodies that a document names is the one behind the example.

A log-linear model (a choice among the bodies and none of them, fitted by ``training/organisation.py``) weighs what
speaks for each: where it is named, what the words around its names say, whose the addresses are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.bodies import WORD
from ingest.body_names import Candidate
from ingest.candidates import candidates_in, is_issue
from ingest.gazetteer import find, places
from ingest.sign_weights import weight, weights_of
from ingest.stated import Sources
from ingest.unlisted import is_place_alone

THE_MUNICIPALITY = re.compile(r"\b(?:kommunen|kommunens?|kommuns|kommunstyrelse\w*|kommunfullmäktige)\b", re.IGNORECASE)
_OFTEN = 4
_OFFICER_AT = re.compile(
    rf"(?:samordnare|strateg|sekreterare|chef|utvecklare|fältare|koordinator|konsulent|rådgiver|leder|assistent|lots|ledare)n? (?:i|in) "
    rf"(?P<place>{WORD})(?! (?:[Kk]ommune?|[Ss]tad)\b)(?![\w-])"
)
"""An officer of a municipality that is not named as one: "säger samordnaren i Ekby"."""


def organisation_of(sources: Sources) -> str | None:
    """Return the name of the body behind the example as the document prints it, or ``None``."""
    candidates = candidates_in(sources)
    return most_likely(candidates, signs_of_none(sources, candidates))


def most_likely(
    candidates: Sequence[Candidate], none: frozenset[str], weights: Mapping[str, float] | None = None
) -> str | None:
    """Return the name of the likeliest candidate, or ``None`` where that is likelier, for which the signs ``none`` speak."""
    weights = weights_of("organisation") if weights is None else weights
    best = max(candidates, key=lambda candidate: weight(candidate.signs, weights), default=None)
    return best.name if best is not None and weight(best.signs, weights) > weight(none, weights) else None


def signs_of_none(sources: Sources, candidates: Sequence[Candidate]) -> frozenset[str]:
    """Return what speaks for its being a body that the document does not name: "the municipality" of its place."""
    return frozenset({"none", *_of_none(sources, candidates)})


def _of_none(sources: Sources, candidates: Sequence[Candidate]) -> Iterator[str]:
    municipal = [candidate.signs for candidate in candidates if "is municipal" in candidate.signs]
    if any(map(is_place_alone, sources.emails)) and not any("in address" in signs for signs in municipal):
        yield "none: address of a place"
    if any(match["place"] in places() for match in _OFFICER_AT.finditer(sources.text)):
        yield "none: an officer at a place"
    if any("address elsewhere" not in signs for signs in municipal):
        yield "none: municipal named"
        return
    namings = len(THE_MUNICIPALITY.findall(sources.text))
    if namings:
        yield "none: the municipality"
    if namings >= _OFTEN:
        yield "none: the municipality often"
    if is_issue(sources):
        yield "none: issue"
    if any(fact.key == "place" for fact in sources.facts):
        yield "none: place stated"


def municipality_at(place: str | None, text: str, *, stated: bool = False) -> str | None:
    """Return the official name of the municipality at ``place``, where ``text`` speaks of "the municipality" only.

    The document does not print the name, so that whoever uses it must say so. ``stated``: a fact gives the place; the
    text need not speak of a municipality then.
    """
    found = [p for p in find(place) if p.kind == "municipality" and p.name == place] if place else []
    return found[0].organisation if len(found) == 1 and (stated or THE_MUNICIPALITY.search(text)) else None
