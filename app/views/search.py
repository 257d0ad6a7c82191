"""Search: a query, facets with counts, hits with their best passages."""

import streamlit as st
from markupsafe import Markup

from app import markup, widgets
from app.address import PAGE_SIZE, SearchState, with_values
from app.view_models import chips, facet_groups
from app.widgets import Site
from kb.errors import QueryError
from kb.types import SearchResult

EXAMPLES = ("one", "two", "three")


def render() -> None:
    """Show the page."""
    site = widgets.open_site()
    texts = site.texts
    widgets.show(markup.title(texts("search.title"), lead=texts.count("search.lead", len(site.base))))
    state, problem = _state(site)
    _box(site, state)
    if problem is None:
        try:
            result = site.base.search(state.query, k=state.shown, filters=state.filters)
        except QueryError as raised:
            problem = raised
    if problem is not None:
        widgets.error(problem, texts)
        widgets.show(Markup("<p>{}</p>").format(markup.link("search", {}, texts("search.again"), texts)))
        return
    _result(site, state, result)


def _state(site: Site) -> tuple[SearchState, QueryError | None]:
    try:
        return SearchState.read(site.params, site.base.taxonomy), None
    except QueryError as problem:
        return SearchState(query="".join(site.params.get("q", ())[:1])), problem


def _box(site: Site, state: SearchState) -> None:
    texts = site.texts
    st.session_state["query"] = state.query
    with st.form("search", border=False), st.container(key="searchbox"):
        typed, button = st.columns([5, 1], vertical_alignment="bottom")
        typed.text_input(
            texts("search.label"),
            key="query",
            type="search",
            placeholder=texts("search.placeholder"),
            autocomplete="off",
        )
        button.form_submit_button(
            texts("search.button"),
            type="primary",
            icon=":material/search:",
            width="stretch",
            on_click=_search,
            args=(site,),
        )
    if not state.query:
        examples = [texts(f"search.example.{name}") for name in EXAMPLES]
        links = markup.joined(
            (markup.link("search", {"q": example}, example, texts) for example in examples), Markup(" · ")
        )
        widgets.show(Markup('<p class="eb-examples">{} {}</p>').format(texts("search.try"), links))


def _search(site: Site) -> None:
    typed = st.session_state["query"].strip()
    st.query_params.from_dict(with_values(site.params, "q", [typed] if typed else []))


def _result(site: Site, state: SearchState, result: SearchResult) -> None:
    texts, taxonomy = site.texts, site.base.taxonomy
    left, right = st.columns([1, 2.6], gap="large")
    with left:
        with st.container(key="filter_switch"):
            shown = st.toggle(texts("search.show_filters"), key="filters_shown")
        with st.container(key="filters_open" if shown else "filters_shut", gap="xsmall"):
            widgets.show(Markup('<h2 class="eb-side">{}</h2>').format(texts("search.filters")))
            widgets.facets(facet_groups(result.facets, result.total, taxonomy, texts), site.params, texts)
    with right:
        found = texts.count("cases", result.total)
        about = texts("search.found_for", query=state.query) if state.query else ""
        widgets.show(
            Markup('<div role="status" class="eb-count"><h2>{} <span>{}</span></h2></div>').format(found, about)
        )
        if filters := chips(state, site.params, taxonomy, texts):
            clear = {"q": [state.query]} if state.query else {}
            widgets.show(markup.chips(filters, clear, texts))
        if result.nothing_close or not result.hits:
            widgets.show(markup.nothing("close" if result.nothing_close else "left", texts))
        widgets.hits(result.hits, site)
        if result.total > len(result.hits) == state.shown:
            more = {**site.params, "n": [str(state.shown + PAGE_SIZE)], "lang": []}
            label = texts("search.more", shown=len(result.hits), total=result.total)
            widgets.show(Markup('<p class="eb-more">{}</p>').format(markup.link("search", more, label, texts)))


render()
