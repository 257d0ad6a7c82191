"""What ``kb`` prints: JSON for machines, and text for people, wrapped to the terminal.

Text from PDFs goes through :func:`app.cli.session.printable` and into rich ``Text`` objects, never markup.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from app.cli.session import Session, printable
from kb.messages import Language, translate
from kb.records import extract_record
from kb.taxonomy import Taxonomy
from kb.types import FIELD_NAMES, Case, Contact, Hit, PassageHit, SearchResult

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ingest import Report
    from kb.duplicates import NearDuplicate

SNIPPETS = 3
"""Passages shown under a hit."""


def print_json(record: object) -> None:
    """Print ``record`` as one line of UTF-8 JSON."""
    print(json.dumps(record, ensure_ascii=False))


def result_record(result: SearchResult, language: Language) -> dict[str, Any]:
    """Return a search result as plain values; cases without personal data."""
    return {
        "query": result.query,
        "total": result.total,
        "nothing_close": result.nothing_close,
        "hits": [_hit_record(hit, language) for hit in result],
        "facets": {
            facet: [{"value": c.value, "count": c.count, "selected": c.selected} for c in counts]
            for facet, counts in result.facets.items()
        },
    }


def _hit_record(hit: Hit, language: Language) -> dict[str, Any]:
    kept = ("case_id", "file", "document_type", "language", "title", "organisation", "place", "country", "start_year")
    record = extract_record(hit.case, language)
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        **{key: record[key] for key in kept},
        "passages": [_passage_record(p) for p in hit.passages],
    }


def _passage_record(hit: PassageHit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "field": passage.field,
        "section": passage.title,
        "page": passage.page,
        "text": passage.text,
        "score": round(hit.score, 4),
        "lexical": round(hit.lexical, 4),
        "semantic": round(hit.semantic, 4),
        "matched": [{"start": m.start, "end": m.end, "term": m.term} for m in hit.matched],
        "spans": [{"page": s.page, "bbox": list(s.bbox)} for s in passage.spans],
    }


def show_result(session: Session, result: SearchResult, *, facets: bool = False) -> None:
    """Print hits for people: a line on each case, its best passages with the matched words marked."""
    console = session.console()
    if not result:
        console.print(session.text("search.nothing_close" if result.nothing_close else "search.none"))
        return
    console.print(session.text("search.total", shown=len(result), total=result.total))
    for hit in result:
        console.print()
        console.print(_styled((f"{hit.rank}. {hit.case.title}", "bold")))
        facts = [hit.case.organisation, hit.case.place, hit.case.start_year, hit.case.case_id]
        _indented(console, _styled((" · ".join(str(f) for f in dict.fromkeys(facts) if f), "dim")))
        for passage in hit.passages[:SNIPPETS]:
            _indented(console, _snippet(session, passage))
    if facets:
        console.print()
        _show_facets(session, result)


def _indented(console: "Console", text: "Text") -> None:
    """Print ``text`` three columns in: wrapped on a terminal, one whole line in a pipe."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(text, (0, 0, 0, 3)) if console.is_terminal else Text("   ") + text)


def _snippet(session: Session, hit: PassageHit) -> "Text":
    from rich.text import Text

    passage = hit.passage
    label = _field_label(session, passage.field) or passage.title or session.text("document")
    head = _styled((f"{label}, {session.text('page', page=passage.page)}: ", "cyan"))
    # printable() may drop characters, so the marks are put in before it.
    body, at = Text(), 0
    for match in hit.matched:
        body.append(printable(passage.text[at : match.start]).replace("\n", " "))
        body.append(printable(passage.text[match.start : match.end]), style="bold yellow")
        at = match.end
    body.append(printable(passage.text[at:]).replace("\n", " "))
    return head + body


def _show_facets(session: Session, result: SearchResult) -> None:
    taxonomy = Taxonomy.load(session.settings.taxonomy)
    for facet, counts in result.facets.items():
        if facet == "field":
            label = translate("page.filter.field", session.language)
            named = ((_field_label(session, c.value), c.count) for c in counts)
        else:
            label = taxonomy.facets[facet].labels[session.language]
            named = ((taxonomy.label(facet, c.value, session.language), c.count) for c in counts)
        values = ", ".join(f"{name} ({count})" for name, count in named if count)
        if values:
            session.console().print(f"{label}: {values}")


def show_case(session: Session, case: Case, contact: Contact | None = None) -> None:
    """Print a case whole: facts, then every field with its pages; an absent field says so."""
    console = session.console()
    console.print(_styled((case.title, "bold")))
    for key, value in _facts(session, case):
        console.print(_styled((f"{session.text(f'fact.{key}')}: ", "cyan"), (value, "")))
    for label, value in _facets(session, case):
        console.print(_styled((f"{label}: ", "cyan"), (value, "")))
    for name in FIELD_NAMES:
        field = case.fields.get(name)
        console.print()
        if field is None:
            absent = session.text("show.absent")
            console.print(_styled((_field_label(session, name), "bold"), (f" – {absent}", "dim")))
            continue
        pages = session.text("pages", pages=", ".join(map(str, field.pages)))
        console.print(_styled((_field_label(session, name), "bold"), (f" ({pages})", "dim")))
        console.print(_styled((field.text, "")))
    if contact:
        console.print()
        parts = (contact.name, contact.role, contact.email, contact.phone)
        console.print(_styled((f"{session.text('fact.contact')}: ", "cyan"), (", ".join(p for p in parts if p), "")))
    for warning in case.warnings:
        console.print(_styled((f"! {warning.message(session.language)}", "yellow")))


def _facts(session: Session, case: Case) -> Iterator[tuple[str, str]]:
    taxonomy = Taxonomy.load(session.settings.taxonomy)
    facts: Mapping[str, object] = {
        "case_id": case.case_id,
        "document_type": taxonomy.label("document_type", case.document_type, session.language),
        "organisation": case.organisation,
        "place": case.place,
        "country": taxonomy.label("country", case.country, session.language) if case.country else None,
        "start_year": case.start_year,
        "target_groups": ", ".join(case.target_groups or ()),
        "partners": ", ".join(case.partners or ()),
        "file": case.file,
    }
    return ((key, str(value)) for key, value in facts.items() if value)


def _facets(session: Session, case: Case) -> Iterator[tuple[str, str]]:
    taxonomy = Taxonomy.load(session.settings.taxonomy)
    for facet in taxonomy.facets.values():
        if values := case.values_of(facet.id):
            named = (taxonomy.label(facet.id, value, session.language) for value in values)
            yield facet.labels[session.language], ", ".join(named)


def _field_label(session: Session, field: str | None) -> str:
    return translate(f"field.{field}", session.language) if field else ""


def _styled(*parts: tuple[str, str]) -> "Text":
    from rich.text import Text

    return Text.assemble(*((printable(text), style) for text, style in parts))


class Advance(Protocol):
    """Called with how many are done, of how many, and what is at hand."""

    def __call__(self, done: int, total: int, name: str = "", /) -> None:
        """Show that much progress."""


@contextmanager
def progress(session: Session, label: str) -> Iterator[Advance | None]:
    """Give a callback ``(done, total, name)`` that draws a bar on stderr; ``None`` where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.fields[name]}"), console=session.console(error=True)) as bar:
        task = bar.add_task(label, total=None, name="")

        def advance(done: int, total: int, name: str = "", /) -> None:
            bar.update(task, completed=done, total=total, name=printable(name))

        yield advance


def report_record(report: "Report", language: Language) -> dict[str, Any]:
    """Return an ingestion report as plain values."""
    return {
        "added": [{"file": o.file, "case_id": o.case_id} for o in report.added],
        "updated": [{"file": o.file, "case_id": o.case_id} for o in report.updated],
        "skipped": [{"file": o.file, "reason": o.message(language)} for o in report.skipped],
        "failed": [{"file": o.file, "code": o.code, "reason": o.message(language)} for o in report.failed],
        "near_duplicates": near_duplicate_records(report.near_duplicates, language),
    }


def near_duplicate_records(pairs: Iterable["NearDuplicate"], language: Language) -> list[dict[str, Any]]:
    """Return near-duplicates as plain values; ``share`` is the part of the text that two documents have in common."""
    return [
        {
            "file": pair.file,
            "case_id": pair.case_id,
            "other": pair.other,
            "other_case_id": pair.other_id,
            "share": round(pair.share, 2),
            "message": pair.message(language),
        }
        for pair in pairs
    ]


def show_near_duplicates(session: Session, pairs: Iterable["NearDuplicate"]) -> None:
    """Print a line on each two cases that say nearly the same."""
    for pair in pairs:
        session.console().print(_styled((f"! {pair.message(session.language)}", "yellow")))


def show_report(session: Session, report: "Report") -> None:
    """Print an ingestion report: the four counts, then what needs a look, one line each."""
    console = session.console()
    if not (report.added or report.updated or report.failed):
        console.print(session.text("ingest.nothing_to_do", n=len(report.skipped)))
    else:
        counts = {name: len(getattr(report, name)) for name in ("added", "updated", "skipped", "failed")}
        console.print(session.text("ingest.report", **counts))
    for outcome in (*report.added, *report.updated):
        for warning in outcome.warnings:
            console.print(_styled((f"{outcome.file}: {warning.message(session.language)}", "yellow")))
    for outcome in report.skipped:
        if outcome.code == "duplicate":
            console.print(_styled((outcome.message(session.language), "yellow")))
    show_near_duplicates(session, report.near_duplicates)
    for outcome in report.failed:
        console.print(_styled((outcome.message(session.language), "red")))


def show_measures(session: Session, table: Mapping[str, Mapping[str, Mapping[str, float]]]) -> None:
    """Print ``{group: {system: {measure: value}}}`` as a table."""
    from rich.table import Table

    measures = list(next(iter(next(iter(table.values())).values())))
    grid = Table(session.text("evaluate.group"), session.text("evaluate.system"), box=None)
    for measure in measures:
        grid.add_column(measure, justify="right")
    for group, systems in table.items():
        for system, values in systems.items():
            label = session.text(f"evaluate.{system}")
            grid.add_row(group, label, *(f"{values[measure]:.3f}" for measure in measures))
    session.console().print(grid)
