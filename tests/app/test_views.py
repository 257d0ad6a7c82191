"""The pages as Streamlit runs them, over a real base with the bundled model."""

import itertools
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import app
from app import widgets
from tests.app.fakes import EMAIL, HOSTILE, TEXTS, add, make_base, make_case

APP = str(Path(app.__file__).with_name("streamlit_app.py"))


@pytest.fixture(autouse=True)
def no_warm_up(monkeypatch):
    """No thread outlives the test that it was started in."""
    monkeypatch.setattr("app.opened._warm_up", lambda base: None)


@pytest.fixture
def visit(base_folder, monkeypatch):
    """Return what shows a page: ``visit("views/case.py", case=…)``."""
    monkeypatch.setenv("KB_BASE", str(base_folder))

    def visit(view=None, **params):
        page = AppTest.from_file(APP, default_timeout=60)
        if view is not None:
            page.run().switch_page(view)  # before the first run there are no pages to switch to
        for name, value in params.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return visit


def html(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def errors(page):
    return [element.value.replace("\\", "") for element in page.error]


def hits(page):
    return html(page).count('<article class="eb-hit">')


def address(page):
    return {name: [value] if isinstance(value, str) else value for name, value in page.query_params.items()}


def labels(page):
    return [box.label.replace("\\", "") for box in page.checkbox]


def test_the_first_page_lists_all_cases_with_their_facets(visit):
    page = visit()
    assert "Sök i 4 exempel" in html(page)
    assert hits(page) == 4
    assert "Mentorskap (2)" in labels(page)
    assert html(page).count("<h1") == 1


def test_a_query_in_the_address_is_searched(visit):
    page = visit(q="stödtelefon")
    assert page.text_input("query").value == "stödtelefon"
    assert html(page).index("stodtelefonen") < html(page).index("Varför den här träffen?")
    assert "<mark>stödtelefon</mark>" in html(page)


def test_a_query_that_is_typed_lands_in_the_address(visit):
    page = visit()
    page.text_input("query").set_value("mentor")
    page.button[0].click()
    page.run()
    assert address(page)["q"] == ["mentor"]
    assert "för ”mentor”" in html(page)


def test_a_facet_that_is_chosen_filters_and_lands_in_the_address(visit):
    page = visit()
    page.checkbox("facet:measure:mentoring").check().run()
    assert address(page)["measure"] == ["mentoring"]
    assert hits(page) == 2
    assert "Stödtelefon (1)" in labels(page)
    page.checkbox("facet:measure:support_line").check().run()
    assert address(page)["measure"] == ["mentoring", "support_line"]
    assert hits(page) == 3
    page.checkbox("facet:measure:mentoring").uncheck().run()
    assert hits(page) == 1


def test_years_filter_and_land_in_the_address(visit):
    page = visit()
    page.number_input("year:from").set_value(2018).run()
    assert address(page)["start_year"] == ["2018.."]
    assert hits(page) == 1
    assert "från 2018" in html(page)


def test_filters_that_nothing_passes_get_advice(visit):
    page = visit(measure="mentoring", start_year="1990")
    assert "Inga exempel passar alla avgränsningar." in html(page)


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"colour": "red"}, "Det finns inget filter som heter ”colour”."),
        ({"measure": "magic"}, "Filtret measure har inget värde ”magic”."),
        ({"q": "++"}, "Det finns inget att söka på"),
        ({"q": "x" * 10_000}, "Sökfrågan är 10000 tecken lång"),
        ({"start_year": "2020..2015"}, "är inget filter"),
    ],
    ids=["facet", "value", "empty query", "long query", "years"],
)
def test_a_bad_address_gets_a_sentence_and_a_way_on(visit, params, sentence):
    page = visit(**params)
    assert sentence in errors(page)[0]
    assert "Börja om med en ny sökning" in html(page)


def test_a_case_shows_its_fields_and_says_what_is_missing(visit):
    page = visit("views/case.py", case="stodtelefonen-lindvik")
    shown = html(page)
    for text in TEXTS["stodtelefonen-lindvik"].values():
        assert text.split("\n")[0] in shown
    assert "står inte i dokumentet" in shown
    assert shown.count("<h1") == 1


def test_the_page_of_the_pdf_that_the_address_names_is_shown_with_a_text_for_those_who_do_not_see_it(visit):
    page = visit("views/case.py", case="stodtelefonen-lindvik", field="challenges")
    [picture] = page.get("image")
    assert picture.proto.imgs[0].alt.startswith("Bild av sida 2 av 2")
    assert "Markerat: Utmaningar." in picture.proto.imgs[0].alt


def test_the_contact_is_shown_only_to_who_asks(visit):
    page = visit("views/case.py", case="stodtelefonen-lindvik")
    assert EMAIL not in html(page)
    page.button("contact:stodtelefonen-lindvik").click().run()
    assert EMAIL in html(page)
    page.run()
    assert EMAIL not in html(page)


def test_warnings_are_shown_with_the_case(visit):
    page = visit("views/case.py", case="fientlig-text")
    assert "tolkad från bilder" in page.warning[0].value
    assert "inget exempel utan ett dokument av slaget rapport" in html(page)


def test_a_new_edition_is_told_of_at_both_cases(tmp_path, visit, monkeypatch):
    monkeypatch.setenv("KB_BASE", str(tmp_path))
    with make_base(tmp_path) as base:
        add(base, make_case("stodtelefonen-andra-utgavan", published_year=2024))
    for case_id, other in itertools.permutations(("stodtelefonen-andra-utgavan", "stodtelefonen-lindvik")):
        page = visit("views/case.py", case=case_id)
        expected = widgets.plain(f"{case_id}.pdf liknar {other}.pdf (100 % av texten")
        assert page.warning[0].value.startswith(expected)


def test_an_unknown_case_gets_a_sentence(visit):
    page = visit("views/case.py", case="finns-inte")
    assert "Det finns inget exempel ”finns-inte”" in errors(page)[0]


def test_the_case_page_without_a_case_leads_to_the_search(visit):
    assert "Sök bland exemplen" in html(visit("views/case.py"))


@pytest.mark.parametrize("view", ["views/search.py", "views/case.py", "views/similar.py"])
def test_hostile_text_reaches_no_page_unescaped(visit, view):
    params = {} if "search" in view else {"case": "fientlig-text"}
    page = visit(view, **params)
    assert "<script" not in html(page)
    assert "<img" not in html(page)
    assert HOSTILE[:8] not in html(page)
    assert not any(HOSTILE in element.value for element in page.markdown)


def test_a_situation_finds_examples_and_stays_out_of_the_address(visit):
    page = visit("views/similar.py")
    page.text_area[0].set_value("En mamma är orolig för sin son och vill ringa någon på socialtjänsten.")
    page.button[0].click()
    page.run()
    assert "stodtelefonen-lindvik" in html(page)
    assert address(page) == {}


def test_a_pdf_that_is_not_in_the_base_finds_examples_and_stays_out_of_it(visit, base_folder):
    pdf = Path(__file__).parents[2] / "data" / "raw_pdfs" / "stodtelefonen-lindhamn.pdf"
    page = visit("views/similar.py")
    page.file_uploader[0].set_value((pdf.name, pdf.read_bytes(), "application/pdf"))
    page.button[0].click()
    page.run()
    assert "Exempel som liknar det i PDF:en" in html(page)
    assert "stodtelefonen-lindvik" in html(page)
    assert "Lindhamn" not in html(page)


@pytest.mark.parametrize("content", [b"inte en PDF", b"%PDF-1.7 trasig"], ids=["text", "torn"])
def test_a_file_that_cannot_be_read_gets_a_sentence(visit, content):
    page = visit("views/similar.py")
    page.file_uploader[0].set_value(("fel.pdf", content, "application/pdf"))
    page.button[0].click()
    page.run()
    assert "fel.pdf" in errors(page)[0]
    assert hits(page) == 0


def test_an_empty_situation_gets_a_sentence(visit):
    page = visit("views/similar.py")
    page.button[0].click()
    page.run()
    assert "Det finns inget att söka på" in errors(page)[0]


def test_examples_like_a_case_do_not_hold_the_case_itself(visit):
    shown = html(visit("views/similar.py", case="mentorerna-vassnas"))
    assert '<article class="eb-hit"><h3><a href="exempel?case=mentorerna-vassnas"' not in shown
    assert "mentorordningen" in shown


@pytest.mark.parametrize("view", ["views/search.py", "views/case.py", "views/similar.py", "views/about.py"])
def test_every_page_speaks_english(visit, view):
    params = {"case": "stodtelefonen-lindvik"} if "case" in view else {}
    page = visit(view, lang="en", **params)
    shown = html(page) + "".join(element.value for element in page.markdown)
    assert "På svenska" in shown
    for word in ("Liknande", "Sida ", "Avgränsa", "Om Exempelbanken", "Kontakt<", "Personuppgifter"):
        assert word not in shown


def test_the_about_page_says_how_to_report_faults(visit, monkeypatch):
    page = visit("views/about.py")
    assert "digg.se/tdosanmalan" in page.markdown[-1].value
    monkeypatch.setenv("KB_REPORT_TO", "fel@kommun.example")
    assert "fel\\@kommun\\.example" in visit("views/about.py").markdown[-1].value


def test_without_a_base_the_page_says_how_to_begin(tmp_path, visit, monkeypatch):
    monkeypatch.setenv("KB_BASE", str(tmp_path / "none"))
    page = visit()
    assert "Här är det tomt än så länge" in html(page)
    assert "kb ingest mina_pdfer --base" in page.code[0].value
    assert not (tmp_path / "none").exists()


def test_a_base_that_cannot_be_opened_gets_a_sentence(tmp_path, visit, monkeypatch):
    (tmp_path / "exempelbanken.sqlite").write_text("not a database, but long enough to look like a file of one" * 20)
    monkeypatch.setenv("KB_BASE", str(tmp_path))
    assert len(errors(visit())) == 1


def test_a_bad_setting_gets_a_sentence(visit, monkeypatch):
    monkeypatch.setenv("KB_WORKERS", "many")
    assert "Inställningen workers" in errors(visit())[0]


def test_a_change_by_another_is_noticed_and_shown_when_asked_for(tmp_path, visit, monkeypatch):
    monkeypatch.setenv("KB_BASE", str(tmp_path))
    make_base(tmp_path).close()
    page = visit()
    assert not page.info
    with make_base(tmp_path) as other:
        add(other, make_case("en-ny-stodlinje", title="En alldeles ny stödlinje"))
    page.run()
    assert "Sök i 5 exempel" in html(page)
    assert "En alldeles ny stödlinje" in html(page)


def test_a_fault_of_ours_gets_a_sentence_and_a_line_in_the_log(visit, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError("a fault")

    monkeypatch.setattr("kb.KnowledgeBase.search", broken)
    page = visit()
    assert "Något gick fel när sidan skulle visas" in errors(page)[0]
    assert "a fault in the page" in caplog.text
