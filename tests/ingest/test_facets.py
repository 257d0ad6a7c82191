"""Facets: each value from where its answer stands, with the sentence it rests on, and none from words in passing."""

import pytest

from ingest.cues import CueIndex
from ingest.facets import find_facets
from ingest.fields import Portion
from ingest.layout import Block
from ingest.layout.model import Placed
from ingest.metadata import Metadata
from ingest.pages import Line
from ingest.sections import Part
from kb.taxonomy import Taxonomy


def portion(field, *paragraphs):
    blocks = tuple(
        Block("text", (Placed(number, 0, Line(text, (0, 0, 1, 1), 10)),), text)
        for number, text in enumerate(paragraphs, start=1)
    )
    return Portion(Part(None, blocks), field, "heading", 0.9)


def facets(
    facet, *, title="Ett arbete i Lindhamn", language="sv", organisation=None, targets=None, partners=None, **told
):
    """The values of one facet, with their quotes, of a document that tells ``told`` in its fields."""
    metadata = Metadata(
        organisation=organisation,
        place=None,
        country="SE",
        start_year=None,
        published_year=None,
        target_groups=targets,
        partners=partners,
        funding=None,
        contact=None,
        facts=(),
    )
    portions = [portion(None if name == "lead" else name, *texts.split("\n")) for name, texts in told.items()]
    found = find_facets(Taxonomy.load(), language=language, title=title, portions=portions, metadata=metadata)
    return {value.value: value.quote for value in found if value.facet == facet}


@pytest.mark.parametrize(
    ("facet", "expected", "told"),
    [
        ("measure", {"support_line"}, {"title": "Stödtelefonen", "method": "Stödtelefonen svarar varje dag."}),
        ("owner", {"municipality"}, {"organisation": "Lindhamns kommun"}),
        ("owner", {"county_board"}, {"organisation": "Länsstyrelsen i Dalarnas län"}),
        ("owner", {"region"}, {"organisation": "Region Jönköpings län"}),
        ("partner", {"police"}, {"partners": ("Polisen",)}),
        ("partner", {"academia"}, {"method": "Vi arbetade fram kursen tillsammans med Lunds universitet."}),
        ("target_group", {"parents_relatives"}, {"targets": ("föräldrar",)}),
        ("target_group", {"youth_at_risk"}, {"method": "Stödet vänder sig till unga som dras till extrema miljöer."}),
        ("environment", {"far_right"}, {"background": "En nazistisk grupp värvade på torget."}),
        ("challenge", {"confidentiality"}, {"challenges": "Sekretessen gör det svårt att dela uppgifter."}),
        ("success_factor", {"early_intervention"}, {"success_factors": "Den som är orolig får stöd tidigt."}),
        ("maturity", {"permanent"}, {"other": "Sedan 2023 är verksamheten permanent."}),
        ("evidence", {"follow_up"}, {"results": "En enkät visar att de flesta är nöjda."}),
    ],
)
def test_a_value_is_read_where_its_answer_is(facet, expected, told):
    told = {"lead" if name == "other" else name: text for name, text in told.items()}
    assert set(facets(facet, **told)) == expected


@pytest.mark.parametrize(
    ("facet", "told"),
    [
        pytest.param("maturity", {"method": "Ingen pilot gjordes."}, id="negated"),
        pytest.param("maturity", {"method": "Stödet bör bli permanent."}, id="wished for"),
        pytest.param("maturity", {"background": "Butiken lades ned 2016."}, id="another's end"),
        pytest.param("maturity", {"method": "Varje fall prövas av polisen."}, id="tried by the police"),
        pytest.param("challenge", {"background": "Sekretessen var ett hinder."}, id="not in the challenges"),
        pytest.param("challenge", {"challenges": "Bemanningsföretagen var många."}, id="a firm for staff"),
        pytest.param("success_factor", {"success_factors": "Han hade tidigare arbetat här."}, id="earlier"),
        pytest.param("success_factor", {"success_factors": "De förtroendevalda var där."}, id="elected"),
        pytest.param("target_group", {"lead": "Kommunen har 27 400 invånare."}, id="inhabitants"),
        pytest.param("partner", {"lead": "Lindhamns kommun, 2018"}, id="a byline"),
        pytest.param("strategy", {"method": "Medlen kom från Brottsförebyggande rådet."}, id="a name"),
        pytest.param("arena", {"method": "Hon följer med till skolan."}, id="in passing"),
        pytest.param("prevention_level", {"targets": ("lärare och socialsekreterare",)}, id="professionals"),
    ],
)
def test_words_in_passing_give_nothing(facet, told):
    assert facets(facet, organisation="Lindhamns kommun", **told) == {}


def test_a_body_is_its_own_partner_only_if_another_of_its_kind_is_named():
    method = "Kommunen arbetar tillsammans med Västviks kommun. Kommunens personal och Västviks kommun ingår."
    assert "municipality" not in facets("partner", organisation="Lindhamns kommun", method=method)
    assert "municipality" in facets("partner", organisation="Lindhamns kommun", partners=("Västviks kommun",))


def test_the_quote_is_the_sentence_with_the_most_weight():
    found = facets("measure", title="Mentorer för unga", method="Varje ung person får en mentor. Vi åt lunch.")
    assert found == {"mentoring": "Mentorer för unga"}


def test_a_long_sentence_is_quoted_to_a_whole_word():
    sentence = "Sekretessen gör det svårt att " + "verkligen " * 40 + "dela uppgifter"
    (quote,) = facets("challenge", challenges=sentence).values()
    assert sentence.startswith(quote + " ")
    assert quote.endswith(" verkligen")
    assert len(quote) <= 240


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Taushetsplikten gjør det vanskelig."),
        ("nn", "Taushetsplikten gjer det vanskeleg."),
        ("da", "Tavshedspligten gør det svært."),
        ("en", "Confidentiality is in the way."),
    ],
)
def test_cues_in_four_languages(language, text):
    assert set(facets("challenge", language=language, challenges=text)) == {"confidentiality"}


def test_every_quote_stands_in_the_document():
    texts = {"method": "Socialtjänsten och skolan samarbetar om elever i riskzon.", "challenges": "Ont om tid."}
    for facet in Taxonomy.load().facets:
        quotes = facets(facet, title="Samverkan i Lindhamn", organisation="Lindhamns kommun", **texts).values()
        allowed = (*texts.values(), "Samverkan i Lindhamn", "Lindhamns kommun")
        assert all(any(quote in text for text in allowed) for quote in quotes), facet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stödtelefonen svarar.", ["line"]),
        ("STÖDTELEFON", ["line"]),
        ("Ingen stödtelefon finns.", []),
        ("Det finns inte någon stödtelefon.", []),
        ("En stödtelefon skulle hjälpa.", ["line"]),
        ("Man bör ha en stödtelefon.", []),
        ("Elevskolan", ["school"]),
        ("IS", ["group"]),
        ("is på sjön", []),
        ("lång väg till mål", ["phrase"]),
        ("lång till mål", []),
    ],
)
def test_cues(text, expected):
    cues = CueIndex({"line": ["stödtelefon*"], "school": ["*skolan"], "group": ["IS"], "phrase": ["väg till mål"]})
    assert list(cues.hits(text)) == expected
