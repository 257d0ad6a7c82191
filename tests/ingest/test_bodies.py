import pytest

from ingest.bodies import bodies_in


@pytest.mark.parametrize(
    "name",
    [
        "riksföreningen Hoppet",
        "föreningen Vändpunkten",
        "stiftelsen Lindö",
        "foreningen Bro",
        "stadsbiblioteket i Ekby",
        "kommunbiblioteket i Ekby",
        "folkebiblioteket i Ekby",
        "biblioteket i Ekby",
        "Ekby kommun",
        "Region Ekmark",
        "Ekbyskolan",
    ],
)
def test_a_body_is_found_whatever_letter_its_name_begins_with(name):
    assert [body.name for body in bodies_in(f"Det var {name} som bjöd in.")] == [name]


@pytest.mark.parametrize("word", ["A" + "b" * 59, "A" + "b" * 200])
def test_a_word_before_a_space_is_taken_whole_or_not_at_all(word):
    assert [body.name for body in bodies_in(f"Så gjorde {word} kommun.")] == (
        [f"{word} kommun"] if len(word) < 62 else []
    )
