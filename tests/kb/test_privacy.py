"""Personal data is masked, and what only looks like it is not."""

import pytest

from kb.privacy import holds_contact, masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kontakta Anna Ek, anna.ek@lindvik.se, 010-555 01 02.", "Kontakta …, …, …."),
        ("Utgivare: Catarina Olsson", "Utgivare: …"),
        ("”Det tog tid”, säger Lars-Erik Ståhl-Berg, samordnare.", "”Det tog tid”, säger …, samordnare."),
        ("Enligt Mohamed Al-Hassan, Ole Petter Nordmann och Søren Kjærgård", "Enligt …, … och …"),
        ("Eva-Lena Svenssons rapport", "… rapport"),
        ("Karl von Essen och Maria A. Lind", "… och …"),
        ("Sara\nLindqvist", "…"),
        ("Peter McKay and Sarah O’Brien", "… and …"),
    ],
)
def test_names_of_persons_are_masked(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Socialtjänsten i Lund och Region Skåne",
        "Anna Lindhs plats, Erik Dahlbergsgatan och Maria Montessoriskolan",
        "Elsa Brändströms gata",
        "Hon träffade Anna. Polisen kom sedan.",
        "Rädda Barnen och Svenska Röda Korset",
        "S:t Eriks gymnasium, Sankt Olof",
        "Kristian, Sara och Ali fick varsin mentor",
        "Malmö Stad, Göteborgs Stad och Center mot våldsbejakande extremism",
        "Kim Larsens Fond",
    ],
)
def test_places_and_organisations_stand(text):
    assert masked(text) == text


def test_a_contacts_name_is_masked_though_it_is_not_listed():
    assert masked("Frågor besvaras av Zbigo Qvark.", ["Zbigo Qvark"]) == "Frågor besvaras av …."


@pytest.mark.parametrize(
    ("text", "holds"), [("a@b.se", True), ("0150-570 00", True), ("19900101-1234", True), ("2015–2020", False)]
)
def test_contact_details_are_seen(text, holds):
    assert holds_contact(text) is holds
