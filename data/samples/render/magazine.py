"""The ``magazine`` layout: WeasyPrint, A4 in two columns, with colours, a fact box and pull quotes, untagged."""

import hashlib
import logging

from weasyprint import HTML

from data.samples.render.common import created, facts_title, grouped, labels, pick, xml_templates
from data.samples.render.model import Source

_FONTS = (
    ("Liberation Sans", "Lato"),
    ("C059", "Lato"),
    ("TeX Gyre Pagella", "TeX Gyre Adventor"),
    ("Carlito", "Carlito"),
    ("Linux Libertine O", "Linux Biolinum O"),
)
_COLOURS = (("#00607a", "#e2f0f3"), ("#a8321e", "#fbeae5"), ("#3f6b2a", "#ebf3e4"), ("#5a3a7e", "#efe9f6"))


def render(source: Source) -> bytes:
    """The case as two-column magazine pages; the PDF's title is the case's, the author is missing."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    body_font, heading_font = pick(source, "magazine fonts", _FONTS)
    colour, tint = pick(source, "magazine colours", _COLOURS)
    html = (
        xml_templates()
        .get_template("magazine.html.j2")
        .render(
            meta=source.meta,
            ingress=source.ingress,
            groups=grouped(source.body),
            notes={note.number: note.runs for note in source.footnotes},
            labels=labels(source),
            facts_title=facts_title(source),
            date=created(source),
            body_font=body_font,
            heading_font=heading_font,
            colour=colour,
            tint=tint,
            size=pick(source, "magazine size", (9.5, 10, 10.5)),
            cover=pick(source, "cover", ("block", "rule", "plain")),
            capitals=pick(source, "capitals", (True, False, False)),
            justified=pick(source, "justified", (True, False)),
            drop_cap=pick(source, "drop cap", (True, False, False)),
            facts_at=pick(source, "magazine facts at", ("column", "band", "end")),
            quote_look=pick(source, "quote look", ("rules", "marks", "tinted")),
            bullet=pick(source, "magazine bullet", ("•", "»", "■", "–")),
            pages_at=pick(source, "magazine pages at", ("left-right", "centre")),
        )
    )
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pdf: bytes = HTML(string=html).write_pdf(pdf_identifier=identifier, full_fonts=False)
    return pdf
