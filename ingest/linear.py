"""A linear model (multinomial logistic regression) over named features, small in memory and on disk.

On disk it is a list of its features, one a line (``NAME.txt``), and the table of their weights (``NAME.npy``, numpy's
own format, read without pickle). Weights are whole hundredths in 16 bits: a quarter of what floats take, and exact, for
training rounds to hundredths anyhow. In memory a feature is only its hash: 100,000 strings and numbers in a dictionary
would take 15 MB, and every reader forked from the one that loaded them (:mod:`ingest.zygote`) would copy most of their
pages, for looking at a Python object writes its count of references.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HUNDREDTHS = 100.0


@dataclass(frozen=True, slots=True)
class Linear:
    """The hashes of all features in ascending order, and their weights: a row a feature, a column a class.

    Two features of the same hash (64 bits, by a key of this process) would be taken for one: there is a chance of one
    in millions of millions that a document has such a feature.
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    hashes: NDArray[np.int64]
    weights: NDArray[np.int16]

    @classmethod
    def of(cls, classes: Sequence[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]) -> "Linear":
        """Make the model of weights by feature, rounded to hundredths."""
        return cls._sorted(classes, bias, list(weights), in_hundredths(weights, len(classes)))

    @classmethod
    def read(cls, folder: Traversable, name: str, *, classes: Sequence[str], bias: Sequence[float]) -> "Linear":
        """Read what :func:`write` wrote.

        Raises:
            ValueError: the list and the table do not belong together.
        """
        features = folder.joinpath(f"{name}.txt").read_text("utf-8").split("\n")[:-1]
        table = np.load(BytesIO(folder.joinpath(f"{name}.npy").read_bytes()), allow_pickle=False)
        if table.shape != (len(features), len(classes)) or table.dtype != np.int16:
            raise ValueError(f"{name}: {len(features)} features, weights {table.shape} {table.dtype}")
        return cls._sorted(classes, bias, features, table)

    @classmethod
    def _sorted(
        cls, classes: Sequence[str], bias: Sequence[float], features: Sequence[str], table: NDArray[np.int16]
    ) -> "Linear":
        hashes = _hashes(features)
        order = np.argsort(hashes)
        return cls(tuple(classes), tuple(bias), hashes[order], table[order])

    def log_probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the log-probability of each class."""
        return log_softmax(self.classes, self.scores(features))

    def scores(self, features: Mapping[str, float]) -> NDArray[np.float64]:
        """Return what speaks for each class, in nats above an unknown norm."""
        asked = _hashes(features)
        rows = np.searchsorted(self.hashes, asked)
        known = np.take(self.hashes, rows, mode="clip") == asked if len(self.hashes) else np.zeros(len(rows), bool)
        values = np.fromiter(features.values(), np.float64, len(features))[known]
        terms = np.empty((len(values) + 1, len(self.bias)))
        terms[0] = self.bias
        np.divide(self.weights[rows[known]], _HUNDREDTHS, out=terms[1:])
        terms[1:] *= values[:, np.newaxis]
        summed: NDArray[np.float64] = np.add.reduce(terms)
        return summed


def log_softmax(classes: Sequence[str], scores: NDArray[np.float64]) -> dict[str, float]:
    """Turn what speaks for each class into its log-probability."""
    listed: list[float] = scores.tolist()
    top = max(listed)
    norm = top + math.log(sum(math.exp(s - top) for s in listed))
    return {name: score - norm for name, score in zip(classes, listed, strict=True)}


def write(weights: Mapping[str, Sequence[float]], folder: Path, name: str) -> None:
    """Write the weights by feature into ``folder``; classes and bias are the caller's to keep.

    Raises:
        ValueError: a feature is no line of text, or a weight has no place in 16 bits.
    """
    if any("\n" in feature or "\r" in feature for feature in weights):
        raise ValueError("a feature has a line break in it")
    folder.joinpath(f"{name}.txt").write_text("".join(f"{feature}\n" for feature in weights), "utf-8")
    width = len(next(iter(weights.values()), ()))
    np.save(folder / f"{name}.npy", in_hundredths(weights, width), allow_pickle=False)


def in_hundredths(weights: Mapping[str, Sequence[float]], width: int) -> NDArray[np.int16]:
    """Return weights by feature as a table of whole hundredths, ``width`` columns wide.

    Raises:
        ValueError: a weight has no place in 16 bits.
    """
    table = np.array(list(weights.values()), dtype=np.float64).reshape(len(weights), width)
    hundredths = np.rint(table * _HUNDREDTHS)
    if not (np.abs(hundredths) <= np.iinfo(np.int16).max).all():
        raise ValueError("a weight is no number, or too large")
    return hundredths.astype(np.int16)


def _hashes(features: Collection[str]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, features), np.int64, len(features))
