"""The page: ``kb serve``, or ``streamlit run app/streamlit_app.py``. Navigation only; the pages are in ``views/``."""

import logging
from pathlib import Path

import streamlit as st

from app import markup, widgets
from app.address import PAGES, PATHS, href
from app.i18n import Texts
from app.shell import shell
from kb import KnowledgeBaseError, Settings

STATIC = Path(__file__).with_name("static")
log = logging.getLogger(__name__)


def main() -> None:
    """Show the page that the address names, in its language; whatever goes wrong is told in a sentence."""
    try:
        texts = widgets.chosen_texts(Settings.load())
    except KnowledgeBaseError as problem:
        widgets.error(problem, Texts("sv"))
        return
    pages = {
        name: st.Page(
            f"views/{name}.py", title=texts(f"nav.{name}"), url_path=PATHS[name] or None, default=name == "search"
        )
        for name in PAGES
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    current = next(name for name in PAGES if PATHS[name] == chosen.url_path)
    st.set_page_config(
        page_title=f"{texts(f'nav.{current}')} – Exempelbanken", page_icon=str(STATIC / "icon.svg"), layout="wide"
    )
    st.html(STATIC / "page.css")
    params = widgets.address_params()
    if current == "search" and "case" in params:
        shell(current, texts, moved=href("case", params, texts))
        return
    shell(current, texts)
    widgets.show(markup.header(current, params, texts))
    try:
        chosen.run()
    except KnowledgeBaseError as problem:
        widgets.error(problem, texts)
    except Exception:
        log.exception("a fault in the page")
        st.error(texts("fault"))
    widgets.show(markup.footer(texts))


main()
