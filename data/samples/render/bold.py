"""The ``bold`` layout: a memo without styles, its headings bold paragraphs of body size, untagged."""

from data.samples.render.common import pick
from data.samples.render.model import Source
from data.samples.render.writer import render_writer


def render(source: Source) -> bytes:
    """The case as an untagged PDF from LibreOffice Writer, with the metadata of some old template."""
    return render_writer(
        source,
        "bold.fodt.j2",
        tagged=False,
        font=pick(source, "bold font", ("Liberation Serif", "Carlito", "TeX Gyre Pagella", "Nimbus Sans")),
        size=pick(source, "size", (11, 11.5, 12)),
        title_look=pick(source, "title look", ("larger", "capitals", "centred")),
        spaced_by=pick(source, "spaced by", ("margin", "empty paragraph")),
        subheading=pick(source, "subheading", ("italic", "underlined", "bold italic")),
        bullet=pick(source, "bullet", ("-", "•", "–", "*")),
        facts_at=pick(source, "facts at", ("top", "end")),
        pages_at=pick(source, "pages at", ("header", "footer")),
        junk_title=pick(
            source,
            "junk title",
            ("Microsoft Word - mall_v3.docx", "Dokument1", "Microsoft Word - slutversion 2 (korr ÅL).doc"),
        ),
        junk_author=pick(source, "junk author", ("adm-lk01", "Användare", "kommunikation")),
    )
