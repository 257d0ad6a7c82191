"""A choice among options that signs speak for and against: the log-linear model of a few small readers.

An option is as likely as the exponential of the sum of its signs' weights (conditional logit: McFadden 1974). Several
options may be right together.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

SMALL = 0.05  # a weight below it is left out


@dataclass(frozen=True, slots=True)
class Choice:
    """The signs of each option, and which of the options are right."""

    options: tuple[frozenset[str], ...]
    right: tuple[bool, ...]


def fit(choices: Sequence[Choice], *, penalty: float, free: Collection[str] = (), fewest: int = 1) -> dict[str, float]:
    """Return a weight a sign, rounded to hundredths.

    ``penalty``: of squared weights, but for those of the signs ``free``; ``fewest``: how many options a sign is met in
    at least. Choices with no right option, or with no other, teach nothing and are passed over.
    """
    told = [choice for choice in choices if any(choice.right) and not all(choice.right)]
    counts = Counter(sign for choice in told for option in choice.options for sign in option)
    signs = sorted(sign for sign, count in counts.items() if count >= fewest)
    place = {sign: index for index, sign in enumerate(signs)}
    penalties = np.array([0.0 if sign in free else penalty for sign in signs])
    tables = []
    for choice in told:
        matrix = np.zeros((len(choice.options), len(signs)))
        for row, option in zip(matrix, choice.options, strict=True):
            row[[place[sign] for sign in option if sign in place]] = 1.0
        tables.append((matrix, np.array(choice.right, float)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = float(penalties @ weights**2), 2 * penalties * weights
        for matrix, right in tables:
            scores = matrix @ weights
            likely = np.exp(scores - scores.max())
            whole, good = likely.sum(), likely @ right
            total += float(np.log(whole) - np.log(good))
            slope += (likely / whole - likely * right / good) @ matrix
        return total, slope

    found = minimize(loss, np.zeros(len(signs)), jac=True, method="L-BFGS-B").x
    weights = dict(zip(signs, (round(float(weight), 2) for weight in found), strict=True))
    return {sign: weight for sign, weight in weights.items() if abs(weight) >= SMALL or sign in free}
