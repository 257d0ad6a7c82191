"""Texts that tell success factors and challenges in turn: whether one does, and which sentence tells which.

In such texts the next sentence turns to the other field as often as not, and one that begins with a word of contrast
nearly always does.
"""

import math
import re
from collections.abc import Collection, Sequence
from itertools import accumulate

from ingest.lexicon import LESSONS
from ingest.section_model import text_says
from kb.types import FieldName

_SECOND_FIRST = -0.7  # nats: the text begins with the field that is named second
_TURN, _CONTRAST = 0.2, 2.0  # the other lesson than in the sentence before; after "men", "däremot" …
_OTHER_TURN, _BORDER = -0.3, 1.5  # any other field than in the sentence before; where a paragraph begins
_SENTENCE = 0.8  # weight of a sentence: neighbours are not independent
_BUT_IN_TURNS, _NO_BUT_IN_TURNS = 1.7, -0.16  # nats by which a word of contrast speaks for turns, and its absence
_BUT = re.compile(
    r"\W*(?:men|fast|ändå|trots|but|yet|still|although|likevel|alligevel|på den (?:andre|anden) side\w*)\b|"
    r"\W*(?:\w+ ){0,4}(?:däremot|dock|samtidigt|å andra sidan|derimot|dog|samtidig|however|on the other hand)\b"
)


def part_among(names: Sequence[FieldName], sentences: Sequence[str], borders: Collection[int]) -> list[FieldName]:
    """Give each sentence below a combined heading one of the heading's fields (Viterbi); paragraphs begin at ``borders``.

    The first sentence is more likely of the field that the heading names first. Lessons are told to and fro, other
    fields one after another, from paragraph to paragraph.
    """
    if not sentences:
        return []
    says = text_says(sentences[0])
    nats = {name: says[name] + (0.0 if name == names[0] else _SECOND_FIRST) for name in names}
    steps: list[dict[FieldName, FieldName]] = []  # the field before, on the best way to each
    for number, sentence in enumerate(sentences[1:], start=1):
        says = text_says(sentence)
        turn = _CONTRAST if _contrasts(sentence) else _TURN
        other = _OTHER_TURN + (_BORDER if number in borders else 0.0)
        ways = {
            name: max(
                (nats[before] + says[name] + _cost(before, name, turn=turn, other=other), before) for before in names
            )
            for name in names
        }
        nats = {name: best for name, (best, _) in ways.items()}
        steps.append({name: before for name, (_, before) in ways.items()})
    way = [max(names, key=lambda name: nats[name])]
    for step in reversed(steps):
        way.append(step[way[-1]])
    return way[::-1]


def _cost(before: FieldName, name: FieldName, *, turn: float, other: float) -> float:
    if name == before:
        return 0.0
    return turn if {before, name} == set(LESSONS) else other


def odds_of_turns(sentences: Sequence[str]) -> float:
    """Return by how many nats it is likelier that a text tells both lessons in turn than that it tells one of them.

    In the one case each sentence is of either with the same chance, in the other all are of the same.
    """
    factors = challenges = turns = 0.0
    for sentence in sentences:
        says = text_says(sentence)
        one, other = (_SENTENCE * says[name] for name in LESSONS)
        factors, challenges = factors + one, challenges + other
        turns += math.log((math.exp(one) + math.exp(other)) / 2)
        turns += _BUT_IN_TURNS if _contrasts(sentence) else _NO_BUT_IN_TURNS
    return turns - max(factors, challenges)


def cut_in_two(paragraphs: Sequence[Sequence[str]]) -> tuple[float, list[FieldName]]:
    """Return the nats by which paragraphs rather tell one lesson and then the other than only one, and each one's.

    ``paragraphs`` are given by their sentences. With fewer than two there is nothing to cut.
    """
    rows = [list(map(text_says, own)) for own in paragraphs]
    leanings = [sum(_SENTENCE * (row[LESSONS[0]] - row[LESSONS[1]]) for row in own) for own in rows]
    *above, whole = accumulate(leanings, initial=0.0)
    ways: list[tuple[float, int, FieldName, FieldName]] = []
    for first, second, sign, cost in ((*LESSONS, 1.0, 0.0), (*LESSONS[::-1], -1.0, _SECOND_FIRST)):
        ways += [(sign * (above[cut] - whole / 2) + cost, cut, first, second) for cut in range(1, len(paragraphs))]
    if not ways:
        return -math.inf, []
    best, cut, first, second = max(ways)
    total = best + math.log(sum(math.exp(nats - best) for nats, *_ in ways) / len(ways))
    return total - abs(whole) / 2, [first] * cut + [second] * (len(paragraphs) - cut)


def _contrasts(sentence: str) -> bool:
    return bool(_BUT.match(sentence.lower()))
