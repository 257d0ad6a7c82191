"""View models as HTML. The only place where text of a PDF meets markup.

Every piece is :class:`markupsafe.Markup`, whose ``format`` and ``join`` escape what is put in: a text of a document
cannot become an element, an attribute or a script. Links with ``data-page`` are followed inside the page (see
:mod:`app.shell`); without scripts they work as links do.
"""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from app.address import PageName, Params, href
from app.case_models import FieldView, Look, Tag
from app.i18n import Texts
from app.view_models import Card, Chip, Quote, Segment
from kb.types import Case, Contact

EMPTY = Markup()


def joined(parts: Iterable[Markup | str], between: Markup = EMPTY) -> Markup:
    """Return the parts, escaped where they are not markup, one after another."""
    return between.join(parts)


def marked(segments: Sequence[Segment]) -> Markup:
    """Return text with its marked stretches in ``<mark>``."""
    return joined(Markup("<mark>{}</mark>").format(s.text) if s.marked else s.text for s in segments)


def link(page: PageName, params: Mapping[str, str | int | Sequence[str]], text: str | Markup, texts: Texts) -> Markup:
    """Return a link to one of the pages in the reader's language."""
    return Markup('<a href="{}" data-page="{}">{}</a>').format(href(page, params, texts), page, text)


def header(current: PageName, switched: Params, texts: Texts) -> Markup:
    """Return the head of the page: its name, the ways to the other pages, the other language.

    ``switched`` are the present address's parameters without the language.
    """
    ways: list[tuple[PageName, str]] = [(p, texts(f"nav.{p}")) for p in ("search", "similar", "about")]
    items = (
        Markup('<li><a href="{}" data-page="{}"{}>{}</a></li>').format(
            href(page, {}, texts), page, Markup(' aria-current="page"') if page == current else "", label
        )
        for page, label in ways
    )
    other = texts.other
    to_other = Markup('<a class="eb-language" lang="{0}" hreflang="{0}" href="{1}" data-page="{2}">{3}</a>').format(
        other.language, href(current, {**switched, "lang": []}, other), current, texts("nav.language")
    )
    return Markup(
        '<div class="eb-header"><a class="eb-skip" href="#innehall">{skip}</a>'
        '<a class="eb-brand" href="{home}" data-page="search">Exempelbanken</a>'
        '<nav aria-label="{label}"><ul>{items}</ul></nav>{other}</div>'
    ).format(
        skip=texts("nav.skip"),
        home=href("search", {}, texts),
        label=texts("nav.label"),
        items=joined(items),
        other=to_other,
    )


def title(text: str, *, lead: str | Markup = "", language: str | None = None) -> Markup:
    """Return the page's one ``<h1>``; it takes the focus when the reader comes from another page."""
    below = Markup('<p class="eb-lead">{}</p>').format(lead) if lead else EMPTY
    return Markup('<div class="eb-title"><h1 id="innehall" tabindex="-1"{}>{}</h1>{}</div>').format(
        _lang(language), text, below
    )


def hit(card: Card, texts: Texts, *, compact: bool = False) -> Markup:
    """Return a hit; ``compact`` leaves out the quotes' reasons and the way to similar cases."""
    quotes = joined(_quote(card, quote, texts) for quote in card.quotes[: 1 if compact else None])
    below = EMPTY
    if not compact:
        similar = link("similar", {"case": card.case_id}, texts("hit.similar"), texts)
        below = Markup('<div class="eb-below">{}<p>{}</p></div>').format(_why(card, texts), similar)
    kind = Markup('<span class="eb-kind">{}</span>').format(card.kind) if card.kind else EMPTY
    return Markup(
        '<article class="eb-hit"><h3{lang}>{title}</h3><p class="eb-byline">{kind}{by}</p>{rest}</article>'
    ).format(
        lang=_lang(card.language, texts),
        title=link("case", {"case": card.case_id}, card.title, texts),
        kind=kind,
        by=" · ".join(card.byline),
        rest=quotes + below,
    )


def _quote(card: Card, quote: Quote, texts: Texts) -> Markup:
    where: dict[str, str | int] = {"case": card.case_id, "page": quote.page, "passage": quote.position}
    return Markup(
        '<div class="eb-quote"><p class="eb-where"><span class="eb-badge">{label}</span>{page}</p>'
        "<blockquote{lang}>{text}</blockquote></div>"
    ).format(
        label=quote.label,
        page=link("case", where, texts("page_number", page=quote.page), texts),
        lang=_lang(card.language, texts),
        text=marked(quote.segments),
    )


def _why(card: Card, texts: Texts) -> Markup:
    if card.by_words is None:
        return EMPTY
    words = texts("hit.words", words=texts.listed([f"”{word}”" for word in card.words[:12]])) if card.words else ""
    shares = texts("hit.shares", words=card.by_words, meaning=100 - card.by_words)
    return Markup("<details><summary>{}</summary><p>{}</p><p>{}</p></details>").format(
        texts("hit.why"), words or texts("hit.no_words"), shares
    )


def chips(found: Sequence[Chip], clear: Params, texts: Texts) -> Markup:
    """Return the filters in force, each a link that takes it away; ``clear`` is the address without any."""
    items = joined(
        Markup(
            '<li><a class="eb-chip" href="{}" data-page="search" aria-label="{}">'
            '{}: {} <b aria-hidden="true">×</b></a></li>'
        ).format(
            href("search", chip.without, texts),
            texts("chips.remove", facet=chip.facet, value=chip.label),
            chip.facet,
            chip.label,
        )
        for chip in found
    )
    all_off = Markup("<li>{}</li>").format(link("search", clear, texts("chips.clear"), texts))
    return Markup('<ul class="eb-chips" aria-label="{}">{}{}</ul>').format(texts("chips.label"), items, all_off)


def field(view: FieldView, case: Case, seen: Look, texts: Texts) -> Markup:
    """Return a field of a case under its heading, with links to its pages."""
    if view.paragraphs is None:
        body = Markup('<p class="eb-absent">{}</p>').format(texts("absent"))
    else:
        body = joined(Markup("<p>{}</p>").format(paragraph) for paragraph in view.paragraphs)
    pages = joined(
        (
            Markup('<a href="{}" data-page="case" data-show="dokumentet"{}>{}</a>').format(
                href("case", {"case": case.case_id, "field": view.name, "page": page}, texts),
                Markup(' aria-current="true"') if (seen.field, seen.page) == (view.name, page) else "",
                texts("page_number", page=page),
            )
            for page in view.pages
        ),
        Markup(" "),
    )
    where = Markup('<p class="eb-where">{} {}</p>').format(texts("case.show_in_pdf"), pages) if pages else EMPTY
    return Markup('<section class="eb-field"><h2 id="{}">{}</h2>{}<div{}>{}</div></section>').format(
        view.name, view.label, where, _lang(case.language, texts) if view.paragraphs else "", body
    )


def facts(rows: Sequence[tuple[str, str | None]], texts: Texts) -> Markup:
    """Return what is known as a table of two columns."""
    body = joined(
        Markup('<tr><th scope="row">{}</th><td{}>{}</td></tr>').format(
            label, Markup(' class="eb-absent"') if value is None else "", texts("absent") if value is None else value
        )
        for label, value in rows
    )
    return Markup('<table class="eb-facts"><tbody>{}</tbody></table>').format(body)


def tags(found: Mapping[str, Sequence[Tag]], case: Case, texts: Texts) -> Markup:
    """Return the facet values as chips (each searches for its like), then what in the document supports them."""
    chips = joined(
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            label, joined((link("search", {tag.facet: tag.value}, tag.label, texts) for tag in several), Markup(" "))
        )
        for label, several in found.items()
    )
    quotes = joined(
        Markup("<li><strong>{}: {}</strong> <q{}>{}</q> {}</li>").format(
            label,
            tag.label,
            _lang(case.language, texts),
            tag.quote,
            link("case", {"case": case.case_id, "page": tag.page}, texts("page_number", page=tag.page), texts),
        )
        for label, several in found.items()
        for tag in several
    )
    return Markup('<dl class="eb-tags">{}</dl><details><summary>{}</summary><ul>{}</ul></details>').format(
        chips, texts("case.why_tags"), quotes
    )


def page_ways(case: Case, seen: Look, texts: Texts) -> Markup:
    """Return the ways through the PDF: its fields, then the page before and after."""
    names = [name for name, value in case.fields.items() if value]
    fields = joined(
        Markup('<li><a href="{}" data-page="case"{}>{}</a></li>').format(
            href("case", {"case": case.case_id, "field": name}, texts),
            Markup(' aria-current="true"') if name == seen.field else "",
            texts.field(name),
        )
        for name in names
    )
    mark: dict[str, str | int] = {"field": seen.field} if seen.field else {}
    if seen.passage is not None:
        mark = {"passage": seen.passage}

    def to(page: int, label: str) -> Markup:
        if not 1 <= page <= case.page_count:
            return Markup('<span class="eb-off">{}</span>').format(label)
        return link("case", {"case": case.case_id, **mark, "page": page}, label, texts)

    turn = Markup('<div class="eb-turn">{} <span>{}</span> {}</div>').format(
        to(seen.page - 1, texts("case.previous")),
        texts("case.page_of", page=seen.page, pages=case.page_count),
        to(seen.page + 1, texts("case.next")),
    )
    choice = Markup('<ul class="eb-marks" aria-label="{}">{}</ul>').format(texts("case.mark"), fields)
    return Markup('<h2 id="dokumentet" tabindex="-1">{}</h2>{}{}').format(
        texts("case.document"), choice if names else EMPTY, turn
    )


def contact(person: Contact | None, texts: Texts) -> Markup:
    """Return the contact of a case, for someone who asked for it."""
    if person is None:
        return Markup("<p>{}</p>").format(texts("case.no_contact"))
    rows = (("name", person.name), ("role", person.role), ("email", person.email), ("phone", person.phone))
    return facts([(texts(f"contact.{name}"), value) for name, value in rows if value], texts)


def nothing(why: str, texts: Texts) -> Markup:
    """Return what to do when a search has no answer: nothing is "close", or nothing is "left" of the filters."""
    advice = joined(Markup("<li>{}</li>").format(line) for line in texts(f"nothing.{why}_advice").split("\n"))
    return Markup('<div class="eb-nothing"><p><strong>{}</strong></p><ul>{}</ul></div>').format(
        texts(f"nothing.{why}"), advice
    )


def footer(texts: Texts) -> Markup:
    """Return the foot of the page."""
    return Markup('<div class="eb-footer"><p>{} {}</p></div>').format(
        texts("footer"), link("about", {}, texts("footer_accessibility"), texts)
    )


def _lang(language: str | None, texts: Texts | None = None) -> Markup:
    """Return a ``lang`` attribute (WCAG 3.1.2) where the text's language is not the page's."""
    if language is None or (texts and language == texts.language):
        return EMPTY
    return Markup(' lang="{}"').format(language)
