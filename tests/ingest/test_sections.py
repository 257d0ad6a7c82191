import pytest

from ingest.fields import fields_of, portions_of
from ingest.layout import lay_out
from ingest.pages import Document, Line, Page
from ingest.sections import parts_of
from ingest.understood import told_in_sections, with_sections_understood
from tests.ingest.test_section_model import TEXTS


def document(*lines: dict[str, object]) -> Document:
    made, y = [], 60.0
    for given in lines:
        size = float(given.get("size", 10.0))
        text = str(given["text"])
        above = 1.3 * made[-1].size if made else 0.0
        y += float(given.get("space", 0.0)) + above
        made.append(
            Line(
                text,
                (60, y, 60 + 0.5 * size * len(text), y + size),
                size=size,
                bold=bool(given.get("bold", False)),
                bold_prefix=int(given.get("prefix", 0)),
            )
        )
    return Document(pages=(Page(1, 595, 842, tuple(made)),), page_count=1, info={})


def body(text: str, width: int = 90) -> list[dict[str, object]]:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [{"text": line} for line in lines]


def head(text: str, size: float = 14.0) -> dict[str, object]:
    return {"text": text, "size": size, "bold": True, "space": 12}


def fields(*lines: dict[str, object]) -> dict[str, str | None]:
    layout = lay_out(document(*lines))
    portions = with_sections_understood(portions_of(parts_of(layout, language="sv")), "sv")
    return {name: value.text if value else None for name, value in fields_of(portions).items()}


TEXT = {name: " ".join(texts) for name, texts in TEXTS.items()}


@pytest.mark.parametrize("mark", [".", ":"])
def test_run_in_headings_that_only_resemble_count_where_others_are_known(mark):
    lines = []
    for heading, name in (("Utgångsläget", "background"), ("Så gjorde vi", "method"), ("Utmaningar", "challenges")):
        first, *rest = body(f"{heading}{mark} {TEXT[name]}")
        lines += [{**first, "prefix": len(heading) + 1, "space": 8}, *rest]
    found = fields(*lines)
    assert [found[name] for name in ("background", "method", "challenges")] == [
        TEXT[name] for name in ("background", "method", "challenges")
    ]


def test_a_display_quote_and_its_speaker_are_no_headings():
    quote = [{"text": "”Vi trodde aldrig att det skulle gå.”", "size": 15, "space": 10}]
    speaker = [{"text": "Anna, kurator", "size": 8.5}]
    first, rest = TEXT["method"].split(". ", 1)
    found = fields(
        head("Bakgrund"), *body(TEXT["background"]), head("Metod"), *body(f"{first}."), *quote, *speaker, *body(rest)
    )
    assert found["method"] == f"{first}.\n{rest}"


def test_what_worked_and_what_did_not_under_sub_headings_are_fields_of_their_own():
    found = fields(
        head("Bakgrund"),
        *body(TEXT["background"]),
        head("Metod"),
        *body(TEXT["method"]),
        head("Det som fungerat bra", 11.5),
        *body(TEXT["success_factors"]),
        head("Svårast av allt", 11.5),
        *body(TEXT["challenges"]),
        head("Resultat"),
        *body(TEXT["results"]),
    )
    assert found == TEXT


def test_headings_that_name_nothing_get_their_fields_from_the_texts():
    headings = ("Ett brev", "Torsdagar klockan tre", "Samma bänk", "Uppförsbacken mot norr", "Sju trappor upp")
    twice = {name: f"{text} {text}" for name, text in TEXT.items()}
    lines = [line for h, text in zip(headings, twice.values(), strict=True) for line in (head(h), *body(text))]
    portions = portions_of(parts_of(lay_out(document(*lines)), language="sv"))
    told = told_in_sections(portions, "sv")
    assert told is not None
    assert {name: value.text if value else None for name, value in fields_of(told).items()} == twice


def test_a_text_of_other_things_tells_no_example():
    text = "Nämnden möts den tredje torsdagen i varje månad. Handlingar skickas ut en vecka i förväg till ledamöterna."
    lines = [line for h in ("Lokaler", "Möten", "Arkiv", "Post") for line in (head(h), *body(f"{text} {text}"))]
    assert told_in_sections(portions_of(parts_of(lay_out(document(*lines)), language="sv")), "sv") is None
