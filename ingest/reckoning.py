"""When something began, reckoned from how long it has gone on: "det tredje året, 2023", "sedan fyra år"."""

import re
from collections.abc import Iterable
from typing import Protocol

from kb.privacy import is_given_name

_NUMBERS = {
    number: value
    for value, numbers in enumerate(
        (
            "två to two",
            "tre three",
            "fyra fire four",
            "fem five",
            "sex seks six",
            "sju sju syv seven",
            "åtta åtte otte eight",
            "nio ni nine",
            "tio ti ten",
        ),
        start=2,
    )
    for number in numbers.split()
}
_ORDINALS = {
    ordinal: value
    for value, ordinals in enumerate(
        (
            "andra andre annet andet second",
            "tredje third",
            "fjärde fjerde fourth",
            "femte fifth",
            "sjätte sjette sixth",
            "sjunde sjuende syvende seventh",
            "åttonde åttende ottende eighth",
            "nionde niende ninth",
            "tionde tiende tenth",
        ),
        start=2,
    )
    for ordinal in ordinals.split()
}
_YEAR = r"(?:19[6-9]|20[0-4])\d(?!\d)"
_NTH = rf"(?:{'|'.join(_ORDINALS)})"
IN_NTH_YEAR = re.compile(
    rf"\b(?P<nth>{_NTH}) (?:året?|year),? (?P<year>{_YEAR})"
    rf"|\b(?P<earlier>{_YEAR}) (?:var|är|er|blev|ble|was|is) (?:det |the |vårt |our )?(?P<order>{_NTH}) (?:året?|year)\b"
)
"""A year that is told to be the second or a later one.

These patterns are for text in lower case: where case is ignored, "ſ" and "ı" are "s" and "i", and in no dictionary.
"""
_IN_A_ROW = re.compile(rf"\b(?P<nth>{_NTH}) (?:året?|year) (?:i rad|i träck|på rad|på raden|i træk|in a row|running)\b")
_SO_LONG = re.compile(
    rf"^(?:\W*)(?:sedan|siden|(?:nu |nå )?i) (?:\w+ )?(?P<number>{'|'.join(_NUMBERS)}|\d{{1,2}}) år(?:s tid)?(?: tillbaka)? \w+(?:r|s)\b"
    rf"|\b(?:har|have|has) [^.;]{{0,40}}\b(?:i|for|under|gjennom) (?:\w+ )?(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}}) (?:år|years)\b"
)
_PERSON = re.compile(r"\b(?:han|hon|hun|he|she|jag|jeg|eg)\b")
_EARLIEST = 1960  # as of the years that are printed; what is older is a house or a body
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


class _Told(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def where(self) -> str: ...


def reckoned_start(told: Iterable[_Told], *, written: int | None) -> int | None:
    """Return the year that a stated duration leads back to, or ``None``.

    "Det tredje året, 2023" is reckoned from the year beside it; "sedan fyra år" and "tredje året i rad" from the year
    in which the document was ``written``. How long a person has done something tells nothing of the work.
    """
    told = list(told)
    for item in told:
        if found := IN_NTH_YEAR.search(item.text.lower()):
            year, nth = found["year"] or found["earlier"], found["nth"] or found["order"]
            return int(year) - _ORDINALS[nth] + 1
    if written is None:
        return None
    for item in told:
        for sentence in map(str.lower, _SENTENCE.split(item.text)):
            if found := _IN_A_ROW.search(sentence):
                return written - _ORDINALS[found["nth"]] + 1
            if (found := _SO_LONG.search(sentence)) and (found["number"] or item.where != "background"):
                number = found["number"] or found["count"]
                year = written - (int(number) if number.isdigit() else _NUMBERS[number])
                if year >= _EARLIEST and not _is_of_person(sentence):
                    return year
    return None


def _is_of_person(sentence: str) -> bool:
    return _PERSON.search(sentence) is not None or is_given_name(sentence.partition(" ")[0])
