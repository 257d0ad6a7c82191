"""Bodies that a text names: municipalities, regions, authorities, associations, schools. By patterns, in four languages.

Official names are too many and too often invented in examples to be listed: what makes a name that of a body is the
word beside it ("X kommun", "Region X", "X politikreds"). The gazetteer only tells where a name of several words begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.gazetteer import places

BodyKind = Literal["municipal", "regional", "named", "national", "other"]
"""``named``: by a word for what it is; ``national``: by its own name; ``other``: only by what is said of it."""

UPPER = "A-ZÅÄÖÆØÉÁÍÓÚÞÐ"
WORD = rf"[{UPPER}][\wåäöæøéáíóúþð’'-]{{1,60}}"  # without an end, "Aa’Aa’Aa’…" takes quadratic time
_PREFIX = (
    r"(?:(?:Upplands|Östra|Västra|Norra|Södra|Stora|Lilla|Nya|Gamla|Nordre|Søndre|Øvre|Nedre|Indre|Ytre|Vestre|Østre|Store|"
    r"Lille|Sankt|St\.?|S:t|Malå|Råde|Aust|Vest|Nord|Sør|Midt|Ny|Evje og|Møre og|Sogn og|Troms og|Syd- og|Midt- og|Nord-|Sør-|"
    r"West|East|North|South|Greater|Gamle|Gammal)\s)?"
)
_PLACE = rf"{_PREFIX}{WORD}"
_PLACES = rf"{_PLACE}(?:\s(?:och|og|and)\s{_PLACE}(?!\s(?:[Kk]ommune?|[Ss]tad)\b))?"
_MUNICIPAL = rf"(?P<municipal>{_PLACE}\s(?:kommune|Kommune|kommun|Kommun|KOMMUNE|KOMMUN|stad|Stad|STAD|[Mm]unicipality|[Rr]egionskommune))"
_COUNCIL = (
    rf"(?P<council>(?:(?:Wellbeing\sServices|London|Royal|Metropolitan)\s)*(?:Borough|City|County|Municipality|Town)\sof\s{WORD}(?:\s(?:and\s)?{WORD})?(?:\sCouncil)?"
    rf"|{WORD}\sCity\sand\sCounty\sCouncil|(?:{WORD}\s){{1,3}}?(?:(?:Metropolitan|City|Borough|County|District|Town|Parish|Community)\s)*Council)"
)
_REGIONAL = (
    rf"(?P<regional>(?:Länsstyrelsen|Länsstyrelsens?)(?:\si)?\s{_PLACES}(?:\slän)?|Statsforvalteren\si\s{_PLACES}"
    rf"|(?:Polisregion|Polisområde|Lokalpolisområde|Polisen\si)\s{_PLACE}(?:\s(?:Nord|Syd|Väst|Öst))?"
    rf"|Region\s{_PLACE}(?:s\slän|\slän|\s{WORD})?|{_PREFIX}{WORD}regionen|{_PLACE}\s(?:fylkeskommune|[Pp]olitikreds|politidistrikt|regionråd|[Kk]ommun(?:al)?förbund|län)"
    rf"|{_PLACES}\s(?:Politi|Police|Constabulary))"
)
_NAMED = (
    rf"(?P<named>(?:[Rr]iksf(?:öreningen|örbundet)|[Rr]iksorganisationen|Svenska\skyrkan(?:\si)?|Räddningstjänsten|Nav|NAV|HMP|{WORD}(?:föreningen|jouren|missionen|stiftelsen|foreningen|centralen)|[Ff]öreningen|[Ss]tiftelsen|[Ff]oreningen|[Ss]tiftinga|Nätverket|Frivården|Kriminalvården\si|Kriminalomsorgen|"
    rf"Kriminalforsorgen|(?:[Ss]tads|[Kk]ommun|[Ff]olke)?[Bb]iblioteket\si|Infohus|Ungdomsjouren|Anstalten|Häktet|(?:Fengselet|Fængslet|Fängelset)(?:\si)?|Bydel|Stadsdelsförvaltningen|Socialförvaltningen\sSDF|"
    rf"Studieförbundet|Bostadsbolaget|Samordningsförbundet|Kommunalförbundet|Kommunförbundet|Förbundet|(?:Bostads|Fastighets)\sAB|AB)\s{_PLACE}(?:\s(?:på\s)?{WORD}(?!\s(?:[Kk]ommune?|[Ss]tad)\b))?"
    rf"|(?:Högskolan|Universitetet|Høgskolen|Høgskulen|Kulturskolan|Musikskolan|Folkhögskolan|Ungdomsskolen|Produktionsskolen)\si\s{_PLACE}|Högskolan\s{_PLACE}|University\sof\s{_PLACE}|{WORD}\sUniversity"
    rf"|{WORD}\s(?:{WORD}\s)?(?:Trust|Foundation|Partnership|Charity|Alliance|Network|School|College|Academy)"
    rf"|{_PLACE}\s(?:[Ss]tadsbibliotek|[Bb]ibliotek|[Ff]örsamling|[Pp]astorat|kyrka|menighet|fengsel|fængsel|[Ss]ogn|sokneråd|[Uu]niversitet|[Hh]ögskola|[Ff]olkhögskola|[Ff]olkehøgskole|[Hh]øjskole|[Mm]useum|"
    rf"videregående\sskole|vgs|ungdomsskole|barneskole|gymnasium|bostäder|distrikt|stadsdelsförvaltning|stift|skola|skole|[Mm]oské|kretsen|AB)"
    rf"|{_PLACE}\s(?:{WORD}\s)?(?:IF|BK|SK|FF|IK|FK|AIK|BoIS|GIF|IS|IL)"
    rf"|{WORD}\s\w{{0,20}}(?:föreningen|församlingen|förbundet|rådet|kyrkan|samfundet|foreningen|forbundet|kirken|menigheten)\si\s{_PLACE}"
    rf"|{_PLACE}\s(?:\w{{3,20}}(?:förening|forening|klubb)|idrettslag|byalag)"
    rf"|{_PLACE}\s(?:\w+(?:ösa|ella|ska|iga)\s)(?:råd|samarbete|förening|nätverk|förbund)"
    rf"|[{UPPER}][\wåäöæøé-]+(?:skolan|skole|skolen|gymnasiet|gymnasium|bostäder|hem\sAB|hem|anstalten|pastorat|församlingen))"
)
_SPACE = "[^\\S\n]"  # a name does not go on in the next paragraph
# A word that a space follows is the whole word or none: to give letters back and look for the space again is in vain.
_BODY = re.compile(
    rf"(?<![\w-])(?=[{UPPER}bfkrs])(?:{_COUNCIL}|{_MUNICIPAL}|{_REGIONAL}|{_NAMED})(?P<genitive>’s|'s|s)?(?![\w-])".replace(
        rf"{WORD}\s", rf"{WORD}+\s"
    ).replace(r"\s", _SPACE)
)
"""The letters looked ahead for are all that a body's name begins with; most words begin with another."""
_WORDS = re.compile(r"\w+")
_COMMON_WORDS = frozenset(
    [
        "KOMMUN",
        "KOMMUNE",
        "KOMMUNALFÖRBUND",
        "KOMMUNEFÖRBUND",
        "REGIONRÅD",
        "FYLKESKOMMUNE",
        "POLITIDISTRIKT",
        "POLITIKREDS",
        "LÄN",
        "PASTORAT",
        "FÖRSAMLING",
        "MENIGHET",
        "BIBLIOTEK",
        "STADSBIBLIOTEK",
        "UNIVERSITET",
        "STADSDELSFÖRVALTNING",
        "I",
        "FÖR",
        "FOR",
        "OCH",
        "OG",
        "PÅ",
        "AV",
        "AF",
    ]
)
"""Words in capitals that are no names."""
_LEADING = re.compile(
    r"^(?:I|På|För|Till|Från|Av|När|Om|Att|Med|Och|Hos|Vid|Men|Både|Sedan|Nu|Då|Det|Den|De|En|Ett|Vi|Har|Som|Enligt|Även|"
    r"The|In|At|By|For|From|When|With|And|Our|Both|Since|Fra|Af|Til|Når|Hvor|Ved|Siden|Der|Et|Ved|Hele|Hela|Kontakta?|"
    r"Exempel|Eksempel|Rapport|Kommunen|Kommun|Kommune|Ansvarig|Verksamhet)\s+(?=\S)"
)
_SCHOOL_AT = re.compile(r"(?:Kultur|Musik|Folkhög|Ungdoms|Produktions)s?kol(?:an|en) i ")
_NOT_NAMES = re.compile(
    r"^(?:Varje|Vår|Våran|Denna|Denne|Deras|Alla|Ingen|Någon|Vilken|Egen|Hvilken|Vores|Vår|This|Each|Every|Your|Local|Any|Annan|"
    r"Hela|Samma|Våra|Högskolan$|Grundskolan|Förskolan|Gymnasieskolan|Kulturskolan|Särskolan|Friskolan|Högstadieskolan|Folkeskolen|Ungdomsskolen|"
    r"Grundskole|Ungdomsskole|Videregående|Skolan|Musikskolan|Folkhögskolan|Anpassade|Sveriges|Sverige|Norges|Danmarks|Finlands|Din|Er|Liten|Stor|Mindre|Större|Grann|Samverkande)\b",
)


@dataclass(frozen=True, slots=True)
class Body:
    """One naming of a body: its name without genitive, its kind, and where it stands in the text."""

    name: str
    kind: BodyKind
    start: int
    end: int


def bodies_in(text: str) -> Iterator[Body]:
    """Yield the bodies that ``text`` names, in order.

    >>> [body.name for body in bodies_in("I Sundsvalls kommuns lokaler möts Region Västernorrland och Lärkskolan.")]
    ['Sundsvalls kommun', 'Region Västernorrland', 'Lärkskolan']
    """
    return iter(_named_in(_with_small_letters(text) if text.isupper() else text))


@lru_cache(maxsize=256)  # organisation, place and partners are looked for in the same texts
def _named_in(text: str) -> tuple[Body, ...]:
    return tuple(_bodies(text))


def _bodies(text: str) -> Iterator[Body]:
    for match in _BODY.finditer(text):
        name, start = re.sub(r"\s+", " ", match[0][: len(match[0]) - len(match["genitive"] or "")]), match.start()
        bare = without_leading_words(name)
        name, start = bare, start + len(name) - len(bare)
        kind: BodyKind = "municipal" if match["municipal"] or match["council"] else "regional"
        kind = "named" if match["named"] else kind
        if " " not in name and match["named"] is None and not name.endswith("regionen"):
            continue  # the name went with the leading word
        if name.endswith("hem") and name.removesuffix("hem").removesuffix("s") not in places():
            continue  # a home for somebody
        if not _NOT_NAMES.match(name) or _SCHOOL_AT.match(name):
            yield Body(_calm(name), kind, start, match.end())


def without_leading_words(name: str) -> str:
    """Take off the words that begin a sentence before a name: "När Ekby" is "Ekby"."""
    while leading := _LEADING.match(name):
        name = name[leading.end() :]
    return name


def _with_small_letters(text: str) -> str:
    """Write a line of capitals as names are written otherwise, letter for letter: "EKBY PASTORAT" is "Ekby pastorat"."""
    return _WORDS.sub(lambda m: m[0].lower() if m[0] in _COMMON_WORDS else m[0][0] + m[0][1:].lower(), text)


def _calm(name: str) -> str:
    """Return a name printed in capitals as it is otherwise written: "TROLLHÄTTANS STAD" is Trollhättans Stad."""
    if not name.isupper() or len(name) < 6:
        return name
    first, *rest = name.split()
    return " ".join(
        [first.title(), *(word.lower() if word in {"KOMMUN", "KOMMUNE"} else word.title() for word in rest)]
    )


_JOINT = re.compile(
    r"(?:Kommun(?:al)?|Samordnings)förbundet "
)  # of several municipalities: their region's name follows
_SEATED = re.compile(
    rf"(?:^(?:Frivården|Infohus|Anstalten|Häktet|Ungdomsjouren)|\s(?:i|in|of))\s(?P<seat>{_PLACE})$"
)  # names that end with where the body is


def seat_of(body: Body) -> str | None:
    """Return the place that a body's name names, with its genitive s as it is there: "Sundsvalls", "Dalarnas län"."""
    name = re.sub(
        r"^(?:(?:Wellbeing Services|London|Royal|Metropolitan) )*(?:Borough|City|County|Municipality|Town) of ",
        "",
        body.name,
    )
    if body.kind == "municipal":
        name = re.sub(r"\s(?:(?:regions)?kommune?|stad|municipality)$", "", name, flags=re.IGNORECASE)
        return re.sub(
            r"(?:\s(?:Metropolitan|City|City\sand\sCounty|Borough|County|District|Town|Parish|Community))*(?:\sCouncil)?$",
            "",
            name,
        )
    if body.kind == "regional":
        if name.startswith("Region ") or name.endswith("regionen"):
            return name
        name = re.sub(
            r"^(?:Länsstyrelsens?|Statsforvalteren|Polisregion|Polisområde|Lokalpolisområde|Polisen)(?: i)? ", "", name
        )
        return re.sub(
            r" (?:fylkeskommune|politidistrikt|regionråd|[Kk]ommun(?:al)?förbund|Politi|Police|Constabulary)$", "", name
        )
    if joint := _JOINT.match(name):
        return name[joint.end() :]
    if seated := _SEATED.search(name):
        return seated["seat"]
    known = [word for word in re.findall(WORD, name) if word in places() or word.removesuffix("s") in places()]
    return known[0] if known else None
