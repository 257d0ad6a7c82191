"""Key–value pairs: from fact boxes, tables, and lines such as "Målgrupp: unga i riskzon"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.layout import Block, item_text
from ingest.lexicon import is_box_title, split_key

_KEY_LINE = re.compile(r"(?:[•·▪*–-]\s*)?[A-ZÅÄÖÆØÉ][^:.!?”»]{1,38}:(?=\s|$)")
_SAID = re.compile(r"(?<=[.;])\s+(?=[A-ZÅÄÖÆØÉ][^:.!?;”»]{1,38}:\s)")  # "Ansvarig: A. Målgrupp: B."
_LONGEST = 300  # characters of a pair outside a box
_COMMAS = re.compile(r",\s(?![^()]{0,300}\))|\s(?:och|og|samt|and)\s(?=[A-ZÅÄÖÆØ])")


@dataclass(frozen=True, slots=True)
class Fact:
    """One pair: the key's name in the lexicon ("target_groups" …), the value as printed, the page."""

    key: str
    value: str
    page: int


def facts_of(blocks: Sequence[Block]) -> tuple[Fact, ...]:
    """Collect the pairs of a document. A key alone takes the blocks that follow it in its box as value."""
    facts: list[Fact] = []
    open_key = False
    for block in blocks:
        if block.kind not in {"fact_box", "text", "item"}:
            open_key = False
            continue
        boxed = block.kind == "fact_box"
        for text in rows_of(block):
            split = split_key(text)
            if split and (boxed or (split[1] and len(text) < _LONGEST)):
                facts.append(Fact(split[0], split[1], block.page))
                open_key = boxed
            elif open_key and boxed and not is_box_title(text) and not _KEY_LINE.match(text):
                last = facts[-1]
                facts[-1] = replace(last, value=f"{last.value}; {text}" if last.value else text)
            else:
                open_key = False
    return tuple(fact for fact in facts if fact.value)


def rows_of(block: Block) -> list[str]:
    """Part a block whose lines are pairs set close together: "Start: 2017" / "Målgrupp: unga" / …"""
    text = item_text(block.text) if block.kind == "item" else block.text
    keys = [match[0] for placed in block.lines[1:] if (match := _KEY_LINE.match(placed.line.text.strip()))]
    said = _SAID.split(text)
    if len(said) > 1 and sum(split_key(part) is not None for part in said) > 1:
        return [_without_stop(part.strip()) for part in said]
    if not keys or not _KEY_LINE.match(text) or not any(map(split_key, [*keys, text])):
        return [text]
    rows: list[str] = []
    start = 0
    for key in keys:
        found = text.find(key, start + 1)
        if found > 0:
            rows.append(text[start:found].strip())
            start = found
    return [*rows, text[start:].strip()]


def values(text: str) -> tuple[str, ...]:
    """Split a value that lists things: at semicolons, or else at commas outside parentheses.

    >>> values("Polismyndigheten, Kriminalvården och Föreningen X")
    ('Polismyndigheten', 'Kriminalvården', 'Föreningen X')
    """
    parts = text.split(";") if ";" in text else _COMMAS.split(text)
    return tuple(part for raw in parts if (part := _without_stop(raw.strip())))


def _without_stop(text: str) -> str:
    return text[:-1].rstrip() if text.endswith((".", ";")) else text
