"""The ``typst`` layout: one modern column, sans-serif, the fact box in the margin; tagged as typst does it."""

import json
from dataclasses import asdict

import typst

from data.samples.render.common import TEMPLATES, created, facts_title, grouped, labels, pick
from data.samples.render.model import Source


def render(source: Source) -> bytes:
    """The case as typst pages; the template reads everything from one JSON input."""
    case = {
        "meta": asdict(source.meta),
        "ingress": [asdict(paragraph) for paragraph in source.ingress],
        "groups": [
            {"kind": kind, "block": [asdict(item) for item in block] if kind == "list" else asdict(block)}
            for kind, block in grouped(source.body)
        ],
        "notes": {str(note.number): [asdict(run) for run in note.runs] for note in source.footnotes},
        "labels": labels(source),
        "facts_title": facts_title(source),
        "year": created(source).year,
        "look": {
            "font": pick(source, "typst font", ("Lato", "Carlito", "TeX Gyre Heros", "Libertinus Serif")),
            "colour": pick(source, "typst colour", ("#0b5394", "#9c2a4b", "#1d6f5f", "#c25700")),
            "size": pick(source, "typst size", (10, 10.5, 11)),
            "justified": pick(source, "justified", (True, False)),
            "facts_at": pick(source, "typst facts at", ("right", "left", "top", "right")),
            "quote_at": pick(source, "quote at", ("block", "bar")),
            "bullet": pick(source, "typst bullet", ("•", "–", "▸", "○")),
            "footer": pick(source, "typst footer", ("plain", "of", "owner")),
            "titled": pick(source, "titled", (True, True, False)),
        },
    }
    return typst.compile(
        (TEMPLATES / "modern.typ").read_bytes(),
        sys_inputs={"case": json.dumps(case, ensure_ascii=False)},
        timestamp=created(source),
    )
