"""Headings by size and weight, the rule that one writes first: lines of pypdf or pdfplumber to blocks.

A line is a heading when it is larger than the running text, or bold where that is not, and is short and ends no
sentence. Neighbouring lines of one look are one heading; levels follow the looks, largest first.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import hypot
from pathlib import Path
from typing import Any

from benchmarks.blocks import Block

LARGER = 1.12  # times the size of the running text
MOST_WORDS, MOST_LINES = 16, 4
_SAME_SIZE = 0.6  # pypdf gives a line in pieces whose sizes differ by rounding


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A line of text as it looks: ``size`` in points, rounded to halves."""

    text: str
    size: float
    bold: bool
    page: int


def blocks_of(lines: Sequence[StyledLine]) -> tuple[Block, ...]:
    """Part lines into headings and text by the rule above."""
    looks: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        looks[line.size, line.bold] += len(line.text)
    if not looks:
        return ()
    body = max(looks, key=lambda look: looks[look])
    stretches = [
        (look, list(group)) for look, group in groupby(lines, lambda x: (x.page, x.size, x.bold, _stands_out(x, body)))
    ]
    heads = {(size, bold) for (_, size, bold, _), group in stretches if _is_heading(group, body)}
    levels = {look: rank for rank, look in enumerate(sorted(heads, reverse=True), start=1)}
    blocks: list[Block] = []
    for (page, size, bold, _), group in stretches:
        text = "\n".join(line.text for line in group)
        if _is_heading(group, body):
            blocks.append(Block("heading", " ".join(text.split()), page, levels[size, bold]))
        elif blocks and blocks[-1].kind == "text" and blocks[-1].page == page:
            blocks[-1] = Block("text", f"{blocks[-1].text}\n{text}", page)
        else:
            blocks.append(Block("text", text, page))
    return tuple(blocks)


def _stands_out(line: StyledLine, body: tuple[float, bool]) -> bool:
    size, bold = body
    return line.size >= LARGER * size or (line.bold and not bold and line.size >= size - _SAME_SIZE)


def _is_heading(lines: Sequence[StyledLine], body: tuple[float, bool]) -> bool:
    text = " ".join(line.text for line in lines)
    short = len(text.split()) <= MOST_WORDS and len(lines) <= MOST_LINES
    letters = sum(c.isalpha() for c in text) >= 3
    return short and letters and not text.rstrip().endswith((".", ",", ";")) and _stands_out(lines[0], body)


def read_pypdf(path: Path) -> tuple[Block, ...]:
    """Read with pypdf, sizes and font names from its visitor."""
    from pypdf import PdfReader

    lines: list[StyledLine] = []
    for number, page in enumerate(PdfReader(path).pages, start=1):
        pieces: list[tuple[str, float, bool]] = []

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float, pieces: Any = pieces) -> None:
            scale = hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
            name = str((font or {}).get("/BaseFont", "")).lower()
            pieces.append((text, abs(size) * scale, _is_bold(name)))

        page.extract_text(visitor_text=visit)
        lines += _lines(pieces, number)
    return blocks_of(lines)


def _lines(pieces: Sequence[tuple[str, float, bool]], page: int) -> Iterator[StyledLine]:
    """Put the pieces that pypdf's visitor was shown together to lines, each in the look of most of its letters."""
    text, looks = "", Counter[tuple[float, bool]]()
    for piece, size, bold in (*pieces, ("\n", 0.0, False)):
        for number, part in enumerate(piece.split("\n")):
            if number:
                if text.strip():
                    yield StyledLine(" ".join(text.split()), *max(looks, key=lambda k: looks[k]), page)
                text, looks = "", Counter()
            text += part
            looks[round(size * 2) / 2, bold] += len(part.strip())


def read_pdfplumber(path: Path) -> tuple[Block, ...]:
    """Read with pdfplumber's lines, sizes and font names from their characters."""
    import pdfplumber

    lines: list[StyledLine] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for line in page.extract_text_lines(return_chars=True):
                looks = Counter((round(c["size"] * 2) / 2, _is_bold(c["fontname"].lower())) for c in line["chars"])
                if line["text"].strip():
                    lines.append(StyledLine(line["text"], *max(looks, key=lambda k: looks[k]), page.page_number))
            page.close()
    return blocks_of(lines)


def _is_bold(font: str) -> bool:
    return any(word in font for word in ("bold", "black", "heavy", "semib", "demi"))
