"""For whom an example is: from facts, from sections that ask it, or else from what sentences say that it is aimed at."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.facts import Fact
from ingest.gazetteer import places
from ingest.lexicon import key_of
from ingest.partners import actors_in, sentences, stated_values

_MOST = 8
_LONGEST = 90  # characters of one group
_AIMED = re.compile(
    r"\b(?:målgrupp(?:en|er|erna|a)?(?:\s\w+){0,2}?\s(?:är|er|var)|rikta(?:r|de|t|s) (?:sig |oss )?(?:till|mot|åt)|vänder (?:sig|oss) till|vänt sig till|"
    r"(?:är|finns) till för|är avsed[dt] för|öppe[nt] för|åpent? for|åbent? for|erbjuds (?:till )?(?=alla )|retter seg (?:mot|til)|rettet mot|tilbud til|"
    r"retter sig mod|henvender sig til|er rettet mod|målgruppen udgøres af|aimed at|is for|are for|intended for|target group is|supports|open to|"
    r"(?:rutinen|ordningen|upplägget|insatsen|modellen|stödet|programmet|verksamheten|tilbudet|tiltaket|tilbuddet|indsatsen|gruppen|gruppa) "
    r"(?:omfattar|omfatter|gäller|gjelder|gælder|arbetar med|arbejder med|arbeider med|tar emot|tar imot))\s+"
    r"(?P<what>(?!att |å |at |to |en |ett |et |a |an |alla som undrar|den här|det här|this |that )[^.;:!?]{4,160})",
    re.IGNORECASE,
)
_MADE_FOR = re.compile(
    r"\b\w*(?:stöd|stödet|verksamhet|insats|kurs|utbildning|mottagning|program|programmet|linje|linjen|telefon|grupp|gruppe|grupper|ordning|kafé|café|kafe|"
    r"nätverk|nettverk|netværk|tilbud|tiltak|mentorer|mentor|cirkel|samtal|scheme|programme|service|line|group|mentoring|support) "
    r"(?:för|för|åt|till|for|til)\s+(?P<what>(?!att |å |at |to |en |ett |et |a |an |den |det |this |that )[^.;:!?]{4,160})",
    re.IGNORECASE,
)
"""What is made for somebody: weaker than what says that it is."""
_ASKS = re.compile(
    r"^(?:för vem|för vilka|till vem|vem är det|vem är den|vilka är det|vilka kan|vem kan|hvem er det|hvem er den|hvem kan|for hvem|who is it for|who can|who it is for)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"ung(?:a|e|dom)|barn|elev|förälder|föräldr|anhörig|syskon|familj|lärare|personal|vuxna|kvinn|män\b|pojk|flick|tjej|kill|avhoppar|återvändar|"
    r"klient|intern|tjänste|medarbet|chef|invånar|medborg|allmänhet|grannar|förening|trossamfund|nyanländ|äldre|deltagare|mammor|pappor|mödrar|systrar|"
    r"bröder|ledare|ledamöter|ledning|samordnar|sekreterare|väktare|bibliotekar|konfirmand|patient|förtroendevald|arbetsgivar|arbetstag|vårdnadshav|skolor|"
    r"släkt|vänner|kamrater|församling|nämnder|förvaltning|dömda|frigivna|boende|handläggar|rådgiv|person|yrkesverk|"
    r"foreldr|pårørende|ansatte|lærer|innsatte|mødre|voksne|kvinner|menn|jente|gutt|søsken|veileder|sykepleier|beboer|"
    r"forældre|børn|medarbejder|fagfolk|indsatte|kvinder|mænd|drenge|piger|borger|søskende|bedste|pædagog|"
    r"young|people|children|pupil|student|parent|famil|relative|teacher|staff|women|men\b|adult|resident|worker|prisoner|siblings|minors|anyone|leaders",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:[\w -]*(?:förvaltningen|nämnden|enheten|kontoret|forvaltningen|avdelingen|afdelingen)|kommunen|kommunens? .*|polisen|politiet)$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",?\s+(?:när|om det|om man|för att|så att|där (?:man|vi|de|du)|och (?:som|har|är|får|kan|drivs|leds|ges|vill|svarar)|when|for å|for at|så|men|but|eftersom|"
    r"sedan|siden|since|tillsammans|sammen|together|med (?:stöd|hjälp)|genom)\s.*$"
)
_RELATIVE = re.compile(r",?\s+(?:som|der|vilka|that|who|which|hvis|vars)\s.*$")
_MORE = re.compile(
    r"^(?:till|til|för|for|åt|mot|to|at|both|både|alla|alle|andra|även|också|särskilt|främst|fremst|især|blant andre|in particular|especially|mainly|og|och|and|samt|deras|deres|their)\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s+(?!(?:som|der|vilka|who|that|hvis)\s)(?![^()]{0,300}\))|;\s*")
_LAST = re.compile(
    r"(?:\s(?:samt|liksom|as well as|men (?:också|även|også)(?: till| til)?)|(?<!barn)(?<!børn)(?<!children)\s(?:och|og|and)|\s(?:och|og|and)(?!\s(?:ung|young)))\s(?!\d)"
    r"(?=(?:till |til |deras |deres |their )?[\w ]{3,60}$)"
)
"""Before the last of a list; not in "barn och unga", not in "mellan 12 och 19 år"."""
_DANGLING = re.compile(r"\s(?:i|på|av|om|med|er|är|is|are|in|of)$")
_LEADING_AND = re.compile(r"^(?:og|och|and|samt)\s+")
_TELLS_MORE = re.compile(r"(?:som|der|vilka|who|that|hvis)\s")
_PREPOSITION = re.compile(r"^(?:från|fra|from|upp till|över|i|in|på|with|med|utan|without|uten)\b")


def target_groups_of(
    facts: Sequence[Fact], paragraphs: Sequence[str], *, asked: Iterable[str] = (), elsewhere: Sequence[str] = ()
) -> tuple[str, ...] | None:
    """Return for whom the example is, as the document prints it.

    A fact's list comes first, then what stands under a heading that asks for whom it is (``asked``), then what a
    sentence says that it is aimed at (in ``paragraphs``, then ``elsewhere``), then what it is said to be made for.
    """
    # A key such as "Vem" may stand for who does it too.
    stated = [group for group in _joined(stated_values(facts, "target_groups")) if not actors_in(group)]
    stated = [group for group in stated if group not in places() and not _OFFICE.match(group)]
    if stated:
        return tuple(stated)
    for text in asked:
        first = next(sentences([text]), "")
        aimed = _AIMED.search(first)
        if found := _groups(aimed["what"] if aimed else first.rstrip(".")):
            return found
    for pattern, texts in ((_AIMED, paragraphs), (_AIMED, elsewhere), (_MADE_FOR, paragraphs)):
        for sentence in sentences(texts):
            for match in pattern.finditer(sentence):
                if found := _groups(match["what"]):
                    return found
    return None


def asks_for_whom(heading: str) -> bool:
    """Whether a heading asks for whom something is: "Målgrupp", "Hvem er det for?"."""
    plain = re.sub(r"^[\d.)\s]+", "", heading).strip(" ?:")
    return key_of(plain) == "target_groups" or bool(_ASKS.match(plain))


def _joined(values: Iterable[str]) -> list[str]:
    """Put together what commas have parted: "borgere" + "der bekymrer" is one group."""
    found: list[str] = []
    for value in values:
        if found and (_PREPOSITION.match(value) or _TELLS_MORE.match(value)):
            found[-1] = f"{found[-1]}, {value}"
        else:
            found.append(_LEADING_AND.sub("", value))
    return found


def _groups(phrase: str) -> tuple[str, ...]:
    """The groups of people that a phrase lists, each as printed but for its conjunctions."""
    pieces = list(_pieces(_CUT.sub("", phrase).strip(" ,")))
    if len(phrase) > _LONGEST or len(pieces) > 1:
        pieces = [
            short if len(piece) > _LONGEST or _DANGLING.search(piece) else piece
            for piece in pieces
            if (short := _RELATIVE.sub("", piece))
        ]
    people = [piece for piece in pieces if _PEOPLE.search(piece) and 2 < len(piece) < _LONGEST and not actors_in(piece)]
    return tuple(dict.fromkeys(people))[:_MOST] if pieces and _PEOPLE.search(pieces[0]) else ()


def _pieces(phrase: str) -> Iterator[str]:
    for part in _BETWEEN.split(phrase):
        for piece in _LAST.split(part):
            if piece := _MORE.sub("", _MORE.sub("", piece.strip())):
                yield piece
