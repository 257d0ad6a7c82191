"""Documents that say nearly the same: a new edition, or a scan of what is there already.

Texts are compared as sets of overlapping runs of letters ("shingles"), their resemblance estimated from MinHash
sketches: A. Broder, "On the resemblance and containment of documents", 1997. Letters rather than words, without
spaces and accents, so that a scan's slips of reading cost little. Pairs worth comparing are found by bands of equal
minima (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", ch. 3), not by comparing all with all.
"""

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kb.messages import Language, translate
from kb.types import Passage

Sketch = NDArray[np.uint32]

NEAR = 0.6
"""The share of text in common from which two documents count as near-duplicates.

Of 64 unlike documents (2,016 pairs, case studies on one template and regulations of one series among them) the
nearest two share 0.16. Editions with every tenth sentence new share 0.89 in the mean and 0.80 at the least, with
every fourth 0.74 and 0.55; six scans read by OCR 0.98 at the least.
"""

SHINGLE = 7
"""Letters in a shingle."""

_BANDS, _ROWS = 42, 3
_SIZE = _BANDS * _ROWS
_MANY = 30  # documents that agree in a band
_SHORTEST = 200  # letters; below, an address or a standing phrase is enough to look alike
_BASE = np.uint64(0x100000001B3)
_FACTORS, _TERMS = (
    np.frombuffer(hashlib.shake_128(b"exempelbanken minhash").digest(16 * _SIZE), "<u8")
    .astype(np.uint64)
    .reshape(2, _SIZE)
)
_STORED = np.dtype("<u4")


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two cases that say nearly the same; ``share`` (0–1) of their text is common (Dice: 2·common ÷ both)."""

    case_id: str
    file: str
    other_id: str
    other: str
    share: float

    def message(self, language: Language = "sv") -> str:
        """Return what was found and what to do, as sentences."""
        return translate(
            "warning.near_duplicate",
            language,
            file=self.file,
            other=self.other,
            percent=round(100 * self.share),
            case_id=self.case_id,
            other_id=self.other_id,
        )


def sketch_of(text: str) -> Sketch | None:
    """Return the MinHash sketch of ``text``, or ``None`` where there is too little to compare."""
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text.casefold()))
    if len(letters) < _SHORTEST:
        return None
    codes = np.frombuffer(letters.encode("utf-32-le"), "<u4").astype(np.uint64)
    last = len(codes) - SHINGLE + 1
    shingles = np.zeros(last, np.uint64)
    for start in range(SHINGLE):  # a polynomial in the shingle's letters, modulo 2^64
        shingles = shingles * _BASE + codes[start : start + last]
    shingles = np.unique(shingles)
    # Multiply-add-shift hashing (Dietzfelbinger 1996): the upper half of a·x + b for odd a.
    minima = [
        ((shingles * (a | np.uint64(1)) + b) >> np.uint64(32)).min() for a, b in zip(_FACTORS, _TERMS, strict=True)
    ]
    return np.array(minima, np.uint32)


def share_of(one: Sketch, other: Sketch) -> float:
    """Return the share of their text that two documents have in common, estimated within about ±0.04."""
    jaccard = float((one == other).mean())
    return 2 * jaccard / (1 + jaccard)


def near_pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int, float]]:
    """Yield the index of each two sketches that share at least :data:`NEAR`, the lower first, with their share."""
    if len(sketches) < 2:
        return
    for one, other in sorted(_candidates(np.stack(sketches))):
        share = share_of(sketches[one], sketches[other])
        if share >= NEAR:
            yield one, other, share


def _candidates(sketches: Sketch) -> set[tuple[int, int]]:
    """The pairs that agree in all rows of some band: of pairs that share 0.6, all but a few in a hundred."""
    found: set[tuple[int, int]] = set()
    for band in np.split(sketches.astype(np.uint64), _BANDS, axis=1):
        keys = (band[:, 0] * _BASE + band[:, 1]) * _BASE + band[:, 2]
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order])) + 1
        for group in np.split(order, starts):
            first, *others = group.tolist()
            # Hundreds of editions of one text: each is told beside the first, not beside every other.
            found.update(
                combinations(group.tolist(), 2) if len(group) <= _MANY else ((first, other) for other in others)
            )
    return found


def write_sketch(connection: sqlite3.Connection, case_id: str, passages: Iterable[Passage]) -> None:
    """Keep the sketch of a case in place of the one that it had."""
    sketch = sketch_of("\n".join(passage.text for passage in passages))
    connection.execute("DELETE FROM sketches WHERE case_id = ?", (case_id,))
    if sketch is not None:
        connection.execute("INSERT INTO sketches VALUES (?, ?)", (case_id, sketch.astype(_STORED).tobytes()))


def near_duplicates(connection: sqlite3.Connection, among: Collection[str] | None = None) -> tuple[NearDuplicate, ...]:
    """Return the near-duplicates in the base, those of the cases ``among`` only if given, in the order of their files.

    Of a pair the case of ``among`` comes first, else the one whose file name does.
    """
    rows = connection.execute("SELECT case_id, file, sketch FROM sketches JOIN cases USING (case_id) ORDER BY file")
    cases = [(case_id, file, np.frombuffer(sketch, _STORED)) for case_id, file, sketch in rows]
    found = []
    for one, other, share in near_pairs([sketch for *_, sketch in cases]):
        first, second = cases[one][:2], cases[other][:2]
        if among is not None and first[0] not in among:
            first, second = second, first
        if among is None or first[0] in among:
            found.append(NearDuplicate(*first, *second, share))
    return tuple(sorted(found, key=lambda pair: (pair.file, pair.other)))
