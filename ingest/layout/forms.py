"""Forms: a column of labels ("Bakgrund", "Metod" …), each beside its text, read label by label.

The label may stand at the top or in the middle of its row, so neither columns nor rows of lines give the right order.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ingest.lexicon import meaning_of
from ingest.pages import Line

_FEWEST = 2  # labels of a form, of which …
_KNOWN = 0.25  # … this share are headings that the lexicon gives a field
_LONGEST = 70  # characters of a label
_MOST_LINES = 3
_NARROW = 0.45  # the labels' share of the width
_CLOSE = 0.8  # ems between the lines of one label

Row = tuple[list[Line], list[Line]]


def form_rows(ordered: Sequence[Line]) -> tuple[list[Line], list[Row], list[Line]] | None:
    """Return the lines above a form, its rows (label and text), and the lines below it; ``None`` where there is none.

    ``ordered`` are the lines of an area from top to bottom.
    """
    edge, right = min(line.x0 for line in ordered), max(line.x1 for line in ordered)
    starts = Counter(round(line.x0) for line in ordered if line.x0 > edge + 3)
    if not starts:
        return None
    gutter = starts.most_common(1)[0][0] - 1
    if gutter - edge > _NARROW * (right - edge):
        return None
    crossing = [i for i, line in enumerate(ordered) if line.x0 < gutter and line.x1 > gutter]
    borders = [-1, *crossing, len(ordered)]
    start, stop = max(pairwise(borders), key=lambda pair: pair[1] - pair[0])
    inside = ordered[start + 1 : stop]
    labels = _labels([line for line in inside if line.x0 < gutter])
    texts = [line for line in inside if line.x0 >= gutter]
    if len(labels) < _FEWEST or not texts or any(not _is_label(label) for label in labels):
        return None
    known = [label for label in labels if meaning_of(_text(label)).field is not None]
    if not known or len(known) < _KNOWN * len(labels):
        return None
    before, *cells = _parted(labels, texts)
    headed = sum(_is_cell(label) for label in known) >= _FEWEST  # a table whose cells are the document's sections
    named = [_as_heading(label, tagged=not (headed and _is_cell(label))) for label in labels]
    pairs = [([], before), *zip(named, cells, strict=True)] if before else list(zip(named, cells, strict=True))
    return list(ordered[: start + 1]), pairs, list(ordered[stop:])


def _labels(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of the first column into labels: lines close below one another."""
    labels: list[list[Line]] = []
    for line in lines:
        if labels and line.y0 - labels[-1][-1].y1 < _CLOSE * line.size:
            labels[-1].append(line)
        else:
            labels.append([line])
    return labels


def _is_label(label: Sequence[Line]) -> bool:
    return len(label) <= _MOST_LINES and len(_text(label)) <= _LONGEST


def _is_cell(label: Sequence[Line]) -> bool:
    return label[0].tag in {"TD", "TH"}


def _as_heading(label: Sequence[Line], *, tagged: bool) -> list[Line]:
    """A label heads its text, however it is set."""
    return [replace(line, bold=True, tag=line.tag if tagged else None) for line in label]


def _text(label: Sequence[Line]) -> str:
    return " ".join(line.text for line in label)


def _parted(labels: Sequence[Sequence[Line]], texts: Sequence[Line]) -> list[list[Line]]:
    """Part the second column: what goes on from the page before, then the text of each label."""
    tops = [label[0].y0 for label in labels]
    if all(_begins_cell(top, texts) for top in tops):
        cuts = [top - 0.3 * label[0].size for top, label in zip(tops, labels, strict=True)]
    else:
        cuts = _cuts_around(labels, texts)
    edges = [-math.inf, *accumulate(cuts, max), math.inf]  # in any case one cell a line
    return [[line for line in texts if low <= line.y0 < high] for low, high in pairwise(edges)]


def _begins_cell(top: float, texts: Sequence[Line]) -> bool:
    """Whether a line of the second column stands at this height, with no less space above it than below."""
    for index, line in enumerate(texts):
        if abs(line.y0 - top) < 0.35 * line.size:
            above = line.y0 - texts[index - 1].y1 if index else math.inf
            below = texts[index + 1].y0 - line.y1 if index + 1 < len(texts) else 0.0
            return above > below + 0.3 * line.size or index + 1 == len(texts) or above > line.size
    return False


def _cuts_around(labels: Sequence[Sequence[Line]], texts: Sequence[Line]) -> list[float]:
    """Where each label's text begins, the label standing in its middle: at the widest gap between two labels.

    The first label's text reaches as far up as down.
    """
    middles = [(label[0].y0 + label[-1].y1) / 2 for label in labels]
    gaps = [(below.y0 - above.y1, below.y0) for above, below in pairwise(texts)]
    cuts: list[float] = []
    for middle, following in pairwise(middles):
        inner = [gap for gap in gaps if middle < gap[1] <= following]
        cuts.append(max(inner)[1] - 0.1 if inner else (middle + following) / 2)
    bottom = max((line.y1 for line in texts if not cuts or line.y0 < cuts[0]), default=middles[0])
    return [2 * middles[0] - bottom - labels[0][0].size, *cuts]
