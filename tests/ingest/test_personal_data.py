"""Persons are no organisations, no partners and no target groups; what is said of them stays out of metadata."""

import pytest

from ingest.facets import _quote
from ingest.facts import Fact
from ingest.organisations import organisation_of
from ingest.partners import partners_of
from ingest.stated import Sources
from ingest.target_groups import target_groups_of


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("Anna Ek", None),
        ("Anna Ek, anna.ek@lindvik.se", None),
        ("Anna Ek, Lindviks kommun", "Lindviks kommun"),
        ("Lindviks kommun, Anna Ek", "Lindviks kommun"),
        ("Lindviks kommun och Anna Ek", "Lindviks kommun"),
        ("Lindviks kommun, Socialförvaltningen", "Lindviks kommun"),
        ("Nora kommun", "Nora kommun"),
        ("Fryshuset", "Fryshuset"),
    ],
)
def test_a_person_who_answers_for_it_is_not_the_organisation(stated, found):
    assert organisation_of(Sources(facts=[Fact("organisation", stated, 1)])) == found


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("Anna Ek, Polisen, kalle.berg@polis.se, 070-123 45 67", ("Polisen",)),
        ("Anna Ek (Polisen) och Lars Svensson", ("… (Polisen)",)),
        ("Nora Kommun, Region Lindland och Lärkskolan", ("Nora Kommun", "Region Lindland", "Lärkskolan")),
        ("Lindviks kommun 0123-456 78", ("Lindviks kommun …",)),
        ("Anna Ek", None),
    ],
)
def test_a_person_is_no_partner(stated, found):
    assert partners_of([Fact("partners", stated, 1)], (), organisation=None) == found


def test_a_person_beside_the_owner_is_no_partner():
    facts = [Fact("organisation", "Lindviks kommun tillsammans med Anna Ek och Polisen", 1)]
    assert partners_of(facts, (), organisation="Lindviks kommun") == ("Polisen",)


def test_a_person_is_no_target_group():
    assert target_groups_of([Fact("target_groups", "Anna Ek, unga i riskzon", 1)], ()) == ("unga i riskzon",)


def test_what_a_facet_rests_on_names_nobody():
    assert _quote("Ring Anna Ek, 070-123 45 67, om stödtelefonen.") == "Ring …, …, om stödtelefonen."


@pytest.mark.parametrize(
    ("text", "emails", "found"),
    [
        ("Anna Ek svarar varje kväll. Anna Ek håller i samtalen.", ["info@annaek.example"], None),
        ("Gruppen drivs av Anna sedan 2012.", [], None),
        ("Gruppen drivs av Karin och Lars.", [], None),
        ("Tiderna ligger i Outlook. Norrljus finns i Ekby.", ["norrljus@outlook.com"], None),
        ("Gruppen drivs av Lyktan sedan 2012.", [], "Lyktan"),
        ("Vi möts på Norrljus.", ["info@norrljus.example"], "Norrljus"),
    ],
    ids=["own domain", "given name", "given names", "provider of mail", "a body", "a body's domain"],
)
def test_a_person_who_runs_it_is_not_the_organisation(text, emails, found):
    assert organisation_of(Sources(text=text, emails=emails)) == found
