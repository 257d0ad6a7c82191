"""Facets: each value from where its answer stands, with the sentence it rests on, and none from words in passing."""

from dataclasses import replace

import pytest

from ingest.cues import CueIndex, Value, taxonomy_cues
from ingest.facet_places import places_of
from ingest.facets import find_facets
from ingest.fields import Portion
from ingest.layout import Block
from ingest.layout.model import Placed
from ingest.lexicon.words import LANGUAGES
from ingest.metadata import Metadata
from ingest.pages import Line
from ingest.sections import Heading, Part
from kb.taxonomy import Taxonomy
from kb.types import Contact


def portion(field, *paragraphs):
    blocks = tuple(
        Block("text", (Placed(number, 0, Line(text, (0, 0, 1, 1), 10)),), text)
        for number, text in enumerate(paragraphs, start=1)
    )
    return Portion(Part(None, blocks), field, "heading", 0.9)


def metadata(*, organisation=None, place=None, started=None, targets=None, partners=None, contact=None):
    return Metadata(
        organisation=organisation,
        place=place,
        country="SE",
        start_year=started,
        published_year=None,
        target_groups=targets,
        partners=partners,
        funding=None,
        contact=contact,
        facts=(),
    )


def facets(
    facet,
    *,
    title="Ett arbete i Lindhamn",
    language="sv",
    organisation=None,
    place=None,
    started=None,
    targets=None,
    partners=None,
    contact=None,
    **told,
):
    """The values of one facet, with their quotes, of a document that tells ``told`` in its fields."""
    about = metadata(
        organisation=organisation, place=place, started=started, targets=targets, partners=partners, contact=contact
    )
    portions = [portion(None if name == "lead" else name, *texts.split("\n")) for name, texts in told.items()]
    found = find_facets(Taxonomy.load(), language=language, title=title, portions=portions, metadata=about)
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
        pytest.param("measure", {"title": "Varken mentorer eller stödtelefon"}, id="neither"),
        pytest.param("measure", {"title": "Kommunen saknar mentorer"}, id="lacking"),
        pytest.param("measure", {"title": "Vi hoppas på mentorer"}, id="hoped for"),
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


def test_a_sentence_without_personal_data_is_quoted_first():
    method = "Mentor Anna Ek, 070-123 45 67, svarar.\nVarje ung får en mentor."
    assert facets("measure", method=method, title="Mentorn ringer Anna Ek, 070-123 45 67") == {
        "mentoring": "Varje ung får en mentor."
    }


@pytest.mark.parametrize(
    ("facet", "told"),
    [
        ("measure", {"title": "Mentorn Tjelvar Aldenskog", "method": "En mentor som Tjelvar Aldenskog räcker."}),
        ("environment", {"background": "Tjelvar Aldenskog talade om extremism."}),
    ],
    ids=["found", "implied"],
)
def test_the_contact_is_not_quoted_though_no_list_knows_the_name(facet, told):
    (quote,) = facets(facet, contact=Contact("Tjelvar Aldenskog", None, "x@y.se", None), **told).values()
    assert "Tjelvar Aldenskog" not in quote
    assert "…" in quote


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
    ("value", "language", "text"),
    [
        ("mandate", "sv", "Ledningen står bakom arbetet."),
        ("mandate", "nb", "Formannskapet vedtok planen enstemmig."),
        ("mandate", "da", "Direktionen gav fuld opbakning."),
        ("mandate", "en", "The chief executive chaired the first meeting."),
        ("collaboration", "sv", "Parterna känner varandra väl."),
        ("collaboration", "nb", "De ansatte deler kontor med politiet."),
        ("collaboration", "da", "Alle parter mødes hver måned."),
        ("collaboration", "en", "Nurses and officers work side by side."),
        ("roles", "sv", "Alla vet vem som gör vad."),
        ("roles", "nb", "Det er tydelig hvem som har ansvaret."),
        ("roles", "da", "Der er én indgang for alle."),
        ("roles", "en", "There is a single point of contact."),
        ("existing_structures", "sv", "Vi använde möten som fanns redan."),
        ("existing_structures", "nb", "Vi brukte det som fantes fra før."),
        ("existing_structures", "da", "Indsatsen er en del af den almindelige drift."),
        ("existing_structures", "en", "It builds on an existing service."),
        ("knowledge", "sv", "Personalen är kunnig och utbildad."),
        ("knowledge", "nb", "De ansatte har lært mye på kurset."),
        ("knowledge", "da", "Medarbejderne har lært det på et kursus."),
        ("knowledge", "en", "Staff are skilled and well trained."),
        ("trust", "sv", "Den som ringer får vara anonym."),
        ("trust", "nb", "Ungdommene stoler på de ansatte."),
        ("trust", "da", "De unge har tillid til mentoren."),
        ("trust", "en", "Visitors can stay anonymous."),
        ("long_term", "sv", "Samma personer har svarat i alla år."),
        ("long_term", "nb", "Langsiktighet og tålmodighet lønner seg."),
        ("long_term", "da", "Det kræver tålmodighed år efter år."),
        ("long_term", "en", "The same people have answered for many years."),
        ("resources", "sv", "Tiden ligger i tjänsten och är avsatt."),
        ("resources", "nb", "Ordningen har egne midler og avsatt tid."),
        ("resources", "da", "Der er afsat tid og penge til opgaven."),
        ("resources", "en", "The post is funded from a dedicated budget."),
        ("early_intervention", "sv", "Den som hör av sig får svar samma dag."),
        ("early_intervention", "nb", "Vi svarer raskt og samme dag."),
        ("early_intervention", "da", "Der svares hurtigt, samme dag."),
        ("early_intervention", "en", "Families get help within two days."),
        ("situational_picture", "sv", "En gemensam lägesbild visar var det behövs."),
        ("situational_picture", "nb", "Et felles situasjonsbilde viser vei."),
        ("holistic_view", "sv", "Stödet rör hela livet."),
        ("holistic_view", "da", "Indsatsen ser på hele livet."),
        ("follow_up", "sv", "Arbetet följs upp varje vår."),
        ("follow_up", "en", "Every case is followed up."),
    ],
)
def test_success_factors_in_many_words(value, language, text):
    assert value in facets("success_factor", language=language, success_factors=text)


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("confidentiality", "sv", "Vi får inte dela uppgifterna med skolan."),
        ("confidentiality", "nb", "Juristene er uenige om hva vi kan dele."),
        ("confidentiality", "da", "Deling af oplysninger er svær."),
        ("confidentiality", "en", "We could not share patient records."),
        ("resources", "sv", "Tjänsten är bara på halvtid."),
        ("resources", "nb", "Ventetiden er lang."),
        ("resources", "da", "Der er mangel på penge."),
        ("resources", "en", "Volunteers are overstretched."),
        ("unclear_mandate", "sv", "Ingen visste vem som har ansvaret."),
        ("unclear_mandate", "nb", "Det er uklart hvem som har ansvaret."),
        ("unclear_mandate", "da", "Det er uklart, hvem der har ansvaret."),
        ("unclear_mandate", "en", "It was never clear who takes over."),
        ("person_dependency", "sv", "Allt hänger på en enda person."),
        ("person_dependency", "nb", "Ordningen er avhengig av én person."),
        ("person_dependency", "da", "Arbejdet er afhængigt af én person."),
        ("person_dependency", "en", "Everything rests on one person."),
        ("low_knowledge", "sv", "Personalen saknar kunskap och feltolkar tecken."),
        ("low_knowledge", "nb", "Mange feiltolker det de ser."),
        ("low_knowledge", "da", "Mange fejltolker det, de ser."),
        ("low_knowledge", "en", "Signs were misread."),
        ("stigmatisation", "sv", "Området blev stämplat i medierna."),
        ("stigmatisation", "nb", "Familiene føler skam, og rykter går."),
        ("stigmatisation", "da", "Familierne blev hængt ud i avisen."),
        ("stigmatisation", "en", "Parents feared the shame of being labelled."),
        ("hard_to_reach", "sv", "Vi når sällan papporna."),
        ("hard_to_reach", "nb", "Fedrene uteblir."),
        ("hard_to_reach", "da", "Fædrene kommer ikke."),
        ("hard_to_reach", "en", "Hardly any fathers come."),
        ("measurability", "sv", "Det är svårt för oss att mäta nyttan."),
        ("measurability", "nb", "Det er vanskelig å måle virkningen."),
        ("measurability", "da", "Det er svært at måle virkningen."),
        ("measurability", "en", "The effect is hard to measure."),
        ("changing_problem", "sv", "Miljöerna flyttar hela tiden till nya plattformar."),
        ("changing_problem", "nb", "Problembildet har forandret seg."),
        ("changing_problem", "da", "Symbolerne er allerede forældede."),
        ("changing_problem", "en", "Groups move to new platforms."),
        ("buy_in", "sv", "Två skolor ville inte vara med."),
        ("buy_in", "nb", "Ordningen er omstridt."),
        ("buy_in", "da", "Nogle skoler vil ikke deltage."),
        ("buy_in", "en", "Some heads were reluctant and did not want to join."),
        ("short_termism", "sv", "Finansieringen beslutas ett år i taget."),
        ("short_termism", "nb", "Prosjektmidlene tar slutt, og tilskuddet er midlertidig."),
        ("short_termism", "da", "Puljemidlerne udløber til sommer."),
        ("short_termism", "en", "The grant is renewed every year."),
    ],
)
def test_challenges_in_many_words(value, language, text):
    assert value in facets("challenge", language=language, challenges=text)


@pytest.mark.parametrize(
    ("facet", "value", "language", "told"),
    [
        ("maturity", "ongoing", "sv", {"lead": "Sedan 2019 finns en lots i kommunen."}),
        ("maturity", "ongoing", "en", {"lead": "The café has been open since 2019."}),
        ("maturity", "permanent", "sv", {"lead": "Sedan 2019 finns en lots.", "results": "Tjänsten är permanent."}),
        ("maturity", "pilot", "nb", {"lead": "I dag er det et prøveprosjekt."}),
        ("maturity", "completed", "sv", {"lead": "Projektet i Lindhamn avslutades efter tre år."}),
        ("evidence", "follow_up", "sv", {"results": "Av de 40 som kom gick 31 vidare, och 78 procent var nöjda."}),
        ("evidence", "follow_up", "da", {"results": "34 ud af 40 svarede, at det hjalp."}),
        ("evidence", "impact_evaluation", "sv", {"results": "En jämförelsegrupp fick inget stöd."}),
        ("evidence", "own_experience", "sv", {"results": "Vår erfarenhet är god."}),
        ("strategy", "preempt", "sv", {"method": "Varje fall får en hotbedömning."}),
        ("strategy", "manage", "nb", {"method": "Ordningen hjelper den som vil forlate et ekstremt miljø."}),
        (
            "prevention_level",
            "indicated",
            "sv",
            {"method": "Planen görs med den enskilde. Ärendet tas upp varje vecka."},
        ),
        ("prevention_level", "universal", "en", {"method": "All schools take part, and every class has lessons."}),
        ("environment", "far_right", "sv", {"method": "Hakkors klottrades på porten."}),
        ("environment", "islamist", "nb", {"background": "To brødre reiste til Syria for å slåss."}),
        ("measure", "coordination_team", "sv", {"lead": "Insatsteamet träffas. Teamet består av fyra personer."}),
        ("measure", "support_line", "sv", {"title": "Föräldralinjen", "method": "Linjen är öppen varje kväll."}),
        ("measure", "returnee_support", "sv", {"title": "Stöd till den som återvänder från en konflikt"}),
        ("target_group", "professionals", "en", {"targets": ("frontline staff",)}),
        ("target_group", "defectors", "da", {"method": "Tilbuddet henvender sig til den, der vil forlade et miljø."}),
        ("arena", "health_care", "sv", {"title": "Hälsocentralen frågar", "method": "Vårdcentraler och psykiatrin."}),
        ("owner", "municipality", "en", {"organisation": "City of Northport"}),
        ("owner", "civil_society", "sv", {"organisation": "Riksföreningen Lyktan"}),
        ("partner", "police", "sv", {"method": "I gruppen ingår en kommunpolis."}),
        ("partner", "civil_society", "nb", {"partners": ("Lindvik Frivilligsentral",)}),
    ],
)
def test_values_told_in_many_ways(facet, value, language, told):
    assert value in facets(facet, language=language, **told)


@pytest.mark.parametrize(
    ("facet", "expected", "told"),
    [
        pytest.param(
            "prevention_level",
            {"selective": "unga i riskzon"},
            {"targets": ("unga i riskzon",)},
            id="whom it is for tells the level",
        ),
        pytest.param(
            "prevention_level",
            {"universal": "Utbildning av första linjen"},
            {"title": "Utbildning av första linjen"},
            id="so does the kind of work",
        ),
        pytest.param(
            "target_group",
            {"youth_at_risk": "unga 15–21 år i riskzon"},
            {"targets": ("unga 15–21 år i riskzon",)},
            id="some of the young are not all of them",
        ),
        pytest.param("target_group", {"all_youth": "unga 15–21 år"}, {"targets": ("unga 15–21 år",)}, id="all of them"),
        pytest.param(
            "target_group",
            {"youth_at_risk": "unga 15–21 år"},
            {"title": "Mentorer i Lindhamn", "targets": ("unga 15–21 år",)},
            id="a mentor is for some of them",
        ),
        pytest.param(
            "measure",
            {"support_line": "Stödtelefonen", "family_support": "anhöriga"},
            {"title": "Stödtelefonen", "targets": ("anhöriga",)},
            id="a line for relatives supports them",
        ),
        pytest.param(
            "environment",
            {"cross_cutting": "Oro för extremism tas upp."},
            {"method": "Oro för extremism tas upp."},
            id="extremism without a name is all of it",
        ),
        pytest.param("environment", {}, {"method": "Ensamma äldre får besök."}, id="nothing about extremism"),
        pytest.param(
            "strategy",
            {"prevent": "unga i riskzon"},
            {"targets": ("unga i riskzon",), "method": "Ibland rör samtalen extrema åsikter."},
            id="work on extremism with those at risk prevents",
        ),
        pytest.param("strategy", {}, {"targets": ("unga i riskzon",)}, id="but not work on something else"),
        pytest.param(
            "strategy",
            {"prevent": "Gruppen talar om extremism."},
            {"method": "Gruppen talar om extremism."},
            id="work on extremism that tells no strategy prevents",
        ),
        pytest.param(
            "prevention_level",
            {"selective": "Familjestöd"},
            {"title": "Familjestöd", "method": "Vi ses på torsdagar."},
            id="support to families is for some",
        ),
        pytest.param(
            "geographic_level",
            {"regional": "Länsstyrelsen i Västerhavs län"},
            {"organisation": "Länsstyrelsen i Västerhavs län", "title": "Lokal samordning"},
            id="the owner tells how far it reaches",
        ),
    ],
)
def test_values_that_follow_from_others(facet, expected, told):
    assert facets(facet, **told) == expected


@pytest.mark.parametrize(
    ("facet", "told"),
    [
        pytest.param("maturity", {"lead": "Denna rapport är ett försök att förklara."}, id="an attempt is no pilot"),
        pytest.param("target_group", {"method": "Lärarna drack kaffe."}, id="one mention of a profession"),
        pytest.param("target_group", {"background": "Utbildning erbjuds yrkesverksamma."}, id="what was before"),
        pytest.param("measure", {"method": "En samordnare ringer upp."}, id="a coordinator in passing"),
        pytest.param("challenge", {"success_factors": "Sekretessen löste vi."}, id="a challenge among successes"),
        pytest.param("evidence", {"method": "Tjänsten är på 40 procent."}, id="a share of a post is no result"),
        pytest.param("target_group", {"method": "Mötet leds av en lärare och en fältare."}, id="those who do the work"),
        pytest.param("arena", {"method": "Ibland ringer vi polisen."}, id="a call to the police"),
    ],
)
def test_hints_alone_are_not_enough(facet, told):
    assert facets(facet, **told) == {}


def test_a_cue_outweighs_hints():
    lead = "Sedan 2019 finns stödet. I dag kommer tio i veckan. Numera är stödet permanent."
    assert set(facets("maturity", lead=lead)) == {"permanent"}


def test_every_cue_finds_its_value():
    """Each cue, written out, is found in its language: no pattern that cannot match, none lost between two kinds."""
    taxonomy = Taxonomy.load()
    lost = [
        (facet.id, option.id, language, cue)
        for language in LANGUAGES
        for facet in taxonomy.facets.values()
        for option in facet.values
        for hint, phrases in ((False, option.cues), (True, option.hints))
        for cue in phrases.get(language, ())
        if Value(facet.id, option.id, hint)
        not in {s.name for s in taxonomy_cues(taxonomy, language).signs(cue.replace("*", "").replace("#", "7"))}
    ]
    assert lost == []


def test_values_with_cues_have_them_in_all_languages():
    facets = Taxonomy.load().facets.values()
    told = {(f.id, o.id): set(o.cues) for f in facets for o in f.values if o.cues}
    assert {value for value, languages in told.items() if languages != set(LANGUAGES)} == set()


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
        ("Svårt nå fram", ["gap"]),
        ("svåra för oss andra att nå", ["gap"]),
        ("svåra för oss och alla andra att nå", []),
        ("nå de svåra", []),
        ("78 procent", ["number"]),
        ("många procent", []),
        ("stödtelefon, stödtelefon", ["line", "line"]),
    ],
)
def test_cues(text, expected):
    cues = CueIndex(
        {
            "line": ["stödtelefon*", "stödtelefon"],
            "school": ["*skolan"],
            "group": ["IS"],
            "phrase": ["väg till mål"],
            "gap": ["svår* .. nå"],
            "number": ["# procent"],
        }
    )
    assert [sign.name for sign in cues.signs(text) if not sign.taken_back] == expected


def test_of_rival_lists_the_one_that_spells_more_of_a_word_has_it():
    """Two values of one facet: "säkerhetspolisen" is no local police, whatever it ends with."""
    lists = {("who", "police"): ["*polisen"], ("who", "service"): ["säkerhetspolis*"], ("what", "help"): ["*polisen"]}
    index = CueIndex(lists, rivals=lambda name, other: name[0] == other[0] and name != other)
    assert {sign.name for sign in index.signs("Säkerhetspolisen")} == {("who", "service"), ("what", "help")}
    assert {sign.name for sign in index.signs("Närpolisen")} == {("who", "police"), ("what", "help")}


@pytest.mark.parametrize(
    ("partner", "value"),
    [
        ("Säkerhetspolisen", "security_service"),
        ("Närpolisen", "police"),
        ("Moskéföreningen", "faith_community"),
        ("Vänföreningen", "civil_society"),
        ("Folkhögskolan", "civil_society"),
    ],
)
def test_a_partner_is_what_most_of_its_name_says(partner, value):
    assert set(facets("partner", partners=(partner,))) == {value}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("nb", "Tiltaket vert no permanent.", id="no is now in nynorsk"),
        pytest.param("sv", "Det är inte ett projekt, utan permanent.", id="utan is but after a denial"),
    ],
)
def test_what_looks_like_a_denial_takes_nothing_back(language, text):
    assert set(facets("maturity", language=language, method=text)) == {"permanent"}


def test_work_whose_beginning_is_told_and_no_end_is_under_way():
    text = "Staden har två gårdar.\nTisdagarna startade i februari 2021."
    assert facets("maturity", method=text, started=2021) == {"ongoing": "Tisdagarna startade i februari 2021."}
    assert facets("maturity", method=text + " Projektet avslutades.", started=2021).keys() == {"completed"}
    assert facets("maturity", background=text, started=2021) == {}
    assert facets("maturity", method=text) == {}


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("Kriminalvården", "national"),
        ("Frivården Lindhamn", "local"),
        ("Lindhamns pastorat", "local"),
        ("Rådet i Lindhamn", "local"),
        ("Länsstyrelsen i Lindhamns län", "regional"),
    ],
)
def test_a_body_named_after_its_place_works_there(body, level):
    assert facets("geographic_level", organisation=body, place="Lindhamn") == {level: body}


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("defectors", "sv", "Vi hjälper den som vill bort från ett gäng."),
        ("defectors", "nb", "Tilbudet er for menn som vil ut av en gruppe."),
        ("defectors", "da", "Et tilbud for unge, der vil væk fra et miljø."),
        ("defectors", "en", "The scheme helps men leaving violent groups."),
        ("parents_relatives", "en", "It offers support to mums and dads."),
    ],
)
def test_the_lead_tells_whom_the_work_helps(value, language, text):
    assert value in facets("target_group", language=language, lead=text)


def test_a_heading_over_several_portions_counts_once():
    """A section parted between two fields has one heading: a hint in it is no more than one."""
    first, second = portion("success_factors", "Vi åt lunch."), portion("challenges", "Regnet föll.")
    heading = Heading(first.part.blocks[0], 1, None, "size")
    parts = [replace(told, part=replace(told.part, heading=heading)) for told in (first, second)]
    texts = [place.text for place in places_of("Titel", parts, metadata())]
    assert texts == ["Titel", heading.text, "Vi åt lunch.", "Regnet föll."]


def test_a_facet_of_ones_own_is_found_with_its_quote(tmp_path):
    (tmp_path / "season.toml").write_text(
        'id = "season"\nlabels = { sv = "Årstid", en = "Season" }\n[[values]]\nid = "winter"\n'
        'labels = { sv = "Vinter", en = "Winter" }\n[values.cues]\nsv = ["vinter*"]\n',
        "utf-8",
    )
    method = portion("method", "Vintergruppen möts i ladan.", "Varje vinter plogar vi.")
    for language in ("sv", "da"):  # a value without cues in a language is looked for by the Swedish ones
        found = find_facets(
            Taxonomy.load(tmp_path), language=language, title="Ladan", portions=[method], metadata=metadata()
        )
        own = [value for value in found if value.facet == "season"]
        assert [(value.value, value.quote) for value in own] == [("winter", "Vintergruppen möts i ladan.")]
