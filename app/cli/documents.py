"""``kb extract`` and ``kb ingest``: PDFs to records, PDFs into the base."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import output
from app.cli.session import BaseOption, JsonOption, say_error, session_of
from kb.errors import KnowledgeBaseError

OcrOption = Annotated[bool, typer.Option("--ocr/--no-ocr", help="cli.option.ocr")]


def extract(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="cli.argument.files")],
    as_json: JsonOption = False,
    ocr: OcrOption = True,
) -> None:
    """Read each file; a bad one is told on stderr and does not stop the rest."""
    from ingest import extract_case
    from kb.records import extract_record
    from kb.taxonomy import Taxonomy

    session = session_of(context)
    taxonomy = Taxonomy.load(session.settings.taxonomy)
    failed = False
    for file in files:
        try:
            case = extract_case(file, session.settings, ocr=ocr)
        except KnowledgeBaseError as error:
            failed = True
            say_error(error.message(session.language))
            continue
        if as_json:
            output.print_json(extract_record(case, session.language, taxonomy=taxonomy))
        else:
            output.show_case(session, case, case.contact)
    raise typer.Exit(int(failed))


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="cli.argument.paths")],
    base: BaseOption = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="cli.option.workers")] = None,
    as_json: JsonOption = False,
    ocr: OcrOption = True,
) -> None:
    """Bring the base up to date with the PDFs at ``paths``."""
    from ingest import ingest_paths

    session = session_of(context)
    with (
        session.open(base, create=True) as opened,
        output.progress(session, session.text("ingest.reading")) as advance,
    ):
        report = ingest_paths(paths, opened, workers=workers, on_progress=advance, ocr=ocr)
    if as_json:
        output.print_json(output.report_record(report, session.language))
    else:
        output.show_report(session, report)
    raise typer.Exit(int(bool(report.failed)))
