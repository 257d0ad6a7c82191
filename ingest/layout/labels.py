"""What stands before text: bullets, numbers of list items, drop capitals."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.layout.model import BodyStyle
from ingest.pages import Line

BULLET = re.compile(r"^(?:[•·▪■□●○◦‣⁃–—*✓✔➢►▸→-]|o(?= [A-ZÅÄÖÆØ]))\s+(?=\S)")
NUMBER = re.compile(r"^(?:\(?(\d{1,2}|[a-zA-Z])[.)])\s+(?=\S)")
_LABEL_ONLY = re.compile(r"^(?:[•·▪■□●○◦‣⁃–—*✓✔➢►▸→-]|\(?(?:\d{1,2}|[a-z])[.)])$")
_CAP = 1.6  # a drop capital is at least this many times as tall as the text that it begins


def is_drop_cap(first: Line, second: Line) -> bool:
    """Whether ``first`` is a letter as tall as several lines that ``second`` goes on from."""
    return _is_letter(first) and first.size > _CAP * second.size


def with_markers_joined(lines: Sequence[Line]) -> list[Line]:
    """Join bullets and numbers that were drawn as lines of their own to the text on their row."""
    markers = [line for line in lines if _LABEL_ONLY.match(line.text.strip())]
    result = [line for line in lines if not _LABEL_ONLY.match(line.text.strip())]
    for marker in markers:
        near = [
            (line.x0 - marker.x1, i)
            for i, line in enumerate(result)
            if -1 < line.x0 - marker.x1 < 4 * line.size and abs(_base(line) - _base(marker)) < 0.5 * line.size
        ]
        if not near:
            result.append(marker)
            continue
        index = min(near)[1]
        line = result[index]
        box = (marker.x0, min(marker.y0, line.y0), line.x1, max(marker.y1, line.y1))
        result[index] = replace(line, text=f"{marker.text.strip()} {line.text}", bbox=box, bold_prefix=0)
    return result


def with_drop_caps_first(lines: Sequence[Line], body: BodyStyle) -> list[Line]:
    """Move each drop capital right before the line that it begins: its own baseline is some lines further down."""
    caps = [line for line in lines if line.size > _CAP * body.size and _is_letter(line)]
    result = [line for line in lines if not (line.size > _CAP * body.size and _is_letter(line))]
    for cap in caps:
        beside = [
            (line.y0, i)
            for i, line in enumerate(result)
            if -1 < line.x0 - cap.x1 < 2.5 * body.size and cap.y0 - body.size < line.y0 < cap.y1
        ]
        result.insert(min(beside)[1] if beside else len(result), cap)
    return result


def _is_letter(line: Line) -> bool:
    text = line.text.strip()
    return len(text) == 1 and text.isalpha()


def _base(line: Line) -> float:
    return line.y1 - 0.2 * line.size
