import pytest

from ingest.layout.tagging import with_tags_believed
from ingest.pages import Document, Line, Page

LONG = "Vi började med att fråga dem som bor i området vad de själva såg och vad de ville ha hjälp med. "


def document(*tagged: tuple[str, str, int]) -> Document:
    lines = tuple(
        Line(
            text.lstrip("*"),
            (60, 100 + 14 * n, 400, 110 + 14 * n),
            size=10,
            bold=text[0] == "*",
            tag=tag,
            raw_tag=tag,
            element=element,
        )
        for n, (tag, text, element) in enumerate(tagged)
    )
    return Document(pages=(Page(1, 595, 842, lines),), page_count=1, info={}, tagged=True)


def tags(found: Document) -> list[str | None]:
    return [line.tag for page in found.pages for line in page.lines]


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ([("P", "Bakgrund", 1), *[("H3", LONG, 2)] * 3], ["P", None, None, None]),
        ([("H2", "Bakgrund", 1), ("P", LONG, 2), ("H2", "Metod", 3)], ["H2", "P", "H2"]),
        # A lead in a heading's style is one element among the headings.
        ([("H2", LONG, 1), ("H2", LONG, 1), *(("H2", "Så här gjorde kommunen", n) for n in range(2, 12))], ["H2"] * 12),
        ([("TD", "*Metod", 1), *[("TD", LONG, 1)] * 4, ("TD", LONG, 2)], [*[None] * 5, "TD"]),
        ([("TD", "*Metod", 1), *[("TD", LONG, 2)] * 4], ["TD"] * 5),
        ([("TH", "År", 1), ("TD", "2021", 2), ("TD", "En träff i veckan", 3)], ["TH", "TD", "TD"]),
        ([("Caption", LONG, 1), ("Caption", LONG, 2)], ["Caption", "Caption"]),
        ([("Figure", LONG, 1)] * 6, [None] * 6),
        ([("LI", LONG, 1)] * 9, ["LI"] * 9),
    ],
    ids=[
        "headings",
        "true headings",
        "a lead",
        "a headed cell",
        "a label and its cell",
        "a table",
        "captions",
        "text box",
        "list items",
    ],
)
def test_a_role_that_holds_running_text_is_not_believed(tagged, expected):
    assert tags(with_tags_believed(document(*tagged))) == expected


def test_a_document_with_nothing_wrong_is_the_same():
    found = document(("H1", "Titel", 1), ("P", LONG, 2))
    assert with_tags_believed(found) is found
