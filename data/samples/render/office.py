"""The ``office`` layout: a word processor's document with real heading styles, exported as tagged PDF."""

from data.samples.render.common import pick
from data.samples.render.model import Source
from data.samples.render.writer import render_writer

_FONTS = (
    ("Liberation Sans", "Liberation Sans"),
    ("Carlito", "Carlito"),
    ("Liberation Serif", "Liberation Sans"),
    ("Linux Libertine O", "Lato"),
)


def render(source: Source) -> bytes:
    """The case as a tagged PDF from LibreOffice Writer, its metadata right."""
    body_font, heading_font = pick(source, "office fonts", _FONTS)
    title_is_heading = pick(source, "title is a heading", (True, False))
    return render_writer(
        source,
        "office.fodt.j2",
        tagged=True,
        body_font=body_font,
        heading_font=heading_font,
        colour=pick(source, "colour", ("#1f4e79", "#7a1f3d", "#2e6b4f", "#000000", "#5b3b8c")),
        size=pick(source, "size", (10.5, 11, 12)),
        page=pick(source, "page", (("210mm", "297mm"), ("210mm", "297mm"), ("176mm", "250mm"))),
        justified=pick(source, "justified", (True, False)),
        facts_at=pick(source, "facts at", ("top", "end", "frame")),
        bullet=pick(source, "bullet", ("•", "–", "\uf0b7", "▪")),
        footer=pick(source, "footer", ("plain", "of", "slash")),
        title_is_heading=title_is_heading,
        first_level=2 if title_is_heading else 1,
    )
