"""Coverage-guided fuzzing of layout, sections and fields: whatever an engine may give is read without a fault.

    uv pip install atheris                                       # no dependency of the project; Python 3.11–3.13
    python -m benchmarks.fuzz corpus/ -max_total_time=600        # libFuzzer's options; a find is kept as crash-*
    python -m benchmarks.fuzz crash-…                            # one find again

libFuzzer mutates bytes, guided by the branches of ``ingest`` that they reach; :func:`document_of` turns any bytes
into a :class:`~ingest.pages.Document`: pages of lines with headings, bullets, keys, figures, hyphens and letters of
all kinds, in columns, rows or anywhere, tagged and untagged. :func:`examine` reads it and checks what must hold.
"""

import sys
from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")

WORDS = (
    *("Bakgrund", "Så gjorde vi", "Framgångsfaktorer och utmaningar", "Utmaningar", "Resultat", "Kontakt", "Fakta"),
    *("1.2 Metode", "Lessons learnt", "Hva var vanskelig?", "VAD ÄR SVÅRT", "Innehåll", "Foto: Ek", "Tabell 1:"),
    *("Målgrupp: unga", "Startår: 2015", "Kommun", "Ekby kommun", "e-post: a@b.se", "010-555 01 02", "2015", "1 200"),
    *("och", "inte", "Det har fungerat bra.", "Det var svårt att nå alla.", "sam-", "miljö- och", "EU-", "\u00ad", "-"),
    *("•", "–", "1.", "a)", "12", "....... 7", "”Citat”", "(", "/", ":", ".", " ", "\u00a0", "\t", "ﬁ", "²", "e\u0301"),
    *("文字", "שלום", "\U0001f600", "\u200b", "\ufffd", "İ", "ß", "ǅ", "x" * 300, "A B C D", "a" * 30 + "@"),
)
TAGS = (
    None,
    None,
    None,
    "P",
    "H1",
    "H2",
    "H",
    "LI",
    "LBody",
    "TD",
    "TH",
    "Note",
    "Caption",
    "TOCI",
    "Artifact",
    "Figure",
)
SIZES = (11.0, 10.98, 9.0, 8.0, 12.5, 14.0, 18.0, 24.0, 40.0, 1.0, 1000.0)
PLACES = (56.0, 70.0, 300.0, 312.0, 540.0, 0.0, -40.0, 5000.0)


class Source:
    """Choices read off a string of bytes; zeros when it is at its end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def number(self, below: int) -> int:
        """Return a number from 0, less than ``below`` (at most 256)."""
        value = self._data[self._at] if self else 0
        self._at += 1
        return value % below

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``."""
        return choices[self.number(len(choices))]


def document_of(data: bytes) -> Any:
    """Return the document that ``data`` stands for."""
    from ingest.pages import Document, Page

    source = Source(data)
    width, height = source.one_of(((595.0, 842.0), (842.0, 595.0), (1.0, 1.0), (14400.0, 200.0)))
    language = source.one_of((None, "sv", "da-DK", "no", "x" * 50))
    info = {"Title": source.one_of(WORDS), "Author": source.one_of(WORDS), "CreationDate": "D:20210101"}
    pages = []
    while source and len(pages) < 40:
        lines = _lines(source, height)
        pages.append(Page(len(pages) + 1, width, height, tuple(lines), source.number(2) / 1.0))
    return Document(pages=tuple(pages), page_count=len(pages), info=info, language=language)


def _lines(source: Source, height: float) -> list[Any]:
    from ingest.pages import Line

    lines = []
    y, columns = 40.0, 1 + source.number(3)
    for index in range(source.number(60)):
        look = source.number(256)
        size = source.one_of(SIZES) if look & 1 else 11.0
        text = " ".join(source.one_of(WORDS) for _ in range(1 + source.number(8)))
        x = source.one_of(PLACES) if look & 2 else 56.0 + 170 * (index % columns)
        y = height * source.number(256) / 250 if look & 4 else y + (1.2 * size if index % columns == 0 else 0.0)
        wide = (0.0, 150.0, 480.0, 0.5 * size * len(text))[source.number(4)]
        bold = bool(look & 8)
        lines.append(
            Line(
                text=text.strip() or "x",
                bbox=(x, y, x + wide, y + 1.02 * size),
                size=size,
                bold=bold,
                italic=bool(look & 16),
                font=("", "Times-Roman", "Arial-BoldMT")[look % 3],
                colour=0xFF0000 if look & 32 else 0,
                tag=source.one_of(TAGS) if look & 64 else None,
                element=source.number(5) if look & 128 else None,
                superscript=("1",) if look == 255 else (),
                bold_prefix=0 if bold else min(source.number(12), len(text) // 2),
            )
        )
    return lines


def examine(data: bytes) -> None:
    """Read the document that ``data`` stands for.

    Raises:
        AssertionError: a letter was lost or doubled on the way, a span leads nowhere, or the result cannot be sent.
    """
    import msgspec

    from ingest.layout import lay_out
    from ingest.passages import passages_of
    from ingest.reading import read_case

    document = document_of(data)
    lines = [line for page in document.pages for line in page.lines]
    placed = [placed.line for block in lay_out(document).blocks for placed in block.lines]
    assert _letters(lines) == _letters(placed), "a line was lost or doubled"  # noqa: S101
    case = read_case(document, file="x.pdf", sha256="0" * 64)
    spans = [span for value in case.fields.values() if value for span in value.spans]
    spans += [span for section in case.sections for span in section.spans]
    passages = passages_of(case)
    spans += [span for passage in passages for span in passage.spans]
    assert all(1 <= span.page <= document.page_count for span in spans), "a span on no page"  # noqa: S101
    assert all(value.text and value.spans for value in case.fields.values() if value), "an empty field"  # noqa: S101
    msgspec.msgpack.encode((case, passages))


def _letters(lines: Sequence[Any]) -> int:
    return sum(sum(map(str.isalnum, line.text)) for line in lines)


def main() -> None:
    """Hand over to libFuzzer; the branches of ``ingest`` guide it."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is missing: uv pip install atheris")
    with atheris.instrument_imports(include=["ingest"]):
        import ingest.passages
        import ingest.reading  # noqa: F401
    atheris.Setup(sys.argv, examine)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
