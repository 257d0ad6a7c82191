"""Multinomial logistic regressions of named features, and of texts by their windows of letters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest.linear import Linear
from ingest.text_features import signs_of
from ingest.text_model import BITS, TextModel, weight_of, windows_of

RARE = 2  # a feature of fewer rows than this is left out

Weights = dict[str, tuple[float, ...]]
"""By feature, one for each class."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model: classes, bias, the weights of each feature, those of windows (a row a hash, a column a class)."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Weights
    windows: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def linear(self) -> Linear:
        """The model of the features alone."""
        return Linear.of(self.classes, self.bias, self.weights)

    @property
    def text_model(self) -> TextModel:
        """The model of the features and of windows."""
        return TextModel.of(self.linear, self.windows)


def fit_features(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    weights: Sequence[float],
    *,
    strength: float,
    small: float,
) -> Fitted:
    """Fit named features. ``strength`` is the inverse of the L2 penalty.

    Rare features, and those whose weights are all below ``small``, are left out.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for row in rows for name in row)
    kept = [{name: value for name, value in row.items() if counts[name] >= RARE} for row in rows]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(vectorizer.fit_transform(kept), labels, sample_weight=weights)
    columns = {name: model.coef_[:, column] for name, column in vectorizer.vocabulary_.items()}
    large = {name: own for name, own in sorted(columns.items()) if np.abs(own).max() >= small}
    return Fitted(
        tuple(map(str, model.classes_)), _rounded(model.intercept_), {n: _rounded(w) for n, w in large.items()}
    )


def fit_texts(texts: Sequence[str], labels: Sequence[str], weights: Sequence[float], *, strength: float) -> Fitted:
    """Fit texts by their signs and windows. ``strength`` is the inverse of the L2 penalty."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    signs = vectorizer.fit_transform([*map(signs_of, texts)])
    windows = [*map(windows_of, texts)]
    values = np.concatenate([np.full(len(own), weight_of(len(own))) for own in windows])
    ends = np.cumsum([0, *map(len, windows)])
    counted = csr_matrix((values, np.concatenate(windows), ends), shape=(len(texts), 1 << BITS))
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-3)
    model.fit(hstack([signs, counted]).tocsr(), labels, sample_weight=weights)
    named = {name: _rounded(model.coef_[:, column]) for name, column in sorted(vectorizer.vocabulary_.items())}
    return Fitted(tuple(map(str, model.classes_)), _rounded(model.intercept_), named, model.coef_[:, len(named) :].T)


def _rounded(weights: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(weight), 2) for weight in weights)
