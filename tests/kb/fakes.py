"""Small stand-ins for what is slow or large: an embedder that hashes words, and cases of a line or two."""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.embed import EmbedderStamp
from kb.types import FIELD_NAMES, Case, Contact, FacetValue, FieldName, FieldValue, Passage, Span


class FakeEmbedder:
    """Adds up one fixed direction a word: texts that share words are near each other."""

    def __init__(self, name: str = "fake", *, revision: str = "1", dimension: int = 64) -> None:
        self.stamp = EmbedderStamp(name, revision, dimension)
        self.encoded = 0

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.stamp.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
                row[int.from_bytes(digest, "big") % self.stamp.dimension] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, norms, out=rows, where=norms > 0)


def make_document(name: str, content: str = "") -> bytes:
    """Return bytes that stand for a PDF."""
    return f"%PDF-1.7 {name} {content}".encode()


def make_case(case_id: str = "stodtelefon-lindvik", *, content: str = "", **changes: Any) -> Case:
    """Return a whole case; ``content`` makes its document another, ``changes`` replace attributes."""
    text = f"{case_id} {content}".strip()
    values: dict[str, Any] = {
        "case_id": case_id,
        "file": f"{case_id}.pdf",
        "sha256": hashlib.sha256(make_document(case_id, content)).hexdigest(),
        "document_type": "example",
        "language": "sv",
        "page_count": 2,
        "title": f"Exemplet {case_id}",
        "country": "SE",
        "start_year": 2017,
        "fields": {
            **dict.fromkeys(FIELD_NAMES),
            "background": make_field(f"Bakgrund till {text}"),
            "challenges": make_field(f"Utmaningar för {text}", page=2),
        },
        "facets": (FacetValue("measure", "support_line", "en stödtelefon", 1),),
        "contact": Contact(name="Ann-Mari Testsson", email="ann-mari@lindvik.example"),
    }
    return Case(**values | changes)


def make_field(text: str, page: int = 1) -> FieldValue:
    """Return a field that stands in one place."""
    return FieldValue(text, (make_span(text, page),), "tag-heading", 0.75)


def make_span(quote: str, page: int = 1) -> Span:
    """Return a place in the document."""
    return Span(page, (72.0, 96.5, 523.25, 110.0), quote)


def make_passages(case: Case) -> tuple[Passage, ...]:
    """Return one passage a field, and one that is of no field."""
    found: list[tuple[FieldName | None, str]] = [(n, f.text) for n in FIELD_NAMES if (f := case.fields.get(n))]
    return tuple(
        Passage(
            passage_id=0,
            case_id=case.case_id,
            field=name,
            title="Rubrik",
            text=text,
            spans=(make_span(text),),
            position=position,
        )
        for position, (name, text) in enumerate([*found, (None, f"Övrigt om {case.case_id}")])
    )
