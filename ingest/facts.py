"""Key–value pairs: from fact boxes, tables, and lines such as "Målgrupp: unga i riskzon"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.layout import Block, item_text
from ingest.lexicon import is_box_title, key_of, split_key
from ingest.pages import Line

_KEY_LINE = re.compile(r"(?:[•·▪*–-]\s*)?[A-ZÅÄÖÆØÉ][^:.!?”»]{1,38}:(?=\s|$)")
_SAID = re.compile(r"(?<=[.;])\s+(?=[A-ZÅÄÖÆØÉ][^:.!?;”»]{1,38}:\s)")  # "Ansvarig: A. Målgrupp: B."
_MEMO = re.compile(
    r"(?<!\s)\s+(?=(?:Från|Fra|From|Till|Til|To|Datum|Dato|Date|Ärende|Sak|Emne|Subject|Kopia|Kopi|Copy): )"
)  # the head of a memo on one line
_SAME_COLUMN = 3.0  # points
_FEWEST_KEYS = 2  # that are known, of a block whose keys are told by bold letters alone
_SHORT, _FEWEST_PAIRS = 120, 3  # characters of a value, pairs of a list without a frame
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
    opened: Block | None = None  # the block of the key whose value goes on
    listed = _listed(blocks)
    for block in blocks:
        if block.kind not in {"fact_box", "text", "item"} and id(block) not in listed:
            opened = None
            continue
        boxed = block.kind == "fact_box" or id(block) in listed
        for text in rows_of(block):
            split = split_key(text) or (split_key(f"{text}:") if boxed and block.bold else None)
            if split and (boxed or (split[1] and len(text) < _LONGEST)):
                facts.append(Fact(split[0], split[1], block.page))
                opened = block if boxed else None
            elif opened and boxed and not (is_box_title(text) or _KEY_LINE.match(text) or _looks_like(block, opened)):
                last = facts[-1]
                facts[-1] = replace(last, value=f"{last.value}; {text}" if last.value else text)
            else:
                opened = None
    return tuple(fact for fact in facts if fact.value)


def _listed(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks, by identity, of lists of facts that no frame holds: bold keys, each with a short value below it."""
    pairs = [
        (key, value)
        for key, value in pairwise(blocks)
        if key.bold
        and not value.bold
        and len(value.text) < _SHORT
        and value.kind in {"text", "caption", "fact_box"}
        and key.page == value.page
        and (abs(key.first.x0 - value.first.x0) < _SAME_COLUMN or abs(key.first.y0 - value.first.y0) < _SAME_COLUMN)
        and split_key(f"{key.text.strip().rstrip(':')}:")
    ]
    return frozenset(id(block) for pair in pairs for block in pair) if len(pairs) >= _FEWEST_PAIRS else frozenset()


def _looks_like(block: Block, key: Block) -> bool:
    """Whether a block is a key as well, by its look: bold, in the column of ``key``, which stands alone in its cell."""
    return block is not key and block.bold and key.bold and abs(block.first.x0 - key.first.x0) < _SAME_COLUMN


def rows_of(block: Block) -> list[str]:
    """Part a block whose lines are pairs set close together: "Start: 2017" / "Målgrupp: unga" / …"""
    if by_bold := _rows_by_bold_keys(block):
        return by_bold
    text = item_text(block.text) if block.kind == "item" else block.text
    keys = [match[0] for placed in block.lines[1:] if (match := _KEY_LINE.match(placed.line.text.strip()))]
    if len(memo := _MEMO.split(text)) > 1 and _KEY_LINE.match(text) and len(text) < _LONGEST:
        return memo
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


def _rows_by_bold_keys(block: Block) -> list[str]:
    """The pairs of a block whose keys are told by bold letters alone: "**Start** 2017" / "**Med** Polisen" / …"""
    lines = [(_bold_key(placed.line), placed.line.text.strip()) for placed in block.lines]
    if sum(key_of(key) is not None for key, _ in lines if key) < _FEWEST_KEYS:
        return []
    rows: list[str] = []
    key, start = "", 0
    for bold, line in lines:
        found = block.text.find(line, start) if bold else -1
        if found >= 0:
            rows.append(_pair(key, block.text[start:found]))
            key, start = bold, found
    return [row for row in (*rows, _pair(key, block.text[start:])) if row]


def _bold_key(line: Line) -> str:
    """The bold beginning of a line, or the whole of a bold one."""
    return line.text[: line.bold_prefix or (len(line.text) if line.bold else 0)].strip().rstrip(":")


def _pair(key: str, text: str) -> str:
    value = text.strip().removeprefix(key).lstrip(": ")
    return f"{key}: {value}" if key else value


def values(text: str) -> tuple[str, ...]:
    """Split a value that lists things: at semicolons, or else at commas outside parentheses.

    >>> values("Polismyndigheten, Kriminalvården och Föreningen X")
    ('Polismyndigheten', 'Kriminalvården', 'Föreningen X')
    """
    parts = text.split(";") if ";" in text else _COMMAS.split(text)
    return tuple(part for raw in parts if (part := _without_stop(raw.strip())))


def _without_stop(text: str) -> str:
    return text[:-1].rstrip() if text.endswith((".", ";")) else text
