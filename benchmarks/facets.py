"""How well facets are found: precision and recall of their values, facet by facet.

    python -m benchmarks.facets                       # the samples, development and held out apart
    python -m benchmarks.facets --dir DIR --gold F    # PDFs of a folder against a JSON file of one's own

The JSON file holds ``{file's stem: {facet: [value, …]}}``; a value with a question mark at its end ("youth_at_risk?")
is one that a careful reader may give or leave, and counts neither way. Held-out samples are shown as totals only: no
cue may be written from looking at them. Country, language and type of document are no facets here: they are metadata.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold import SAMPLE_PDFS, SAMPLES
from ingest.extract import extract_case
from kb.errors import DocumentError
from kb.taxonomy import Taxonomy

Values = Mapping[str, Sequence[str]]
_METADATA = frozenset({"country", "language", "document_type"})


@dataclass(frozen=True, slots=True)
class Score:
    """Values found that are true, found that are not, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def __str__(self) -> str:
        precision = self.right / (self.right + self.wrong or 1)
        recall = self.right / (self.right + self.missed or 1)
        return f"P {precision:.3f}  R {recall:.3f}  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"


def score(found: Iterable[str], gold: Iterable[str]) -> Score:
    """Score the values of one facet of one document.

    >>> score(["police", "school"], ["police", "online", "school?"])
    Score(right=1, wrong=0, missed=1)
    """
    values, true = set(found), set(gold)
    certain = {value for value in true if not value.endswith("?")}
    allowed = {value.removesuffix("?") for value in true}
    return Score(len(values & certain), len(values - allowed), len(certain - values))


def score_files(gold: Mapping[Path, Values]) -> dict[str, Score]:
    """Read each PDF and add its scores up by facet; a document that cannot be read has missed all its values."""
    totals = {facet: Score() for facet in Taxonomy.load().facets if facet not in _METADATA}
    for path, true in gold.items():
        found: dict[str, list[str]] = {}
        try:
            case = extract_case(path)
        except DocumentError as error:
            print(f"{path.name}: {error}")
        else:
            for value in case.facets:
                found.setdefault(value.facet, []).append(value.value)
        for facet in totals:
            totals[facet] += score(found.get(facet, ()), true.get(facet, ()))
    return totals


def samples(split: str) -> dict[Path, Values]:
    """Return the PDFs of the samples of one split with their true values."""
    from data.samples.render.source import load

    sources = [(path, load(path).meta) for path in sorted(SAMPLES.glob("*.md"))]
    return {SAMPLE_PDFS / f"{path.stem}.pdf": meta.facets for path, meta in sources if meta.split == split}


def show(name: str, totals: Mapping[str, Score], *, by_facet: bool) -> None:
    """Print the scores of a set."""
    for facet, found in totals.items() if by_facet else ():
        print(f"{name}, {facet}: {found}")
    print(f"{name}: {sum(totals.values(), Score())}")


def main() -> None:
    """Score the samples, or a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, help="a folder of PDFs")
    parser.add_argument("--gold", type=Path, help="a JSON file of true values")
    options = parser.parse_args()
    if options.dir and options.gold:
        gold = json.loads(options.gold.read_text("utf-8"))
        show(
            options.dir.name,
            score_files({options.dir / f"{stem}.pdf": true for stem, true in gold.items()}),
            by_facet=True,
        )
        return
    show("development", score_files(samples("dev")), by_facet=True)
    show("held out", score_files(samples("held_out")), by_facet=False)


if __name__ == "__main__":
    main()
