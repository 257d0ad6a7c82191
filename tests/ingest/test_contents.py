import pytest

from ingest.layout import lay_out
from ingest.pages import Document, Line, Page

ENTRIES = ("Så började det", "Arbetet i dag", "Vad blev bättre?")
TEXT = "Kommunen har arbetat med detta i flera år och gör det gärna igen nästa år också."


def document(*entries: str, bold: bool = True, together: bool = False) -> Document:
    """A list of entries, and below it sections with the first three of them for headings."""
    step = 13 if together else 40
    lines = [
        Line(entry, (60, 60 + step * n, 60 + 5 * len(entry), 70 + step * n), 10) for n, entry in enumerate(entries)
    ]
    y = 400.0
    for heading in ENTRIES:
        lines.append(Line(heading, (60, y, 60 + 5 * len(heading), y + 10), 10, bold=bold))
        lines.append(Line(TEXT, (60, y + 16, 460, y + 26), 10))
        y += 60
    return Document(pages=(Page(1, 595, 842, tuple(lines)),), page_count=1, info={})


def listed(found: Document) -> list[str]:
    return [block.text for block in lay_out(found).blocks if block.kind == "contents"]


@pytest.mark.parametrize("together", [False, True], ids=["apart", "below one another"])
def test_a_list_of_the_headings_to_come_is_a_table_of_contents(together):
    assert " ".join(listed(document(*ENTRIES, together=together))) == " ".join(ENTRIES)


def test_bullets_numbers_and_pages_are_no_part_of_an_entry():
    entries = (f"• {ENTRIES[0]}", f"2. {ENTRIES[1]}", f"{ENTRIES[2]} 4")
    assert listed(document(*entries)) == list(entries)


@pytest.mark.parametrize(
    "entries",
    [ENTRIES[:2], (*ENTRIES[:2], "Något annat"), tuple(f"{entry.strip('?')}," for entry in ENTRIES)],
    ids=["two", "not a heading", "in a sentence"],
)
def test_what_lists_less_is_text(entries):
    assert listed(document(*entries)) == []


def test_what_comes_again_just_as_it_is_is_no_heading():
    assert listed(document(*ENTRIES, bold=False)) == []
