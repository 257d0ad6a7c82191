"""What readers do, in a real browser. Every test also fails if a request leaves the machine (see ``outside``)."""

import itertools
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.app.fakes import EMAIL, HOSTILE, TEXTS, add, make_base, make_case
from tests.e2e.conftest import SCREENSHOTS

pytestmark = pytest.mark.e2e

RAW = Path(__file__).parents[2] / "data" / "raw_pdfs"

PAGES = {
    "search": "",
    "hits": "?q=st%C3%B6dtelefon&measure=support_line",
    "nothing": "?measure=mentoring&start_year=1990",
    "error": "?measure=magic",
    "case": "exempel?case=stodtelefonen-lindvik&field=challenges",
    "hostile": "exempel?case=fientlig-text",
    "similar": "liknande",
    "like": "liknande?case=mentorerna-vassnas",
    "about": "om",
    "english": "exempel?case=mentorordningen-fjellby&lang=en",
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_an_accessibility_fault_that_axe_finds(open_page, width, name):
    page = open_page(PAGES[name], width)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=rules)
    assert len(results.response["passes"]) > 10
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_its_width_has_one_first_heading_and_names_its_language(open_page, width, name):
    page = open_page(PAGES[name], width)
    wide, room = page.evaluate("[document.querySelector('.stMain').scrollWidth, innerWidth]")
    assert wide <= room
    assert page.locator("h1").count() == 1
    language = "en" if "lang=en" in PAGES[name] else "sv"
    page.wait_for_function(f"document.documentElement.lang === '{language}'")
    expect(page).to_have_title(re.compile(r".+ – Exempelbanken"))
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels)), levels


def test_from_a_question_to_the_place_in_the_document_and_back(open_page):
    page = open_page()
    page.get_by_label("Vad vill du veta?").fill("stödtelefon för anhöriga")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="för ”stödtelefon för anhöriga”")).to_be_visible()
    first = page.locator(".eb-hit").first
    expect(first.locator("mark").first).to_be_visible()
    first.get_by_role("link", name="Sida 1").first.click()
    picture = page.get_by_role("img", name=re.compile("Bild av sida 1 av 2"))
    expect(picture).to_be_visible()
    assert re.search(r"exempel\?case=stodtelefonen-lindvik&page=1&passage=\d", page.url)
    page.locator("#challenges").locator("..").get_by_role("link", name="Sida 2").click()
    expect(page.get_by_role("img", name=re.compile("sida 2 av 2.*Markerat: Utmaningar"))).to_be_visible()
    page.go_back()
    expect(picture).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="för ”stödtelefon för anhöriga”")).to_be_visible()
    expect(page.get_by_label("Vad vill du veta?")).to_have_value("stödtelefon för anhöriga")


def test_facets_are_chosen_with_the_keyboard_and_taken_away_by_their_chip(open_page):
    page = open_page()
    box = page.get_by_role("checkbox", name="Mentorskap (2)")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="2 exempel")).to_be_visible()
    assert "measure=mentoring" in page.url
    page.get_by_role("link", name="Ta bort avgränsningen Insatstyp: Mentorskap").click()
    expect(page.get_by_role("heading", name="4 exempel")).to_be_visible()
    assert "measure" not in page.url
    page.go_back()
    expect(page.get_by_role("checkbox", name="Mentorskap (2)")).to_be_checked()


def test_on_a_phone_the_facets_wait_until_they_are_asked_for(open_page):
    page = open_page(width="phone")
    box = page.get_by_role("checkbox", name="Mentorskap (2)")
    expect(box).not_to_be_visible()
    page.get_by_text("Visa avgränsningar").click()
    expect(page.get_by_text("Mentorskap (2)")).to_be_visible()


def test_the_language_changes_everywhere_and_stays(open_page):
    page = open_page("exempel?case=stodtelefonen-lindvik")
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("heading", name="Success factors")).to_be_visible()
    expect(page).to_have_title("Example – Exempelbanken")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_role("link", name="Search examples").click()
    expect(page.get_by_role("heading", name="4 examples")).to_be_visible()


def test_a_new_page_takes_the_focus_to_its_heading(open_page):
    page = open_page()
    page.get_by_role("link", name="Om Exempelbanken", exact=True).click()
    heading = page.get_by_role("heading", level=1, name="Om Exempelbanken")
    expect(heading).to_be_focused()


def test_the_first_link_that_tab_reaches_leads_past_the_menu(open_page):
    page = open_page("om")
    page.keyboard.press("Tab")  # the scrolling part of the page, which the arrow keys move
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()


def test_the_contact_is_on_the_page_only_when_asked_for(open_page):
    page = open_page("exempel?case=stodtelefonen-lindvik")
    assert EMAIL not in page.content()
    page.get_by_role("button", name="Visa kontakt").click()
    expect(page.get_by_text(EMAIL)).to_be_visible()


def test_the_pdf_can_be_downloaded(open_page):
    page = open_page("exempel?case=stodtelefonen-lindvik")
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner PDF").click()
    assert download.value.suggested_filename == "stodtelefonen-lindvik.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_hostile_text_is_shown_and_does_nothing(open_page):
    page = open_page("exempel?case=fientlig-text")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page.locator("#background").locator("..")).to_contain_text(HOSTILE)
    assert page.locator("a[href^=javascript]").count() == 0
    assert page.locator(".katex").count() == 0
    page.goto(page.url.split("exempel?")[0] + "?colour=" + "%5Bklicka%5D(javascript%3Aalert(1))")
    expect(page.get_by_role("alert")).to_contain_text("Det finns inget filter som heter ”colour”.")
    assert dialogs == []


def test_a_situation_stays_out_of_the_address(open_page):
    page = open_page("liknande")
    page.get_by_label("Er situation").fill("En mamma vill ringa någon om sin son.")
    page.get_by_role("button", name="Hitta liknande exempel").click()
    expect(page.locator(".eb-hit").first).to_be_visible()
    assert page.url.endswith("/liknande")


def test_the_root_with_a_case_leads_to_the_case_and_back_to_where_one_was(open_page):
    page = open_page("om")
    page.goto(page.url.replace("om", "?case=mentorerna-vassnas&lang=en"))
    expect(page.get_by_role("heading", name="What they did")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Om Exempelbanken")).to_be_visible()


def test_a_change_by_another_process_is_told(open_page, folder):
    page = open_page("exempel?case=mentorerna-vassnas")
    with make_base(folder) as other:
        add(other, make_case("en-tillfallig-stodlinje", title="En tillfällig stödlinje"))
        expect(page.get_by_text("Basen har ändrats sedan sidan visades.")).to_be_visible(timeout=20_000)
        other.remove("en-tillfallig-stodlinje")
    page.get_by_role("button", name="Visa det nya").click()
    expect(page.get_by_text("Basen har ändrats sedan sidan visades.")).not_to_be_visible()


def test_every_text_of_a_case_can_be_read_without_the_picture(open_page):
    page = open_page("exempel?case=stodtelefonen-lindvik")
    shown = page.locator(".stMain").inner_text()
    for text in TEXTS["stodtelefonen-lindvik"].values():
        for paragraph in text.split("\n"):
            assert paragraph in shown


def test_a_pdf_that_is_not_in_the_base_finds_its_like(open_page, width):
    page = open_page("liknande", width)
    page.set_input_files('[data-testid="stFileUploaderDropzoneInput"]', RAW / "mentorerna-kvarnsjo.pdf")
    expect(page.get_by_role("button", name="Ta bort filen")).to_be_visible()
    page.get_by_role("button", name="Hitta liknande exempel").click()
    expect(page.get_by_role("heading", name="Exempel som liknar det i PDF:en")).to_be_visible(timeout=30_000)
    expect(page.locator(".eb-hit").first).to_be_visible()
