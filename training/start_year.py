"""Fit the weights by which :mod:`ingest.years` tells when a practice began.

    python -m training.start_year                  # leave each set out in turn, then fit to all and write
    python -m training.start_year --check          # leave each set out only
    python -m training.start_year --collect DIR…   # write what is learnt from anew

A document is a choice among the mentions of years in it and none of them (:mod:`training.choice`); a year is as likely
as its mentions together. What is learnt from, ``training/start_year.jsonl``, holds a line a document: the
set that it is of, the right years (``null``: none), and the signs of each mention; no text. It is collected from
folders of documents that we **invented** (``pdf/`` and ``truth.json``). Documents that state their start as a fact are
left out, for no model is asked of those. ``training/start_year_statements.tsv`` adds single statements, invented too:
the right year or "-", and what is told where; they are never left out, and never counted.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from ingest import years
from ingest.reading import read_case
from ingest.year_features import Mention, Told, mentions_in
from training import choice
from training.choice import Choice
from training.choosing import Labelled, Learner, Weights

EXAMPLES, STATEMENTS = Path("training/start_year.jsonl"), Path("training/start_year_statements.tsv")
TARGET = Path("ingest/data/start_year.json")
OF_STATEMENTS = "Ekby kommun"
PENALTY = 0.15  # of squared weights


@dataclass(frozen=True, slots=True)
class Example:
    """A document: the set that it is of, the years that are right (``None``: none), every mention of a year."""

    set: str
    right: tuple[int | None, ...]
    mentions: tuple[Mention, ...]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return a weight a sign, and "bias": what a mention starts from against none."""
    choices = [
        Choice(
            (*(mention.signs | {"bias"} for mention in example.mentions), frozenset()),
            (*(mention.year in example.right for mention in example.mentions), None in example.right),
        )
        for example in examples
    ]
    return {"bias": 0.0} | choice.fit(choices, penalty=PENALTY, free={"bias"})


def learnt(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights that examples and statements teach."""
    return fit([*examples, *statements()])


def is_told_by(example: Example, weights: Weights) -> bool:
    """Whether the weights choose rightly."""
    return years.most_likely(example.mentions, weights) in example.right


def read_examples() -> list[Example]:
    """Read what is learnt from."""
    rows = map(json.loads, EXAMPLES.read_text("utf-8").splitlines())
    return [
        Example(row["set"], tuple(row["right"]), tuple(Mention(year, frozenset(signs)) for year, signs in row["told"]))
        for row in rows
    ]


def statements() -> Iterator[Example]:
    """Yield the single statements: "2018<tab>lead: We began in 2018. || other: A report came in 2020."."""
    for row in STATEMENTS.read_text("utf-8").splitlines():
        year, _, texts = row.partition("\t")
        pairs = (text.partition(": ") for text in texts.split(" || "))
        told = [Told(text.replace(" ¶ ", "\n"), where) for where, _, text in pairs]
        mentions = years.with_years_compared(list(mentions_in(told, organisation=OF_STATEMENTS)), published=None)
        yield Example("statements", (int(year) if year.isdigit() else None,), tuple(mentions))


def collect(labelled: Labelled) -> Iterator[str]:
    """Yield a line of ``training/start_year.jsonl`` for a document, unless it states its start as a fact."""
    with patch.object(years, "most_likely", wraps=years.most_likely) as asked:
        read_case(labelled.document, file=labelled.name, sha256="")
    told = str(labelled.truth["start_year"]).split("||")
    right = [int(year) if year.isdigit() else None for year in told]
    for call in asked.call_args_list[:1]:
        mentions = [(mention.year, sorted(mention.signs)) for mention in call.args[0]]
        yield json.dumps({"set": labelled.set, "right": right, "told": mentions}, separators=(",", ":"))


LEARNER = Learner(EXAMPLES, TARGET, collect, read_examples, learnt, is_told_by)

if __name__ == "__main__":
    LEARNER.main(__doc__)
