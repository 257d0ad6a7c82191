"""Key–value pairs: from fact boxes, tables, and lines such as "Målgrupp: unga i riskzon"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout import Block, item_text
from ingest.lexicon import is_box_title, split_key

_LIST_END = re.compile(r"\s*[.;]?\s*$")
_ITEMS = re.compile(r"\s*;\s*")
_COMMAS = re.compile(r",\s+(?![^()]*\))|\s+(?:och|og|samt|and)\s+(?=[A-ZÅÄÖÆØ])")


@dataclass(frozen=True, slots=True)
class Fact:
    """One pair: the key's name in the lexicon ("target_groups" …), the value as printed, the page."""

    key: str
    value: str
    page: int


def facts_of(blocks: Sequence[Block]) -> tuple[Fact, ...]:
    """Collect the pairs of a document. A key alone takes the blocks that follow it in its box as value."""
    facts: list[Fact] = []
    open_key: tuple[str, int] | None = None
    for block in blocks:
        if block.kind not in {"fact_box", "text", "item"}:
            continue
        text = item_text(block.text) if block.kind == "item" else block.text
        split = split_key(text)
        boxed = block.kind == "fact_box"
        if split and split[1] and (boxed or len(text) < 300):
            facts.append(Fact(split[0], split[1], block.page))
            open_key = (split[0], len(facts) - 1) if boxed else None
        elif split and not split[1] and boxed:
            facts.append(Fact(split[0], "", block.page))
            open_key = (split[0], len(facts) - 1)
        elif open_key and boxed and not is_box_title(text):
            key, index = open_key
            value = f"{facts[index].value}; {text}" if facts[index].value else text
            facts[index] = Fact(key, value, facts[index].page)
        else:
            open_key = None
    return tuple(fact for fact in facts if fact.value)


def values(text: str) -> tuple[str, ...]:
    """Split a value that lists things: at semicolons, or else at commas outside parentheses.

    >>> values("Polismyndigheten, Kriminalvården och Föreningen X")
    ('Polismyndigheten', 'Kriminalvården', 'Föreningen X')
    """
    parts = _ITEMS.split(text) if ";" in text else _COMMAS.split(text)
    return tuple(part for raw in parts if (part := _LIST_END.sub("", raw).strip()))
