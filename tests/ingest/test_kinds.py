"""What the words of a paper say of its kind."""

import math

import pytest

from ingest.kinds import kind_features, kind_says


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "Program",
            "Välkommen! Kl. 9.00 kaffe, kl. 12.00 lunch. Anmäl dig senast den 3 maj till nätverket.",
            "network",
        ),
        (
            "Plan",
            "Nämnden ska ta fram rutiner. Ansvarig: socialchefen. Klart: 2026. Uppföljning ska ske.",
            "action_plan",
        ),
        ("Läget", "Enkäten besvarades av 312 respondenter. Undersökningen visar att andelen ökade.", "report"),
        ("Lyktan", "Vi öppnade huset. Ungdomarna kom. Det avgörande var att vi stannade kvar.", "example"),
    ],
)
def test_a_few_words_lean_to_their_kind(title: str, text: str, kind: str):
    says = kind_says(title, text, ["method", "success_factors", "challenges"] if kind == "example" else [])
    assert max(says, key=lambda name: says[name]) == kind
    assert math.isclose(sum(map(math.exp, says.values())), 1.0, rel_tol=1e-6)


def test_what_is_told_speaks_for_an_example():
    text = "Här står om ett arbete i kommunen, och det är allt."
    told = kind_says("Lyktan", text, ["background", "method", "success_factors", "challenges"])
    assert told["example"] > kind_says("Lyktan", text, [])["example"]


def test_only_the_beginning_of_a_long_text_is_looked_at():
    beginning = "ord " * 900
    assert kind_features("", f"{beginning} enkät", []) == kind_features("", beginning, [])


@pytest.mark.parametrize("text", ["", " \n", "…"])
def test_a_paper_without_words_is_of_some_kind_as_well(text: str):
    says = kind_says(text, text, [])
    assert set(says) >= {"example", "report", "other"}
    assert math.isclose(sum(map(math.exp, says.values())), 1.0, rel_tol=1e-6)
