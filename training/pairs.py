"""The corpus as arrays of word ids, and the pairs that may be trained on.

Texts are cut into words once (``\\w+|[^\\w\\s]+``, lower case: what the tokenizer's normaliser and pre-tokenizer do),
and a word's tokens are looked up later. So another vocabulary costs seconds, not a new pass over 480 MB, and a
word can be given other pieces in every epoch (``training.augment``).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.corpus import read_pairs

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

#: The longest text that is trained on, in words.
LONGEST = 200
#: Punctuation that carries meaning and is kept; other runs of it are unknown tokens, which weigh nothing.
KEPT_MARKS = frozenset("?§%")
#: A text counts as leaked when this share of its windows of ``WINDOW`` words stands in a development set.
WINDOW = 8
LEAKED_SHARE = 0.5

_PIECE = re.compile(r"\w+|[^\w\s]+")


def split_words(text: str) -> list[str]:
    """Words of ``text`` as the tokenizer sees them, in lower case, without meaningless punctuation.

    >>> split_words("Vad gäller, enligt 5 §?")
    ['vad', 'gäller', 'enligt', '5']
    """
    clean = unicodedata.normalize("NFC", text).replace("\u00ad", "").lower()
    return [w for w in _PIECE.findall(clean) if w[0].isalnum() or w in KEPT_MARKS or w[0] == "_"]


@dataclass(slots=True)
class Ragged:
    """Sequences of different lengths in one flat array; row i is ``flat[starts[i]:starts[i + 1]]``."""

    flat: Ints
    starts: Longs

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Build from sequences."""
        kept = [np.asarray(row, dtype=np.int32) for row in rows]
        starts = np.zeros(len(kept) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in kept], out=starts[1:])
        return cls(np.concatenate(kept) if kept else np.zeros(0, np.int32), starts)

    def lengths(self) -> Longs:
        """Length of every row."""
        return np.diff(self.starts)

    def padded(self, rows: int) -> "Ragged":
        """The same with empty rows added, ``rows`` in all."""
        return Ragged(self.flat, np.pad(self.starts, (0, rows - len(self)), mode="edge"))

    def take(self, rows: Longs) -> "Ragged":
        """The given rows, in the given order."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        index = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Ragged(self.flat[index], starts)


def concatenate(parts: Sequence[Ragged]) -> Ragged:
    """All rows of all parts, in order."""
    lengths = np.concatenate([part.lengths() for part in parts])
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return Ragged(np.concatenate([part.flat for part in parts]), starts)


@dataclass(slots=True)
class Pairs:
    """Pairs of one or more sources: word ids of anchors and positives, and the source of each pair."""

    anchors: Ragged
    positives: Ragged
    source: Ints

    def __len__(self) -> int:
        return len(self.source)

    def take(self, rows: Longs) -> "Pairs":
        """The given pairs, in the given order."""
        return Pairs(self.anchors.take(rows), self.positives.take(rows), self.source[rows])


class Lexicon:
    """Words and their ids, in order of first sight."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.id_of: dict[str, int] = {word: index for index, word in enumerate(words)}

    def __len__(self) -> int:
        return len(self.id_of)

    def encode(self, text: str, longest: int = LONGEST) -> list[int]:
        """Word ids of a text; unseen words get new ids."""
        id_of = self.id_of
        return [id_of.setdefault(word, len(id_of)) for word in split_words(text)[:longest]]


def read_corpus(corpus: Path, names: Sequence[str], lexicon: Lexicon) -> Pairs:
    """Read the named sources into word ids. ``Pairs.source`` counts in the order of ``names``."""
    anchors: list[list[int]] = []
    positives: list[list[int]] = []
    source: list[int] = []
    for number, name in enumerate(names):
        for anchor, positive in read_pairs(corpus, name):
            anchors.append(lexicon.encode(anchor))
            positives.append(lexicon.encode(positive))
            source.append(number)
    return Pairs(Ragged.from_rows(anchors), Ragged.from_rows(positives), np.asarray(source, np.int32))


def windows(texts: Ragged, size: int = WINDOW) -> tuple[npt.NDArray[np.uint64], Longs]:
    """Hashes of every window of ``size`` words, and the row each stands in. Shorter texts are one window."""
    multiplier = np.uint64(0x9E3779B97F4A7C15)
    mixed = (texts.flat.astype(np.uint64) + np.uint64(1)) * multiplier
    mixed ^= mixed >> np.uint64(29)
    padded = np.concatenate([mixed, np.zeros(size, np.uint64)])
    hashes = np.zeros(len(mixed), np.uint64)
    row = np.repeat(np.arange(len(texts)), texts.lengths())
    position = np.arange(len(mixed))
    left = texts.starts[row + 1] - position if len(row) else position
    for step in range(size):
        hashes = hashes * multiplier + np.where(left > step, padded[step : step + len(mixed)], np.uint64(0))
    whole = (left >= size) | (position == texts.starts[row])
    return hashes[whole], row[whole]


def leaked(texts: Ragged, development: Ragged) -> npt.NDArray[np.bool_]:
    """Which texts stand, at least by half, in a text of the development sets."""
    known = np.unique(windows(development)[0])
    hashes, row = windows(texts)
    found = np.isin(hashes, known)
    total = np.bincount(row, minlength=len(texts))
    hits = np.bincount(row, weights=found, minlength=len(texts))
    result: npt.NDArray[np.bool_] = hits >= np.maximum(LEAKED_SHARE * total, 1e-9)
    return result


def save(pairs: Pairs, lexicon: Lexicon, path: Path) -> None:
    """Keep encoded pairs for the next run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        words=np.frombuffer("\n".join(lexicon.id_of).encode(), np.uint8),
        anchors=pairs.anchors.flat,
        anchor_starts=pairs.anchors.starts,
        positives=pairs.positives.flat,
        positive_starts=pairs.positives.starts,
        source=pairs.source,
    )


def load(path: Path) -> tuple[Pairs, Lexicon]:
    """Read what ``save`` wrote."""
    with np.load(path) as kept:
        pairs = Pairs(
            Ragged(kept["anchors"], kept["anchor_starts"]),
            Ragged(kept["positives"], kept["positive_starts"]),
            kept["source"],
        )
        return pairs, Lexicon(kept["words"].tobytes().decode().split("\n"))
