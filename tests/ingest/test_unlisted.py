"""Names of bodies that no list has, and what looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.unlisted import letterheads, may_be_person, names_at_places, names_of_addresses

PIECES = st.sampled_from(
    ["Norrljus", "i", "och", "Umeå", "Ngozi", "·", ",", "(", "|", "Storgatan 1", "info@norrljus.example", "\x00", "Ä"]
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Norrljus · Storgatan 1, Umeå", ["Norrljus"]),
        ("Norrljus, 901 02 Umeå", ["Norrljus"]),
        ("Ngozi Okafor, ngozi@norrljus.example", []),
        ("Umeå, Storgatan 1", []),
        (" · Storgatan 1, Umeå", []),
        ("; Storgatan 1", []),
        ("Norrljus är en förening", []),
    ],
)
def test_lines_with_an_address_begin_with_who_lives_there(line, names):
    assert list(letterheads([line])) == names


@pytest.mark.parametrize(
    ("name", "person"), [("Ngozi Okafor", True), ("Anna Ek", True), ("Ungdomens Hus", False), ("Umeå Fritid", False)]
)
def test_two_unlisted_names_are_a_persons_sooner_than_a_bodys(name, person):
    assert may_be_person(name) is person


@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=40))
def test_whatever_stands_there_is_read(text):
    lines = text.splitlines()
    found = [
        *letterheads([*lines, f"{text} Storgatan 1", f"Storgatan 1, {text}"]),
        *names_at_places(text),
        *names_of_addresses(text, ["info@norrljus.example"], lines),
    ]
    assert all(name.strip() for name in found)
