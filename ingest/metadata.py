"""What a document says of its example besides the fields: who, where, since when, for and with whom."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.contacts import addresses_of, find_contact
from ingest.facts import Fact, facts_of, rows_of
from ingest.fields import Portion
from ingest.layout import BODY_KINDS, Block, Layout
from ingest.lexicon import meaning_of, split_key
from ingest.organisations import municipality_at, organisation_of
from ingest.pages import Document
from ingest.partners import partners_of
from ingest.places import country_of, place_at_foot, place_of
from ingest.reckoning import reckoned_start
from ingest.sections import Part, text_of
from ingest.stated import Sources
from ingest.target_groups import asks_for_whom, target_groups_of
from ingest.titles import Title
from ingest.unlisted import is_place_alone
from ingest.year_features import Told
from ingest.year_signs import MONTH_LINE
from ingest.years import is_dated, published_year, start_year
from kb.privacy import masked
from kb.types import Contact

_ASIDE = frozenset({"fact_box", "footnote", "caption", "running"})
_OF_OTHERS = frozenset({"background", "challenges"})  # fields that name bodies for other reasons
_BYLINE, _FEW_WORDS = 160, 12  # characters, words: what is longer is a paragraph
_PARTED_WORD = re.compile(r"(?<=[^\W\d])-\n(?=[a-zåäöæø])")  # between what look like two paragraphs, as in scans
_CONTACT = re.compile(r"kontakt|contact|veta mer|läs mer|læs mere|les mer|find out more|further", re.IGNORECASE)
_OPENING = re.compile(r"(?:\d[.\d]* )?(?:inl|indl|innl)edning|intro|förord|forord|foreword|preface", re.IGNORECASE)
_SUMMARY = re.compile(
    r"sammanfatt|sammendrag|samandrag|oppsummer|resum|sammenfat|opsummer|summary|korthet|kort om|kort fortalt|in brief|at a glance",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of one document; names as in :class:`kb.types.Case`.

    ``organisation_inferred``: the document does not print the organisation's name; it follows from the place.
    ``start_reckoned``: it does not print the year of the start; it follows from how long the work has gone on.
    """

    organisation: str | None
    place: str | None
    country: str | None
    start_year: int | None
    published_year: int | None
    target_groups: tuple[str, ...] | None
    partners: tuple[str, ...] | None
    funding: str | None
    contact: Contact | None
    facts: tuple[Fact, ...]
    organisation_inferred: bool = False
    start_reckoned: bool = False


def read_metadata(
    document: Document,
    layout: Layout,
    portions: Sequence[Portion],
    title: Title | None,
    *,
    language: str,
) -> Metadata:
    """Find the metadata of a document that has been laid out, parted and given its fields."""
    parts = [portion.part for portion in portions]
    facts = facts_of(layout.blocks)
    pairs = [(fact.key, fact.value) for fact in facts]
    paragraphs = [text_of(b) for b in layout.blocks if b.kind in BODY_KINDS]
    aside = [text for b in layout.blocks if b.kind in _ASIDE for text in rows_of(b)]
    boxed = [text for b in layout.blocks if b.kind == "fact_box" for text in rows_of(b) if not split_key(text)]
    byline = _byline(layout.blocks, title, parts)
    told = _contact_texts(parts, facts)
    titled, text = title.text if title else "", _PARTED_WORD.sub("", "\n".join([*paragraphs, *boxed]))
    addresses = addresses_of([*told, *paragraphs, *aside])
    running = list(dict.fromkeys(text_of(b) for b in layout.blocks if b.kind == "running"))
    organisation = organisation_of(
        Sources(
            title=titled,
            byline=byline,
            facts=facts,
            contacts=told,
            running=running,
            text=text,
            emails=addresses,
            author=document.info.get("Author", ""),
            asides=aside,
        )
    )
    background = [p.part.text for p in portions if p.field == "background"]
    told_of_it = [*boxed, *(p.part.text for p in portions if p.field not in _OF_OTHERS)]
    asked = [part.text for part in parts if part.heading and asks_for_whom(part.heading.text)]
    place = place_of(organisation, title=titled, facts=facts, text=text) or place_at_foot(
        organisation, [*byline, *running, *told, *aside]
    )
    inferred = None
    if organisation is None:
        stated = any(fact.key == "place" for fact in facts) or any(map(is_place_alone, addresses))
        organisation = inferred = municipality_at(place, text, stated=stated)
    published = published_year(pairs, byline, document.info.get("CreationDate"))
    years = list(_told(titled, portions, boxed, dated=frozenset(filter(is_dated, byline))))
    started = start_year(pairs, years, published=published, organisation=organisation)
    reckoned = None if started else reckoned_start(years, written=published_year(pairs, byline, None))
    return Metadata(
        organisation=organisation,
        place=place,
        country=country_of(
            language, place, titled, "\n".join([text, organisation or "", *(fact.value for fact in facts)])
        ),
        start_year=started or reckoned,
        published_year=published,
        target_groups=target_groups_of(facts, told_of_it, asked=asked, elsewhere=background),
        partners=partners_of(facts, told_of_it, organisation=organisation),
        funding=masked(next((fact.value for fact in facts if fact.key == "funding"), "") or _funding(parts)) or None,
        contact=find_contact(told, [*paragraphs, *aside], organisation=organisation),
        facts=facts,
        organisation_inferred=inferred is not None,
        start_reckoned=reckoned is not None,
    )


def _byline(blocks: Sequence[Block], title: Title | None, parts: Sequence[Part]) -> list[str]:
    """The short lines near the title: before the first heading, nearest to the title first."""
    if title is None:
        return []
    page = title.blocks[0].page
    here = [b for b in blocks if b.page == page]
    index = next((i for i, b in enumerate(here) if b in title.blocks), 0)
    first_heading = next((p.heading.block for p in parts if p.heading and p.heading.meaning.known), None)
    stop = next((i for i, b in enumerate(here) if first_heading is not None and b is first_heading), len(here))
    near = [
        *range(index + len(title.blocks), min(stop, index + len(title.blocks) + 4)),
        *range(max(0, index - 3), index),
    ]
    short = [here[i] for i in near if here[i].kind != "fact_box" and not _is_prose(here[i].text)]
    texts = [line.line.text for block in short for line in block.lines]
    diary = {p.heading.text for p in parts if p.heading and MONTH_LINE.fullmatch(p.heading.text.strip())}
    return [text for text in texts if text not in diary and not split_key(text)]


def _is_prose(text: str) -> bool:
    return len(text) >= _BYLINE or (text[-1:] in ".!?" and len(text.split()) > _FEW_WORDS)


def _told(title: str, portions: Sequence[Portion], boxed: Sequence[str], *, dated: Collection[str]) -> Iterator[Told]:
    """What the document tells, for its years: each field's portions that follow each other as one, and what leads in.

    The lines ``dated`` tell when the paper is from.
    """
    yield Told(title, "title")
    yield Told("\n".join(boxed), "box")
    first_field = next((i for i, portion in enumerate(portions) if portion.field), len(portions))
    numbered = ((_zone(portion, index, first_field), _dated(portion.part)) for index, portion in enumerate(portions))
    for zone, run in groupby(numbered, key=lambda item: item[0]):
        texts = (line for _, text in run for line in text.split("\n") if line not in dated)
        yield Told("\n".join(texts), zone)


def _dated(part: Part) -> str:
    """A part's text, with its heading where that is a diary's date."""
    heading = part.heading.text.strip() if part.heading else ""
    return f"{heading}: {part.text}" if MONTH_LINE.fullmatch(heading) else part.text


def _zone(portion: Portion, index: int, first_field: int) -> str:
    heading = portion.part.heading
    if (index == 0 and heading is None) or (
        heading is not None and (_SUMMARY.search(heading.text) or _OPENING.match(heading.text))
    ):
        return "lead"
    if portion.field in {"method", "background"}:
        return portion.field
    return "after" if portion.field else "lead" if index < min(first_field, 3) else "other"


def _funding(parts: Sequence[Part]) -> str:
    for part in parts:
        if part.heading and re.search(
            r"finansier|funding|budget|pengar|kostnad|økonomi|ekonomi|cost", part.heading.text, re.IGNORECASE
        ):
            return part.text
    return ""


def _contact_texts(parts: Sequence[Part], facts: Sequence[Fact]) -> list[str]:
    sections = [part.text for part in parts if part.heading and _CONTACT.search(part.heading.text)]
    return [*sections, *(fact.value for fact in facts if fact.key == "contact")]


def is_contact_heading(text: str) -> bool:
    """Whether a heading announces contact details."""
    return bool(_CONTACT.search(text)) and meaning_of(text).field is None
