"""The type comes first; the four sections are asked for in examples only."""

import pytest

from ingest.triage import REQUIRED, triage
from kb.types import FIELD_NAMES, FieldValue

PROSE = """
När två ungdomar hade rest visste ingen i kommunen vem föräldrarna kunde ringa. Vi öppnade därför en stödtelefon,
och fyra samtalsledare svarar varje kväll. De träffas en gång i veckan och går igenom samtalen utan namn. Under
första året ringde 64 familjer, och nio av dem fick kontakt med socialtjänsten. Det som gjorde skillnad var att
samma människor fanns kvar. Svårast har det varit att nå papporna, och vi önskar att vi hade frågat dem tidigare hur
de ville bli kontaktade.
"""
SURVEY = """
Rapporten bygger på en enkät till 312 skolor i länet, varav 188 svarade. Svarsfrekvensen var 60 procent. Var femte
skola uppger att elever har uttryckt stöd för extrema rörelser. Tabell 2 visar hur svaren fördelas mellan kommuner.
Respondenter från mindre kommuner svarar oftare att de saknar rutiner. Undersökningen ger inte stöd för att andelen
har ökat sedan 2019. Sammantaget bedömer vi att behovet av kunskap är stort, och vi föreslår att en ny mätning görs
om två år.
"""
GATHERING = """
Nätverket samlar handläggare från länets kommuner fyra gånger om året. Välkommen till höstens träff torsdagen den 6
november kl. 9.30–15.30 på Folkets hus. Program: 9.30 kaffe och registrering, 10.00 aktuellt från medlemmarna, 12.00
lunch, 13.00 samtal i grupper, 15.00 nästa möte. Anmälan senast den 20 oktober till samordnaren. Nya medlemmar är
välkomna, och deltagandet är kostnadsfritt. Möten 2025: 6 februari, 8 maj, 11 september, 6 november.
"""
LEAFLET = """
Du kan ringa anonymt när du är orolig för någon. Linjen är öppen vardagar mellan 8 och 16 och kostar inget. Samtalet
spelas inte in. Är det bråttom, ring 112. På baksidan finns nummer till andra som hjälper. Broschyren finns på sex
språk och kan beställas av kommunen utan kostnad.
"""


def kind_of(title="Stödtelefonen i Lindhamn", *, found=(), text=PROSE, first_page=None, pages=2):
    value = FieldValue("text", (), "heading", 0.9)
    fields = {name: value if name in found else None for name in FIELD_NAMES}
    return triage(
        title, fields, text=text, page_count=pages, first_page=text[:800] if first_page is None else first_page
    )


def test_a_whole_example_has_nothing_to_warn_of():
    assert kind_of(found=REQUIRED) == ("example", ())


@pytest.mark.parametrize("lacking", REQUIRED)
def test_each_section_that_an_example_lacks_is_a_warning(lacking):
    kind, notices = kind_of(found=[name for name in FIELD_NAMES if name != lacking])
    assert kind == "example"
    assert [(notice.code, notice.params) for notice in notices] == [("missing_field", {"field": lacking})]


WEB = "Lyssna på sidan\nSkriv ut\nPublicerad: 2021-03-04"


@pytest.mark.parametrize(
    ("expected", "found", "arguments"),
    [
        ("example", {"background", "method", "results", "challenges"}, {"first_page": WEB}),
        ("web_page", {"background", "results"}, {"first_page": WEB}),
        ("report", {"background", "method", "results"}, {"title": "Vad skolorna svarar", "text": SURVEY}),
        ("example", {"background", "method", "challenges"}, {"title": "Utvärdering av stödtelefonen"}),
        ("example", {"background", "method", "results"}, {}),
    ],
)
def test_an_example_is_known_by_what_it_tells(expected, found, arguments):
    assert kind_of(found=found, **arguments)[0] == expected


def test_results_are_not_demanded():
    assert kind_of(found=[name for name in FIELD_NAMES if name != "results"])[1] == ()


ORDERS = "Nämnden ska se över rutinerna. Chefen ansvarar för att planen följs. Skolan ska utbilda personalen. " * 15
PARAGRAPHS = "1 § Denna författning gäller. 2 § Myndigheten ska pröva ansökan. " * 30


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("action_plan", {"title": "Handlingsplan mot våldsbejakande extremism", "text": ORDERS}),
        ("action_plan", {"title": "Så arbetar vi", "text": ORDERS}),
        ("report", {"title": "Utvärdering av avhopparverksamheter", "text": SURVEY}),
        ("report", {"title": "Stödtelefonen i Lindhamn", "pages": 60}),
        ("network", {"title": "Höstens träff för lägesbilder", "text": GATHERING}),
        ("web_page", {"title": "Stöd till anhöriga", "text": LEAFLET, "first_page": WEB}),
        ("other", {"title": "Föreskrifter om bidrag", "text": PARAGRAPHS}),
        ("other", {"title": "Orolig för någon?", "text": LEAFLET}),
    ],
)
def test_what_is_no_example_lacks_nothing(expected, arguments):
    kind, notices = kind_of(**arguments)
    assert kind == expected
    assert "missing_field" not in [notice.code for notice in notices]


def test_a_statute_says_that_it_is_one():
    _, notices = kind_of("Föreskrifter om bidrag", text=PARAGRAPHS)
    assert [notice.code for notice in notices] == ["regulation"]


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("action_plan", {"title": "Handlingsplan mot våldsbejakande extremism", "text": ORDERS}),
        ("network", {"title": "Nätverk för infohus", "text": GATHERING}),
        ("example", {"title": "Så blev handlingsplanen verklighet"}),
        ("example", {"title": "Nätverket som räddade oss"}),
    ],
)
def test_sections_alone_make_no_example(expected, arguments):
    assert kind_of(found=REQUIRED, **arguments)[0] == expected
