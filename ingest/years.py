"""Years: when the practice began, and when the document was published."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest import year_signs as sign
from ingest.sign_weights import weight, weights_of
from ingest.year_features import YEAR, Mention, Told, mentions_in

_DATE_LINE = 12  # words; a longer line is of a sentence


def start_year(
    facts: Iterable[tuple[str, str]],
    told: Iterable[Told],
    *,
    published: int | None = None,
    organisation: str | None = None,
) -> int | None:
    """Return the year in which the practice began, or ``None`` where nothing says so.

    A fact box's word is final. Otherwise a log-linear model (a choice among the years told and none of them, fitted by
    ``training/start_year.py``) weighs what the words around each year say of it: a verb of beginning, in the method
    section or the lead rather than the background, speaks for it; a predecessor, a survey, an evaluation, a later
    change or another municipality than ``organisation`` speaks against.
    """
    for key, value in facts:
        if key == "start_year" and (found := YEAR.search(value)):
            # It may tell of several: "Provades 2014, stängdes 2016. Återöppnade 2018".
            several = list(mentions_in([Told(value, "box")])) if ". " in value else []
            return (most_likely(several) if several else None) or int(found[1])
    mentions = [m for m in mentions_in(told, organisation=organisation) if published is None or m.year <= published]
    return most_likely(list(with_years_compared(mentions, published=published)))


def with_years_compared(mentions: Sequence[Mention], *, published: int | None) -> Iterator[Mention]:
    """Add to each mention what its year is among the document's years: the only one, the first, the publication's, a later one."""
    years = sorted({mention.year for mention in mentions})
    later = {mention.year for mention in mentions if "nth" in mention.signs}
    for mention in mentions:
        signs = {
            "nth": mention.year in later,
            "only": len(years) == 1,
            "earliest": mention.year == years[0],
            "latest": mention.year == years[-1],
            "published": mention.year == published,
        }
        yield Mention(mention.year, mention.signs | {name for name, found in signs.items() if found})


def most_likely(mentions: Sequence[Mention], weights: Mapping[str, float] | None = None) -> int | None:
    """Return the year that is the likeliest, or ``None`` if none of them is likelier: a year's mentions add up."""
    weights = weights_of("start_year") if weights is None else weights
    likely: defaultdict[int, float] = defaultdict(float)
    for mention in mentions:
        likely[mention.year] += math.exp(weights["bias"] + weight(mention.signs, weights))
    best = max(likely, key=lambda year: (likely[year], -year), default=None)
    return best if best is not None and likely[best] > 1.0 else None


def is_dated(line: str) -> bool:
    """Whether a line by the title tells when the paper is from."""
    short = len(line.split()) <= _DATE_LINE and line[-1:] != "."
    return short and YEAR.search(line) is not None and not sign.SINCE.search(line)


def published_year(facts: Iterable[tuple[str, str]], lead: Sequence[str], created: str | None) -> int | None:
    """Return the year of publication: from a fact box, a dated line on the first page, or the file's own date."""
    for key, value in facts:
        if key == "published_year" and (found := YEAR.search(value)):
            return int(found[1])
    if dated := next(filter(is_dated, lead), None):
        return int(YEAR.findall(dated)[-1])
    found = re.match(r"D:(\d{4})", created or "")
    if (created or "").startswith("D:20000101"):  # what programs write that want the same bytes every time
        return None
    return int(found[1]) if found and 1990 <= int(found[1]) <= 2100 else None
