import pytest

from benchmarks.blocks import Block, Record
from benchmarks.mapping import answer_of, fields_from
from kb.types import FIELD_NAMES, Case, Contact, FieldValue, Section, Span


def heading(text: str, level: int = 1, page: int = 1) -> Block:
    return Block("heading", text, page, level)


def text(content: str, page: int = 1) -> Block:
    return Block("text", content, page)


BODY = "Kommunen såg att unga rörde sig i nya kretsar och att ingen hade ansvaret för frågan."


def texts(blocks: list[Block]) -> dict[str, str]:
    return {name: found.text for name, found in fields_from(blocks).items() if found}


def test_a_peers_headings_open_fields_by_our_lexicon_and_others_close_them() -> None:
    found = fields_from(
        [
            heading("Rösten i luren"),
            text("Ingress."),
            heading("Bakgrund", 2),
            text(BODY),
            heading("Utmaningar", 2, page=2),
            text("Tiden räckte inte till.", page=2),
            text("Pengarna tog slut.", page=3),
            heading("Kontakt", 2, page=3),
            text("Ring oss.", page=3),
        ]
    )
    assert found["background"] is not None
    assert found["background"].text == BODY
    assert found["challenges"] is not None
    assert found["challenges"].text == "Tiden räckte inte till.\nPengarna tog slut."
    assert found["challenges"].pages == (2, 3)
    assert found["method"] is None
    assert found["results"] is None


def test_a_line_of_plain_text_that_the_lexicon_knows_is_a_heading() -> None:
    page = (
        f"Exempelbladet\nBakgrund\n{BODY}\nSå gjorde vi\nVi bildade en grupp\nmed polisen.\nUtmaningar\nTiden var kort."
    )
    assert texts([text(page)]) == {
        "background": BODY,
        "method": "Vi bildade en grupp med polisen.",
        "challenges": "Tiden var kort.",
    }


def test_patterns_of_the_lexicon_make_headings_only_where_the_peer_gives_none() -> None:
    lines = f"Det som fungerat bra hos oss i Åbo\n{BODY}"
    assert texts([text(lines)]) == {"success_factors": BODY}
    assert texts([heading("Metod"), text(lines)]) == {"method": " ".join(lines.split())}


@pytest.mark.parametrize(
    "line", ["problemet.", "bakgrund", "Bakgrund,"], ids=["a sentence's end", "lower case", "a comma"]
)
def test_a_line_within_a_paragraph_is_no_heading(line: str) -> None:
    assert texts([heading("Metod"), text(f"Så löstes\n{line}\nmed tiden.")]) == {
        "method": f"Så löstes {line} med tiden."
    }


@pytest.mark.parametrize(
    ("given", "joined"),
    [
        pytest.param("sam-\nverkan", "samverkan", id="hyphen at a line's end"),
        pytest.param("sam‐ verkan", "samverkan", id="typographic hyphen before a space"),
        pytest.param("sam\u00ad\nverkan", "samverkan", id="soft hyphen"),
        pytest.param("barn- och unga", "barn- och unga", id="suspended hyphen within a line"),
        pytest.param("EU-\nMedel", "EU- Medel", id="before a capital"),
        pytest.param("• en punkt", "en punkt", id="bullet"),
    ],
)
def test_lines_of_a_peers_text_are_joined_and_bullets_taken_off(given: str, joined: str) -> None:
    assert texts([heading("Bakgrund"), text(given)]) == {"background": joined}


def test_an_empty_line_parts_paragraphs() -> None:
    assert texts([heading("Bakgrund"), text("Ett.\n\nTvå.")]) == {"background": "Ett.\nTvå."}


def test_nothing_read_gives_no_fields() -> None:
    assert fields_from([]) == dict.fromkeys(FIELD_NAMES)
    assert answer_of(Record("x.pdf", error="broken")).fields == dict.fromkeys(FIELD_NAMES)
    assert answer_of(Record("x.pdf", error="broken")).error == "broken"


def test_a_peer_answers_its_own_headings_only_and_no_metadata() -> None:
    answer = answer_of(Record("x.pdf", (heading("Rösten i\nluren"), text("Bakgrund\n" + BODY))))
    assert answer.headings == ("Rösten i luren",)
    assert answer.metadata is None


def test_our_case_answers_its_fields_pages_metadata_and_headings() -> None:
    span = Span(2, (0.0, 0.0, 1.0, 1.0), BODY)
    case = Case(
        case_id="x",
        file="x.pdf",
        sha256="",
        document_type="example",
        language="sv",
        page_count=2,
        title="Rösten i luren",
        contact=Contact(email="a@b.example"),
        fields=dict.fromkeys(FIELD_NAMES) | {"background": FieldValue(BODY, (span,), "tag-heading", 0.98)},
        sections=(
            Section("Bakgrund", 1, BODY, (span,), "background"),
            Section("Bakgrund", 1, "Mer.", (span,)),
            Section("", 0, "Slut.", ()),
        ),
    )
    answer = answer_of(Record("x.pdf", case=case))
    assert answer.headings == ("Rösten i luren", "Bakgrund")
    found = answer.fields["background"]
    assert found is not None
    assert (found.text, found.pages) == (BODY, (2,))
    assert answer.metadata is not None
    assert answer.metadata["contact_email"] == "a@b.example"
    assert answer.metadata["place"] is None
