"""When nothing is close: how much a query must score to be answered at all, found out for each embedder and base.

What the best case scores says little by itself: short and everyday wordings lie near everything, models differ in what
a cosine of 0.3 means, and a large base has something near any query. So a list of *probes*, queries that no such base
answers (``kb/data/probes.txt``), is asked of the base as it is, with the embedder as it is, and what they score by
chance is what an answer must exceed. Two things are known of a query besides its score, and raise or lower the mark:
how near it is to the probes themselves, and how much of it stands in the base at all.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kb.embed import Embedder

Floats = NDArray[np.float32]

#: The share of the probes that may look answered. Lower would hold back true answers (``benchmarks/RESULTS.md``).
TOLERATED = 0.2
#: What nearness to a probe (1: as near as unrelated texts hardly ever are) and words that the base lacks weigh.
PROBE_WEIGHT = 0.2
ABSENT_WEIGHT = 0.08
#: What no case below is worth listing under a query that is answered.
FLOOR = 0.06
#: The spread of the cosines of unrelated texts to which every embedder's are scaled: about the bundled one's.
SPREAD = 0.07


@dataclass(frozen=True, slots=True)
class Scale:
    """What an embedder's cosines mean: ``offset`` is that of unrelated texts, ``factor`` brings their spread to SPREAD.

    Some models put all texts within a narrow cone (cosines of 0.7 to 0.9): weighed against words as they are, they
    would say next to nothing.
    """

    offset: float = 0.0
    factor: float = 1.0

    def __call__(self, cosines: Floats) -> Floats:
        """Return the cosines as likenesses: 0 for unrelated texts, on the same scale for every embedder."""
        scaled: Floats = (cosines - np.float32(self.offset)) * np.float32(self.factor)
        return scaled


@dataclass(frozen=True, slots=True)
class Background:
    """The probes as an embedder sees them: ``vectors``, a row each, and the scale that they tell of."""

    vectors: Floats
    scale: Scale

    @classmethod
    def of(cls, embedder: "Embedder") -> "Background":
        """Ask ``embedder`` what it makes of the probes."""
        queries, passages = embedder.encode_queries(probes()), embedder.encode_passages(probes())
        apart = (queries @ passages.T)[~np.eye(len(queries), dtype=bool)]
        spread = float(apart.std())
        return cls(queries, Scale(float(apart.mean()), SPREAD / spread if spread else 1.0))

    def likeness(self, vector: Floats, *, without: int | None = None) -> float:
        """Return how near a query is to the nearest probe, leaving out the one numbered ``without``."""
        cosines = self.vectors @ vector
        if without is not None:
            cosines[without] = -1.0
        return float(self.scale(cosines.max()))


def allowance(held: float, like_probe: float) -> float:
    """Return by how much the mark is higher than for a query that is like no probe and wholly made of known words."""
    return PROBE_WEIGHT * like_probe + ABSENT_WEIGHT * (1 - held)


def calibrate(ask: Callable[[str, int], float]) -> float:
    """Return what all but a TOLERATED share of the probes score less than.

    ``ask`` is given a probe and its number, and returns its best score less its :func:`allowance`.
    """
    return float(np.quantile([ask(text, number) for number, text in enumerate(probes())], 1 - TOLERATED))


def kept(path: Path, of: str, find: Callable[[], float]) -> float:
    """Return the mark that the file ``path`` keeps, if it is that ``of`` this state; else ``find`` it, and keep it.

    A file that cannot be read or written is done without.
    """
    of = f"{of} {sha256(repr((probes(), TOLERATED, PROBE_WEIGHT, ABSENT_WEIGHT)).encode()).hexdigest()[:12]}"
    with suppress(OSError, msgspec.MsgspecError):
        stored = msgspec.json.decode(path.read_bytes(), type=tuple[str, float])
        if stored[0] == of:
            return stored[1]
    found = find()
    with suppress(OSError):
        beside = path.with_suffix(".new")
        beside.write_bytes(msgspec.json.encode((of, found)))
        beside.replace(path)
    return found


@cache
def probes() -> tuple[str, ...]:
    """Return the queries that no base of examples of this kind answers."""
    text = files("kb").joinpath("data", "probes.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
