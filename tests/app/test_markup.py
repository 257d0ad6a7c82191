"""Nothing that comes from a document, a query or an address becomes markup: whatever it says, it is shown as text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app import markup
from app.case_models import Look, facts, field_views, tags
from app.i18n import Texts
from app.view_models import Chip, Segment, card
from app.widgets import plain, show
from kb import Contact, FacetValue, Hit, PassageHit
from kb.taxonomy import Taxonomy
from kb.types import MatchedTerm
from tests.app.fakes import HOSTILE, make_case, make_field, make_passages

SV, EN = Texts("sv"), Texts("en")
TAXONOMY = Taxonomy.load()
NOTHING_MARKED = Look(1, None, None, ())


class Reader(HTMLParser):
    """Takes HTML apart as a browser would."""

    def __init__(self, html):
        super().__init__()
        self.text, self.elements, self.attributes = "", [], []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.text += data


texts = st.text(max_size=60) | st.sampled_from([HOSTILE, "</mark><b>", '" onclick="x', "{0}{x}", "&lt;b&gt;"])


@given(st.lists(st.builds(Segment, texts, st.booleans())))
def test_marked_text_is_the_text_and_nothing_but_marks(segments):
    reader = Reader(markup.marked(segments))
    assert reader.text == "".join(segment.text for segment in segments)
    assert reader.elements == ["mark"] * sum(segment.marked for segment in segments)
    assert reader.attributes == []


def build(text):
    """Return all markup there is, with ``text`` wherever text of a document or of a reader can stand."""
    case = make_case(
        title=text,
        organisation=text,
        place=text,
        funding=text,
        file=text,
        partners=(text,),
        case_id=text,
        language=text,
        facets=(FacetValue("arena", "school", text, 1),),
        fields={"background": make_field("background", text), "method": None},
    )
    passages = tuple(
        PassageHit(passage=p, score=1, lexical=0.5, semantic=0.5, matched=(MatchedTerm(0, len(text), text),))
        for p in make_passages(case)
    )
    hit = card(Hit(rank=1, score=1, case=case, passages=passages), TAXONOMY, SV)
    return markup.joined(
        [
            markup.header("search", {"q": [text]}, SV),
            markup.title(text, lead=text, language=text),
            markup.hit(hit, SV),
            markup.chips([Chip(text, text, {"q": [text]})], {"q": [text]}, SV),
            *(markup.field(view, case, NOTHING_MARKED, SV) for view in field_views(case, SV)),
            markup.facts(facts(case, TAXONOMY, SV), SV),
            markup.tags(tags(case, TAXONOMY, SV), case, SV),
            markup.page_ways(case, NOTHING_MARKED, SV),
            markup.contact(Contact(text, text, text, text), SV),
        ]
    )


@given(texts.filter(str.strip))
def test_no_text_adds_an_element_or_an_attribute(text):
    harmless, tried = Reader(build("x")), Reader(build(text))
    # A text of several lines makes several paragraphs, one without letters none: the only difference there may be.
    assert [e for e in tried.elements if e not in {"p", "mark"}] == [
        e for e in harmless.elements if e not in {"p", "mark"}
    ]
    assert {(e, name) for e, name, _ in tried.attributes} <= {(e, name) for e, name, _ in harmless.attributes}


@given(texts)
def test_every_link_leads_to_one_of_our_pages(text):
    for _, name, value in Reader(build(text)).attributes:
        assert name != "href" or value.split("?")[0] in {"./", "exempel", "liknande", "om", "#innehall"}


def test_a_hostile_title_is_shown_as_it_stands():
    assert HOSTILE in Reader(markup.title(HOSTILE)).text


def test_show_takes_markup_only():
    with pytest.raises(TypeError):
        show("<b>text</b>")


@given(texts)
def test_escaped_for_markdown_a_text_is_one_paragraph_of_itself(text):
    html = MarkdownIt("commonmark", {"html": True}).render(plain(text))
    assert set(Reader(html).elements) <= {"p"}


@pytest.mark.parametrize("language", [SV, EN], ids=["sv", "en"])
def test_the_header_names_the_page_one_is_on_and_leads_to_the_other_language(language):
    reader = Reader(markup.header("similar", {"case": ["x"]}, language))
    assert [tag for tag, name, value in reader.attributes if (name, value) == ("aria-current", "page")] == ["a"]
    assert ("a", "lang", language.other.language) in reader.attributes
    assert ("a", "href", "liknande?case=x" + ("&lang=en" if language is SV else "")) in reader.attributes


def test_a_text_in_another_language_says_so():
    case = make_case("mentorordningen-fjellby")
    view = field_views(case, SV)[0]
    assert ' lang="nb"' in markup.field(view, case, NOTHING_MARKED, SV)
    assert "lang=" not in markup.field(field_views(make_case(), SV)[0], make_case(), NOTHING_MARKED, SV)


def test_a_missing_field_says_that_it_is_not_in_the_document():
    view = field_views(make_case(), SV)[-1]
    assert "står inte i dokumentet" in Reader(markup.field(view, make_case(), NOTHING_MARKED, SV)).text


def test_a_case_without_contact_says_so():
    assert "ingen kontakt" in markup.contact(None, SV)
