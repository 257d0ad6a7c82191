"""A linear model (multinomial logistic regression) over named features, small in memory and on disk.

On disk it is a list of its features, one a line (``NAME.txt``), and the table of their weights (``NAME.npy``, numpy's
own format, read without pickle). Weights are whole hundredths in 16 bits: a quarter of what floats take, and exact, for
training rounds to hundredths anyhow. As JSON the same numbers cost every worker 40 MB that it never got back.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HUNDREDTHS = 100.0


@dataclass(frozen=True, slots=True)
class Linear:
    """The row of each feature in the table of weights, which are hundredths and have a column for each class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.int16]

    @classmethod
    def of(cls, classes: Sequence[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]) -> "Linear":
        """Make the model of weights by feature, rounded to hundredths."""
        table = np.rint(np.array(list(weights.values())) * _HUNDREDTHS).reshape(len(weights), len(classes))
        return cls(tuple(classes), tuple(bias), _numbered(weights), table.astype(np.int16))

    @classmethod
    def read(cls, folder: Traversable, name: str, *, classes: Sequence[str], bias: Sequence[float]) -> "Linear":
        """Read what :meth:`write` wrote.

        Raises:
            ValueError: the list and the table do not belong together.
        """
        features = folder.joinpath(f"{name}.txt").read_text("utf-8").split("\n")[:-1]
        table = np.load(BytesIO(folder.joinpath(f"{name}.npy").read_bytes()), allow_pickle=False)
        if table.shape != (len(features), len(classes)) or table.dtype != np.int16:
            raise ValueError(f"{name}: {len(features)} features, weights {table.shape} {table.dtype}")
        return cls(tuple(classes), tuple(bias), _numbered(features), table)

    def write(self, folder: Path, name: str) -> None:
        """Write features and weights into ``folder``; classes and bias are the caller's to keep.

        Raises:
            ValueError: a feature is no line of text.
        """
        if any("\n" in feature or "\r" in feature for feature in self.rows):
            raise ValueError("a feature has a line break in it")
        folder.joinpath(f"{name}.txt").write_text("".join(f"{feature}\n" for feature in self.rows), "utf-8")
        np.save(folder / f"{name}.npy", self.weights, allow_pickle=False)

    def log_probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the log-probability of each class."""
        known = [(row, value) for name, value in features.items() if (row := self.rows.get(name)) is not None]
        weights = self.weights[[row for row, _ in known]] / _HUNDREDTHS
        terms = weights * np.array([value for _, value in known])[:, np.newaxis]
        scores: list[float] = np.add.reduce(np.vstack((self.bias, terms))).tolist()
        top = max(scores)
        norm = top + math.log(sum(math.exp(s - top) for s in scores))
        return {name: score - norm for name, score in zip(self.classes, scores, strict=True)}


def _numbered(features: Mapping[str, object] | Sequence[str]) -> dict[str, int]:
    return {feature: row for row, feature in enumerate(features)}
