"""The ``simple`` layout: drawn by program with reportlab's platypus: plain, untagged, without metadata."""

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, B5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus import ListItem as Item

from data.samples.render.common import grouped, labels, pick
from data.samples.render.model import Heading, Run, Source

_LIBERATION = "/usr/share/fonts/truetype/liberation/LiberationSans-{}.ttf"


def render(source: Source) -> bytes:
    """The case as a plain PDF; its fonts are the standard ones (not embedded) or Liberation."""
    family = _family(pick(source, "simple font", ("Helvetica", "Times-Roman", "Liberation")))
    size = pick(source, "simple size", (10, 10.5, 11))
    page = pick(source, "simple page", (A4, A4, B5))
    ruled = pick(source, "simple look", (True, False))
    styles = _styles(family, size, justified=pick(source, "simple justified", (True, False, False)), ruled=ruled)
    facts = _facts(source, styles, ruled=ruled)
    facts_first = pick(source, "simple facts at", (True, False))

    story: list[Any] = [
        Paragraph(escape(source.meta.title), styles["title"]),
        Paragraph(escape(source.meta.organisation), styles["owner"]),
        *(Paragraph(_markup(part.runs), styles["lead"]) for part in source.ingress),
        *(facts if facts_first else []),
        *_flow(source, styles, bullet=pick(source, "simple bullet", ("•", "-", "–"))),
        *(facts if not facts_first else []),
    ]
    if source.footnotes:
        story.append(Paragraph(f"<b>{labels(source)['notes']}</b>", styles["heading"]))
        story.extend(Paragraph(f"{note.number}. {_markup(note.runs)}", styles["note"]) for note in source.footnotes)

    target = BytesIO()
    margin = 25 * mm if page == A4 else 19 * mm
    document = SimpleDocTemplate(
        target,
        pagesize=page,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=24 * mm,
        bottomMargin=22 * mm,
        invariant=True,
    )
    furniture = _furniture(source, family, margin, pick(source, "simple furniture", ("plain", "worded")))
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def _family(name: str) -> str:
    """Register the Liberation family when it is asked for; reportlab knows the standard ones."""
    if name == "Liberation" and name not in pdfmetrics.getRegisteredFontNames():
        for suffix, face in (("", "Regular"), ("-B", "Bold"), ("-I", "Italic"), ("-BI", "BoldItalic")):
            pdfmetrics.registerFont(TTFont(name + suffix, _LIBERATION.format(face)))
        pdfmetrics.registerFontFamily(name, name, f"{name}-B", f"{name}-I", f"{name}-BI")
    return name


def _styles(family: str, size: float, *, justified: bool, ruled: bool) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body",
        fontName=family,
        fontSize=size,
        leading=size * 1.35,
        spaceAfter=size * 0.6,
        alignment=TA_JUSTIFY if justified else TA_LEFT,
    )

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **{"alignment": TA_LEFT} | changes)

    return {
        "body": body,
        "title": style("title", fontSize=18, leading=22, spaceAfter=4 * mm),
        "owner": style("owner", fontSize=size, spaceAfter=6 * mm, textColor=colors.HexColor("#444444")),
        "lead": style("lead", fontSize=size + 1, leading=size * 1.45),
        "heading": style(
            "heading",
            fontSize=size + (2 if ruled else 4),
            leading=size * 1.6,
            spaceBefore=4 * mm,
            spaceAfter=1.5 * mm,
            keepWithNext=1,
        ),
        "subheading": style("subheading", spaceBefore=1 * mm, spaceAfter=0.5 * mm, keepWithNext=1),
        "quote": style("quote", leftIndent=10 * mm, rightIndent=10 * mm, spaceBefore=2 * mm, spaceAfter=4 * mm),
        "note": style("note", fontSize=size - 2, leading=size * 1.1, spaceAfter=2),
        "cell": style("cell", fontSize=size - 1, leading=size * 1.15, spaceAfter=0),
    }


def _flow(source: Source, styles: dict[str, ParagraphStyle], *, bullet: str) -> list[Any]:
    story: list[Any] = []
    for kind, block in grouped(source.body):
        if kind == "heading":
            story.append(_heading(block, styles))
        elif kind == "quote":
            story.append(Paragraph(f"<i>{escape(block.text)}</i>", styles["quote"]))
        elif kind == "list":
            items = [Item(Paragraph(_markup(item.runs), styles["body"])) for item in block]
            look = {"bulletType": "1", "bulletFormat": "%s."} if block[0].ordered else {"start": bullet}
            body = styles["body"]
            look |= {"bulletFontName": body.fontName, "bulletFontSize": body.fontSize}
            story.append(
                ListFlowable(items, leftIndent=6 * mm, **look | {"bulletType": look.get("bulletType", "bullet")})
            )
        else:
            story.append(Paragraph(_markup(block.runs), styles["body"]))
    return story


def _heading(heading: Heading, styles: dict[str, ParagraphStyle]) -> Paragraph:
    if heading.level == 2:
        return Paragraph(f"<b>{escape(heading.text)}</b>", styles["heading"])
    return Paragraph(f"<b><i>{escape(heading.text)}</i></b>", styles["subheading"])


def _facts(source: Source, styles: dict[str, ParagraphStyle], *, ruled: bool) -> list[Any]:
    """The fact box as a table with lines, or as paragraphs of "Key: value"."""
    pairs = source.meta.fact_box
    if not pairs:
        return []
    cell = styles["cell"]
    if not ruled:
        lines = [Paragraph(f"{escape(key)}: {escape(value)}", cell) for key, value in pairs]
        return [Spacer(0, 3 * mm), KeepTogether(lines), Spacer(0, 3 * mm)]
    rows = [[Paragraph(f"<b>{escape(key)}</b>", cell), Paragraph(escape(value), cell)] for key, value in pairs]
    table = Table(
        rows,
        colWidths=["28%", "72%"],
        style=TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        ),
    )
    return [Spacer(0, 2 * mm), table, Spacer(0, 4 * mm)]


def _furniture(source: Source, family: str, margin: float, look: str) -> Any:
    """Running head and page number, drawn on every page."""
    head = source.meta.running_head or source.meta.organisation
    word = labels(source)["page"]

    def draw(canvas: Canvas, document: SimpleDocTemplate) -> None:
        width, height = document.pagesize
        canvas.setFont(family, 8)
        canvas.drawString(margin, height - 14 * mm, head)
        if look == "worded":
            canvas.drawRightString(width - margin, 12 * mm, f"{word} {document.page}")
        else:
            canvas.drawCentredString(width / 2, 12 * mm, str(document.page))

    return draw


def _markup(runs: tuple[Run, ...]) -> str:
    """Runs as reportlab's paragraph markup."""
    parts = []
    for run in runs:
        text = escape(run.text) if run.note is None else f"<super>{run.note}</super>"
        text = f"<b>{text}</b>" if run.bold else text
        parts.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(parts)
