"""The type comes first; the four sections are asked for in examples only."""

import pytest

from ingest.triage import REQUIRED, triage
from kb.types import FIELD_NAMES, FieldValue

PROSE = "Kommunen startade en stödtelefon. Anhöriga ringer. " * 20


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
        ("report", {"background", "method", "results"}, {"title": "Utvärdering av stödtelefonen"}),
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
        ("report", {"title": "Utvärdering av avhopparverksamheter"}),
        ("report", {"title": "Läget i landet", "pages": 60}),
        ("network", {"title": "Nätverk för lägesbilder", "first_page": "Inbjudan till nätverksträff den 4 maj"}),
        ("web_page", {"title": "Stöd till anhöriga", "first_page": WEB}),
        ("other", {"title": "Föreskrifter om bidrag", "text": PARAGRAPHS}),
        ("other", {"title": "Välkommen"}),
    ],
)
def test_what_is_no_example_lacks_nothing(expected, arguments):
    kind, notices = kind_of(**arguments)
    assert kind == expected
    assert "missing_field" not in [notice.code for notice in notices]


def test_a_statute_says_that_it_is_one():
    _, notices = kind_of("Föreskrifter om bidrag", text=PARAGRAPHS)
    assert [notice.code for notice in notices] == ["regulation"]


STUDY = "Abstract. The interviewees were transcribed and coded. Previous research and the literature say little. " * 10
MEETINGS = "Nätverket träffas fyra gånger om året.\nMöten 2025\nTorsdag 6 februari\nNya medlemmar anmäler sig."


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("action_plan", {"title": "Handlingsplan mot våldsbejakande extremism", "text": ORDERS}),
        ("example", {"title": "Så blev handlingsplanen verklighet", "text": ORDERS}),
        ("report", {"title": "The wall and the curtain", "text": STUDY}),
        ("network", {"title": "Nätverk för infohus", "first_page": MEETINGS}),
        ("example", {"title": "Nätverket som räddade oss"}),
    ],
)
def test_sections_alone_make_no_example(expected, arguments):
    assert kind_of(found=REQUIRED, **arguments)[0] == expected
