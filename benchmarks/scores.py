"""Answers against the truth, added up by group, as numbers and as Markdown tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from benchmarks.gold import METADATA, Gold
from benchmarks.mapping import Answer
from benchmarks.measures import edit_similarity, token_f1
from kb.types import FIELD_NAMES

FOUR = ("background", "method", "success_factors", "challenges")
MEASURES = ("f1", "edit", "null", "pages")

Values = dict[str, list[float]]


def _values() -> Values:
    return defaultdict(list)


@dataclass(slots=True)
class Scores:
    """What was measured for a group of documents, value by value, by field.

    ``f1`` and ``edit`` are of the fields that the documents have; ``null`` of every field of every document: 1 where
    one is given just when there is one. ``pages`` is 1 where exactly the true pages are named, of the fields whose
    pages are known; a field that was not found has no right pages.
    """

    f1: Values = field(default_factory=_values)
    edit: Values = field(default_factory=_values)
    null: Values = field(default_factory=_values)
    pages: Values = field(default_factory=_values)
    metadata: Values = field(default_factory=_values)
    documents: int = 0
    failed: int = 0

    def add(self, answer: Answer, gold: Gold) -> None:
        """Score one document."""
        self.documents += 1
        self.failed += bool(answer.error)
        for name in FIELD_NAMES:
            if gold.fields is None:
                break
            found, true = answer.fields.get(name), gold.fields[name]
            self.null[name].append((found is None) == (true is None))
            if true is not None:
                text = found.text if found else None
                self.f1[name].append(token_f1(text, true))
                self.edit[name].append(edit_similarity(text, true))
            if name in gold.pages:
                self.pages[name].append(found is not None and found.pages == gold.pages[name])
        if answer.metadata is not None:
            for key, wanted in gold.metadata.items():
                self.metadata[key].append(_same(key, answer.metadata[key], wanted))

    def mean(self, measure: str, fields: Iterable[str] = FOUR) -> float | None:
        """The mean of a measure over all values of some fields; ``None`` of nothing."""
        values: Mapping[str, Sequence[float]] = getattr(self, measure)
        listed = [value for name in fields for value in values.get(name, ())]
        return mean(listed) if listed else None

    def summary(self) -> dict[str, object]:
        """All means, for JSON: of the four fields (``null``: of all five) and of each field."""
        found: dict[str, object] = {"documents": self.documents, "failed": self.failed}
        found["f1_of_five"] = self.mean("f1", FIELD_NAMES)
        for measure in MEASURES:
            found[measure] = self.overall(measure)
            found[f"{measure}_by_field"] = {name: self.mean(measure, (name,)) for name in FIELD_NAMES}
        return found | {"metadata": {name: self.mean("metadata", (name,)) for name in self.metadata}}

    def overall(self, measure: str) -> float | None:
        """The mean of a measure over the four fields; null accuracy and pages count all five."""
        return self.mean(measure, FIELD_NAMES if measure in ("null", "pages") else FOUR)


def _same(name: str, found: object, true: object) -> bool:
    """Exact but for case; "nb" and "no" are one language."""
    pair = {str(found).casefold(), str(true).casefold()}
    return len(pair) == 1 or (name == "language" and pair == {"nb", "no"})


def grouped(answers: Sequence[Answer], documents: Sequence[Gold], *, by_split: bool) -> dict[str, Scores]:
    """Score documents by group: all (or each split), each layout of it, and the hard ones."""
    groups: dict[str, Scores] = defaultdict(Scores)
    for answer, gold in zip(answers, documents, strict=True):
        whole = gold.split if by_split else "all"
        for name in (whole, f"{whole}, {gold.layout}", *([f"{whole}, hard"] if gold.hard else [])):
            groups[name].add(answer, gold)
    return dict(sorted(groups.items()))


def shown(value: float | None) -> str:
    """A figure with three decimals; a dash for none."""
    return "–" if value is None else f"{value:.3f}"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def overview(by_reader: Mapping[str, Scores]) -> str:
    """One row a reader: the means, F1 of each field, documents that it failed on."""
    head = ["reader", "F1 of four", "edit", "null", "pages", "F1 of five", *FIELD_NAMES, "failed"]
    rows = (
        [
            reader,
            *(shown(scores.overall(measure)) for measure in MEASURES),
            shown(scores.mean("f1", FIELD_NAMES)),
            *(shown(scores.mean("f1", (name,))) for name in FIELD_NAMES),
            str(scores.failed),
        ]
        for reader, scores in by_reader.items()
    )
    return markdown(head, rows)


def by_field(scores: Scores) -> str:
    """One row a field: every measure."""
    rows = ([name, *(shown(scores.mean(measure, (name,))) for measure in MEASURES)] for name in FIELD_NAMES)
    return markdown(["field", "F1", "edit", "null", "pages"], rows)


def by_group(ours: Mapping[str, Scores], peers: Mapping[str, Mapping[str, Scores]]) -> str:
    """One row a group of documents: every measure of ours, F1 of the peers."""
    head = [
        "group",
        "documents",
        "F1 of four",
        "edit",
        "null",
        "pages",
        "F1 of five",
        *(f"F1 {name}" for name in peers),
    ]
    rows = (
        [
            group,
            str(scores.documents),
            *(shown(scores.overall(measure)) for measure in MEASURES),
            shown(scores.mean("f1", FIELD_NAMES)),
            *(shown(groups[group].overall("f1")) for groups in peers.values()),
        ]
        for group, scores in ours.items()
    )
    return markdown(head, rows)


def of_metadata(groups: Mapping[str, Scores]) -> str:
    """One row a group: exact metadata."""
    names = [name for name in METADATA if any(scores.metadata.get(name) for scores in groups.values())]
    rows = ([group, *(shown(s.mean("metadata", (name,))) for name in names)] for group, s in groups.items())
    return markdown(["group", *names], rows)


def details(answers: Sequence[Answer], documents: Sequence[Gold]) -> str:
    """One row a document, held-out ones left out: F1 of each field (– it has none, ! invented), wrong metadata."""
    rows = []
    for answer, gold in zip(answers, documents, strict=True):
        if gold.split == "held_out":
            continue
        cells = [gold.path.name[:60], gold.layout + (" hard" if gold.hard else "")]
        for name in FIELD_NAMES:
            found, true = answer.fields.get(name), (gold.fields or {}).get(name)
            if true is None:
                cells.append("!" if found and gold.fields is not None else "–")
            else:
                wrong = name in gold.pages and (found is None or found.pages != gold.pages[name])
                cells.append(f"{token_f1(found.text if found else None, true):.2f}{' p' if wrong else ''}")
        metadata = answer.metadata or {}
        wrong_names = [n for n, true in gold.metadata.items() if n in metadata and not _same(n, metadata[n], true)]
        rows.append([*cells, ", ".join(f"{n}: {metadata[n]}" for n in wrong_names) or answer.error])
    return markdown(["document", "layout", *FIELD_NAMES, "wrong (p: pages)"], rows)
