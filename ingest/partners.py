"""With whom and for whom: partners and target groups, from facts, or else from what sentences say of them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.bodies import UPPER, WORD, bodies_in
from ingest.facts import Fact, values
from ingest.gazetteer import places
from kb.privacy import holds_contact, masked

_MOST = 8
_LONGEST_SENTENCE = 400  # characters
_SENTENCE = re.compile(rf"(?<=[.!?])\s+(?=[{UPPER}»”\"“–0-9])|\n")
_ACTORS = re.compile(
    r"\b(?:Polismyndigheten|[Pp]olisen(?: i [A-ZÅÄÖ]\w+)?|[Ll]okalpolisen|[Nn]ärpolisen(?: i [A-ZÅÄÖ]\w+)?|[Kk]ommunpolisen|[Gg]ränspolisen|"
    r"Säkerhetspolisen|Kriminalvården|[Ff]rivården|Arbetsförmedlingen|Försäkringskassan|Migrationsverket|Skolverket|Socialstyrelsen|"
    r"Länsstyrelsen|Brottsförebyggande rådet|Brå|Center mot våldsbejakande extremism|Mediemyndigheten|Statens institutionsstyrelse|"
    r"Svenska kyrkan(?: i [A-ZÅÄÖ]\w+)?|Rädda Barnen|Röda [Kk]orset|Fryshuset(?: [A-ZÅÄÖ]\w+)?|Exit [A-ZÅÄÖ]\w+|Stiftelsen \w+|IF Metall|Hyresgästföreningen|"
    r"Studieförbundet \w+|ABF|Bilda|Ibn Rushd|Sverok|Stadsmissionen|\w+ [Ss]tadsmission|Friends|Sensus|Vuxenskolan|"
    r"NAV(?: [A-ZÆØÅ]\w+)?|Nav(?: [A-ZÆØÅ]\w+)|PST|Politiets sikkerhetstjeneste|Kriminalomsorgen|Kirkens Bymisjon(?: [A-ZÆØÅ]\w+)?|Blå Kors|Røde Kors(?: Ungdom)?|"
    r"Redd Barna|Barnevernet|Den norske kirke|Kriminalforsorgen|Politiets Efterretningstjeneste|PET|SSP(?: [A-ZÆØÅ]\w+)?|Jobcenter \w+|Red Barnet|"
    r"Mødrehjælpen|Politiet|[Pp]olitiet|Police Scotland|NHS \w+|Home Office|Red Cross|Salvation Army|Citizens Advice|Barnardo[’']s)\b"
)
"""National bodies whose names say nothing of a place; official names are facts."""
_SEVERAL = re.compile(rf"(?P<names>(?:{WORD}, ){{0,20}}{WORD} (?:och|og) {WORD}) kommuner\b")
"""Several in one: "Gislaveds, Gnosjö och Vaggeryds kommuner"."""
_TOGETHER = re.compile(
    r"\b(?:samverka\w*|samverkan|samarbet\w*|tillsammans|medverka\w*|partner\w*|ingår|deltar|deltog|deltagit|bidrar|bidragit|bistår|representant\w*|"
    r"sitter|består av|bemannas|leds av|delas med|gemensamt|avtal med|utsett|hjälper|stöd från|bidrag från|finansieras|utöver kommunen|"
    r"samarbeid\w*|sammen|medvirk\w*|deltek|deltar|bidrar|består av|avtale med|samarbejd\w*|deltager|bidrager|bidraget|aftale med|består af|"
    r"together|partner\w*|works? with|working with|joint\w*|alongside|take part|takes part|made up of|contribut\w*|seconded)\b"
)  # for text in lower case: to ignore case takes three times as long
_AGAINST = re.compile(
    r"\b(?:inspir\w*|studiebesök|besökte|utvärder\w*|evaluer\w*|rapport\w*|granska\w*|uppmärksamma\w*|förebild|visited|evaluated|critici[sz]ed|"
    r"uppdrag av|på uppdrag|anmäl\w*|undersök\w*)\b",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\b(?:målgruppen? (?:är|er|var)|målgruppa er|riktar (?:sig|oss) (?:till|mot)|vänder (?:sig|oss) till|riktade sig till|är till för|är avsed[dt] för|"
    r"stöd(?:et)? (?:till|för)|(?:verksamhet|insats|kurs|mottagning|program|linje|telefon)\w* för|retter seg (?:mot|til)|rettet mot|tilbud til|"
    r"retter sig mod|henvender sig til|er rettet mod|aimed at|is for|are for|target group is|supports|open to)\s+"
    r"(?P<what>(?!att |å |at |to |alla som undrar|den här|det här|this |that )[^.;:!?]{4,110})",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:tillsammans med|i sam(?:arbete|verkan) med|sammen med|i samar?bei?[jd]e? med|together with|in partnership with) (?P<whom>.+)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"^\w*(?:förvaltningen|nämnden|enheten|forvaltningen|avdelingen|afdelingen)$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"ung(?:a|e|dom)|barn|elev|förälder|föräldr|anhörig|syskon|familj|lärare|personal|vuxna|kvinn|män\b|pojk|flick|tjej|kill|avhoppar|återvändar|"
    r"klient|intern|tjänste|medarbet|chef|invånar|medborg|allmänhet|grannar|förening|trossamfund|nyanländ|äldre|deltagare|mammor|pappor|ledare|"
    r"handläggar|rådgiv|personer|foreldr|pårørende|ansatte|lærer|innsatte|mødre|voksne|kvinner|menn|jente|gutt|forældre|børn|pårørende|medarbejder|"
    r"indsatte|kvinder|mænd|drenge|piger|borger|young|people|children|pupil|student|parent|famil|relative|teacher|staff|women|men\b|adult|resident|worker|prisoner",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",?\s+(?:som|der|vilka|när|om|för att|så att|där|och (?:som|har|är|får|kan|drivs|leds|ges)|that|who|which|when|for å|for at|så|men|but|eftersom|"
    r"med (?:stöd|hjälp)|genom)\s.*$"
)
_MORE = re.compile(
    r"^(?:andra|även|också|särskilt|främst|fremst|især|blant andre|in particular|especially|mainly)\s+", re.IGNORECASE
)


def partners_of(
    facts: Sequence[Fact], paragraphs: Iterable[str], *, organisation: str | None
) -> tuple[str, ...] | None:
    """Return with whom the example is run, as the document prints it: a fact's list, or the bodies that take part.

    In prose a body counts where its sentence speaks of working together, and not of a visit or an evaluation.
    """
    stated = _stated(facts, "partners") or _joined_to_owner(facts)
    if stated:
        return stated
    own = organisation or ""
    found: dict[str, None] = {}
    for sentence in _sentences(paragraphs):
        if _TOGETHER.search(sentence.lower()) and not _AGAINST.search(sentence):
            found |= {name: None for name in _actors_in(sentence) if name not in own and own not in name}
    return tuple(_shortest_out(found))[:_MOST] or None


def target_groups_of(facts: Sequence[Fact], paragraphs: Iterable[str]) -> tuple[str, ...] | None:
    """Return for whom the example is, as the document prints it: a fact's list, or what a sentence says it is aimed at."""
    # A key such as "Vem" may stand for who does it too.
    stated = [group for group in _stated(facts, "target_groups") if not _actors_in(group) and not _OFFICE.match(group)]
    stated = [group for group in stated if group not in places()]  # "deltagare" may be listed by where they are from
    if stated:
        return tuple(stated)
    for sentence in _sentences(paragraphs):
        for match in _AIMED.finditer(sentence):
            people = [group for group in _groups(_CUT.sub("", match["what"]).strip()) if _PEOPLE.search(group)]
            if people:
                return tuple(dict.fromkeys(people))[:_MOST]
    return None


def _stated(facts: Sequence[Fact], key: str) -> tuple[str, ...]:
    return _without_persons(value for fact in facts if fact.key == key for value in values(fact.value))


def _joined_to_owner(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Those that a fact names after its owner: "Ekby kommun tillsammans med Polisen och Lärkskolan"."""
    found = (_WITH.search(fact.value) for fact in facts if fact.key in {"organisation", "target_groups"})
    return next((_without_persons(values(match["whom"])) for match in found if match), ())


def _without_persons(stated: Iterable[str]) -> tuple[str, ...]:
    """Mask persons, addresses and numbers; leave out what was nothing else. "Nora Kommun" is no person."""
    public = (value if any(bodies_in(value)) and not holds_contact(value) else masked(value) for value in stated)
    return tuple(dict.fromkeys(value for value in public if re.search(r"\w", value)))


def _sentences(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (sentence for sentence in _SENTENCE.split(paragraph) if len(sentence) <= _LONGEST_SENTENCE)


def _actors_in(sentence: str) -> list[str]:
    bodies = [(body.start, body.name) for body in bodies_in(sentence)]
    known = [(match.start(), match[0]) for match in _ACTORS.finditer(sentence)]
    several = [
        (joined.start() + each.start(), f"{each[0]} kommun")
        for joined in _SEVERAL.finditer(sentence)
        for each in re.finditer(WORD, joined["names"])
    ]
    return [name for _, name in sorted([*bodies, *known, *several])]


def _shortest_out(names: Iterable[str]) -> list[str]:
    """Leave out a name that another has in it: "Polisen" beside "Polisen i Kalmar"."""
    several = list(names)
    return [name for name in several if not any(name != other and name in other for other in several)]


def _groups(phrase: str) -> list[str]:
    parts = values(phrase) if "," in phrase or len(phrase) > 70 else (phrase,)
    split = [piece for part in parts for piece in re.split(r"\s(?:och|og|and|samt)\s(?=\w+\s*$)", part)]
    return [_MORE.sub("", piece.strip()) for piece in split if 2 < len(piece) < 90]
