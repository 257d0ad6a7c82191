"""How well and how fast documents are read, beside other programs in the same run.

    python -m benchmarks.extraction                                # everything that is here (some minutes)
    python -m benchmarks.extraction --peers none --only samples    # ours alone, on the samples
    python -m benchmarks.extraction --dir DIR --details            # a set by other hands, document by document

Sets: ``samples`` (data/samples, development and held out apart; scans run apart too), ``studies`` (published case
studies, ../shared/pdf/cases, against the publisher's web pages), ``headings`` (../shared/pdf/swedish against the
publishers' tags, once as the files are and once with the tags taken away), and a folder named by ``--dir``
(:func:`benchmarks.gold.folder` says what its truth.json holds). What a set or a peer needs and is not here is told.

Measures are explained in :mod:`benchmarks.scores`. Every peer's headings and text are mapped to fields by **our**
lexicon and classifiers (:mod:`benchmarks.mapping`), so that readers are compared in reading. Each reader runs in a
process of its own, one document after another (:mod:`benchmarks.processes`). Held-out documents are shown in aggregate
only: no rule may be written from looking at them.

Speed is told in CPU seconds of a reader's process and all its children, a round of all documents at a time: the best of
several rounds, which other work on the machine disturbed least, and the middle one. The start of the process, until one
small page was read, is told apart.

Not compared: docling and marker need models from a hub, GROBID a server; unstructured demands an older pypdf than
ours; PyMuPDF is AGPL.
"""

import argparse
import json
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

from benchmarks import gold, processes, scores, tagged
from benchmarks.blocks import Record
from benchmarks.gold import Gold, page_texts
from benchmarks.mapping import Answer, answer_of
from benchmarks.measures import HeadingScore, heading_score
from benchmarks.readers import OURS, PEERS, READERS, SMALL, WITH_TAGS
from benchmarks.scores import Scores

SETS = ("samples", "studies", "headings")


@dataclass(slots=True)
class Bench:
    """A run: who reads, whether each document is shown, and what was found so far."""

    readers: list[str]
    details: bool
    rounds: int = 1
    found: dict[str, dict[str, object]] = field(default_factory=dict)
    costs: list[tuple[str, str, int, processes.Cost]] = field(default_factory=list)

    def start(self) -> None:
        """Let every reader read one small page; one that cannot is left out."""
        for reader in list(self.readers):
            try:
                processes.read(reader, [SMALL])
            except processes.ReaderFailed as error:
                if reader == OURS:
                    raise
                print(f"**{reader} left out**: it does not start: {error}\n")
                self.readers.remove(reader)

    def read(self, name: str, reader: str, paths: Sequence[Path]) -> list[Answer]:
        """Let a reader read a set, and note what that took; a reader that breaks down answers nothing."""
        try:
            records, cost = processes.read(reader, paths, rounds=self.rounds)
        except processes.ReaderFailed as error:
            print(f"{reader} failed on {name}: {error}", file=sys.stderr)
            return [answer_of(Record(path.name, error=str(error))) for path in paths]
        self.costs.append((name, reader, sum(len(page_texts(path)) for path in paths), cost))
        return [answer_of(record) for record in records]

    def fields(self, name: str, documents: Sequence[Gold], *, by_split: bool = False) -> None:
        """Read a set of documents with gold fields and print its tables."""
        scans = [d for d in documents if not any(text.strip() for text in page_texts(d.path))]
        digital = [d for d in documents if d not in scans]
        documents = [*digital, *scans]
        groups: dict[str, dict[str, Scores]] = {}
        for reader in self.readers:
            if reader == WITH_TAGS:
                continue
            answers: list[Answer] = []
            for part, title in ((digital, name), (scans, f"{name}, scans")):
                answers += self.read(title, reader, [d.path for d in part]) if part else []
            groups[reader] = scores.grouped(answers, documents, by_split=by_split)
            if self.details:
                show(f"{name}: {reader}, each document", scores.details(answers, documents))
        self.found[name] = {r: {g: s.summary() for g, s in found.items()} for r, found in groups.items()}
        for whole in [group for group in groups[OURS] if "," not in group]:
            show(f"{name}: {whole}", scores.overview({reader: found[whole] for reader, found in groups.items()}))
            show(f"{name}: {whole}, by field ({OURS})", scores.by_field(groups[OURS][whole]))
        peers = {reader: found for reader, found in groups.items() if reader != OURS}
        if len({document.layout for document in documents}) > 1:
            show(f"{name}: by layout", scores.by_group(groups[OURS], peers))
        if any(document.metadata for document in documents):
            show(f"{name}: metadata, exact", scores.of_metadata(groups[OURS]))

    def headings(self) -> None:
        """Score headings against the publishers' tags, with the tags in the files and without."""
        documents = tagged.documents()
        with tempfile.TemporaryDirectory() as scratch:
            bare = [tagged.without_tags(path, Path(scratch)) for path in documents]
            for name, paths in (("headings", list(documents)), ("headings, tags taken away", bare)):
                rows: dict[str, list[HeadingScore]] = {}
                for reader in self.readers:
                    if reader == "pypdf" or (reader == WITH_TAGS and paths is bare):
                        continue  # plain text has no headings; without tags there is nothing to use
                    answers = self.read(name, reader, paths)
                    rows[reader] = [
                        heading_score(answer.headings, true)
                        for answer, true in zip(answers, documents.values(), strict=True)
                    ]
                self.found[name] = {reader: asdict(total(found)) for reader, found in rows.items()}
                true = sum(map(len, documents.values()))
                show(f"{name}: {len(documents)} documents, {true} headings", heading_table(rows))
                if self.details:
                    head = ["document", *rows]
                    lines = [
                        [path.name, *(f"{found[i].f1:.2f}" for found in rows.values())] for i, path in enumerate(paths)
                    ]
                    show(f"{name}: F1, each document", scores.markdown(head, lines))

    def cost_table(self) -> str:
        """Return the rates of every reader on every set, in its best round and in the middle one, and its start."""
        head = [
            "set",
            "reader",
            "pages",
            "rounds",
            "pages/s",
            "pages/CPU s",
            "median",
            "peak MB",
            "start s",
            "start CPU s",
        ]
        rows = []
        for name, reader, pages, cost in self.costs:
            wall, cpu = ([getattr(spent, kind) for spent in cost.rounds] for kind in ("seconds", "cpu_seconds"))
            rates = [f"{pages / taken:.1f}" if taken > 0 else "–" for taken in (min(wall), min(cpu), median(cpu))]
            began = [f"{cost.start.seconds:.1f}", f"{cost.start.cpu_seconds:.1f}"]
            rows.append([name, reader, str(pages), str(len(cpu)), *rates, f"{cost.peak_megabytes:.0f}", *began])
        return scores.markdown(head, rows)


def total(found: Iterable[HeadingScore]) -> HeadingScore:
    """Add up the headings of all documents."""
    return sum(found, HeadingScore(0, 0, 0))


def heading_table(rows: dict[str, list[HeadingScore]]) -> str:
    """One row a reader: precision, recall and F1 over all headings, and the mean of the documents' F1."""
    lines = []
    for reader, found in rows.items():
        whole = total(found)
        figures = (whole.precision, whole.recall, whole.f1, mean(score.f1 for score in found))
        lines.append([reader, *map(scores.shown, figures)])
    return scores.markdown(["reader", "precision", "recall", "F1", "mean of documents"], lines)


def show(title: str, table: str) -> None:
    """Print a table under its title."""
    print(f"### {title}\n\n{table}", flush=True)


def machine() -> str:
    """Return one line on what the figures were taken with."""
    cpuinfo = Path("/proc/cpuinfo")
    cpu = re.search(r"model name\s*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cpu[1] if cpu else platform.processor()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )


def chosen(names: Sequence[str]) -> list[str]:
    """Return ours and those of the named peers that can run here; say why others cannot."""
    present = [OURS]
    for name in names:
        if absence := READERS[name].absence:
            print(f"**{name} left out**: {absence}\n")
        else:
            present.append(name)
    return present


def run(bench: Bench, only: Sequence[str], folder: Path | None) -> None:
    """Read the sets that are asked for; say which are not here."""
    needed = {"samples": gold.SAMPLE_PDFS, "studies": gold.STUDIES, "headings": tagged.DOCUMENTS}
    for name in only:
        if not needed[name].is_dir():
            print(f"**{name} left out**: {needed[name]} is not here\n")
        elif name == "headings" and not shutil.which(tagged.PROGRAM):
            print(f"**{name} left out**: {tagged.PROGRAM} is not on the PATH (Debian: poppler-utils)\n")
        elif name == "headings":
            bench.headings()
        else:
            documents = gold.samples() if name == "samples" else gold.studies()
            bench.fields(name, list(documents), by_split=name == "samples")
    if folder is not None:
        bench.fields(folder.name, list(gold.folder(folder)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=SETS, help="these sets (default: all; with --dir: none)")
    parser.add_argument("--peers", nargs="+", choices=(*PEERS, "none"), default=PEERS, help="default: all")
    parser.add_argument("--dir", type=Path, metavar="DIR", help="a folder of PDFs with a truth.json")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="read each set so often, for the speed (3)")
    parser.add_argument("--details", action="store_true", help="each document (never held-out ones)")
    options = parser.parse_args()
    only = options.only if options.only is not None else () if options.dir else SETS
    bench = Bench(chosen([name for name in options.peers if name != "none"]), options.details, options.rounds)
    bench.start()
    run(bench, only, options.dir)
    show("Speed and memory", bench.cost_table())
    versions = {name: READERS[name].version for name in bench.readers}
    print(f"{machine()}; " + ", ".join(f"{name} {found}" for name, found in versions.items()))
    if options.json:
        costs = [{"set": s, "reader": r, "pages": p, **asdict(c)} for s, r, p, c in bench.costs]
        result = {"machine": machine(), "versions": versions, "sets": bench.found, "costs": costs}
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
