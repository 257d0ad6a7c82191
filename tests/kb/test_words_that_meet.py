"""Which words find which: tables of pairs, each a query and a text, held against what a search would compare."""

from collections.abc import Sequence

import pytest

from kb.text.analysis import analyze
from kb.text.thesaurus import bundled

QUERY_LANGUAGES = ("sv", "nb", "da", "en")


def meet(query: str, text: str, language: str, ways: Sequence[str] = QUERY_LANGUAGES) -> bool:
    """Whether a word of ``query``, one of its parts or what means the same stands in ``text``."""
    held = {term.text for term in analyze(text, language)}
    words = [term.text for term in analyze(text, language) if not term.part]
    runs = {tuple(words[at : at + n]) for n in range(1, 6) for at in range(len(words) - n + 1)}
    for way in ways:
        asked = list(analyze(query, way))
        if held & {term.text for term in asked}:
            return True
        expression = [term.text for term in asked if not term.part]
        if any(set(synonyms) & runs for *_, synonyms in bundled().lookup(expression)):
            return True
    return False


def table(rows: str) -> list[tuple[str, str]]:
    """The pairs of ``rows``: one a line, the words on either side of a bar."""
    pairs = [line.partition("|") for line in rows.strip().splitlines()]
    return [(query.strip(), text.strip()) for query, _, text in pairs]


SWEDISH = """
telefon | stödtelefonen
stödtelefoner | stödtelefon
extremism | extremismförebyggande
framgångsfaktor | framgångsfaktorerna
faktor | framgångsfaktorer
samordnare | samordnarens
samordnare | samordning
samordna | samordnade
skola | skolornas
kommun | kommunerna
styrelse | kommunstyrelsen
förebygga | förebyggdes
förebygga | förebyggande
förening | föreningslivet
förälder | föräldrar
förälder | föräldrarnas
föräldrar | föräldrastöd
stöd | föräldrastödet
anhörig | anhöriga
närstående | anhöriga
barn | barnens
bok | böckerna
man | männens
bostad | bostäder
stad | städernas
dotter | döttrarna
ungdom | ungdomarnas
unga | ungdomar
flicka | flickor
pappa | papporna
polis | polisens
polisman | polisen
socialtjänst | socialtjänstens
socialsekreterare | socialsekreterarna
radikalisering | radikaliserades
radikaliserad | radikalisering
extremist | extremism
högerextremism | högerextrema
vit makt | vit makt-miljön
återvändare | återvändarna
avhoppare | avhopparverksamhet
fängelse | anstalten
bostadsbolag | bostadsbolagens
hot | hotet
våld | våldets
orolig | oroliga
orossamtal | orossamtalen
samverkan | samarbete
nätverk | nätverket
utmaning | utmaningarna
möte | mötena
plan | handlingsplan
handlingsplan | handlingsplanernas
kyrka | kyrkorna
moské | moskéns
idé | idéer
café | cafe
SKR | SKL
SKR | SKR:s
Brå | Brottsförebyggande rådet
LVU | LVU:s
§ 4 | enligt 4 §
10000 | 10 000
2018:218 | lagen (2018:218)
större | stora
utvärdering | utvärderades
frånvaro | skolfrånvaron
ledare | fritidsledarna
mentor | mentorerna
erfarenhet | erfarenheterna
demokrati | demokratiska
rasism | rasistiska
terrorist | terrorism
psykiater | psykiatrin
rörelse | rörelserna
"""

ACROSS = """
telefonen | nb | telefonen var åpen
stödtelefon | nb | støttetelefonen
ungdommer | sv | ungdomarna
kommune | sv | kommunens
foreldre | sv | föräldrar
forældre | sv | föräldrarna
forebyggelse | sv | förebyggande
ekstremisme | sv | extremismen
politi | sv | polisen
fængsel | sv | fängelset
børn | sv | barnen
barnehage | sv | förskolan
vold | sv | våldet
samarbejde | sv | samverkan
bekymringssamtale | sv | orossamtal
koordinator | sv | samordnaren
skole | da | ungdomsskolen
gård | da | skolegården
hjelp | sv | hjälpen
trusler | sv | hot
udfordringer | sv | utmaningarna
boligselskaber | sv | bostadsbolagen
jenter | sv | flickorna
parents | sv | föräldrar
schools | sv | skolorna
violent extremism | sv | våldsbejakande extremism
loneliness | sv | ensamheten
library | sv | biblioteket
prison | sv | anstalten
orossamtal | da | bekymringssamtaler
"""

APART = """
kör | kor
får | far
mål | mal
röd | råd
vård | värd
våld | välde
gång | gäng
barn | bar
skatt | ska
text | tex
kost | kos
takten | tak
parten | par
vittna | vita
svar | sva
intern | internet
mentor | mental
förening | ening
säkerhet | het
organisation | organ
kommun | kommunikation
kommun | kommunist
polis | polisong
ung | Ungern
stad | stadga
region | religion
anhörig | hörig
samhälle | hälla
hem | hemliga
väg | viktiga
bil | billiga
led | lediga
far | farlig
extrem | exempel
framgång | gång
resultat | resurs
rektor | direktör
arbete | beta
uppdrag | drag
utvisning | visning
kurs | konkurs
rum | forum
form | reform
rom | rum
mor | modern
problem | emblem
tonåring | ton
2015 | 2016
10 | 100
4 § | 5 §
SKR | SKB
insats | intagna
"""


@pytest.mark.parametrize(("query", "text"), table(SWEDISH), ids=lambda text: text)
def test_meet_in_swedish(query, text):
    assert meet(query, text, "sv")


@pytest.mark.parametrize(("query", "rest"), table(ACROSS), ids=lambda text: text)
def test_meet_across_languages(query, rest):
    language, _, text = rest.partition("|")
    assert meet(query, text.strip(), language.strip())


@pytest.mark.parametrize(("query", "text"), table(APART), ids=lambda text: text)
def test_stay_apart(query, text):
    assert not meet(query, text, "sv", ways=("sv",))
