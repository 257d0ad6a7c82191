"""The weights of signs in log-linear models (:mod:`ingest.organisations`, :mod:`ingest.years`), as they were fitted."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


@cache
def weights_of(model: str) -> Mapping[str, float]:
    """Return the weight of each sign of a model that comes with the product, by its name in ``ingest/data``."""
    found: Mapping[str, float] = json.loads(files("ingest").joinpath("data", f"{model}.json").read_text("utf-8"))
    return found


def weight(signs: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return what signs say together; a sign without a weight says nothing.

    >>> weight({"start", "unheard of"}, {"start": 0.8})
    0.8
    """
    return sum(weights.get(sign, 0.0) for sign in signs)
