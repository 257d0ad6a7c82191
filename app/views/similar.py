"""Describe a situation, hand in a PDF, or start from a case: the examples that are most like it."""

import streamlit as st
from markupsafe import Markup

from app import markup, widgets
from app.widgets import Site
from ingest.extract import extract_bytes
from kb.errors import KnowledgeBaseError
from kb.types import SearchResult


def render() -> None:
    """Show the page."""
    site = widgets.open_site()
    texts = site.texts
    if case_id := "".join(site.params.get("case", ())[:1]):
        case = site.base.case(case_id)
        to_case = markup.link("case", {"case": case.case_id}, case.title, texts)
        widgets.show(
            markup.title(texts("similar.to_title"), lead=Markup("{} {}").format(texts("similar.to_lead"), to_case))
        )
        result = site.base.similar(case.case_id)
        _show(site, result, texts.count("cases", len(result)))
        return
    widgets.show(markup.title(texts("similar.title"), lead=texts("similar.lead")))
    with st.form("similar", border=False):
        # What is described may be sensitive: it stays out of the address, and so out of histories and logs.
        text = st.text_area(texts("similar.label"), height=180, placeholder=texts("similar.placeholder"))
        # Only read: what is handed in here does not become a part of the base.
        pdf = st.file_uploader(texts("similar.pdf"), type="pdf")
        asked = st.form_submit_button(texts("similar.button"), type="primary", icon=":material/search:")
    widgets.show(Markup('<p class="eb-note">{}</p>').format(texts("similar.privacy")))
    if asked:
        try:
            if pdf is None:
                result = site.base.similar(text=text)
            else:
                with st.spinner(texts("similar.reading")):
                    case = extract_bytes(pdf.getvalue(), pdf.name, site.base.settings)
                result = site.base.similar(case=case)
        except KnowledgeBaseError as problem:
            widgets.error(problem, texts)
        else:
            _show(site, result, texts("similar.found" if pdf is None else "similar.found_to_pdf"))


def _show(site: Site, result: SearchResult, heading: str) -> None:
    if result.hits:
        widgets.show(Markup('<div role="status" class="eb-count"><h2>{}</h2></div>').format(heading))
    else:
        widgets.show(markup.nothing("close", site.texts))
    widgets.hits(result.hits, site)


render()
