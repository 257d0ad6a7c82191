"""How a choice among options is learnt and written: from folders of documents to a small file of weights.

:mod:`training.organisation` and :mod:`training.start_year` say what an option is; all else is the same.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from ingest.pages import Document
from ingest.pdf import read_document

MOST_PAGES = 500

Weights = Mapping[str, float]


class OfSet(Protocol):
    """What is learnt from: one document."""

    @property
    def set(self) -> str:
        """The set that it is of: those of one hand."""


E = TypeVar("E", bound=OfSet)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document of a folder, and what is true of it."""

    set: str
    name: str
    document: Document
    truth: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Learner(Generic[E]):
    """What is learnt from, where, how it is read, learnt and tried; ``collect`` makes a line of each document."""

    examples: Path
    target: Path
    collect: Callable[[Labelled], Iterator[str]]
    read: Callable[[], Sequence[E]]
    learnt: Callable[[Sequence[E]], dict[str, float]]
    is_told_by: Callable[[E, Weights], bool]

    def left_out(self, examples: Sequence[E]) -> Iterator[tuple[str, int, int]]:
        """Yield each set, how many of its documents the others' model decides, and how many it has."""
        for name in sorted({example.set for example in examples}):
            weights = self.learnt([example for example in examples if example.set != name])
            of_set = [example for example in examples if example.set == name]
            yield name, sum(self.is_told_by(example, weights) for example in of_set), len(of_set)

    def main(self, description: str | None) -> None:
        """Leave each set out in turn; then fit to all and write."""
        parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--check", action="store_true", help="leave each set out only")
        parser.add_argument("--collect", nargs="+", type=Path, metavar="DIR", help="collect what is learnt from")
        arguments = parser.parse_args()
        if arguments.collect:
            lines = (line for labelled in documents_of(arguments.collect) for line in self.collect(labelled))
            self.examples.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        examples = self.read()
        found = list(self.left_out(examples))
        for name, right, count in found:
            print(f"{name:10} {right:3} of {count:3}")
        print(f"left out: {sum(r for _, r, _ in found) / sum(n for *_, n in found):.3f} of {len(examples)} documents")
        if not arguments.check:
            weights = self.learnt(examples)
            self.target.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", "utf-8")
            print(f"{self.target}: {len(weights)} weights")


def documents_of(folders: Sequence[Path]) -> Iterator[Labelled]:
    """Yield the documents of folders with ``pdf/`` and ``truth.json``."""
    for folder in folders:
        for name, truth in json.loads((folder / "truth.json").read_text("utf-8")).items():
            document = read_document((folder / "pdf" / name).read_bytes(), max_pages=MOST_PAGES)
            yield Labelled(folder.name, name, document, truth)
