"""Streamlit's side of the page: what every view begins with, and the parts that several of them show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from app import markup
from app.address import Params, toggled, with_values
from app.i18n import Texts
from app.opened import base_folder, open_base
from app.view_models import Choice, FacetGroup, card
from kb import KnowledgeBase, KnowledgeBaseError, Settings
from kb.types import Hit

_SECONDS_BETWEEN_LOOKS = 10
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@\"'])")


@dataclass(frozen=True, slots=True)
class Site:
    """What a view works with: the base, the language, and the address it was called by."""

    base: KnowledgeBase
    texts: Texts
    params: Params


def address_params() -> dict[str, list[str]]:
    """Return the parameters of the present address, all values of each."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def chosen_texts(settings: Settings) -> Texts:
    """Return the texts in the language that the address, else the settings, ask for."""
    return Texts.chosen(st.query_params.get("lang"), settings.language)


def open_site() -> Site:
    """Return the base and the language; where there is nothing to show yet, say how to begin, and stop.

    Raises:
        KnowledgeBaseError: the base or the settings cannot be used.
    """
    settings = Settings.load()
    texts = chosen_texts(settings)
    base = open_base(settings)
    if base is None or len(base) == 0:
        show(markup.title(texts("first.title"), lead=texts("first.lead")))
        st.markdown(texts("first.steps"))
        st.code(f"kb ingest mina_pdfer --base {base_folder(settings)}", language=None)
        st.markdown(texts("first.then"))
        _watch(settings, None, 0, texts)
        st.stop()
    _watch(settings, base, base.generation, texts)
    return Site(base, texts, address_params())


@st.fragment(run_every=_SECONDS_BETWEEN_LOOKS)
def _watch(settings: Settings, base: KnowledgeBase | None, generation: int, texts: Texts) -> None:
    """Say when another process has changed the base. What is read does not change under the reader's eyes."""
    try:
        now = open_base(settings)
        changed = now is not base or (now is not None and now.generation != generation)
    except KnowledgeBaseError:
        return  # whoever looks for something is told, and told why
    if changed:
        st.info(texts("changed.notice"))
        if st.button(texts("changed.show"), key="changed"):
            st.rerun()


def show(html: Markup) -> None:
    """Put HTML on the page. Only :class:`~markupsafe.Markup`, which has escaped what it was given, may come here."""
    if not isinstance(html, Markup):
        raise TypeError("show() takes Markup")
    if html:
        st.html(str(html))


def plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands.

    >>> plain("[klicka](http://x)")
    '\\\\[klicka\\\\]\\\\(http\\\\://x\\\\)'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def error(problem: KnowledgeBaseError, texts: Texts) -> None:
    """Tell of an error in the reader's language."""
    st.error(plain(problem.message(texts.language)))


def hits(found: Sequence[Hit], site: Site, *, compact: bool = False) -> None:
    """Show hits as cards."""
    cards = (card(hit, site.base.taxonomy, site.texts) for hit in found)
    show(markup.joined(markup.hit(one, site.texts, compact=compact) for one in cards))


def facets(groups: dict[str, tuple[FacetGroup, ...]], params: Params, texts: Texts) -> None:
    """Show the facets to choose from, with their counts; choosing changes the address."""
    opened = True
    for name, members in groups.items():
        show(Markup('<h3 class="eb-group">{}</h3>').format(texts(f"group.{name}")))
        for group in members:
            with st.expander(plain(group.label), expanded=opened or group.active, type="compact"), _tight():
                for choice in group.choices:
                    _checkbox(group, choice, params)
            opened = False
        if name == "where":
            _years(params, texts)


def _tight() -> DeltaGenerator:
    return st.container(gap="xxsmall")


def _checkbox(group: FacetGroup, choice: Choice, params: Params) -> None:
    key = f"facet:{group.id}:{choice.value}"
    st.session_state[key] = choice.selected
    st.checkbox(
        f"{plain(choice.label)} ({choice.count})",
        key=key,
        on_change=_set_address,
        args=(toggled(params, group.id, choice.value, not choice.selected),),
    )


def _years(params: Params, texts: Texts) -> None:
    first, _, last = "".join(params.get("start_year", ())[:1]).partition("..")
    with st.expander(texts("filter.start_year"), expanded=bool(first or last), type="compact"), _tight():
        left, right = st.columns(2)
        for column, name, year in ((left, "from", first), (right, "to", last or first)):
            st.session_state[f"year:{name}"] = int(year) if year.isdigit() and len(year) == 4 else None
            column.number_input(
                texts(f"years.{name}_label"),
                min_value=1900,
                max_value=2100,
                step=1,
                format="%d",
                key=f"year:{name}",
                on_change=_set_years,
                args=(params,),
            )


def _set_years(params: Params) -> None:
    first, last = st.session_state["year:from"], st.session_state["year:to"]
    _set_address(with_values(params, "start_year", [f"{first or ''}..{last or ''}"] if first or last else []))


def _set_address(params: Params) -> None:
    st.query_params.from_dict({name: list(values) for name, values in params.items()})
