"""What the words around a year say of it, as the features of a linear model: see :mod:`ingest.years`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ingest import year_signs as sign
from ingest.bodies import WORD, bodies_in
from ingest.gazetteer import places
from ingest.reckoning import IN_NTH_YEAR

YEAR = re.compile(r"(?<![\d.,:/])(19[6-9]\d|20[0-4]\d)(?![\d]|[.,:]\d|[-’']?(?:tal|årene|erne|åra|s\b))")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÆØ»”\"“0-9])|\n")
_YEAR_OR_ANAPHORA = re.compile(
    rf"(?P<year>{YEAR.pattern})|(?P<same>\b(?:samma|samme|the same) (?:år|year|höst|høst|efterår|vår|forår|sommar|sommer|vinter|autumn|spring|summer|winter|månad|måned|month)\b)|"
    r"(?P<next>\b(?P<season>(?:våren|sommaren|hösten|vintern|sommeren|høsten|foråret|efteråret) )(?:därpå|därefter|efter|etter|derpå)\b"
    r"|\båret (?:därpå|därefter|efter|etter|derpå)\b|\b(?:följande|påföljande|følgende|nästa|neste|næste) år\b"
    r"|\bthe (?:following|next) year\b|\bthe year after\b)",
    re.IGNORECASE,
)
_SEATED = re.compile(rf"(?:Även i|Också i|Også i|I|In) (?P<place>{WORD}) (?:finns|har|fanns|finnes|er|is|has)\b")
_TURN = re.compile(
    r"\b(årsskifte\w*|årsskift\w*|turn of the year) (?:19|20)\d\d\s?[/–-]\s?(?:20)?(\d\d)\b", re.IGNORECASE
)
_EVENT = re.compile(rf"(?<!\S){YEAR.pattern}[:–-]?(?= [A-ZÅÄÖÆØ])")
_ENDS_IN_YEAR = re.compile(rf"{YEAR.pattern}$")
_SHORT = 20  # characters between two years of one statement
_CLAUSE_END = re.compile(
    r"[,;:–]\s|\s(?:och|og|and|men|but|medan|mens|while|efter|etter|after|sedan|innan|före|before|följt)\s"
)
_SUBJECT = 12  # characters before the subject of a sentence: "I Boden …", "Også …"
_LAST_PART = 6  # letters of what a name ends with
_EARLY = 8  # sentences
_OPENING = 3  # sentences of the method section, which likely tell how it began
_AROUND = 90  # characters on either side of a year that say what it is
_TIMELINE = 4  # years of a sentence that tells one after the other
_MOST = 200  # years of a sentence; what has more is a table


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the document, and where it stands.

    ``where``: "title"; "lead", what comes before all sections, and summaries; "box", the prose of fact boxes;
    "background"; "method"; "after", results, success factors and challenges; "other".
    """

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A year that a text tells, and the names of what speaks for or against its being the start."""

    year: int
    signs: frozenset[str]


def mentions_in(told: Iterable[Told], *, organisation: str | None = None) -> Iterator[Mention]:
    """Yield every year that is told, in order.

    >>> [(m.year, sorted(m.signs)) for m in mentions_in([Told("Vi har funnits sedan 2018.", "lead")])]
    [(2018, ['early', 'in lead', 'since', 'start', 'still', 'we'])]
    """
    last = 0
    for item in told:
        named, last = _with_years_named(item.text, last)
        sentences = [event for sentence in _rows_joined(_SENTENCE.split(named)) for event in _events(sentence)]
        for position, sentence in enumerate(sentences):
            # The end of the background is nearest to the start.
            early = {"early"} if position < _EARLY or item.where == "background" else set()
            opening = {"opening"} if item.where == "method" and position < _OPENING else set()
            for mention in _mentions(sentence, item.where, organisation):
                yield Mention(mention.year, mention.signs | early | opening | {f"in {item.where}"})


def _mentions(sentence: str, where: str, organisation: str | None) -> Iterator[Mention]:
    """Each year of a sentence with what the sentence says of it."""
    years = list(islice(YEAR.finditer(sentence), _MOST))
    if not years:
        return
    # What stands anywhere in the sentence is looked for once, not once a year: a table may be one sentence.
    answer, period = sign.IT_WAS.search(sentence), sign.PERIOD.search(sentence)
    still, person = sign.STILL.search(sentence), sign.PERSON.search(sentence)
    others = organisation is not None and where != "title" and _is_of_others(sentence, organisation)
    nth = IN_NTH_YEAR.search(sentence.lower())
    dated = sign.DATE_LINE.fullmatch(sentence)
    own = organisation is not None and sentence.startswith(organisation)
    modelled = where != "title" and sign.MODELLED.search(sentence)
    founded = sign.FOUNDED.match(sentence) or (organisation and _is_founding(sentence, organisation))
    own_act = where in {"lead", "method"} and sign.IN_YEAR.match(sentence)
    since_first = sign.SINCE_FIRST.match(sentence)
    span = sign.SPAN_OF_YEARS.search(sentence)
    lasted = {found["year"] for found in (period, span) if found and sign.LASTED.search(sentence)}
    project = span and sign.PROJECT.search(sentence)
    for match, (first, last) in zip(years, _clauses(sentence, years), strict=True):
        around = sentence[max(first, match.start() - _AROUND) : min(last, match.end() + _AROUND)]
        before = sentence[max(first, match.start() - _AROUND) : match.end()]
        near = before + sentence[match.end() : match.end() + _AROUND].partition(", ")[0]
        since = sign.SINCE.search(before) and not sign.FROM.search(before)
        so_far = still and still.end() == match.end()
        signs = {
            "start": sign.START.search(around),
            "the start": sign.THE_START.search(before),
            "answer": answer,  # to "when did you start?"
            "period of results": where == "after" and period and period["year"] == match[1],
            "project": span and span.start() == match.start() and sign.PROJECT.search(around),
            "after project": span and project and int(match[1]) > int(span["year"]),  # what the project became
            "not until": sign.NOT_UNTIL.search(before),
            "first": sign.FIRST.search(around),
            "moment": where != "after" and sign.MOMENT.search(before),
            "moment after": where == "after" and sign.MOMENT.search(before),
            "we": sign.WE.search(around),
            "lasted": match[1] in lasted,
            "existed": where == "background" and sign.EXISTED.search(around),
            "also": sign.ALSO.search(around),
            "since": where != "background" and since,
            "since in background": where == "background" and since,
            "not since": sign.NOT_SINCE.search(before),
            "from": sign.FROM.search(before),
            "ever since": sign.EVER_SINCE.match(sentence, match.end()),
            "still": where not in {"background", "after"} and so_far,
            "own still": own and so_far,
            "since first": where in {"lead", "method"} and since_first and since_first.end() == match.end(),
            "own act": own_act and organisation and organisation in around,
            "person": person and person.end() <= match.start(),
            "had": sign.HAD.search(before),
            "had in": where == "background" and sign.HAD_IN.search(before),
            "before": sign.BEFORE.search(near),
            "dated": sign.DATED.search(before) or sign.DATE_KEY.search(before),
            "studied": where == "method" and sign.STUDIED.search(sentence),
            "stamped": dated or sign.STAMPED.search(before),
            "agreed": sign.AGREED.search(around),
            "others": others,
            "model": modelled and modelled.start() < match.start(),
            "founded": founded,
            "timeline": len(years) >= _TIMELINE,
            "stamp": sign.STAMP.match(sentence, match.end()),
            "present form": sign.NOW_FORM.search(around),
            "future": sign.FUTURE.search(around),
            "decided": sign.DECIDED.search(around),
            "later": sign.LATER.search(around),
            "span of title": where == "title" and span and span.start() == match.start(),
            "nth": nth and nth.start() <= match.start() < nth.end(),
            "end of span": _ends_span(match, span) or _ends_span(match, period),
        }
        yield Mention(int(match[1]), frozenset(name for name, found in signs.items() if found))


def _ends_span(year: re.Match[str], span: re.Match[str] | None) -> bool:
    """Whether a year is within a span of years, after its first."""
    return span is not None and span.start("year") < year.start() < span.end()


def _rows_joined(sentences: Sequence[str]) -> Iterator[str]:
    """Join a table of years that its last year parts from its event: "2018 Enkät … feb 2021" and "Linjen öppnar …"."""
    rows: list[str] = []
    for sentence in sentences:
        if rows and not _ENDS_IN_YEAR.search(rows[-1]):
            yield " ".join(rows)
            rows = []
        if rows or YEAR.match(sentence):
            rows.append(sentence)
        else:
            yield sentence
    if rows:
        yield " ".join(rows)


def _events(sentence: str) -> list[str]:
    """Part a table of years: "2018 Enkät 2019 Avtal 2020 Linjen öppnar" is three.

    >>> _events("2018 Enkät till alla 2019 Avtal skrivs 2020 Linjen öppnar")
    ['2018 Enkät till alla', '2019 Avtal skrivs', '2020 Linjen öppnar']
    """
    starts = [match.start() for match in islice(_EVENT.finditer(sentence), _MOST)]
    if len(starts) < _TIMELINE - 1 or starts[0]:
        return [sentence]
    return [sentence[start:end].strip() for start, end in pairwise([*starts, len(sentence)])]


def _with_years_named(text: str, last: int = 0) -> tuple[str, int]:
    """Name the years that are told by the one before, ``last`` where there is none; return the last one too.

    >>> _with_years_named("Beslutet kom 2019. I augusti samma år började vi, och året därpå var vi fler.")
    ('Beslutet kom 2019. I augusti 2019 började vi, och 2020 var vi fler.', 2020)
    """

    def named(match: re.Match[str]) -> str:
        nonlocal last
        if match["year"]:
            last = int(match["year"])
            return match[0]
        last += bool(match["next"])
        return f"{match['season'] or ''}{last}" if last > 1 else match[0]

    return _YEAR_OR_ANAPHORA.sub(named, _TURN.sub(r"\1 20\2", text)), last


def _is_founding(sentence: str, organisation: str) -> bool:
    """Whether a sentence tells when the organisation itself began, by its name or its initials."""
    initials = "".join(word[0] for word in organisation.split() if len(word) > 3).upper()
    names = [organisation, *([initials] if len(initials) > 2 else [])]
    first = sentence.partition(" ")[0]
    if len(first) >= _LAST_PART and any(word.lower().endswith(first.lower()) for word in organisation.split()):
        names.append(first)  # "Ombudsmannen" of Barnombudsmannen
    return any(sentence.startswith(name) and sign.FOUNDING.match(sentence, len(name)) for name in names)


def _clauses(sentence: str, years: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The part of the sentence that each year stands in: up to the first comma or conjunction after it."""
    bounds = [0]
    for year, following in pairwise(years):
        clause_end = _CLAUSE_END.search(sentence, year.end(), following.start())
        near = following.start() - year.end() < _SHORT  # "between May 2019 and June 2020"
        bounds.append(clause_end.start() if clause_end and not near else 0)
    bounds.append(len(sentence))
    for start, end in pairwise(bounds):
        yield start, end or len(sentence)


def _is_of_others(sentence: str, organisation: str) -> bool:
    """Whether a sentence begins with another municipality than the example's: "Ekby kommun har ett sedan 2012"."""
    if (seated := _SEATED.match(sentence)) and seated["place"] in places() and seated["place"] not in organisation:
        return True
    first = next(bodies_in(sentence), None)
    return first is not None and first.start < _SUBJECT and first.kind == "municipal" and first.name not in organisation
