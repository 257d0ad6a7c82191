"""Fit the weights by which :mod:`ingest.organisations` tells whose practice a document describes.

    python -m training.organisation                  # leave each set out in turn, then fit to all and write
    python -m training.organisation --check          # leave each set out only
    python -m training.organisation --collect DIR…   # write what is learnt from anew

A document is a choice among the bodies that it names and none of them. What is learnt from,
``training/organisation.jsonl``, holds a line a document: the set that it is of, the signs of each candidate and of
none, and which are right; no text and no names. It is collected from folders of documents that we **invented**
(``pdf/`` and ``truth.json``: ``organisation``, and ``alt``, other names that are right too).
``training/organisation_statements.tsv`` adds statements, invented too: the right name or "-", and what is told where;
they are never left out, and never counted.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from ingest import metadata
from ingest.body_names import Candidate
from ingest.candidates import candidates_in
from ingest.facts import Fact
from ingest.organisations import most_likely, signs_of_none
from ingest.reading import read_case
from ingest.stated import Sources
from training.choice import Choice, fit
from training.choosing import Labelled, Learner, Weights

EXAMPLES, STATEMENTS = Path("training/organisation.jsonl"), Path("training/organisation_statements.tsv")
TARGET = Path("ingest/data/organisation.json")
PENALTY = 1.0  # of squared weights
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A document: the set it is of, its candidates, which are right; what speaks for none, whether that is right."""

    set: str
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]
    none: frozenset[str]
    none_is_right: bool

    @property
    def choice(self) -> Choice:
        """The choice that it is."""
        return Choice((*(c.signs for c in self.candidates), self.none), (*self.right, self.none_is_right))

    def is_told_by(self, weights: Weights) -> bool:
        """Whether the weights choose rightly."""
        named = [Candidate(str(index), c.signs) for index, c in enumerate(self.candidates)]
        chosen = most_likely(named, self.none, weights)
        return self.none_is_right if chosen is None else self.right[int(chosen)]


def learnt(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights that examples and statements teach."""
    return fit([example.choice for example in (*examples, *statements())], penalty=PENALTY, fewest=FEWEST)


def example_of(set_: str, sources: Sources, right: Sequence[str | None], *, inferred: bool) -> Example:
    """Return what a document teaches: which body it is, with or without its department.

    ``inferred``: the right one follows from the place where none is chosen.
    """
    candidates = tuple(candidates_in(sources))
    known = {part for name in right if name for part in (name, *name.split(", "))}
    rights = tuple(not known.isdisjoint({c.name, c.name.partition(", ")[0]}) for c in candidates)
    none = None in right or (inferred and not any(rights))
    return Example(set_, candidates, rights, signs_of_none(sources, candidates), none)


def read_examples() -> list[Example]:
    """Read what is learnt from."""
    examples = []
    for line in EXAMPLES.read_text("utf-8").splitlines():
        row = json.loads(line)
        candidates = tuple(Candidate("", frozenset(signs)) for signs in row["candidates"])
        right = tuple(index in row["right"] for index in range(len(candidates)))
        examples.append(Example(row["set"], candidates, right, frozenset(row["none"]), row["none_is_right"]))
    return examples


def line_of(example: Example) -> str:
    """Return an example as a line of ``training/organisation.jsonl``."""
    row = {
        "set": example.set,
        "right": [index for index, right in enumerate(example.right) if right],
        "none_is_right": example.none_is_right,
        "candidates": [sorted(candidate.signs) for candidate in example.candidates],
        "none": sorted(example.none),
    }
    return json.dumps(row, separators=(",", ":"), ensure_ascii=False)


def statements() -> Iterator[Example]:
    """Yield the statements: "Ekby kommun<tab>byline: Ekby kommun || text: Region Dalarna betalar."."""
    for row in STATEMENTS.read_text("utf-8").splitlines():
        right, _, told = row.partition("\t")
        yield example_of("statements", sources_of(told), [None if right == "-" else right], inferred=False)


def sources_of(told: str) -> Sources:
    """Return what a statement tells as the sources of a document; " ¶ " parts paragraphs."""
    where: dict[str, list[str]] = {}
    facts = []
    for item in told.split(" || "):
        key, _, text = item.partition(": ")
        if key.startswith("fact "):
            facts.append(Fact(key.removeprefix("fact "), text, 1))
        else:
            where.setdefault(key, []).append(text.replace(" ¶ ", "\n"))
    return Sources(
        title=" ".join(where.get("title", ())),
        byline=where.get("byline", ()),
        facts=facts,
        contacts=where.get("contact", ()),
        running=where.get("running", ()),
        text="\n".join(where.get("text", ())),
        emails=where.get("email", ()),
        asides=where.get("aside", ()),
    )


def collect(labelled: Labelled) -> Iterator[str]:
    """Yield a line of ``training/organisation.jsonl`` for a document."""
    with patch.object(metadata, "organisation_of", return_value=None) as asked:
        case = read_case(labelled.document, file=labelled.name, sha256="")
    truth = labelled.truth
    right = [*str(truth["organisation"] or "-").split("||"), *truth.get("alt", ())]
    for call in asked.call_args_list[:1]:
        names = [None if one == "-" else one for one in right]
        yield line_of(example_of(labelled.set, call.args[0], names, inferred=case.organisation in names))


LEARNER = Learner(EXAMPLES, TARGET, collect, read_examples, learnt, Example.is_told_by)

if __name__ == "__main__":
    LEARNER.main(__doc__)
