import pytest

from app.case_models import facts, field_views, look, tags
from app.i18n import Texts
from kb import FacetValue
from kb.taxonomy import Taxonomy
from tests.app.fakes import make_case, make_passages

TAXONOMY = Taxonomy.load()
SV = Texts("sv")


def test_every_field_is_shown_those_too_that_the_document_lacks():
    found = field_views(make_case(), SV)
    assert [view.label for view in found] == [
        "Bakgrund",
        "Så gjorde man",
        "Framgångsfaktorer",
        "Utmaningar",
        "Resultat",
    ]
    assert found[1].paragraphs == (
        "Socialtjänsten öppnade en stödtelefon.",
        "Två socialsekreterare svarar på vardagar.",
    )
    assert found[1].pages == (1,)
    assert (found[4].paragraphs, found[4].pages) == (None, ())


@pytest.mark.parametrize(
    ("params", "page", "field", "marked"),
    [
        ({}, 1, "background", 1),
        ({"field": ["challenges"]}, 2, "challenges", 1),
        ({"field": ["method"]}, 1, "method", 2),
        ({"field": ["method"], "page": ["2"]}, 2, "method", 0),
        ({"passage": ["3"]}, 2, "challenges", 1),
        ({"passage": ["3"], "field": ["method"]}, 2, "challenges", 1),
        ({"passage": ["77"]}, 1, "background", 1),
        ({"field": ["results"]}, 1, None, 0),
        ({"field": ["moral"]}, 1, None, 0),
        ({"page": ["3"]}, 1, None, 0),
        ({"page": ["0"]}, 1, None, 0),
        ({"page": ["två"]}, 1, None, 0),
        ({"page": ["٢"]}, 1, None, 0),
    ],
    ids=[
        *("nothing", "field", "field of two lines", "another page", "passage", "passage wins", "no such passage"),
        *("field not there", "no such field", "page after the last", "page 0", "page in letters", "Arabic digit"),
    ],
)
def test_what_the_address_asks_to_see(params, page, field, marked):
    case = make_case()
    found = look(case, make_passages(case), params)
    assert (found.page, found.field, len(found.boxes)) == (page, field, marked)


def test_facts_say_what_the_document_does_not():
    found = dict(facts(make_case(target_groups=(), funding=None), TAXONOMY, SV))
    assert found["Samarbetspartners"] == "Polisen; Skolan"
    assert found["Målgrupp"] == "inga, enligt dokumentet"
    assert found["Finansiering"] is None
    assert found["Språk"] == "Svenska"
    assert found["Fil"] == "stodtelefonen-lindvik.pdf (2 sidor)"


def test_facts_hold_no_contact():
    assert "Ann-Mari" not in str(facts(make_case(), TAXONOMY, SV))


def test_tags_are_named_in_the_taxonomys_order_each_once_with_its_first_quote():
    case = make_case(
        facets=(
            FacetValue("arena", "school", "i skolan", 1),
            FacetValue("measure", "mentoring", "en mentor", 1),
            FacetValue("arena", "school", "på skolan", 2),
        )
    )
    found = tags(case, TAXONOMY, SV)
    assert list(found) == ["Insatstyp", "Arena"]
    assert [(tag.label, tag.quote, tag.page) for tag in found["Arena"]] == [("Skola", "i skolan", 1)]
