"""What the layouts share: variation by case, dates, labels in four languages, grouped blocks, templates."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.samples.render.model import Block, Heading, ListItem, Paragraph, PullQuote, Source

T = TypeVar("T")

TEMPLATES = Path(__file__).parent / "templates"

LABELS: dict[str, dict[str, str]] = {
    "sv": {"page": "Sida", "of": "av", "facts": "Fakta", "brief": "Kort om insatsen", "notes": "Noter"},
    "nb": {"page": "Side", "of": "av", "facts": "Fakta", "brief": "Kort om tiltaket", "notes": "Noter"},
    "da": {"page": "Side", "of": "af", "facts": "Fakta", "brief": "Kort om indsatsen", "notes": "Noter"},
    "en": {"page": "Page", "of": "of", "facts": "Facts", "brief": "At a glance", "notes": "Notes"},
}


def pick(source: Source, aspect: str, options: Sequence[T]) -> T:
    """Choose how one aspect of a case looks: by the hash of its id, so the same at every build."""
    digest = hashlib.sha256(f"{source.meta.id}/{aspect}".encode()).digest()
    return options[int.from_bytes(digest[:4]) % len(options)]


def created(source: Source) -> datetime:
    """When the publication pretends to have been made: some day in the year it was published."""
    year = source.meta.published_year or source.meta.start_year or 2020
    return datetime(year, pick(source, "month", range(1, 13)), pick(source, "day", range(1, 29)), 9, 30, tzinfo=UTC)


def labels(source: Source) -> dict[str, str]:
    """The few words that layouts add, in the language of the case."""
    return LABELS[source.meta.language]


def facts_title(source: Source) -> str:
    """The heading of the fact box."""
    return labels(source)[pick(source, "facts title", ("facts", "brief"))]


def grouped(blocks: Iterable[Block]) -> list[tuple[str, Any]]:
    """Blocks as (kind, block) for templates; neighbouring items of one list become one ("list", items)."""
    groups: list[tuple[str, Any]] = []
    for key, run in groupby(blocks, key=_group_key):
        members = list(run)
        if key[0] == "list":
            groups.append(("list", members))
        else:
            groups.extend((key[0], block) for block in members)
    return groups


def _group_key(block: Block) -> tuple[str, bool]:
    match block:
        case ListItem():
            return "list", block.ordered
        case Heading():
            return "heading", False
        case Paragraph():
            return "paragraph", False
        case PullQuote():
            return "quote", False


@cache
def xml_templates() -> Environment:
    """Templates of XML and HTML, where text is escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
