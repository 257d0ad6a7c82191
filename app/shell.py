"""The page's one script: it names the page's language, follows links without loading anew, translates the uploader.

The script (``static/shell.js``) is a constant of ours; nothing from a document, a query or an address reaches it but
as data.
"""

from pathlib import Path

import streamlit as st

from app.address import PageName
from app.i18n import Texts

_SCRIPT = Path(__file__).with_name("static") / "shell.js"


def shell(page: PageName, texts: Texts, *, moved: str | None = None) -> None:
    """Name the page's language and follow its links; go to ``moved`` at once, if the address is of another page."""
    mount = st.components.v2.component("exempelbanken_shell", js=_SCRIPT.read_text("utf-8"))
    with st.container(key="shell"):
        mount(key="links", data={"language": texts.language, "page": page, "moved": moved, **_uploader(texts)})


def _uploader(texts: Texts) -> dict[str, dict[str, str]]:
    """What Streamlit's uploader says in English only: names of its buttons; words by the variable of the style."""
    names = {"choose": texts("similar.choose"), "remove": texts("similar.remove")}
    limit = texts("similar.limit", megabytes=st.get_option("server.maxUploadSize"))
    return {"names": names, "words": {"--eb-choose": names["choose"], "--eb-limit": limit}}
