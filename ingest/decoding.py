"""The most probable labels of a document's sections, or sentences, together.

A hidden Markov model (forward–backward, after Baum et al. 1970) whose states are the label before, the last field told
and the set of fields told so far: a story goes from background over method to what came of it, and tells each once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from ingest.section_model import Evidence, SectionModel, bundled
from ingest.text_features import LABELS, Label

Key = TypeVar("Key")
_AGAIN = -6.0  # nats: a field that was told before
_BEAM = 9.0
_ORDER = 0.45  # weight of the usual order: documents by other hands keep it less well

State = tuple[int, int, int]
"""The label of the section before, the last field told, and the set of fields told so far."""


def decode(sections: Sequence[Evidence]) -> list[tuple[Label, float]]:
    """Return the most probable label of each section, with its probability given all the others (forward–backward).

    The states know the fields told so far, so that a field told twice costs something.
    """
    if not sections:
        return []
    model = bundled()
    named = sum({1 << LABELS.index(section.named) for section in sections if section.named})
    steps: list[list[tuple[State, int, State, float]]] = []
    forward: list[dict[State, float]] = [{(0, 0, 0): 0.0}]
    for section in sections:
        elsewhere = named & ~(1 << LABELS.index(section.named)) if section.named else named
        open_labels = [label for label, nats in enumerate(section.nats) if nats > -math.inf]
        moves = [
            (state, label, _after(state, label), _move(model, state, label, elsewhere, section) + section.nats[label])
            for state in forward[-1]
            for label in open_labels
        ]
        steps.append(moves)
        forward.append(_kept(_summed((after, forward[-1][state] + nats) for state, _, after, nats in moves)))
    backward = {state: _ORDER * model.stop[state[0]] for state in forward[-1]}
    decided: list[tuple[Label, float]] = []
    for moves, reached in zip(reversed(steps), reversed(forward[:-1]), strict=True):
        moves = [move for move in moves if move[2] in backward]
        mass = _summed((label, reached[state] + nats + backward[after]) for state, label, after, nats in moves)
        best = max(mass, key=mass.__getitem__)
        decided.append((LABELS[best], 1 / sum(math.exp(nats - mass[best]) for nats in mass.values())))
        backward = _summed((state, nats + backward[after]) for state, _, after, nats in moves)
    return decided[::-1]


def _kept(states: Mapping[State, float]) -> dict[State, float]:
    """Drop the states that are next to impossible, so that long documents take no longer a section than short ones."""
    least = max(states.values()) - _BEAM
    return {state: nats for state, nats in states.items() if nats >= least}


def _after(state: State, label: int) -> State:
    return (label, label, state[2] | 1 << label) if label else (0, state[1], state[2])


def _move(model: SectionModel, state: State, label: int, elsewhere: int, section: Evidence) -> float:
    before, last, told = state
    if label and label == before:
        return section.stay
    if not label:
        return (section.turn if before else 0.0) + _ORDER * model.step[last][0]
    if (told | elsewhere) >> label & 1:
        return section.turn + _AGAIN
    return section.turn + _ORDER * (model.step[last][label] if last else model.start[label])


def _summed(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """Add up, for each key, what is given as logarithms."""
    listed: dict[Key, list[float]] = {}
    for key, nats in pairs:
        listed.setdefault(key, []).append(nats)
    return {key: nats[0] if len(nats) == 1 else _log_of_sum(nats) for key, nats in listed.items()}


def _log_of_sum(nats: Sequence[float]) -> float:
    top = max(nats)
    return top + math.log(sum([math.exp(n - top) for n in nats]))
