"""Years: when the practice began, and when the document was published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ingest import year_signs as sign
from ingest.bodies import WORD, bodies_in
from ingest.gazetteer import places
from ingest.reckoning import reckoned_start

YEAR = re.compile(r"(?<![\d.,:/])(19[6-9]\d|20[0-4]\d)(?![\d]|[.,:]\d|[-’']?(?:tal|årene|erne|åra|s\b))")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÆØ»”\"“0-9])|\n")


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the document, and how much its years say of the start; see :data:`WEIGHTS`."""

    text: str
    where: str


WEIGHTS = {"lead": 1.6, "method": 2.0, "background": 1.1, "title": 2.0, "box": 1.6, "other": 0.9, "after": 0.6}
"""``lead``: what comes before all sections, and summaries; ``box``: the prose of fact boxes; ``after``: results, success factors and challenges."""

_YEAR_OR_ANAPHORA = re.compile(
    rf"(?P<year>{YEAR.pattern})|(?P<same>\b(?:samma|samme|the same) (?:år|year)\b)|"
    r"(?P<next>\b(?P<season>(?:våren|sommaren|hösten|vintern|sommeren|høsten|foråret|efteråret) )(?:därpå|därefter|efter|etter|derpå)\b"
    r"|\båret (?:därpå|därefter|efter|etter|derpå)\b|\b(?:följande|påföljande|følgende|nästa|neste|næste) år\b"
    r"|\bthe (?:following|next) year\b|\bthe year after\b)",
    re.IGNORECASE,
)
_SEATED = re.compile(rf"(?:Även i|Också i|Også i|I|In) (?P<place>{WORD}) (?:finns|har|fanns|finnes|er|is|has)\b")
_TURN = re.compile(
    r"\b(årsskifte\w*|årsskift\w*|turn of the year) (?:19|20)\d\d\s?[/–-]\s?(?:20)?(\d\d)\b", re.IGNORECASE
)
_EVENT = re.compile(rf"(?<![^\s]){YEAR.pattern}[:–-]? ?(?= [A-ZÅÄÖÆØ])".replace("[:–-]? ?(?= ", "[:–-]?(?= "))
_ENDS_IN_YEAR = re.compile(rf"{YEAR.pattern}$")
_SHORT = 20  # characters between two years of one statement
_CLAUSE_END = re.compile(
    r"[,;:–]\s|\s(?:och|og|and|men|but|medan|mens|while|efter|etter|after|sedan|innan|före|before|följt)\s"
)
_SUBJECT = 12  # characters before the subject of a sentence: "I Boden …", "Også …"
_LAST_PART = 6  # letters of what a name ends with
_OPENING = 0.8  # what begins the method section is likely how it began
_EARLY = 8  # sentences
_AROUND = 90  # characters on either side of a year that say what it is
_DATE_LINE = 12  # words; a longer line is of a sentence
_TIMELINE = 4  # years of a sentence that tells one after the other
_MOST = 200  # years of a sentence; what has more is a table
_ENOUGH, _ALONE = 0.6, 0.3  # of several years; of the only one, if it is not the publication's


def start_year(
    facts: Iterable[tuple[str, str]],
    told: Iterable[Told],
    *,
    published: int | None = None,
    written: int | None = None,
    organisation: str | None = None,
) -> int | None:
    """Return the year in which the practice began, or ``None`` where nothing says so.

    A fact box's word is final. Otherwise every year in the text is weighed by what its sentence says of it: a verb of
    beginning, in the method section or the lead rather than the background, speaks for it; a predecessor, a survey, an
    evaluation, a later change or another municipality than ``organisation`` speaks against. Where none will do, the
    start is reckoned from a stated duration and the year in which the paper says that it was ``written``; see
    :mod:`ingest.reckoning`.
    """
    for key, value in facts:
        if key == "start_year" and (found := YEAR.search(value)):
            return _best_of(value) if ". " in value else int(found[1])
    told = list(told)
    scores: dict[int, float] = {}
    last = 0
    for item in told:
        weight = WEIGHTS[item.where]
        named, last = _with_years_named(item.text, last)
        sentences = [event for sentence in _rows_joined(_SENTENCE.split(named)) for event in _events(sentence)]
        for position, sentence in enumerate(sentences):
            early = position < _EARLY or item.where == "background"  # the end of the background is nearest to the start
            opening = _OPENING if item.where == "method" and position < 3 else 0.0
            opening += _OPENING if item.where == "title" and sign.SPAN_OF_YEARS.search(sentence) else 0.0
            for year, score in _weighed(sentence, item.where, organisation):
                if published is None or year <= published:
                    score = weight * (1.0 if early else 0.7) * (score + opening)
                    scores[year] = max(scores.get(year, 0.0), score)
    if not scores:
        return reckoned_start(told, written=written)
    best = max(scores, key=lambda year: (scores[year], -year))
    enough = _ALONE if len(scores) == 1 and best != published else _ENOUGH
    return best if scores[best] >= enough else reckoned_start(told, written=written)


def _best_of(value: str) -> int:
    """The start that a fact tells in several clauses: "Provades 2014, stängdes 2016. Återöppnade 2018"."""
    weighed = [item for sentence in _SENTENCE.split(value) for item in _weighed(sentence, "box", None)]
    return max(weighed, key=lambda item: (item[1], -item[0]))[0]


def _rows_joined(sentences: Sequence[str]) -> Iterator[str]:
    """Join a table of years that its last year parts from its event: "2018 Enkät … feb 2021" and "Linjen öppnar …"."""
    table = ""
    for sentence in sentences:
        if table and _ENDS_IN_YEAR.search(table):
            table = f"{table} {sentence}"
        else:
            if table:
                yield table
            table = sentence
        if not YEAR.match(table):
            yield table
            table = ""
    if table:
        yield table


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


def _weighed(sentence: str, where: str, organisation: str | None) -> Iterator[tuple[int, float]]:
    """Each year of a sentence, and how much the sentence says for it as the start."""
    years = list(islice(YEAR.finditer(sentence), _MOST))
    if not years:
        return
    # What stands anywhere in the sentence is looked for once, not once a year: a table may be one sentence.
    answer, period = sign.IT_WAS.search(sentence), sign.PERIOD.search(sentence)
    still, person = sign.STILL.search(sentence), sign.PERSON.search(sentence)
    others = organisation is not None and where != "title" and _is_of_others(sentence, organisation)
    dated = sign.DATE_LINE.fullmatch(sentence)
    own = still and organisation is not None and sentence.startswith(organisation)
    founded = sign.FOUNDED.match(sentence) or (organisation and _is_founding(sentence, organisation))
    since_first = sign.SINCE_FIRST.match(sentence)
    span = sign.SPAN_OF_YEARS.search(sentence)
    lasted = {found["year"] for found in (period, span) if found and sign.LASTED.search(sentence)}
    project = span and sign.PROJECT.search(sentence)
    for match, (first, last) in zip(years, _clauses(sentence, years), strict=True):
        around = sentence[max(first, match.start() - _AROUND) : min(last, match.end() + _AROUND)]
        before = sentence[max(first, match.start() - _AROUND) : match.end()]
        near = before + sentence[match.end() : match.end() + _AROUND].partition(", ")[0]
        signs = (
            (1.6, sign.START.search(around)),
            (2.5, sign.THE_START.search(before)),
            (1.6, answer),  # an answer to "when did you start?"
            # Results are counted from the start.
            (1.6, where == "after" and period and period["year"] == match[1]),
            (1.0, span and span.start() == match.start() and sign.PROJECT.search(around)),
            (-1.0, span and project and int(match[1]) > int(span[0][:4])),  # what the project became
            (0.6, sign.NOT_UNTIL.search(before)),
            (1.2, sign.FIRST.search(around)),
            (0.4 if where != "after" else 0.75, sign.MOMENT.search(before)),
            (0.6, sign.WE.search(around)),
            (1.6, match[1] in lasted),
            (-1.5, where == "background" and sign.EXISTED.search(around)),
            (-0.5, sign.ALSO.search(around)),
            (0.2 if where == "background" else 1.0, sign.SINCE.search(before) and not sign.FROM.search(before)),
            (-1.5, sign.NOT_SINCE.search(before)),
            (0.4, sign.FROM.search(before)),
            (1.2, sign.EVER_SINCE.match(sentence, match.end())),
            (0.8, where not in {"background", "after"} and still and still.end() == match.end()),
            (0.8, where in {"lead", "method"} and since_first and since_first.end() == match.end()),
            (0.8, own and still and still.end() == match.end()),
            (
                0.8,
                where in {"lead", "method"}
                and organisation
                and sign.IN_YEAR.match(sentence)
                and organisation in around,
            ),
            (-1.6, person and person.end() <= match.start()),
            (-2.0, sign.HAD.search(before)),
            (-1.2, where == "background" and sign.HAD_IN.search(before)),
            (-1.2, sign.BEFORE.search(near)),
            (-1.2, sign.DATED.search(before) or sign.DATE_KEY.search(before)),
            (-2.5, where == "method" and sign.STUDIED.search(sentence)),
            (-3.0, dated or sign.STAMPED.search(before)),
            (0.7, sign.AGREED.search(around)),
            (-1.5, others),
            (-1.6, founded),
            (-0.8, len(years) >= _TIMELINE),
            (-0.4, sign.STAMP.match(sentence, match.end())),
            (0.8, sign.NOW_FORM.search(around)),
            (-1.2, sign.FUTURE.search(around)),
            (-0.2, sign.DECIDED.search(around)),
            (-0.9, sign.LATER.search(around)),
        )
        yield int(match[1]), 0.3 + sum(weight for weight, found in signs if found)


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
