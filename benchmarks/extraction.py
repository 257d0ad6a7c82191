"""How well fields and metadata are read, on the samples and on published case studies, beside other programs.

    python -m benchmarks.extraction                    # our own reading, samples by split and layout, case studies
    python -m benchmarks.extraction --peers            # the same documents read by pypdf, pdfplumber, opendataloader
    python -m benchmarks.extraction --headings         # headings against the tags of public-sector PDFs

Token F1 is over bags of words, edit similarity over words in order, pages are exact when the set is. A field that the
case does not have is right when nothing is given (null accuracy counts every field of every case). Figures of
held-out samples are aggregates only: no rule may be written from looking at them.
"""

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from benchmarks.measures import edit_similarity, token_f1, true_pages
from data.samples.render.source import Source, gold, load
from ingest.extract import extract_case
from kb.types import Case

FOUR = ("background", "method", "success_factors", "challenges")
FIELDS = (*FOUR, "results")
SAMPLES, PDFS = Path("data/samples/cases"), Path("data/raw_pdfs")
STUDIES = Path("../shared/pdf/cases")
STUDY_SECTIONS = {
    "Background": "background",
    "Project": "method",
    "Impact": "results",
    "Challenges": "challenges",
    "Takeaways": "success_factors",
}
METADATA = ("title", "organisation", "place", "country", "email", "start_year", "published_year", "language", "type")

Texts = Mapping[str, str | None]


@dataclass(slots=True)
class Scores:
    """What was measured for a group of documents."""

    f1: list[float] = field(default_factory=list)
    edit: list[float] = field(default_factory=list)
    null: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    by_field: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    metadata: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def add(self, found: Texts, true: Texts) -> None:
        """Score the texts of one document; F1 and similarity only where the document has the field."""
        for name in FIELDS:
            self.null.append((found.get(name) is None) == (true[name] is None))
            if true[name] is not None:
                score = token_f1(found.get(name), true[name])
                self.by_field[name].append(score)
                if name in FOUR:
                    self.f1.append(score)
                    self.edit.append(edit_similarity(found.get(name), true[name]))


def mean_or_nan(values: Iterable[float]) -> float:
    """The mean, or not-a-number of nothing."""
    listed = list(values)
    return mean(listed) if listed else float("nan")


def row(name: str, scores: Scores) -> str:
    """One line of the table."""
    fields = " ".join(f"{mean_or_nan(scores.by_field[f]):6.3f}" for f in FIELDS)
    return (
        f"{name:26} {mean_or_nan(scores.f1):6.3f} {mean_or_nan(scores.edit):6.3f} {mean_or_nan(scores.null):6.3f} "
        f"{mean_or_nan(scores.pages):6.3f}   {fields}"
    )


HEADER = f"{'':26} {'F1(4)':>6} {'edit':>6} {'null':>6} {'pages':>6}   " + " ".join(f"{f[:6]:>6}" for f in FIELDS)


def page_texts(path: Path) -> list[str]:
    """The text of each page, for finding where the gold stands; empty for scans."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def texts_of(case: Case) -> dict[str, str | None]:
    """The texts of a case's fields."""
    return {name: value.text if value else None for name, value in case.fields.items()}


def add_metadata(scores: Scores, case: Case, source: Source) -> None:
    """Compare a case's metadata with a sample's front matter, case aside."""
    meta, contact = source.meta, case.contact
    pairs = {
        "title": (case.title, meta.title),
        "organisation": (case.organisation, meta.organisation),
        "place": (case.place, meta.place),
        "country": (case.country, meta.country),
        "email": (contact.email if contact else None, meta.contact.email if meta.contact else None),
        "start_year": (case.start_year, meta.start_year),
        "published_year": (case.published_year, meta.published_year),
        "language": (case.language, meta.language),
        "type": (case.document_type, meta.document_type),
    }
    for name, (found, true) in pairs.items():
        scores.metadata[name].append(str(found).casefold() == str(true).casefold())


def samples() -> None:
    """Print the tables of the samples."""
    groups: dict[str, Scores] = defaultdict(Scores)
    for path in sorted(SAMPLES.glob("*.md")):
        source, pdf = load(path), PDFS / f"{path.stem}.pdf"
        if not pdf.exists():
            continue
        case, true = extract_case(pdf), gold(source)
        pages = page_texts(pdf)
        for name in (source.meta.split, f"{source.meta.split} {source.meta.layout}"):
            scores = groups[name]
            scores.add(texts_of(case), true)
            add_metadata(scores, case, source)
            for field_name, text in true.items():
                wanted = true_pages(text, pages) if text else ()
                value = case.fields[field_name]  # type: ignore[index]
                if wanted and value is not None:
                    scores.pages.append(value.pages == wanted)
    print(HEADER)
    for name in sorted(groups):
        print(row(name, groups[name]))
    print()
    print(f"{'':26} " + " ".join(f"{m[:8]:>8}" for m in METADATA))
    for name in sorted(groups):
        print(f"{name:26} " + " ".join(f"{mean_or_nan(groups[name].metadata[m]):8.3f}" for m in METADATA))


def study_truth() -> dict[str, dict[str, str | None]]:
    """The publisher's own section texts, by file."""
    truth: dict[str, dict[str, str | None]] = {}
    for entry in json.loads((STUDIES / "truth.json").read_text("utf-8")):
        fields: dict[str, str | None] = dict.fromkeys(FIELDS)
        for section in entry["sections"]:
            if section["name"] in STUDY_SECTIONS:
                fields[STUDY_SECTIONS[section["name"]]] = section["text"]
        truth[entry["pdf"]] = fields
    return truth


def studies(name: str, read: Callable[[Path], Texts]) -> None:
    """Print one row: a reader's scores on the published case studies, with speed and memory."""
    scores, pages, started = Scores(), 0, time.perf_counter()
    for file, true in study_truth().items():
        scores.add(read(STUDIES / file), true)
        pages += len(page_texts(STUDIES / file))
    seconds = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"{row(name, scores)}   {pages / seconds:6.1f} pages/s {peak:6.0f} MB")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true", help="other programs beside ours (one process each)")
    parser.add_argument("--reader", help="one reader on the case studies and samples (used by --peers)")
    parser.add_argument("--headings", action="store_true", help="headings against tags")
    arguments = parser.parse_args()
    if arguments.reader:
        from benchmarks.peers import READERS

        studies(arguments.reader, READERS[arguments.reader])
    elif arguments.peers:
        from benchmarks.peers import compare

        compare(sys.executable)
    elif arguments.headings:
        from benchmarks.headings import table

        table()
    else:
        samples()
        print()
        print(HEADER)
        studies("published case studies", lambda path: texts_of(extract_case(path)))


if __name__ == "__main__":
    main()
