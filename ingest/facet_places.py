"""Where a document may tell of its facets: every sentence, with the name of the place in which it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.fields import Portion
from ingest.layout import Block
from ingest.metadata import Metadata
from ingest.organisations import THE_MUNICIPALITY
from ingest.sections import text_of

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"”»«’A-ZÅÄÖÆØ0-9])|\n")
_TOLD = {
    "together": re.compile(
        r"\b(?:samarbet\w+|samverka\w*|samordna\w* med|tillsammans med|i samråd|ingår|medverkar|deltar|deltagare|består av|"
        r"runt bordet|med stöd (?:av|från)|i samband med|gemensam\w*|bidra\w*|hålls av|ledd?s av|arrangera\w*|tagits fram|"
        r"tagit fram|kontaktperson\w*|representant\w*|samarbeid\w*|sammen med|består av|bidrar|stiller|deltaker\w*|"
        r"kommer fra|samarbejd\w*|deltager\w*|bestå\w* af|bidrager|stiller|kommer fra|together with|alongside|partner\w*|"
        r"works? with|worked with|consists? of|made up of|brings?|take part|takes part|members|joint\w*)\b"
    ),
    "aimed": re.compile(
        r"\b(?:vänder (?:sig|oss) till|riktar sig (?:till|mot)|riktad \w* ?(?:till|mot)|målgrupp\w*|är till för|"
        r"är öppen för|är öppet för|öppen för|erbjuds|hjälper|stöd (?:till|åt|för)|för (?:den|dig|dem|unga|ungdomar|män|människor|personer|barn) som|"
        r"henvender seg til|retter seg mot|målgruppe\w*|gjelder|tilbys|hjelper|støtte til|hjælper|støtte til|får følge|"
        r"for (?:den|deg|dem|dig|unge|menn|personer|ungdom|ungdommer|forældre|foreldre),? (?:som|der)|"
        r"henvender sig til|retter sig mod|tilbydes|is for|are for|aimed at|offered to|for whom|support (?:for|to)|helps|"
        r"for (?:people|those|anyone|men|parents|families|young people) who)\b"
    ),
}
"""Sentences that tell who works together, and whom the work is for, wherever they stand in what was done.

The patterns are for text in lower case: to ignore case takes three times as long.
"""

_NOT_WHAT_WAS_DONE = frozenset({"background", "success_factors", "challenges"})


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with where it stands: the place's name, its page, and whether it begins a paragraph or is a heading.

    ``printed``: what the document prints, where ``text`` is not that but follows from it.
    """

    where: str
    text: str
    page: int
    first: bool = False
    printed: str = ""

    @property
    def quote(self) -> str:
        """What the document prints."""
        return self.printed or self.text


def places_of(title: str, portions: Sequence[Portion], metadata: Metadata) -> Iterator[Place]:
    """Yield the places of a document: what its metadata say, then its sentences in their order."""
    blocks = [block for portion in portions for block in portion.part.blocks]
    page = blocks[0].page if blocks else 1
    yield Place("title", title, page)
    if metadata.organisation:
        printed = _told_of_municipality(metadata, blocks) if metadata.organisation_inferred else ""
        told_on = _page_of(printed or metadata.organisation, blocks, page)
        yield Place("organisation", metadata.organisation, told_on, printed=printed)
    for where, texts in (("targets", metadata.target_groups), ("partners", metadata.partners)):
        for text in texts or ():
            yield Place(where, text, _page_of(text, blocks, page))
    for fact in metadata.facts:
        if fact.key in {"other", "start_year", "funding"}:
            yield Place("facts", fact.value, fact.page)
    seen_field, headed = False, None
    for portion in portions:
        heading = portion.part.heading
        seen_field = seen_field or portion.field is not None
        where = portion.field or ("other" if seen_field else "lead")
        if heading is not None and heading is not headed:  # a section told in several portions is headed once
            yield Place(where, heading.text, heading.block.page, True)
            headed = heading
        for block in portion.part.blocks:
            for index, sentence in enumerate(_sentences(text_of(block))):
                yield Place(where, sentence, block.page, index == 0)
                if where not in _NOT_WHAT_WAS_DONE:
                    lower = sentence.lower()
                    told = (name for name, pattern in _TOLD.items() if pattern.search(lower))
                    yield from (Place(name, sentence, block.page) for name in told)


def _told_of_municipality(metadata: Metadata, blocks: Sequence[Block]) -> str:
    """What an organisation is inferred from: the sentence that speaks of "the municipality", or names the place."""
    stated = next((fact.value for fact in metadata.facts if fact.key == "place"), "")
    sentences = [sentence for block in blocks for sentence in _sentences(text_of(block))]
    of_it = (sentence for sentence in sentences if THE_MUNICIPALITY.search(sentence))
    at_it = (sentence for sentence in sentences if metadata.place and metadata.place in sentence)
    return stated or next(of_it, "") or next(at_it, "")


def _sentences(text: str) -> Iterable[str]:
    return (part for part in _SENTENCE.split(text) if part.strip())


def _page_of(text: str, blocks: Sequence[Block], default: int) -> int:
    start = text[:25].lower()
    return next((block.page for block in blocks if start in block.text.lower()), default)
