"""Years: when the practice began, and when the document was published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ingest.bodies import WORD, bodies_in
from ingest.gazetteer import places

YEAR = re.compile(r"(?<![\d.,:/])(19[6-9]\d|20[0-4]\d)(?![\d]|[.,:]\d|[-’']?(?:tal|årene|erne|åra|s\b))")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÆØ»”\"“0-9])|\n")
_START = re.compile(
    r"\b(?:f[öøo]rste?a?\s(?:\w+\s)?(?:kurs|ärende|samtal|möt|träff|grupp|omgång|deltag|kull|föräldr|foreldr|forældr|mamm|mødr|unga|unge|elev|hembesök|telefon|anrop|uppdrag|gång|møte|gruppe|hold|samtale|meeting|cohort|course)\w*|start(?:ade|ar|at|et|ede|ed|a|en)?|startskott\w*|började\w*|börjat|inleddes|öppnade[s]?|öppnat|infördes|införde|inrättade[s]?|bildades|bildade|"
    r"etablerades|lanserades|grundades|stiftades|togs? emot sitt första|tog sin början|tok til|tog sin begyndelse|drog igång|tog fart|fick fart|innle(?:det|des|dte)s?|indled(?:t|tes|es)|kom till|växte fram|uppstod|togs fram|vokste fram|påbörjades|påbegyn[dt]t?e?s?|prövades|piloterades|afprøvet|prøvd ut|utprøvd|rullades ut|kom i gång|satte igång|satt igång|slog upp|sattes i drift|tog(?:s)?\s(?:(?:\w+\s){0,3})i (?:bruk|drift)|av stapeln|invig(?:des|d|ningen)|kom upp|drogs i gång|föddes|tog form|såg dagens ljus|sattes upp|premiär\w*|gavs|hölls|holdt|så dagens lys|drogs igång|kom igång|sjösattes|tillsattes|anställdes|anställde|har funnits|funnits|\bi g[aå]ng|igång|gikk? i gang|tillträdde|byggdes (?:\w+ ){0,2}upp|på plats|på plass|på plads|f(?:ick|ikk) (?:\w+ ){1,3}(?:en|ett|et|ei) (?:\w+ )?\w*(?:samordnare|koordinator|team|linje|telefon|gruppe?|mottagning|tjänst)|"
    r"begynte|begyndte|stiftet|grunnlagt|grundlagt|sat i drift|satt i drift|sat i verden|(?:satt?|satte?s?) på (?:gaden|gata)|blev født|ble født|holdt første|åbner|så dagens lys|åpne[tr]?|åpna|åbnede|åbnet|opprettet|oprettet|oprettede|etablert|etableret|innført|indført|indførte|satt i gang|sat i gang|blev til|har eksistert|har eksisteret|"
    r"began|begun|piloted|start(?:ed|s)|launched|opened|set up|established|introduced|founded|has run|have run|has been running|went live|created|appointed)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:sedan|siden|since|från och med|fra og med|från|fra|from|i gång sedan)\s+(?:[\w.]+\s+){0,3}(?:19|20)\d\d",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<!^)\b(?:från|fra|from)\s(?:\w+\s){0,2}(?:19|20)\d\d$")
_EVER_SINCE = re.compile(
    r",?\s(?:och|og|and)\s(?:har\s|has\s|have\s)?(?:sedan dess|siden|sidan|since then|ever since)\b", re.IGNORECASE
)
_SINCE_FIRST = re.compile(r"(?:Sedan|Siden|Since)\s(?:[\w.]+\s){0,3}(?:19|20)\d\d")
_STILL = re.compile(
    r"\b(?:har|finns|drivs|drives|leds|ledes|pågår|är|driver|bedriver|arbetar|leder|ger|erbjuder|tillbyr|driv|arbeider|arbejder|tilbyder|finnes|has|have|runs|"
    r"works|offers|is|are)\b[^.;:]{0,90}?\b(?:sedan|siden|since)\s+(?:[\w.]+\s+){0,3}(?:19|20)\d\d",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:(?:\w*(?:rapport|utredning|studie|kartläggning|kartlegging|kortlægning|enkät|undersökning|undersøkelse|undersøgelse|handbok|håndbok|håndbog|artikel|"
    r"artikkel|folder|nummer|forprosjekt|forprojekt|förprojekt|studieresa|studiebesök|studiebesøk|studietur)(?:en|et|n|er|ar)?|report|study|survey|review|issue|"
    r"article|handbook|visit)(?:\s\w+){0,2}|(?:var|är|er|is|was|dated)\s(?:från|fra|from)|\w{3,}(?:en|et|an)\s(?:från|fra)(?:\s\w+)?)\s(?:19|20)\d\d$",
    re.IGNORECASE,
)
"""When something else was written or made: "en handbok från 2016"."""
_DATE_KEY = re.compile(
    r"\b(?:dato|datum|date|daterad|dateret)\W{1,3}(?:\d+\.?\s)?(?:\w+\s)?(?:19|20)\d\d$", re.IGNORECASE
)
_STUDIED = re.compile(
    r"\b(?:intervju\w*|interview\w*|respondent\w*|informant\w*|data(?:insamling|innsamling)\w*|materialet|urval\w*|kodades|samlade (?:vi )?in|samlet (?:vi )?inn|indsamle\w*|fieldwork|coded)\b",
    re.IGNORECASE,
)
"""What a study's method tells."""
_AGREED = re.compile(
    r"\b(?:avtal|aftale|avtale|överenskommelse|agreement)\w*\b|\b(?:skrevs|skrev) under|undertecknades|\bsigned\b",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"(?<!has )(?<!have )\b(?:hade|havde|had|fanns|fantes)\b[^.;:]{0,60}\b(?:sedan|siden|since)\s+(?:[\w.]+\s+){0,3}(?:19|20)\d\d",
    re.IGNORECASE,
)
_HAD_IN = re.compile(r"(?<!has )(?<!have )\b(?:hade|hadde|havde|had)\b[^.;:,]{0,40}\b(?:19|20)\d\d$")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[–-]\s?(?:19|20)\d\d(?!\d)")
_PROJECT = re.compile(r"\b\w*(?:projekt|prosjekt|pilot|försök|forsøg|forsøk|project|trial)\w*", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:han|hon|hun|she|he|\w+s karriär|(?:jag|jeg|eg|I) (?:började|begyndte|begynte|started|joined|kom)|har (?:haft|hatt) (?:stillingen|tjänsten|jobbet))\b|^(?!I |Det |Da |Då |Vi |In |We )[A-ZÅÄÖÆØ]\w+ (?:began|begyndte|begynte|började) i\b",
)
_ALSO = re.compile(
    r"\b(?:också|även|dessutom|tillkom|tilkom|også|also|now|deltar|deltager|anslöt|anslutit|gick med|gikk med|gik med|joined)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:första|fö?rste|første|first)\b", re.IGNORECASE)
_MOMENT = re.compile(
    r"\b(?:januari?|februari?|mars|marts|march|april|maj|mai|may|jun[ie]|jul[iy]|august[i]?|september|o[kc]tober|november|de[cs]ember|"
    r"våren|vår|sommaren|hösten|vintern|vinteren|høsten|foråret|sommeren|efteråret|spring|summer|autumn|winter|(?:vår|höst)terminen|advent) (?:of )?(?:19|20)\d\d$",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:vi|we)\b", re.IGNORECASE)
_LASTED = re.compile(
    r"\b(?:pågick|löpte|varade|drevs|genomfördes|pågått|varte|foregikk|løp|løb|forløb|varede|ran|lasted)\b"
)
_EXISTED = re.compile(
    r"\b(?:har funnits|funnits|fanns|grunda\w*|stifta\w*|har eksister\w*|eksistert|eksisteret|grundlagt|grunnlagt|founded|har existerat|(?:har|has) existed)\b",
    re.IGNORECASE,
)
"""What is said of bodies and of what was there before."""
_FOUNDING = re.compile(
    r" (?:\w+ )?(?:bildades|inrättades|grundades|stiftades|öppnade|byggdes|invigdes|ble (?:stiftet|opprettet)|blev (?:stiftet|oprettet)|was (?:founded|set up|established|built)|åpnet|åbnede)\b"
)
_FOUNDED = re.compile(
    r"(?:[A-ZÅÄÖÆØ]\w*)?(?:förvaltningen|nämnden|förbundet|föreningen|myndigheten|museet|anstalten|fängelset|fengselet|fængslet|kyrkan|kirken|församlingen|"
    r"organisationen|organisasjonen|klubben|bolaget|stiftelsen|universitetet|högskolan|foreningen|forvaltningen)(?: [A-ZÅÄÖÆØ]\w+)?"
    + _FOUNDING.pattern,
    re.IGNORECASE,
)
_NOT_UNTIL = re.compile(r"\b(?:först|først|not until)\s(?:\w+\s){0,2}(?:19|20)\d\d$", re.IGNORECASE)
_THE_START = re.compile(
    r"\b(?:starten|öppnandet|invigningen|oppstarten|opstarten|åpningen|åbningen|the (?:start|launch|opening))\s(?:i|in|på|den|of|on|av|af)?\s?(?:\w+\s){0,2}(?:19|20)\d\d",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:från|mellan|fra|mellem|mellom|from|between)\s(?:\w+\s){0,5}(?P<year>(?:19|20)\d\d)\s(?:till|och|til|og|to|and)\s(?:\w+\s){0,6}(?:19|20)\d\d",
    re.IGNORECASE,
)
_IT_WAS = re.compile(r"^(?:–\s)?(?:Det var|Det ble|Det blev|It was)\s(?:\w+\.?\s){0,4}(?:19|20)\d\d\.?$")
_BEFORE = re.compile(
    r"\b(?:tidigare|igen|föregångare\w*|dessförinnan|redan|lades? (?:ned|ner)|lagts ned|upphörde|projektet \w+ 20|gaml[ae]|förra|förre|tidligere|forgjenger\w*|forgænger\w*|lagt ned|nedlagt|forrige|"
    r"earlier|previous\w*|predecessor|closed|hade haft|havde købt|had bought|enkät\w*|undersökning\w*|kartläggning\w*|survey|kartlegging\w*|undersøgelse\w*|granskning\w*|rapport\w*|lag(?:en)?\s\(|\w*attack\w*|\w*dåd\w*|mord\w*|greps|dömdes|hotade|(?:landets|alla|sveriges|svenska) kommuner|har kommunerna|kommunerna har|har kommunene|har kommunerne|demonstr\w*|upplopp\w*|skjut\w*|skyting\w*|skyderi\w*|bränd\w*|brann|riot\w*|reform\w*|(?:regeringen|riksdagen|stortinget|folketinget) \w+|regeringens|valet i)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:beslutade|beslut|vedtok|vedtog|besluttede|bestämde|decided|agreed|ansökte|planera\w*|skrevs|begärde)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:permanent\w*|ordinarie|ordinær\w*|utökade[s]?|utvidga\w*|utvärder\w*|evaluer\w*|evaluat\w*|till och med|fram till|hittills|under 20\d\d|resultat\w*|"
    r"utvidet|udvidet|expanded|until|reviewed|reviderades|uppdaterades|statistik)\b",
    re.IGNORECASE,
)


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
_SHORT = 20  # characters between two years of one statement
_CLAUSE_END = re.compile(
    r"[,;:–]\s|\s(?:och|og|and|men|but|medan|mens|while|efter|etter|after|sedan|innan|före|before|följt)\s"
)
_SUBJECT = 12  # characters before the subject of a sentence: "I Boden …", "Også …"
_OPENING = 0.8  # what begins the method section is likely how it began
_EARLY = 8  # sentences
_AROUND = 90  # characters on either side of a year that say what it is
_DATE_LINE = 12  # words; a longer line is of a sentence
_TIMELINE = 4  # years of a sentence that tells one after the other
_MOST = 200  # years of a sentence; what has more is a table
_ENOUGH = 0.6


def start_year(
    facts: Iterable[tuple[str, str]],
    told: Iterable[Told],
    *,
    published: int | None = None,
    organisation: str | None = None,
) -> int | None:
    """Return the year in which the practice began, or ``None`` where nothing says so.

    A fact box's word is final. Otherwise every year in the text is weighed by what its sentence says of it: a verb of
    beginning, in the method section or the lead rather than the background, speaks for it; a predecessor, a survey, an
    evaluation, a later change or another municipality than ``organisation`` speaks against.
    """
    for key, value in facts:
        if key == "start_year" and (found := YEAR.search(value)):
            return int(found[1])
    scores: dict[int, float] = {}
    last = 0
    for item in told:
        weight = WEIGHTS[item.where]
        named, last = _with_years_named(item.text, last)
        for position, sentence in enumerate(_SENTENCE.split(named)):
            early = position < _EARLY or item.where == "background"  # the end of the background is nearest to the start
            opening = _OPENING if item.where == "method" and position < 3 else 0.0
            opening += _OPENING if item.where == "title" and _SPAN_OF_YEARS.search(sentence) else 0.0
            for year, score in _weighed(sentence, item.where, organisation):
                if published is None or year <= published:
                    score = weight * (1.0 if early else 0.7) * (score + opening)
                    scores[year] = max(scores.get(year, 0.0), score)
    if not scores:
        return None
    best = max(scores, key=lambda year: (scores[year], -year))
    return best if scores[best] >= _ENOUGH else None


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
    answer, period = _IT_WAS.search(sentence), _PERIOD.search(sentence)
    still, person = _STILL.search(sentence), _PERSON.search(sentence)
    others = organisation is not None and where != "title" and _is_of_others(sentence, organisation)
    founded = _FOUNDED.match(sentence) or (organisation and _is_founding(sentence, organisation))
    since_first = _SINCE_FIRST.match(sentence)
    span = _SPAN_OF_YEARS.search(sentence)
    lasted = {
        found["year"] for found in (period, _SPAN_OF_YEARS.search(sentence)) if found and _LASTED.search(sentence)
    }
    project = span and _PROJECT.search(sentence)
    for match, (first, last) in zip(years, _clauses(sentence, years), strict=True):
        around = sentence[max(first, match.start() - _AROUND) : min(last, match.end() + _AROUND)]
        before = sentence[max(first, match.start() - _AROUND) : match.end()]
        near = before + sentence[match.end() : match.end() + _AROUND].partition(", ")[0]
        signs = (
            (1.6, _START.search(around)),
            (2.5, _THE_START.search(before)),
            (1.6, answer),  # an answer to "when did you start?"
            # Results are counted from the start.
            (1.6, where == "after" and period and period["year"] == match[1]),
            (1.0, span and span.start() == match.start() and _PROJECT.search(around)),
            (-1.0, span and project and int(match[1]) > int(span[0][:4])),  # what the project became
            (0.6, _NOT_UNTIL.search(before)),
            (1.2, _FIRST.search(around)),
            (0.4, _MOMENT.search(before)),
            (0.6, _WE.search(around)),
            (1.6, match[1] in lasted),
            (-1.5, where == "background" and _EXISTED.search(around)),
            (-0.5, _ALSO.search(around)),
            (0.2 if where == "background" else 1.0, _SINCE.search(before) and not _FROM.search(before)),
            (0.4, _FROM.search(before)),
            (1.2, _EVER_SINCE.match(sentence, match.end())),
            (0.8, where not in {"background", "after"} and still and still.end() == match.end()),
            (0.8, where in {"lead", "method"} and since_first and since_first.end() == match.end()),
            (-1.6, person and person.end() <= match.start()),
            (-2.0, _HAD.search(before)),
            (-1.2, where == "background" and _HAD_IN.search(before)),
            (-1.2, _BEFORE.search(near)),
            (-1.2, _DATED.search(before) or _DATE_KEY.search(before)),
            (-2.5, where == "method" and _STUDIED.search(sentence)),
            (0.7, _AGREED.search(around)),
            (-1.5, others),
            (-1.6, founded),
            (-0.8, len(years) >= _TIMELINE),
            (-0.2, _DECIDED.search(around)),
            (-0.9, _LATER.search(around)),
        )
        yield int(match[1]), 0.3 + sum(weight for weight, found in signs if found)


def _is_founding(sentence: str, organisation: str) -> bool:
    """Whether a sentence tells when the organisation itself began, by its name or its initials."""
    initials = "".join(word[0] for word in organisation.split() if len(word) > 3).upper()
    names = [organisation, *([initials] if len(initials) > 2 else [])]
    return any(sentence.startswith(name) and _FOUNDING.match(sentence, len(name)) for name in names)


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


def published_year(facts: Iterable[tuple[str, str]], lead: Sequence[str], created: str | None) -> int | None:
    """Return the year of publication: from a fact box, a dated line on the first page, or the file's own date."""
    for key, value in facts:
        if key == "published_year" and (found := YEAR.search(value)):
            return int(found[1])
    for text in lead:
        years = YEAR.findall(text)
        if len(text.split()) <= _DATE_LINE and years and text[-1:] != "." and not _SINCE.search(text):
            return int(years[-1])
    found = re.match(r"D:(\d{4})", created or "")
    if (created or "").startswith("D:20000101"):  # what programs write that want the same bytes every time
        return None
    return int(found[1]) if found and 1990 <= int(found[1]) <= 2100 else None
