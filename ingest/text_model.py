"""A linear model (multinomial logistic regression) of what a text says: its letters, and a few signs of form.

It looks at every window of four, six and eight letters, across the borders of words: stems, endings, compounds and
turns of phrase of four languages, without a list of any. A window's hash is the row of its weights (feature hashing,
Weinberger et al. 2009), so that windows that share a row share their weights. Trained by
``training/section_classifier.py``.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.linear import Linear, log_softmax
from ingest.text_features import signs_of

BITS = 19  # of a window's hash
_LONGEST = 20_000  # letters of a text that are looked at
_SHARE = 6.0  # of all windows together, beside signs of at most 2
_BASE = 0x9E3779B97F4A7C15  # of the polynomial: an odd number whose bits are well mixed (the golden ratio, Knuth 6.4)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TextModel:
    """Signs of form with their weights, and the table of windows: a row a hash, a column a class, in parts of ``unit``."""

    signs: Linear
    table: NDArray[np.int8]
    unit: float

    @classmethod
    def of(cls, signs: Linear, weights: NDArray[np.float64]) -> "TextModel":
        """Make the model of the weights of windows, rounded so that the largest just fits 8 bits."""
        unit = float(np.abs(weights).max()) / np.iinfo(np.int8).max or 1.0
        return cls(signs, np.rint(weights / unit).astype(np.int8), unit)

    @classmethod
    def read(
        cls, folder: Traversable, name: str, *, classes: Sequence[str], bias: Sequence[float], unit: float
    ) -> "TextModel":
        """Read what :meth:`write` wrote.

        Raises:
            ValueError: the table is none of this model's.
        """
        signs = Linear.read(folder, name, classes=classes, bias=bias)
        table = np.load(BytesIO(folder.joinpath(f"{name}-windows.npy").read_bytes()), allow_pickle=False)
        if table.shape != (1 << BITS, len(classes)) or table.dtype != np.int8:
            raise ValueError(f"{name}-windows.npy: {table.shape} {table.dtype}")
        return cls(signs, table, unit)

    def write(self, folder: Path, name: str) -> None:
        """Write the table of windows into ``folder``; signs, classes, bias and unit are the caller's to keep."""
        np.save(folder / f"{name}-windows.npy", self.table, allow_pickle=False)

    def log_probabilities(self, text: str) -> dict[str, float]:
        """Return the log-probability of each class."""
        windows = windows_of(text)
        says = self.table[windows].sum(axis=0, dtype=np.int64) * (self.unit * weight_of(len(windows)))
        return log_softmax(self.signs.classes, self.signs.scores(signs_of(text)) + says)


def windows_of(text: str) -> NDArray[np.int64]:
    """Return the hashes of all windows of a text's lower-case letters, with one blank around each word; of its beginning.

    The hash is a polynomial of the letters, multiplied by an odd number, of which the upper bits are taken.
    """
    spaced = f" {' '.join(_WORD.findall(text[:_LONGEST].lower()))} "
    ones = np.frombuffer(spaced.encode("utf-32-le"), np.uint32).astype(np.uint64)
    twos = _joined(ones, ones, 1, 1)
    fours = _joined(twos, twos, 2, 2)
    hashes = np.concatenate((fours, _joined(fours, twos, 4, 2), _joined(fours, fours, 4, 4)))
    return (hashes * np.uint64(_BASE) >> np.uint64(64 - BITS)).astype(np.int64)


def _joined(first: NDArray[np.uint64], second: NDArray[np.uint64], begins: int, size: int) -> NDArray[np.uint64]:
    """Polynomials of windows, and of windows of ``size`` letters that begin ``begins`` letters later, as of one."""
    later = second[begins:]
    return first[: len(later)] * np.uint64(pow(_BASE, size, 1 << 64)) + later


def weight_of(windows: int) -> float:
    """Return what each of so many windows counts."""
    return _SHARE / math.sqrt(max(windows, 1))
