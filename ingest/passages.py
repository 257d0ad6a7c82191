"""A case to passages: what is embedded, searched and quoted, about a paragraph long, without personal data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.layout import item_text
from ingest.metadata import is_contact_heading
from ingest.portions import sentences_of
from kb.privacy import holds_contact, masked
from kb.types import Case, Passage, Section, Span

LONGEST = 120  # words; a longer paragraph is split at sentence ends
SHORTEST = 40  # words; shorter paragraphs are put together


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    spans: tuple[Span, ...]

    @property
    def words(self) -> int:
        return len(self.text.split())


def passages_of(case: Case) -> tuple[Passage, ...]:
    """Cut a case into passages: title and lead first, then section by section in reading order.

    The store gives the ids. Contact sections are left out; elsewhere addresses, numbers and the contact's name are
    masked. Sections of no field become passages with ``field=None``, so that reports can be searched too.
    """
    names = (case.contact.name,) if case.contact and case.contact.name else ()
    passages: list[Passage] = []
    for index, section in enumerate(case.sections):
        if is_contact_heading(section.title) or not section.spans:
            continue
        prefix = f"{case.title}. " if index == 0 and section.field is None and not section.title else ""
        for paragraph in _joined(_split(_paragraphs(section))):
            text = masked(prefix + paragraph.text, names)
            prefix = ""
            if len(re.findall(r"\w{2,}", text)) < 3 or (section.field is None and _is_address(paragraph.text)):
                continue
            passages.append(_passage(case, section, text, paragraph.spans, len(passages), names))
    if not passages and case.sections and case.sections[0].spans:
        passages.append(
            _passage(case, case.sections[0], masked(case.title, names), case.sections[0].spans[:1], 0, names)
        )
    return tuple(passages)


def _passage(
    case: Case, section: Section, text: str, spans: tuple[Span, ...], position: int, names: Sequence[str]
) -> Passage:
    return Passage(
        passage_id=0,
        case_id=case.case_id,
        field=section.field,
        title=masked(section.title, names),
        text=text,
        spans=spans,
        position=position,
    )


def _is_address(text: str) -> bool:
    return holds_contact(text) and len(text.split()) < 25


def _paragraphs(section: Section) -> list[_Paragraph]:
    """Give each paragraph of a section the spans of its lines: they follow each other in the same order."""
    paragraphs: list[_Paragraph] = []
    spans = list(section.spans)
    for text in section.text.split("\n"):
        taken: list[Span] = []
        wanted, got = _letters(text), 0
        while spans and got < wanted:
            span = spans.pop(0)
            got += _letters(span.quote if taken else item_text(span.quote))
            taken.append(span)
        if taken:
            paragraphs.append(_Paragraph(text, tuple(taken)))
    return paragraphs


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _split(paragraphs: Sequence[_Paragraph]) -> Iterator[_Paragraph]:
    """Split what is too long at sentence ends, into parts of about equal length."""
    for paragraph in paragraphs:
        if paragraph.words <= LONGEST:
            yield paragraph
            continue
        parts = -(-paragraph.words // LONGEST)
        target = paragraph.words / parts
        chunk: list[str] = []
        start = 0
        for sentence in sentences_of(paragraph.text):
            chunk.append(sentence)
            if sum(len(s.split()) for s in chunk) >= target:
                yield _part(paragraph, " ".join(chunk), start)
                start += sum(_letters(s) for s in chunk)
                chunk = []
        if chunk:
            yield _part(paragraph, " ".join(chunk), start)


def _part(paragraph: _Paragraph, text: str, start: int) -> _Paragraph:
    """A stretch of a paragraph, with the spans of the lines that it stands on."""
    stop, position, spans = start + _letters(text), 0, []
    for index, span in enumerate(paragraph.spans):
        length = _letters(span.quote if index else item_text(span.quote))
        if position < stop and position + length > start:
            spans.append(span)
        position += length
    return _Paragraph(text, tuple(spans) or paragraph.spans[-1:])


def _joined(paragraphs: Iterator[_Paragraph]) -> Iterator[_Paragraph]:
    """Put short paragraphs together with what follows (or, at the end, with what came before)."""
    held: _Paragraph | None = None
    for paragraph in paragraphs:
        if held is None:
            held = paragraph
        elif held.words < SHORTEST and held.words + paragraph.words <= LONGEST:
            held = _Paragraph(f"{held.text}\n{paragraph.text}", held.spans + paragraph.spans)
        else:
            yield held
            held = paragraph
    if held is not None:
        yield held
