"""With whom an example is run: from facts, or else from what sentences say of working together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ingest.bodies import UPPER, WORD, bodies_in
from ingest.facts import Fact, values
from ingest.gazetteer import places
from kb.privacy import holds_contact, masked

_LETTER = re.compile(r"\w")
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
_POLICE = re.compile(r"(?:kommun|lokal|när|områdes)?poli(?:sen|tiet)", re.IGNORECASE)
_DISTRICT = re.compile(
    r"\b(?:Polisregion|[Pp]olisområde|Lokalpolisområde) |politidistrikt|[Pp]olitikreds|\w Politi\b|\w Police\b"
)
_WITH = re.compile(
    r"\b(?:tillsammans med|i sam(?:arbete|verkan) med|sammen med|i samar?bei?[jd]e? med|together with|in partnership with) (?P<whom>.+)$",
    re.IGNORECASE,
)


_LISTED = re.compile(
    r"\b(?:tillsammans med|i sam(?:arbete|verkan|råd) med|sam(?:arbetar|verkar|arbetat|verkat|arbetade|verkade) med|ihop med|sammen med|i samar?bei?[jd]e? med|"
    r"samarbei?[jd]er med|samarbei?[jd]et med|(?:drivs|drives|leds|ledes|ordnas|bedrivs) av [^.,;:]{3,50} med|together with|in partnership with|joint effort [^.,;:]{0,30}with|"
    r"(?:övriga |andra |øvrige |other )?(?:parter|parterna|partene|parterne|partners|partner|partnere|members) (?:är|er|are|var)|"
    r"(?:i|in) \w*(?:gruppen|gruppa|teamet|rådet|nätverket|nettverket|netværket|team|group) (?:ingår|ingick|inngår|indgår|sitter|sidder))\s(?:också |även |bland andra |blant andre |the )?"
    r"(?P<whom>[^;:!?]{3,300})",
    re.IGNORECASE,
)
"""What a list of partners follows: they are taken as they are printed, of whatever kind."""
_LIST_END = re.compile(
    r"(?<=\w{3})\.(?:\s|$)|,?\s(?:som|der|vilka|who|which|where|där|för att|for å|for at|när|då|sedan|siden|since|har|hade|är|er|om|under|varje|hver|for|för|to|"
    r"men|but|eftersom|utan|genom|via|to|tar|tog|ger|kan|ska)\s"
)
_LIST_ITEM = re.compile(r",\s(?:(?:och|og|and|samt)\s)?|\s(?:och|og|and|samt|&)\s")
_ASIDE = re.compile(
    r"^(?:(?:vid behov|ved behov|även|också|også|the|den|det|de|its?|charity)\s)+|\s(?:vid behov|ved behov|som vanligt)$|\s\([^()]*\)?$"
)
_NAMED = re.compile(
    rf"(?:\w*(?:föreningen|bolaget|anstalten|församlingen|förbundet|foreningen|senteret|centret|skolan|skolen|gymnasiet|moskén|moskeen|kyrkan|klubben|stiftelsen|"
    rf"institutet|museet|biblioteket|psykiatrin|polisen|charity)\s(?:(?:i|in)\s)?)?"
    rf"[{UPPER}][\w.:’'-]*(?:\s(?:(?:i|in|of|på|for|för|og|och|and|the|de)\s)?[{UPPER}][\w.:’'-]*){{0,5}}"
    r"|[a-zåäöæø]*(?:polisen|politiet|skolan|skolen|skolerne|bolaget|tjänsten|tjenesten|psykiatrin|psykiatrien|kyrkan|kirken|kirka|vården|foreningen|föreningen|"
    r"kommunerna|kommunene|kommunerne|biblioteket|förvaltningen|forvaltningen|samfunden|ungdomspsykiatrin)"
    rf"|[{UPPER}][\w-]+\s(?:kommune?|stad|universitet|församling|stift|menighet|pastorat|politidistrikt|kommuner)"
)
"""One partner in a list: a name, or a body in the definite form."""
_GIVES = re.compile(
    r"^(?:\s\([^()]{0,40}\))?\s(?:ställer|stiller|står för|står for|bidrar|bidrager|bidro|handleder|håller|holder|deltar|deltager|medverkar|hjälper|hjelper|hjælper|"
    r"har utsett|har bidragit|kompletterar|veileder|vejleder|tar över|tar emot|tar imot|lånar ut|låner ut|ordnar|betalar|betaler|provides?|contributes?|hosts?|trains?)\b"
)


_TAKING_PART = re.compile(
    r"(?P<whom>[^;:!?]{3,250}?)\s(?:(?:är|er|are) (?:sam\w+|project |our |våre |våra )?part(?:ners?|nere|er)\b|(?:deltar|deltager|medverkar|medvirker|ingår|har varit med|har vært med|har været med|"
    r"take part|are involved)\b)",
)


def partners_of(
    facts: Sequence[Fact], paragraphs: Iterable[str], *, organisation: str | None
) -> tuple[str, ...] | None:
    """Return with whom the example is run, as the document prints it: a fact's list, or the bodies that take part.

    In prose a body counts where its sentence speaks of working together, and not of a visit or an evaluation.
    """
    own = organisation or ""
    stated = stated_values(facts, "partners") or _joined_to_owner(facts)
    if stated := tuple(name for name in stated if name != own):
        return stated
    found: dict[str, None] = {}
    for sentence in sentences(paragraphs):
        if not _AGAINST.search(sentence):
            found |= {name: None for name in (*_listed_in(sentence), *_giver_of(sentence)) if _is_other(name, own)}
        if _TOGETHER.search(sentence.lower()) and not _AGAINST.search(sentence):
            found |= {name: None for name in actors_in(sentence) if _is_other(name, own)}
    return tuple(_shortest_out(found))[:_MOST] or None


def _listed_in(sentence: str) -> list[str]:
    """The partners that are listed after a phrase of working together."""
    found: list[str] = []
    for match in _LISTED.finditer(sentence):
        found += takewhile(_NAMED.fullmatch, _items(_LIST_END.split(match["whom"].rstrip(". "))[0]))
    taking_part = _TAKING_PART.match(sentence)
    items = _items(taking_part["whom"]) if taking_part else []
    return found + (items if len(items) > 1 and all(map(_NAMED.fullmatch, items)) else [])


def _items(listed: str) -> list[str]:
    return [_ASIDE.sub("", item.strip()) for item in _LIST_ITEM.split(listed)]


def _is_other(name: str, own: str) -> bool:
    """Whether a name is that of another body than the example's own: no person, no mere place."""
    if name in own or (own and own in name):
        return False
    return any(bodies_in(name)) or (name not in places() and masked(name) == name)


def _giver_of(sentence: str) -> list[str]:
    """The body that a sentence begins with, where it gives something: "Rädda Barnen håller en grupp"."""
    known, body = _ACTORS.match(sentence), next(bodies_in(sentence), None)
    end = known.end() if known else body.end if body and body.start == 0 else 0
    return [known[0] if known else body.name if body else ""] if end and _GIVES.match(sentence[end:]) else []


def stated_values(facts: Sequence[Fact], key: str) -> tuple[str, ...]:
    """Return what the facts called ``key`` list, without persons and their addresses."""
    return _without_persons(value for fact in facts if fact.key == key for value in values(fact.value))


def _joined_to_owner(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Those that a fact names after its owner: "Ekby kommun tillsammans med Polisen och Lärkskolan"."""
    found = (_WITH.search(fact.value) for fact in facts if fact.key in {"organisation", "target_groups"})
    return next((_without_persons(values(match["whom"])) for match in found if match), ())


def _without_persons(stated: Iterable[str]) -> tuple[str, ...]:
    """Mask persons, addresses and numbers; leave out what was nothing else. "Nora Kommun" is no person."""
    public = (value if any(bodies_in(value)) and not holds_contact(value) else masked(value) for value in stated)
    return tuple(dict.fromkeys(value for value in public if _LETTER.search(value)))


def sentences(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of texts, leaving out endless ones."""
    for paragraph in paragraphs:
        yield from (sentence for sentence in _SENTENCE.split(paragraph) if len(sentence) <= _LONGEST_SENTENCE)


def actors_in(sentence: str) -> list[str]:
    """Return the bodies that a sentence names, national ones too, in order."""
    bodies = [(body.start, body.name) for body in bodies_in(sentence)]
    known = [(match.start(), match[0]) for match in _ACTORS.finditer(sentence)]
    several = [
        (joined.start() + each.start(), f"{each[0]} kommun")
        for joined in _SEVERAL.finditer(sentence)
        for each in re.finditer(WORD, joined["names"])
    ]
    return [name for _, name in sorted([*bodies, *known, *several])]


def _shortest_out(names: Iterable[str]) -> list[str]:
    """Leave out a name that another has in it, "Polisen" beside "Polisen i Kalmar", and the police beside its district."""
    several = list({name.casefold(): name for name in names}.values())
    district = any(_DISTRICT.search(name) for name in several)

    def is_said(name: str) -> bool:
        within = any(name != other and name.casefold() in other.casefold() for other in several)
        return within or (district and bool(_POLICE.fullmatch(name)))

    return [name for name in several if not is_said(name)]
