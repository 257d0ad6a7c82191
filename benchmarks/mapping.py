"""What a reader gave becomes what is scored: fields with pages, metadata, headings.

Our own case has them. A peer's headings and text are mapped to fields by **our** field rules: the same heading
lexicon, the same levels, the same classifiers of sections, of combined headings and of prose. So the peers
are compared in reading only (text, order, headings), and are given more than they come with: alone none of them would
give a field. A line of a peer's text that is, as a whole, a heading that the lexicon knows counts as a heading too
(where the peer gives no headings at all, so does one that matches the lexicon's patterns: what served the peers best
on development documents), and words parted at a line's end are joined.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from benchmarks.blocks import Block, Record
from benchmarks.measures import letters
from ingest import layout
from ingest.fields import fields_of, portions_of
from ingest.language import detect_language
from ingest.layout import Placed
from ingest.lexicon import SAID, meaning_of
from ingest.pages import Line
from ingest.sections import Heading, Part
from ingest.triage import triage
from ingest.understood import told_in_sections, with_sections_understood
from ingest.unheaded import told_in_prose, with_combined_parted, with_lessons_parted
from kb.types import FIELD_NAMES, Case, FieldName, FieldValue

_MATCHED = 0.75  # of a line in a document without headings of the peer's own: a pattern of the lexicon
_LONGEST = 60  # characters of a line of text that may be a heading
_HYPHEN = re.compile(r"(?<=\w)(?:[-\u2010\u00ad]\s*\n\s*|[\u2010\u00ad]\s+)(?=[^\W\d_A-ZÅÄÖÆØ])")
_BULLET = re.compile(r"^\s*(?:[•·▪■□●○◦‣⁃*–-]|\d{1,2}[.)])\s+")
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """A field's text and the pages that it was found on."""

    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader answers for one document. ``metadata`` is ``None`` for peers, which give none of it."""

    fields: Mapping[FieldName, Found | None]
    headings: tuple[str, ...] = ()
    metadata: Mapping[str, object] | None = None
    error: str = ""


def answer_of(record: Record) -> Answer:
    """Return what a record answers; nothing where the document could not be read."""
    if record.error:
        return Answer(dict.fromkeys(FIELD_NAMES), error=record.error)
    if record.case is not None:
        return _of_case(record.case)
    headings = tuple(" ".join(block.text.split()) for block in record.blocks if block.kind == "heading")
    return Answer(fields_from(record.blocks), headings)


def _of_case(case: Case) -> Answer:
    titles = [section.title for section in case.sections if section.title]
    headings = [title for i, title in enumerate(titles) if i == 0 or title != titles[i - 1]]
    if letters(case.title) != letters(PurePath(case.file).stem) and case.title not in headings:
        headings.insert(0, case.title)
    metadata: dict[str, object] = {
        "title": case.title,
        "organisation": case.organisation,
        "place": case.place,
        "country": case.country,
        "start_year": case.start_year,
        "contact_email": case.contact.email if case.contact else None,
        "published_year": case.published_year,
        "language": case.language,
        "document_type": case.document_type,
    }
    return Answer(_found(case.fields), tuple(headings), metadata)


def fields_from(blocks: Sequence[Block]) -> dict[FieldName, Found | None]:
    """Map a peer's headings and text to fields as :func:`ingest.reading.read_case` does with our own."""
    text = "\n".join(block.text for block in blocks)
    language = detect_language(text)
    portions = with_combined_parted(portions_of(parts_from(blocks, language)))
    portions = with_lessons_parted(with_sections_understood(portions, language))
    fields = fields_of(portions)
    kind, notices = triage(
        next((block.text for block in blocks if block.kind == "heading"), ""),
        fields,
        text=text,
        page_count=max((block.page for block in blocks), default=0),
        first_page="\n".join(block.text for block in blocks if block.page == 1),
    )
    if kind == "other" and not notices:
        told = told_in_sections(portions, language) or told_in_prose(portions)
        fields = fields_of(told) if told else fields
    return _found(fields)


def parts_from(blocks: Sequence[Block], language: str) -> tuple[Part, ...]:
    """Part a peer's blocks at its headings, and at lines that the lexicon knows as headings."""
    needed = SAID if any(block.kind == "heading" for block in blocks) else _MATCHED
    parted = [piece for block in blocks for piece in _parted(block, language, needed)]
    known = Counter(b.level for b in parted if b.level and meaning_of(b.text, language).known)
    usual = known.most_common(1)[0][0] if known else 1
    parts: list[Part] = []
    heading: Heading | None = None
    body: list[layout.Block] = []
    for block in parted:
        if block.kind == "text":
            body += _paragraphs(block)
            continue
        if heading or body:
            parts.append(Part(heading, tuple(body)))
        text = " ".join(block.text.split())
        meaning = meaning_of(text, language)
        heading = Heading(_placed(text, block.page), block.level or usual, meaning, "typography+lexicon")
        body = []
    return (*parts, Part(heading, tuple(body))) if heading or body else ()


def _parted(block: Block, language: str, needed: float) -> list[Block]:
    """Part a text at the lines that are headings by the lexicon; their level is not known (0)."""
    if block.kind == "heading":
        return [block]
    pieces: list[Block] = []
    for line in block.text.splitlines():
        if _is_heading(line.strip(), language, needed):
            pieces.append(Block("heading", line, block.page))
        elif pieces and pieces[-1].kind == "text":
            pieces[-1] = Block("text", f"{pieces[-1].text}\n{line}", block.page)
        else:
            pieces.append(Block("text", line, block.page))
    return pieces


def _is_heading(line: str, language: str, needed: float) -> bool:
    if not line or len(line) > _LONGEST or line.endswith((".", ",", ";")) or line[0].islower():
        return False
    meaning = meaning_of(line, language)
    return max(meaning.score, meaning.other) >= needed


def _paragraphs(block: Block) -> list[layout.Block]:
    """Join words parted at line ends; an empty line ends a paragraph."""
    texts = (_HYPHEN.sub("", text) for text in re.split(r"\n\s*\n", block.text))
    cleaned = (" ".join(_BULLET.sub("", text).split()) for text in texts)
    return [_placed(text, block.page) for text in cleaned if text]


def _placed(text: str, page: int) -> layout.Block:
    return layout.Block("text", (Placed(page, 0, Line(text, _NOWHERE, 10.0)),), text)


def _found(fields: Mapping[FieldName, FieldValue | None]) -> dict[FieldName, Found | None]:
    return {name: Found(value.text, value.pages) if value else None for name, value in fields.items()}
