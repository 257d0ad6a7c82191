"""One case: its fields beside its PDF, what is known of it, and the examples most like it."""

import streamlit as st
from markupsafe import Markup

from app import case_models, markup, widgets
from app.case_models import Look
from app.opened import page_picture
from app.view_models import byline
from app.widgets import Site
from kb.errors import DocumentError, EmbedderMismatch, EmbedderUnavailable
from kb.types import Case

SIMILAR = 3


def render() -> None:
    """Show the page."""
    site = widgets.open_site()
    texts, params = site.texts, site.params
    case_id = "".join(params.get("case", ())[:1])
    if not case_id:
        widgets.show(markup.title(texts("case.which")))
        widgets.show(Markup("<p>{}</p>").format(markup.link("search", {}, texts("case.to_search"), texts)))
        return
    case = site.base.case(case_id)
    seen = case_models.look(case, site.base.passages_of(case.case_id), params)
    lead = " · ".join(byline(case, site.base.taxonomy, texts))
    widgets.show(markup.title(case.title, lead=lead, language=case.language))
    for warning in case.warnings:
        st.warning(widgets.plain(warning.message(texts.language)))
    for pair in site.base.near_duplicates([case.case_id]):
        st.warning(widgets.plain(pair.message(texts.language)))
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        _text(site, case, seen)
    with right, st.container(key="document"):
        _document(site, case, seen)
    _similar(site, case)


def _text(site: Site, case: Case, seen: Look) -> None:
    texts, taxonomy = site.texts, site.base.taxonomy
    if case.document_type != "example":
        kind = taxonomy.label("document_type", case.document_type, texts.language)
        widgets.show(Markup('<p class="eb-note">{}</p>').format(texts("case.no_example", kind=kind.lower())))
    fields = case_models.field_views(case, texts)
    widgets.show(markup.joined(markup.field(view, case, seen, texts) for view in fields))
    widgets.show(Markup("<h2>{}</h2>").format(texts("case.facts")))
    widgets.show(markup.facts(case_models.facts(case, taxonomy, texts), texts))
    if found := case_models.tags(case, taxonomy, texts):
        widgets.show(Markup("<h2>{}</h2>").format(texts("case.tags")))
        widgets.show(markup.tags(found, case, texts))
    widgets.show(Markup("<h2>{}</h2>").format(texts("case.contact")))
    if st.button(texts("case.show_contact"), key=f"contact:{case.case_id}"):
        widgets.show(markup.contact(site.base.contact(case.case_id), texts))


def _document(site: Site, case: Case, seen: Look) -> None:
    texts = site.texts
    widgets.show(markup.page_ways(case, seen, texts))
    try:
        picture = page_picture(site.base, case.case_id, case.sha256, seen.page, seen.boxes)
    except DocumentError as problem:
        st.warning(widgets.plain(texts("case.no_picture")))
        widgets.error(problem, texts)
    else:
        st.image(picture, width="stretch", alt=_alternative(site, case, seen))
    st.download_button(
        texts("case.download"),
        data=lambda: site.base.document(case.case_id),
        file_name=case.file,
        mime="application/pdf",
        icon=":material/download:",
        on_click="ignore",
    )


def _alternative(site: Site, case: Case, seen: Look) -> str:
    texts = site.texts
    where = texts("case.alt", page=seen.page, pages=case.page_count, title=case.title)
    if not seen.boxes:
        return where
    what = texts.field(seen.field) if seen.field else texts("from_document")
    return f"{where} {texts('case.alt_marked', field=what)}"


def _similar(site: Site, case: Case) -> None:
    try:
        result = site.base.similar(case.case_id, k=SIMILAR)
    except (EmbedderMismatch, EmbedderUnavailable):
        return  # the case can be read all the same; the search says what is wrong
    if result.hits:
        widgets.show(Markup('<h2 class="eb-similar">{}</h2>').format(site.texts("case.similar")))
        widgets.hits(result.hits, site, compact=True)


render()
