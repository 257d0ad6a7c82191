"""What the words around a naming of a body say of it: that it runs the work, takes part in it, prints the paper."""

import re
from collections.abc import Iterator

_TOP = 3000  # characters
_LABEL = 6  # words; a short line without a stop is read on in the next: "Drivs av" and "Ekby kommun"
_WINDOW = 60  # characters before and after a naming that say what part the body plays
_OWNER_BEFORE = re.compile(
    r"(?:drivs|leds|finansieras och drivs|förvaltas|ges|gavs|utförs|samordnas|tagits fram|drives|ledes|ledet|"
    r"run|led|managed|hosted|delivered|set up|uppdrag|oppdrag|opgave|initiativ|(?:ansvarig|ansvarlig|huvudman|utgivare)(?:\s(?:är|er|for|för))?)\s(?:av|af|by|från|:)?\s?(?:the\s)?$"
    r"|\b(?:ansvarar|ansvarer|svarar|driver|leder|samordnar|samordner|koordinerer|bedriver|etablerte|etablerade|etablerede|inledde|utvecklade|skapade|lanserade|opprettet|oprettede|innførte|indførte|startade|öppnade|inrättade|införde|startet|startede|åpnet|åbnede)\s$"
    r"|\b(?:Det (?:var|är|er)|It (?:was|is))\s$"
    r"|\b(?:sedan|siden)\s[^.;]{0,30}(?:19|20)\d\d\s(?:har|leder|driver|bedriver|erbjuder|arbetar|tilbyr|tilbyder|arbeider|arbejder)\s$",
    re.IGNORECASE,
)
_OWNER_AFTER = re.compile(
    r"^(?:\s\([^()]{0,40}\))?\s(?:tog (?:\w+ ){0,4}i bruk|står bak(?:om)?|står bag|stands behind|är värd|är huvudman|är utgångspunkt|driver|bedriver|leder|har sedan|har i|startade|inrättade|öppnade|införde|beslutade|har arbetat|"
    r"arbetar|erbjuder|tog fram|har tagit fram|är ansvarig|ansvarar|bestämde|beslöt|skapade|bildade|byggde upp|satsar|samordnar|samordner|koordinerer|driv|driver|leder|startet|startede|opprettet|oprettede|tilbyr|tilbyder|har siden|"
    r"\w+r (?:\w+ )?(?:sedan|siden)\s(?:\w+ ){0,2}(?:19|20)\d\d|prövar|provar|tester|afprøver|runs|ran|leads|led|launched|set up|started|has run|introduced|established|offers|began)\b"
)
_PARTNER_AFTER = re.compile(
    r"^[^.;]{0,40}\s(?:var|är|er|was|were) (?:med i|part of)|^[^.;]{0,90}\s(?:är|er|are) (?:sam(?:arbets|verkans|arbeids|arbejds)|partner)|^ (?:ut|for|för)\.|^ (?:har (?:siden )?(?:besökt|kopierat|kopiert|kopieret|gjort studiebesök|varit (?:här|på besök)|prövat detsamma)|kom (?:hit|på besök)|upplåter|donerade|donerte|skickade|skänkte|hänvisar|hänvisade|henviser|henviste|vurderer|overvejer|överväger|refers|donated|sent|hade redan|hadde allerede|havde allerede|had already|deltar|deltager|medverkar|bidrar|bidrager|betalar|betaler|bekostar|står (?:f[öo]r|också|även)|stöttar|støtter|lånar ut|skickar|(?:ger|gav|gir|ga|giver) (?:\w+ ){0,3}(?:bidrag|tilskudd|tilskud|støtte|stöd)|hjälper|har (?:fått|lånat|frågat|kopierat|besökt|tagit efter)|påpekade|konstaterade|visade|varnade|rapporterade|bedömde|skrev|pekade|påpegede|skrev|pekte|pointed|noted|warned|reported|takes part|contributes|pays|lends|supports)\b",
)
_IS_ACTIVITY = re.compile(
    r"^,? (?:(?:är|er|is) )?(?:ett?|en|ei|an?) (?:\w+ )?(?:verksamhet|metod|insats|kurs|modell|satsning|cirkel|studiecirkel|projekt|program|tiltak|indsats|virksomhet|metode|modell|prosjekt|activity|course|programme|project|method)\w*\b"
)
"""What an activity is told by: "Pappaskolan, en verksamhet som …" is no school."""
ADDRESSED = re.compile(r"^(?:till|til|to|kopia|kopi|cc):\s", re.IGNORECASE)
_PARTNER_BEFORE = re.compile(
    r"(?:med i arbetet|(?<!och )(?<!og )(?:stöds|stöttas|finansieras|betalas|bekostas|støttes|støttet|finansieres|betales|supported|funded) (?:av|af|by)|(?:deltag(?:are|er)|deltaker|representant\w*|handläggare|kollega|kollegor|participant|colleagues?) (?:från|fra|from)|driver (?:till)?sammans? med|driver med|tillsammans med|i samarbete med|i samverkan med|samarbetar med|samverkar med|medverkar|partners? är|stöd från|besök(?:t|te)? (?:i|hos)|"
    r"inspir\w+ (?:av|från|fra)|sammen med|samarbeider med|samarbejder med|i samarbejde med|i samarbeid med|together with|partnership with|"
    r"works? with|working with|modell(?:en)? från|förebild\w* i|granne\w*|förutom|utöver|foruden|utenom|besides|precis som|liksom|även|också)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
PUBLISHING = re.compile(
    r"\b(?:(?:ur|hämtad ur|fra|hentet fra|from) (?:boken|bogen|rapporten|antologin|tidningen|tidskriften|the book|the report)|(?:text|tekst|foto|bild|words|photo)(?=:)|layout|form|formgivning|produktion|tryck|redaktion\w*|redaktör|ges ut av|ansvarig utgivare|prenumer\w+|illustration\w*|"
    r"grafisk\w*|utgiven|udgivet|utgitt|publicera[dt]|published|publiceret|publisert|webbredaktion\w*|sidansvarig|design|photo|print(?:ed)?|copyright|trykk?|redaksjon\w*|layout)\b\s*[:.]?",
    re.IGNORECASE,
)
ISSUE = re.compile(
    r"(?<!rapport )(?<!rapport)(?<!report )\b(?:nr|nummer|no|issue)\b\.?\s?\d|(?<!rapport )(?<!report )\b\d{1,2}/(?:19|20)\d\d\b|\bårg(?:ång|ang)?\b|#\d|nyhetsbrev|nyhedsbrev|årsbok|årbog|årbok|yearbook|kyrkblad|newsletter|medlemsblad|församlingsblad|kirkeblad|menighetsblad|beboerblad|magasin\b|tidning\b|goda exempel|gode eksempler|exempelsamling|eksempelsamling|exempelbank|good practices\b",
    re.IGNORECASE,
)
"""What a periodical's issue or a collection is told by: who gives it out writes of others too."""
_SENTENCE_END = re.compile(r"(?<=[\w)][.!?])\s")
_BEGINS = re.compile(r"(?:^|[.!?:]\s|\n)(?:[–-]\s)?$")
_WE = re.compile(r"\b(?:vi|oss|we|us|jag|jeg) (?:i|på|vid|hos|in|at|ved) (?:the )?$", re.IGNORECASE)
_EMPLOYED = re.compile(
    r"\b(?:arbetar|arbeider|arbejder|anställd\w*|ansat\w*|jobbar|jobber|works?|employed|tjänst\w*|stilling\w*|uppdrag\w*)"
    r" (?:på|i|vid|av|hos|för|for|by|at|ved|in) (?:the )?$",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    r"(?:ledare|chef|samordnare|strateg|sekreterare|utvecklare|kurator|rektor|pedagog|lots|koordinator|leder|konsulent|rådgiver|sjef|"
    r"manager|coordinator|officer|worker|director|adviser|handläggare|präst|förvaltning\w*|nämnd\w*|enhet\w*|kontor\w*|avdel\w*|"
    r"forvaltning\w*|team|tjänst\w*|tjeneste\w*),? (?:i|på|vid|hos|för|for|in|at|of|ved) (?:the )?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r" (?:\w+ )?\w*(?:förvaltning|nämnd|enhet|kontor|tjänst|omsorg|avdel|afdel|forvaltning|tjeneste|team|service|fält|elevhäls|ungdom|skol|"
    r"kultur|SSP)"
)
_WORK = re.compile(
    r" (?:\w+ )?\w*(?:verksamhet|projekt|satsning|arbete|insats|initiativ|linje|prosjekt|tilbud|tiltak|indsats|virksomhet|arbeid|arbejde|"
    r"model|metod|program|service|initiative|work|scheme|project|team|lots|grupp)"
)
_MONEY = re.compile(
    r"finansier|medel från|bidrag|pengar|støtte|tilskud|stöd av|funded|funding|grant|bekost|betal|penge|utlys",
    re.IGNORECASE,
)
_BEFORE = {
    "in": re.compile(r"\b(?:[Ii]n?|inom|innen) (?:the )?$"),
    "by": re.compile(r"\b(?:av|af|by) (?:the )?$"),
    "with": re.compile(r"\b(?:med|with|och|og|and|samt) (?:the )?$"),
    "from": re.compile(r"\b(?:från|fra|from) (?:the )?$"),
    "to": re.compile(r"\b(?:till|til|to) (?:the )?$"),
    "comma": re.compile(r", $"),
    "we": _WE,
    "employed": _EMPLOYED,
    "officer": _OFFICER,
}
_SIGNED = re.compile(r"[^\n.;:]{0,40}@")  # an address on the same line


def signs_around(text: str, start: int, end: int, *, genitive: bool) -> Iterator[str]:
    """Yield the names of what the words around a naming, ``text[start:end]``, say of the body.

    >>> sorted(signs_around("Linjen drivs av Ekby kommun.", 16, 27, genitive=False))
    ['by', 'owns']
    """
    before, after = _line_before(text, start), text[end : end + _WINDOW]
    yield from _part_played(text, start, before, after)
    for sign, pattern in _BEFORE.items():
        if pattern.search(before):
            yield sign
    if genitive and re.match(r" [a-zåäöæø]", after):
        yield "its"
        if _WORK.match(after):
            yield "its work"
        if _PART.match(after):
            yield "its part"
    if _MONEY.search(_SENTENCE_END.split(before)[-1]) or _MONEY.search(after.partition(".")[0]):
        yield "money"
    if text[start - 1 : start] in {"", "\n"} and text[end : end + 1] in {"", "\n"}:
        yield "alone"  # a paragraph by itself, as in a table whose keys stand apart
    if _SIGNED.match(text, end):
        yield "signed"


def _line_before(text: str, start: int) -> str:
    """What stands before a naming on its line; where it begins the line, the label on the line above."""
    line = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
    if line or not start:
        return line
    above = text[max(0, start - 1 - _WINDOW) : start - 1].rpartition("\n")[2]
    return f"{above.rstrip(': ')} " if len(above.split()) <= _LABEL and above[-1:] not in ".!?" else ""


def _part_played(text: str, start: int, before: str, after: str) -> Iterator[str]:
    if PUBLISHING.search(_SENTENCE_END.split(before)[-1]) or _IS_ACTIVITY.match(after):
        yield "credit"
    elif ADDRESSED.search(before) or _PARTNER_BEFORE.search(before) or _PARTNER_AFTER.search(after):
        yield "partner"
    elif _OWNER_BEFORE.search(before) or _OWNER_AFTER.match(after):
        yield "owns"
    elif start < _TOP and _BEGINS.search(text[max(0, start - _WINDOW) : start]) and after[:1] == " ":
        yield "subject"
