"""The page's one script: it names the language of the page and follows links without loading the page anew.

The script (``static/shell.js``) is a constant of ours; nothing from a document, a query or an address reaches it but
as data.
"""

from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st

from app.address import PAGES, PageName
from app.i18n import Texts

_SCRIPT = Path(__file__).with_name("static") / "shell.js"
_FILES = {name: f"views/{name}.py" for name in PAGES}


def shell(page: PageName, texts: Texts) -> None:
    """Name the page's language, and go where the reader has clicked."""
    mount = st.components.v2.component("exempelbanken_shell", js=_SCRIPT.read_text("utf-8"))
    with st.container(key="shell"):
        state = mount(key="links", data={"language": texts.language, "page": page}, on_followed_change=lambda: None)
    followed = state.get("followed")
    if isinstance(followed, dict) and followed.get("page") in PAGES:
        go(followed["page"], parse_qs(str(followed.get("query", ""))))


def go(page: PageName, params: dict[str, list[str]]) -> None:
    """Show another page, or this one with another address. Does not return."""
    st.switch_page(_FILES[page], query_params=params)
