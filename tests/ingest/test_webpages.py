import pytest

from ingest.layout.model import Block, Placed
from ingest.layout.webpages import with_web_furniture_apart
from ingest.pages import Line


def kind(text: str) -> str:
    placed = Placed(1, 0, Line(text, (60, 100, 400, 110), 10))
    (block,) = with_web_furniture_apart([Block("text", (placed,), text)])
    return block.kind


@pytest.mark.parametrize(
    "text",
    [
        "Senast uppdaterad: 12 mars 2024",
        "Sidan senast ändrad 2023-11-02 av Anna Berg",
        "Sist oppdatert 4. mai 2022.",
        "Last updated 3 May 2021",
        "Dela: Facebook LinkedIn Skriv ut",
        "Dela sidan",
        "Del siden",
        "Del på: Facebook",
        "Facebook | LinkedIn | E-post",
        "Till toppen",
        "Hoppa till innehållet",
        "Hjälpte informationen på sidan dig?",
        "Fant du det du lette etter?",
        "Fick du den information du sökte?",
        "Was this page useful to you?",
        "Did you find the information you were looking for on this page?",
        "Vi använder kakor för att webbplatsen ska fungera.",
        "Start › Välfärd och trygghet › Vårt arbete",
        "Forside > Borger > Forebyggelse > Mentorer",
    ],
)
def test_what_a_web_page_says_about_itself_is_small_print(text):
    assert kind(text) == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "Vi gick från 3 > 2 besök i veckan.",
        "Läs mer »",
        "Oro > samtal > stöd",
        "Del",
        "Dela kunskap med grannkommunen",
        "Senast i mars kom nya uppgifter om rekrytering i området.",
        "Vi använder en mall med fem frågor.",
        "Var det svårt att få med skolan?",
        "Fick du hjälp av någon?",
        "Fick du information om stödet?",
        "Did the information reach the parents?",
        "Var fick ni information?",
        "Facebook",
        "Lyssna mer, tala mindre",
        "Senast uppdaterad är rutinen från 2019, och den beskriver i detalj hur samtalet ska gå till, vem som ringer "
        "upp och när.",
    ],
)
def test_what_only_begins_so_is_text(text):
    assert kind(text) == "text"
