"""The best cases read once more together with the query, by a cross-encoder: slower, and mostly better.

An embedding model sees query and passage apart; a cross-encoder sees both at once (Nogueira & Cho 2019, "Passage
Re-ranking with BERT"). Only the best few cases are worth its time. Off unless the setting ``reranker`` names a model.
"""

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kb import hub
from kb.errors import RerankerUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

RERANKED = 30
"""How many cases are read again, each by its best passage."""


class Reranker(Protocol):
    """Judges how well passages answer a query."""

    def scores(self, query: str, passages: Sequence[str]) -> Floats:
        """Return a number for each passage, from 0 (does not answer) to 1."""


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers, from a folder or by its name on the hub; loaded at first use.

    Calls are taken one at a time.
    """

    def __init__(self, model: str, *, device: str | None = None, batch_size: int = 32) -> None:
        self.name = model
        self._device = device
        self._batch_size = batch_size
        self._lock = threading.Lock()

    def scores(self, query: str, passages: Sequence[str]) -> Floats:
        """Return a number for each passage, from 0 (does not answer) to 1.

        Raises:
            RerankerUnavailable: the model cannot be loaded or fetched, or gives something else than one number a pair.
        """
        if not passages:
            return np.empty(0, np.float32)
        from torch.nn import Sigmoid

        with self._lock:
            found = self._model.predict(
                [(query, passage) for passage in passages],
                batch_size=self._batch_size,
                activation_fn=Sigmoid(),
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        scores = np.asarray(found, np.float32)
        if scores.shape != (len(passages),):
            raise RerankerUnavailable(name=self.name, reason="it does not give one number a pair of texts")
        return scores

    @cached_property
    def _model(self) -> "CrossEncoder":
        try:
            here = hub.is_here(self.name)
        except hub.Unavailable as error:
            raise RerankerUnavailable(name=self.name, reason=str(error)) from error
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self.name, device=self._device, local_files_only=here)
        except Exception as error:  # whatever a damaged or missing model makes the library raise
            raise RerankerUnavailable(name=self.name, reason=hub.first_line(error)) from error
        return model


def reordered(cases: Rows, scores: Floats, judged: Floats) -> tuple[Rows, Floats]:
    """Return ``cases`` with the first ``len(judged)`` in the order of their judgements, which become their scores.

    The others follow as they were, none with a score above those before it.

    >>> reordered(np.array([7, 8, 9]), np.array([0.9, 0.8, 0.7], np.float32), np.array([0.2, 0.6], np.float32))
    (array([8, 7, 9]), array([0.6, 0.2, 0.2], dtype=float32))
    """
    many = len(judged)
    order = np.argsort(-judged, kind="stable")
    least = judged.min(initial=1.0)
    return (
        np.concatenate([cases[:many][order], cases[many:]]),
        np.concatenate([judged[order], np.minimum(scores[many:], least)]),
    )
