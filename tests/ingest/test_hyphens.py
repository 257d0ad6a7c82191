"""Words that lines break: joined, kept with their hyphen, or left hanging."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layout import lay_out
from ingest.layout.hyphens import SOFT_HYPHEN, Joiner
from ingest.pages import Document, Line, Page

HEIGHT = 13.0


def line(text: str, y: float, *, x: float = 60.0, size: float = 10.0) -> Line:
    return Line(text, (x, y, x + 0.5 * size * len(text), y + size), size=size)


@pytest.mark.parametrize(
    ("before", "after", "joined", "language"),
    [
        ("polisens sam-", "verkan med skolan", "polisens samverkan med skolan", "sv"),
        ("stöd ur EU-", "medel i tre år", "stöd ur EU-medel i tre år", "sv"),
        ("hälso-, miljö-", "och räddningstjänst", "hälso-, miljö- och räddningstjänst", "sv"),
        ("børne-", "og ungeforvaltningen", "børne- og ungeforvaltningen", "da"),
        ("long-", "term support", "long-term support", "en"),
        ("the commu-", "nity", "the community", "en"),
        (f"sam{SOFT_HYPHEN}", "verkan", "samverkan", "sv"),
        ("åren 2019-", "2021", "åren 2019-2021", "sv"),
        ("Anna-", "Lena", "Anna-Lena", "sv"),
        ("IT-", "stöd", "IT-stöd", "sv"),
        ("och/", "eller", "och/eller", "sv"),
        ("sök på vasa.example/", "stod", "sök på vasa.example/stod", "sv"),
        ("skola /", "hem", "skola / hem", "sv"),
        ("utan", "streck", "utan streck", "sv"),
    ],
)
def test_a_word_that_a_line_breaks(before, after, joined, language):
    assert Joiner([], language=language).join([before, after]) == joined


@pytest.mark.parametrize(("word", "joined"), [("näthat", "näthat"), ("nät-hat", "nät-hat")])
def test_the_documents_own_spelling_decides(word, joined):
    assert Joiner([line(f"Om {word} i skolan", 0)]).join(["om nät-", "hat"]) == f"om {joined}"


@given(st.lists(st.text("abcåäö", min_size=1, max_size=8), min_size=1, max_size=12))
def test_what_has_no_hyphen_is_joined_by_spaces(words):
    assert Joiner([]).join(words) == " ".join(words)


def test_a_drop_capital_begins_its_word():
    page = Page(
        1, 595, 842,
        (
            Line("D", (60, 100, 84, 136), size=36.0),
            line("et började en kväll i november när fritidsgården brann", 100, x=88),
            line("och ingen av dem som kom dit ville säga vad de hade sett.", 113, x=88),
            line("Först efter jul började någon berätta om vad som hade hänt.", 140),
        ),
    )  # fmt: skip
    found = [block.text for block in lay_out(Document(pages=(page,), page_count=1, info={})).blocks]
    assert found[0].startswith("Det började en kväll")


def test_a_paragraph_goes_on_over_columns_and_pages():
    full = ["Arbetet leds av en grupp med polis och skola", "som träffas varje vecka för att dela det som"] * 10

    def column(x: float, *texts: str) -> list[Line]:
        return [line(text, 80 + HEIGHT * number, x=x) for number, text in enumerate(texts)]

    left = column(50, *full, "de vet i det dagliga arbetet och bygga sam-")
    right = column(310, "verkan mellan alla som möter de unga och som", *full, "därför är de som först hör talas om")
    first = Page(1, 595, 842, (*left, *right))
    second = Page(2, 595, 842, tuple(column(50, "oro i kommunen. Då ringer de samordnaren.")))
    blocks = lay_out(Document(pages=(first, second), page_count=2, info={})).blocks
    [block] = [block for block in blocks if "oro i kommunen" in block.text]
    assert "bygga samverkan mellan alla" in block.text
    assert "hör talas om oro i kommunen." in block.text
    assert {placed.page for placed in block.lines} == {1, 2}
