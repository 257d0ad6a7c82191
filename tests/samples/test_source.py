"""Reading sources: blocks, fields and gold; and every source of the collection held against its format."""

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from data.samples.render.model import (
    FIELDS,
    Footnote,
    Heading,
    Layout,
    ListItem,
    Paragraph,
    PullQuote,
    Run,
    Source,
    plain,
)
from data.samples.render.source import SourceError, gold, load

CASES = sorted((Path(__file__).parents[2] / "data" / "samples" / "cases").glob("*.md"))

FRONT_MATTER = """\
id: prov
split: dev
layout: simple
language: sv
document_type: example
title: "Provet: ett exempel"
organisation: Granviks kommun
place: Granvik
country: SE
start_year: 2019
published_year: null
target_groups: [unga]
partners: []
contact: {email: a@granvik.example}
facets: {measure: [support_line]}
fact_box: [[Startår, 2019]]
running_head: null
"""


def write(folder: Path, body: str, front_matter: str = FRONT_MATTER) -> Path:
    path = folder / "prov.md"
    path.write_text(f"---\n{front_matter}---\n{body}", encoding="utf-8")
    return path


def test_front_matter_is_typed(tmp_path: Path) -> None:
    meta = load(write(tmp_path, "Ingress.")).meta
    assert (meta.title, meta.start_year, meta.published_year) == ("Provet: ett exempel", 2019, None)
    assert meta.fact_box == (("Startår", "2019"),)
    assert meta.facets == {"measure": ("support_line",)}
    assert meta.contact is not None
    assert (meta.contact.email, meta.contact.phone) == ("a@granvik.example", None)


def test_blocks_carry_styles_markers_notes_and_fields(tmp_path: Path) -> None:
    body = """\
Ingress.

## 2. Metod
<!-- field: method -->

Sedan 2019[^a] finns **stöd**.

> Stöd finns.

- ett
- två

3. tre

### Att ringa

Fyra.

## Kontakt

Fem.

[^a]: Se *lagen*.
"""
    source = load(write(tmp_path, body))
    assert source.blocks == (
        Paragraph((Run("Ingress."),), None),
        Heading(2, "2. Metod", "method"),
        Paragraph((Run("Sedan 2019"), Run("", note=1), Run(" finns "), Run("stöd", bold=True), Run(".")), "method"),
        PullQuote("Stöd finns."),
        ListItem((Run("ett"),), False, "-", "method"),
        ListItem((Run("två"),), False, "-", "method"),
        ListItem((Run("tre"),), True, "3.", "method"),
        Heading(3, "Att ringa", "method"),
        Paragraph((Run("Fyra."),), "method"),
        Heading(2, "Kontakt", None),
        Paragraph((Run("Fem."),), None),
    )
    assert source.footnotes == (Footnote(1, (Run("Se "), Run("lagen", italic=True), Run("."))),)
    assert source.ingress == source.blocks[:1]
    assert source.body == source.blocks[1:]


def test_gold_has_paragraphs_and_items_only_and_none_where_a_field_is_missing(tmp_path: Path) -> None:
    body = """\
Ingress.

<!-- field: background -->
Före.[^1]

## Både och
<!-- field: success_factors -->

Bra.

<!-- field: challenges -->

Svårt.

> Svårt.

<!-- field: success_factors -->
- Också bra.

## Kontakt

Ring.

[^1]: Fotnot.
"""
    assert gold(load(write(tmp_path, body))) == {
        "background": "Före.",
        "method": None,
        "success_factors": "Bra.\nOckså bra.",
        "challenges": "Svårt.",
        "results": None,
    }


@pytest.mark.parametrize(
    ("heading", "unnumbered"),
    [("1. Bakgrund", "Bakgrund"), ("2.1 Att ringa", "Att ringa"), ("5 råd till andra", "5 råd till andra")],
)
def test_a_headings_own_number_can_be_left_out(heading: str, unnumbered: str) -> None:
    assert Heading(2, heading, None).unnumbered == unnumbered


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        pytest.param("<!-- field: metod -->\n\nText.", "unknown field 'metod'", id="unknown field"),
        pytest.param("<b>Text</b>", "html", id="inline html"),
        pytest.param("<div>\n</div>", "HTML other than", id="html block"),
        pytest.param("# För stor", "not h1", id="heading level"),
        pytest.param("![bild](b.png)", "image", id="image"),
        pytest.param("- ett\n  - två", "inside bullet_list", id="nested list"),
        pytest.param("Text.\n\n[^1]: Ingen pekar hit.", "without a mark", id="unused footnote"),
    ],
)
def test_what_no_layout_renders_is_an_error_naming_the_file(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=r"^prov\.md: ") as caught:
        load(write(tmp_path, body))
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param("split: dev", "split: train", "split is 'train'", id="unknown split"),
        pytest.param("place: Granvik\n", "", "missing ['place']", id="missing key"),
        pytest.param("place: Granvik", "place: Granvik\nort: Granvik", "unknown ['ort']", id="unknown key"),
        pytest.param("id: prov", "id: annat", "the file is called 'prov'", id="another id"),
        pytest.param("[unga]", "[unga", "prov.md: ", id="not yaml"),
        pytest.param("[[Startår, 2019]]", "[Startår]", "front matter", id="fact without a value"),
    ],
)
def test_wrong_front_matter_is_an_error(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in FRONT_MATTER
    with pytest.raises(SourceError) as caught:
        load(write(tmp_path, "Text.", FRONT_MATTER.replace(old, new)))
    assert complaint in str(caught.value)


def test_a_file_without_front_matter_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "prov.md"
    path.write_text("Bara text.", encoding="utf-8")
    with pytest.raises(SourceError, match="no front matter"):
        load(path)


# The collection itself.

INVENTED = re.compile(
    r"påhitt|uppdikta|fiktiv|finns inte|oppdikt|finnes ikke|opdigt|findes ikke|invented|made.up|fictional",
    re.IGNORECASE,
)


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Source:
    return load(request.param)


def rendered_text(source: Source) -> str:
    """All that a reader of the PDF can read, the running head aside."""
    texts = [block.text if isinstance(block, Heading | PullQuote) else plain(block.runs) for block in source.blocks]
    notes = [plain(note.runs) for note in source.footnotes]
    facts = [f"{key}: {value}" for key, value in source.meta.fact_box]
    return "\n".join([source.meta.title, source.meta.organisation, *texts, *notes, *facts])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_annotated_field_has_gold_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    annotated = set(re.findall(r"<!-- field: (\w+) -->", text)) - {"none"}
    assert {name for name, value in gold(load(path)).items() if value} == annotated
    assert annotated <= set(FIELDS)


def test_every_example_has_background_and_method(case: Source) -> None:
    fields = gold(case)
    assert fields["background"]
    assert fields["method"]


def test_every_case_is_of_the_agreed_length(case: Source) -> None:
    assert 500 <= case.words <= 1500


def test_every_case_says_at_once_that_it_is_invented(case: Source) -> None:
    assert INVENTED.search("\n".join(plain(paragraph.runs) for paragraph in case.ingress))


def test_metadata_can_be_read_in_the_document(case: Source) -> None:
    text = rendered_text(case).casefold()
    meta = case.meta
    told = [*meta.target_groups, *meta.partners, meta.place]
    told += [value for value in (meta.contact.name, meta.contact.email) if value] if meta.contact else []
    told += [str(meta.start_year)] if meta.start_year else []
    assert [value for value in told if value.casefold() not in text] == []


def test_addresses_are_reserved_for_examples(case: Source) -> None:
    addresses = re.findall(r"[\w.+-]+@([\w.-]+\w)", rendered_text(case))
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_the_collection_covers_languages_layouts_and_splits() -> None:
    metas = [load(path).meta for path in CASES]
    languages = Counter(meta.language for meta in metas)
    assert languages["sv"] >= 26
    assert min(languages["nb"], languages["da"]) >= 4
    assert languages["en"] >= 2
    assert {meta.layout for meta in metas} == set(get_args(Layout))
    assert {meta.split for meta in metas if meta.language == "sv"} == {"dev", "held_out"}
