"""Labelled texts that the models of ``ingest/section_model.py`` learn from. All were **invented by us**.

Whole documents: the development samples (``split: dev``) and ``training/documents/*.txt``, written by several hands as
the texts of case studies, interviews and reports. One paragraph or list item a line, its label before a bar; headings
after ``##``; the language in the first line, in the second the title where there is one::

    language: sv
    title: Två nätter i Ekby
    ## Varför just vi?
    background | Två sommarnätter i rad …

Single paragraphs: ``training/sections/{language}.txt``, below their label.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from data.samples.render.source import Heading, ListItem, Paragraph, load, plain
from ingest.text_features import LABELS

CASES = Path("data/samples/cases")
DOCUMENTS = Path("training/documents")
SECTIONS = Path("training/sections")
OTHER, LESSONS = "other", "lessons"
_NAMES = frozenset(label or OTHER for label in LABELS)
Item = str | tuple[str, str]
"""A heading, or a paragraph as ``(label, text)``."""

_MOSTLY = 0.8  # of a section's words make its label the heading's


@dataclass(frozen=True, slots=True)
class Example:
    """A heading or a paragraph with its class; examples of one ``group`` are never on both sides of a fold."""

    text: str
    language: str
    label: str
    group: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class LabelledSection:
    """A heading (empty above the first) and the labelled paragraphs below it: ``(label, text)``."""

    heading: str
    paragraphs: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str | None:
        """The label of nearly all of it; ``lessons`` where it tells success factors and challenges; else ``None``."""
        words: Counter[str] = Counter()
        for label, text in self.paragraphs:
            words[label] += len(text.split())
        if not words:
            return None
        [(best, most)] = words.most_common(1)
        if most >= _MOSTLY * words.total():
            return best
        both = words["success_factors"] + words["challenges"] >= _MOSTLY * words.total()
        return LESSONS if both else None


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A whole text."""

    name: str
    language: str
    sections: tuple[LabelledSection, ...]
    title: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """What is told after what: the labels of its sections, or of the paragraphs of those that tell of several."""
        labels: list[str] = []
        for section in self.sections:
            own = section.label
            labels += [] if own == LESSONS else [own] if own else [label for label, _ in section.paragraphs]
        return tuple(label for label, _ in groupby(labels))


def read_samples() -> list[LabelledDocument]:
    """Return the development samples."""
    documents = []
    for path in sorted(CASES.glob("*.md")):
        source = load(path)
        if source.meta.split != "dev":
            continue
        items = [_item_of(block) for block in source.blocks if isinstance(block, Heading | Paragraph | ListItem)]
        documents.append(LabelledDocument(path.stem, source.meta.language, _sections(items), source.meta.title))
    return documents


def read_documents(folder: Path = DOCUMENTS) -> list[LabelledDocument]:
    """Return the documents of a folder.

    Raises:
        ValueError: a line has no label, or an unknown one; the message names file and line.
    """
    documents = []
    for path in sorted(folder.glob("*.txt")):
        first, *lines = path.read_text("utf-8").splitlines()
        items: list[Item] = []
        title = ""
        for number, line in enumerate(lines, start=2):
            label, bar, text = line.partition(" | ")
            if number == 2 and line.startswith("title: "):
                title = line.removeprefix("title: ").strip()
            elif line.startswith("## "):
                items.append(line.removeprefix("## ").strip())
            elif bar and label in _NAMES:
                items.append((label, text.strip()))
            elif line.strip():
                raise ValueError(f"{path}:{number}: {line[:40]!r} has no label")
        documents.append(LabelledDocument(path.stem, first.removeprefix("language: "), _sections(items), title))
    return documents


def paragraphs_of(documents: Sequence[LabelledDocument]) -> Iterator[Example]:
    """Yield the labelled paragraphs of documents, one group a document."""
    for document in documents:
        for section in document.sections:
            for label, text in section.paragraphs:
                yield Example(text, document.language, label, document.name)


def single_paragraphs() -> Iterator[Example]:
    """Yield the labelled paragraphs that stand in no document: these have no group and are always trained on."""
    for path in sorted(SECTIONS.glob("*.txt")):
        name = ""
        for line in filter(None, path.read_text("utf-8").splitlines()):
            if line.startswith("# "):
                name = line[2:]
            else:
                yield Example(line, path.stem, name, "")


def _item_of(block: Heading | Paragraph | ListItem) -> Item:
    return block.text if isinstance(block, Heading) else (block.field or OTHER, plain(block.runs))


def _sections(items: Iterable[Item]) -> tuple[LabelledSection, ...]:
    found: list[tuple[str, list[tuple[str, str]]]] = [("", [])]
    for item in items:
        if isinstance(item, str):
            found.append((item, []))
        else:
            found[-1][1].append(item)
    return tuple(LabelledSection(heading, tuple(below)) for heading, below in found if heading or below)
