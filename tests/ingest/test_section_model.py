import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decoding import decode
from ingest.lexicon import examples, expand, meaning_of
from ingest.section_model import Evidence, evidence_of, heading_evidence
from ingest.text_features import LABELS

TEXTS = {
    "background": [
        "Under 2015 reste tre unga från kommunen till Syrien. Skolan och polisen hade sett tecken var för sig, men "
        "ingen hade lagt ihop dem, och föräldrarna visste inte vart de skulle vända sig."
    ],
    "method": [
        "Teamet träffas varje torsdag. Först hålls ett samtal med familjen, därefter skrivs en plan, och efter sex "
        "veckor följs den upp av samordnaren."
    ],
    "success_factors": [
        "Att ledningen stod bakom var avgörande. Tilliten mellan skola och polis har gjort störst skillnad, och de "
        "fasta tjänsterna gav kontinuitet."
    ],
    "challenges": [
        "Det har varit svårt att nå föräldrarna. Personalen har bytts ut ofta, tiden räcker inte till och "
        "finansieringen är osäker efter årsskiftet."
    ],
    "results": [
        "Sedan starten har 64 familjer fått stöd, och 41 procent av ungdomarna är i arbete. Anmälningarna ökade från "
        "20 till 55 om året."
    ],
}


@pytest.mark.parametrize(
    ("heading", "language", "field"),
    [
        ("Så tog kommunen sig an uppgiften", "sv", "method"),
        ("Så här jobbar vi till vardags", "sv", "method"),
        ("Vad var det som fick oss att börja?", "sv", "background"),
        ("Grus i maskineriet", "sv", "challenges"),
        ("Vad hade kunnat göras bättre?", "sv", "challenges"),
        ("Det här gjorde vi rätt", "sv", "success_factors"),
        ("Ett år senare", "sv", "results"),
        ("Metod: samtal i tre steg", "sv", "method"),
        ("Resultat – färre larm", "sv", "results"),
        ("Kva har verka godt", "nn", "success_factors"),
        ("Hva må til for å lykkes?", "nb", "success_factors"),
        ("Når det butter imot", "nb", "challenges"),
        ("Det sværeste", "da", "challenges"),
        ("Hvad kom der ud af det?", "da", "results"),
        ("Teething problems", "en", "challenges"),
        ("What made the difference?", "en", "success_factors"),
        ("One year on", "en", "results"),
    ],
)
def test_headings_resemble_what_they_announce(heading, language, field):
    nats = dict(zip(LABELS, heading_evidence(heading, language), strict=True))
    assert max(nats, key=nats.__getitem__) == field


@pytest.mark.parametrize(
    "heading", ["Nästa steg", "Målgrupp", "Kostnader och finansiering", "Våra bästa tips", "Referenser", "Om kommunen"]
)
def test_what_ends_a_field_is_no_field(heading):
    nats = heading_evidence(heading, "sv")
    assert max(nats) == nats[LABELS.index(None)]


@pytest.mark.parametrize("heading", ["Kaffe, bullar och tillit", "Mentorerna", "Ungdomarna säger ifrån"])
def test_a_heading_that_names_nothing_says_next_to_nothing(heading):
    assert all(abs(nats) < 1 for nats in heading_evidence(heading, "sv"))


@pytest.mark.parametrize("field", TEXTS)
def test_the_text_decides_under_a_heading_that_names_nothing(field):
    others = [name for name in TEXTS if name != field]
    plain = {"background": "Bakgrund", "method": "Metod", "results": "Resultat"}
    plain |= {"success_factors": "Framgångsfaktorer", "challenges": "Utmaningar"}
    headings = [plain[name] if name in others else "Kaffe, bullar och tillit" for name in TEXTS]
    evidence = [evidence_of(h, text, "sv") for h, text in zip(headings, TEXTS.values(), strict=True)]
    assert [label for label, _ in decode(evidence)] == list(TEXTS)


def test_a_field_told_under_its_own_name_is_not_told_before_it():
    lead = evidence_of("Exempelby kommun", TEXTS["background"], "sv")
    named = evidence_of("Bakgrund", TEXTS["background"], "sv")
    assert [label for label, _ in decode([lead, named])] == [None, "background"]


@given(st.lists(st.tuples(*[st.floats(-9, 9)] * len(LABELS)), max_size=7), st.data())
def test_every_section_gets_one_label_and_what_is_fixed_stays(rows, data):
    labels = [data.draw(st.none() | st.sampled_from(LABELS)) for _ in rows]
    sections = [Evidence.fixed(label) if label else Evidence(row) for row, label in zip(rows, labels, strict=True)]
    decided = decode(sections)
    assert len(decided) == len(sections)
    assert all(0 < chance <= 1 and math.isfinite(chance) for _, chance in decided)
    assert all(label in (None, got) for label, (got, _) in zip(labels, decided, strict=True))


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("bakgrund", ["bakgrund"]),
        ("{så|hur} gjorde vi{ sen|}", ["så gjorde vi sen", "så gjorde vi", "hur gjorde vi sen", "hur gjorde vi"]),
    ],
)
def test_templates(template, texts):
    assert list(expand(template)) == texts


def test_no_template_stands_for_something_with_a_gap():
    odd = [
        text for _, _, texts in examples() for text in texts if not text or "{" in text or "}" in text or "|" in text
    ]
    assert not odd


def test_what_is_said_before_a_colon_is_stated_and_not_certain():
    meaning = meaning_of("Utmaningar: tid och pengar")
    assert meaning.field == "challenges"
    assert 0.9 < meaning.score < 1.0
