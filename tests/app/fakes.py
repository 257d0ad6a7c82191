"""A base of four invented cases for the page's tests: real base, real model, a real PDF of two pages.

The text of one of them is hostile: markup, Markdown, LaTeX and Streamlit's own directives.
"""

import hashlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from kb import Case, Contact, FacetValue, FieldValue, KnowledgeBase, Notice, Passage, Settings, Span
from kb.types import FIELD_NAMES, FieldName

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> [klicka](javascript:alert(3)) $x^2$ :red[röd] **fet** &amp;"
)
EMAIL = "ann-mari@lindvik.example"

TEXTS: dict[str, dict[FieldName, str]] = {
    "stodtelefonen-lindvik": {
        "background": "Anhöriga som var oroliga för en närstående visste inte vart de skulle ringa.",
        "method": "Socialtjänsten öppnade en stödtelefon.\nTvå socialsekreterare svarar på vardagar.",
        "success_factors": "Den som ringer får vara anonym.",
        "challenges": "Sekretessen mot polisen gör det svårt att dela uppgifter.",
    },
    "mentorerna-vassnas": {
        "background": "Unga i riskzonen saknade vuxna att lita på.",
        "method": "Varje ung person får en mentor under ett år.",
        "results": "Av fyrtio unga fullföljde trettio mentorskapet.",
    },
    "mentorordningen-fjellby": {
        "background": "Kommunen hadde ingen tiltak for unge på vei inn i ekstreme miljøer.",
        "method": "Frivillige mentorer møter de unge hver uke.",
    },
    "fientlig-text": {"background": HOSTILE, "method": "Skolan och fritidsgården arbetade tillsammans."},
}


@cache
def pdf() -> bytes:
    """Return a PDF of two pages."""
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=True)
    for page in ("Bakgrund och tillvägagångssätt", "Framgångsfaktorer och utmaningar"):
        canvas.drawString(72, 740, page)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def make_base(folder: Path) -> KnowledgeBase:
    """Return a base in ``folder`` with the four cases."""
    base = KnowledgeBase.open(folder, settings=Settings(base=folder))
    for case_id in TEXTS:
        add(base, make_case(case_id))
    return base


def add(base: KnowledgeBase, case: Case) -> None:
    """Put a case in the base; its PDF is told from the others' by a comment at the end."""
    base.add(case, make_passages(case), document=document_of(case.case_id), extractor="test 1")


def document_of(case_id: str) -> bytes:
    """Return the case's PDF."""
    return pdf() + f"% {case_id}\n".encode()


def make_case(case_id: str = "stodtelefonen-lindvik", **changes: Any) -> Case:
    """Return one of the cases, or another with the first one's fields; ``changes`` replace attributes."""
    fields = TEXTS.get(case_id, TEXTS["stodtelefonen-lindvik"])
    norwegian, hostile = case_id == "mentorordningen-fjellby", case_id == "fientlig-text"
    measure = "mentoring" if case_id.startswith("mentor") else "support_line"
    values: dict[str, Any] = {
        "case_id": case_id,
        "file": f"{case_id}.pdf",
        "sha256": hashlib.sha256(document_of(case_id)).hexdigest(),
        "document_type": "report" if hostile else "example",
        "language": "nb" if norwegian else "sv",
        "page_count": 2,
        "title": HOSTILE if hostile else f"Om {case_id.replace('-', ' i ')}",
        "organisation": HOSTILE if hostile else "Lindviks kommun, socialtjänsten",
        "place": "Lindvik",
        "country": "NO" if norwegian else "SE",
        "start_year": 2019 if norwegian else 2017,
        "partners": ("Polisen", "Skolan"),
        "contact": None if hostile else Contact(name="Ann-Mari Testsson", email=EMAIL),
        "facets": () if hostile else (FacetValue("measure", measure, "en stödtelefon", 1),),
        "fields": {name: make_field(name, text) if (text := fields.get(name)) else None for name in FIELD_NAMES},
        "warnings": (Notice("ocr", {"pages": "2"}),) if hostile else (),
    }
    return Case(**values | changes)


def make_field(name: FieldName, text: str) -> FieldValue:
    """Return a field: the first two on page 1, the others on page 2."""
    page = 1 + (FIELD_NAMES.index(name) > 1)
    top = 90.0 + 40 * FIELD_NAMES.index(name)
    spans = tuple(Span(page, (72.0, top + 14 * i, 300.0, top + 14 * i + 12), q) for i, q in enumerate(text.split("\n")))
    return FieldValue(text, spans, "tag-heading", 0.9)


def make_passages(case: Case) -> tuple[Passage, ...]:
    """Return one passage a field."""
    found = [(name, value) for name, value in case.fields.items() if value]
    return tuple(
        Passage(
            passage_id=0,
            case_id=case.case_id,
            field=name,
            title=name,
            text=value.text,
            spans=value.spans,
            position=position,
        )
        for position, (name, value) in enumerate(found)
    )
