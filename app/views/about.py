"""What this is, how the search works, accessibility and privacy."""

import streamlit as st

from app import markup, widgets
from kb import Settings

SECTIONS = ("what", "search", "fields", "privacy", "accessibility")


def render() -> None:
    """Show the page; it needs no base."""
    settings = Settings.load()
    texts = widgets.chosen_texts(settings)
    widgets.show(markup.title(texts("about.title"), lead=texts("about.lead")))
    with st.container(key="about"):
        for section in SECTIONS:
            st.markdown(texts(f"about.{section}"))
        report_to = settings.report_to
        st.markdown(
            texts("about.report_to", address=widgets.plain(report_to)) if report_to else texts("about.report_nowhere")
        )


render()
