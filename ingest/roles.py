"""What part a body plays in the sentence that names it: runs the work, takes part in it, prints the paper."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from ingest.bodies import WORD, bodies_in, without_leading_words
from ingest.contacts import folded
from ingest.gazetteer import places
from kb.privacy import is_given_name, masked

OWNS, PARTNER, CREDIT = 6.0, -3.0, -6.0
_SUBJECT = 1.5  # begins a sentence near the document's beginning, whatever it does there
_TOP = 3000  # characters
_LEAD = 500
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
    r"^[^.;]{0,40}\s(?:var|är|er|was|were) (?:med i|part of)|^[^.;]{0,90}\s(?:är|er|are) (?:sam(?:arbets|verkans|arbeids|arbejds)|partner)|^ (?:hade redan|hadde allerede|havde allerede|had already|deltar|deltager|medverkar|bidrar|bidrager|betalar|betaler|bekostar|står (?:f[öo]r|också|även)|stöttar|støtter|lånar ut|skickar|(?:ger|gav|gir|ga|giver) (?:\w+ ){0,3}(?:bidrag|tilskudd|tilskud|støtte|stöd)|hjälper|har (?:fått|lånat|frågat|kopierat|besökt|tagit efter)|påpekade|konstaterade|visade|varnade|rapporterade|bedömde|skrev|pekade|påpegede|skrev|pekte|pointed|noted|warned|reported|takes part|contributes|pays|lends|supports)\b",
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
_NATIONAL = re.compile(
    r"\b(?:Direktoratet for [A-ZÆØÅ]\w+|Kriminalforsorgen|Kriminalomsorgen|Kriminalvården|Polismyndigheten|Statens institutionsstyrelse|"
    r"Politiets Efterretningstjeneste|Sametinget|"
    r"(?:Swedish|Norwegian|Danish|Finnish|Icelandic) (?:[A-Z]\w+ (?:and )?){1,4}(?:Service|Authority|Agency|Directorate|Board)|"
    r"(?P<charity>Kirkens Bymisjon|Blå Kors|Røde Kors|Röda Korset|Rädda Barnen|Redd Barna|Red Barnet|Save the Children|Frelsesarmeen|Frälsningsarmén|Fryshuset|ABF|Sensus|Medborgarskolan|Studiefrämjandet|Studieförbundet Vuxenskolan|Folkuniversitetet|Hyresgästföreningen|KFUM|KFUK|Scouterna|Unga Örnar|Verdandi|Brottsofferjouren|Norsk Folkehjelp|Dansk Flygtningehjælp|Ungdommens Røde Kors)"
    r"(?: (?:i )?[A-ZÅÄÖÆØ]\w+)?|(?!Kommun|Läns|Region|Lands)[A-ZÅÄÖÆØ]\w{1,40}(?:verket|styrelsen|myndigheten|direktoratet)|Mødrehjælpen|[A-ZÅÄÖ]\w{1,30} [Ss]tadsmission|Stadsmissionen(?: i [A-ZÅÄÖ]\w+)?)\b"
)
"""Bodies that no word beside their name tells; they are most often partners, so that only one that owns is thought of."""
_FROM_NATIONAL = re.compile(rf"\b(?:från|fra|from) (?P<name>{_NATIONAL.pattern})$")
PUBLISHING = re.compile(
    r"\b(?:(?:ur|hämtad ur|fra|hentet fra|from) (?:boken|bogen|rapporten|antologin|tidningen|tidskriften|the book|the report)|layout|form|formgivning|produktion|tryck|redaktion\w*|redaktör|ges ut av|ansvarig utgivare|prenumer\w+|illustration\w*|"
    r"grafisk\w*|utgiven|udgivet|utgitt|publicera[dt]|published|publiceret|publisert|webbredaktion\w*|sidansvarig|design|photo|print(?:ed)?|copyright|trykk?|redaksjon\w*|layout)\b\s*[:.]?",
    re.IGNORECASE,
)
ISSUE = re.compile(
    r"(?<!rapport )(?<!rapport)(?<!report )\b(?:nr|nummer|no|issue)\b\.?\s?\d|(?<!rapport )(?<!report )\b\d{1,2}/(?:19|20)\d\d\b|\bårg(?:ång|ang)?\b|#\d|nyhetsbrev|nyhedsbrev|årsbok|årbog|årbok|yearbook|kyrkblad|newsletter|medlemsblad|församlingsblad|kirkeblad|menighetsblad|beboerblad|magasin\b|tidning\b|goda exempel|gode eksempler|exempelsamling|eksempelsamling|exempelbank|good practices\b",
    re.IGNORECASE,
)
"""What a periodical's issue or a collection is told by: who gives it out writes of others too."""
_RUN_BY = re.compile(
    r"\b(?:drivs|bedrivs|anordnas|arrangeras|initierades|startades|grundades|drives|arrangeres|run|hosted|organi[sz]ed|delivered|founded)\s"
    r"(?:(?:sedan|siden|since)\s\d{4}\s|\w+\s)?(?:av|af|by)\s(?:(?:den|det|the|ett?|an?)\s)?(?:[a-zåäöæø-]+\s){0,2}"
    rf"(?P<name>{WORD}(?:\s(?:(?:i|in|för|for|of|the|på|og|och)\s)?{WORD}){{0,4}})"
)
_IS_BODY = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<name>[A-ZÅÄÖÆØ][\w&-]+(?: [\w&-]+){0,3}) (?:är|er|is) (?:en|ett|et|ei|an?) (?:\w+ ){0,2}"
    r"(?:förening|stiftelse|organisation|forening|frivilligorganisasjon|organisasjon|klubb|klub|folkhögskola|bostadsbolag|museum|"
    r"charity|association|organisation|foundation)\b"
)
_NO_NAME = re.compile(r"(?:Vi|Det|Dette|Den|Här|Her|De|Jag|Jeg|We|It|They|This|That)\b|\w+(?:en|et|an)$")
_RUN_OF_NAMES = re.compile(
    rf"{WORD}(?: (?:(?:i|in|för|for|of|the|på|og|och|and)(?: (?:norra|södra|östra|västra|nord\w+|syd\w+))? )?{WORD}){{0,4}}"
)
_NAMES_OF_PERSON = 2
_DISTINCT = 4  # letters
_LONGEST_LABEL = 63  # letters between two dots of a domain (RFC 1035)
_POSTMEN = frozenset(
    {"gmail", "googlemail", "hotmail", "outlook", "live", "icloud", "yahoo", "proton", "protonmail", "telia"}
)
"""Whose addresses anybody may have: "info.lyktan@gmail.com" is not Gmail's."""
_AUTHORITY = re.compile(
    r"^(?:region|lansstyrelsen|kommun|kommune|council|stad|city)|(?:kommune?|stad|region|fylke|pastorat|forsamling|menighet|sogn)$"
)
_SENTENCE_END = re.compile(r"(?<=[\w)][.!?])\s")
_BEGINS = re.compile(r"(?:^|[.!?:]\s|\n)(?:[–-]\s)?$")


def part_played(text: str, start: int, end: int) -> float:
    """Return what the words around a naming, ``text[start:end]``, say for its being the one that runs the work."""
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    line = before.rpartition("\n")[2]
    if PUBLISHING.search(_SENTENCE_END.split(line)[-1]) or _IS_ACTIVITY.match(after):
        return CREDIT
    if ADDRESSED.search(line) or _PARTNER_BEFORE.search(line) or _PARTNER_AFTER.search(after):
        return PARTNER
    if _OWNER_BEFORE.search(line) or _OWNER_AFTER.match(after):
        return OWNS
    return _SUBJECT if start < _TOP and _BEGINS.search(before) and after[:1] == " " else 0.0


def national_in_line(line: str) -> str | None:
    """The national body that a line by the title begins with, or that it ends with: "En cirkel från ABF Ekby"."""
    found = _NATIONAL.match(line)
    if found is None and (last := _FROM_NATIONAL.search(line)):
        return last["name"]
    return found[0] if found else None


def is_authority(name: str) -> bool:
    """Whether a name is that of a national authority, whose parts have names of their own."""
    found = _NATIONAL.fullmatch(name)
    return found is not None and found["charity"] is None


def owners_without_kind(text: str) -> Iterator[tuple[str, int]]:
    """Yield the names, and their places in ``text``, of those that run the work whose kind no word tells.

    "Kriminalvården leder" and "drivs av Lyktan" name such; a charity that the text begins with is one as well.
    """
    named = list(_NATIONAL.finditer(text))
    names = sorted(dict.fromkeys(match[0] for match in reversed(named)), key=len)
    fullest = {begun: name for name in names for begun in accumulate(name.split(), "{} {}".format)}
    for match in named:
        if any(bodies_in(match[0])):
            continue
        part = part_played(text, match.start(), match.end())
        if part == OWNS or (part > 0 and match["charity"] and match.start() < _LEAD):
            yield fullest[match[0]], match.start()
    for match in _RUN_BY.finditer(text):
        name = match["name"]
        if (
            not any(bodies_in(name))
            and not _NATIONAL.search(name)
            and name not in places()
            and not _may_be_person(name)
        ):
            yield name, match.start("name")
    yield from _called_body(text)


def names_of_addresses(text: str, emails: Sequence[str]) -> Iterator[str]:
    """Yield the names in ``text`` that the people's addresses are spelt with: "Norrljus Ekby", info@norrljus.example.

    An address of a municipality's or a region's name alone names none, nor does one with a provider of mail.
    """
    spelt = {part for email in emails for part in map(_own_part, email.lower().rpartition("@")[2].split(".")[:-1])}
    spelt = {part for part in spelt if len(part) >= _DISTINCT} - _POSTMEN
    if not spelt:
        return
    found: list[str] = []
    for name in dict.fromkeys(without_leading_words(match[0]) for match in _RUN_OF_NAMES.finditer(text)):
        forms = folded(name)
        fits = name.removesuffix("s") not in places() and any(form.startswith(part) for form in forms for part in spelt)
        if fits and not _is_person(name):
            found.append(name)
    found = [
        name for name in found if name.partition(" i ")[0] not in found or name.partition(" i ")[2] not in places()
    ]
    yield from (name for name in found if not any(other.startswith(f"{name} ") for other in found))


def is_place_alone(email: str) -> bool:
    """Whether an address' domain is but a place's name, as municipalities have it."""
    return email.lower().rpartition("@")[2].rpartition(".")[0] in _spelt_places()


def _is_person(name: str) -> bool:
    """Whether a name has a person's in it, or is but given names: "Anna Ek", "Anna", "Karin och Lars"."""
    return masked(name) != name or all(is_given_name(word) for word in name.split() if word[0].isupper())


def _called_body(text: str) -> Iterator[tuple[str, int]]:
    """Yield the names that a sentence says are a body's: "Öppna fönster är en ideell förening i Ekby"."""
    for match in _IS_BODY.finditer(text):
        if not _NO_NAME.match(match["name"]) and not any(bodies_in(match["name"])):
            yield match["name"], match.start("name")


def _may_be_person(name: str) -> bool:
    """Whether a name is a person's, or looks like one and nothing tells that it is not: "Ngozi Okafor".

    No list holds all given names. Two names with no place and no small word among them are a person's sooner than a
    body's, unless an address is spelt with them: then :func:`names_of_addresses` finds them.
    """
    words = name.split()
    looks = len(words) == _NAMES_OF_PERSON and all(word[0].isupper() and word.isalpha() for word in words)
    return _is_person(name) or (
        looks and not any(word.removesuffix("s") in places() or word in places() for word in words)
    )


def _own_part(label: str) -> str:
    """What is left of a part of a domain when the place and the kind of authority are taken off."""
    plain = re.sub(r"[^a-z]", "", label)
    parts = (
        plain[start : start + length]
        for length in range(min(len(plain), _LONGEST_LABEL), _DISTINCT, -1)
        for start in range(len(plain) - length + 1)
    )
    place = next((part for part in parts if part in _spelt_places()), "")
    return _AUTHORITY.sub("", plain.replace(place, "", 1))


@cache
def _spelt_places() -> frozenset[str]:
    return frozenset(form for name in places() for form in folded(name))
