"""``kb search``, ``similar``, ``run`` and ``evaluate``: finding, and how well it finds."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import output
from app.cli.session import BaseOption, FilterOption, JsonOption, LimitOption, Session, session_of
from kb.filters import Filters
from kb.taxonomy import Taxonomy

QueriesOption = Annotated[Path, typer.Option("--queries", help="cli.option.queries", show_default=False)]


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="cli.argument.query")],
    k: LimitOption = 10,
    filters: FilterOption = None,
    field: Annotated[list[str] | None, typer.Option("--field", help="cli.option.field", show_default=False)] = None,
    facets: Annotated[bool, typer.Option("--facets", help="cli.option.facets")] = False,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search the base; an empty query lists the cases inside the filters."""
    session = session_of(context)
    chosen = _filters(session, [*(filters or []), *(f"field={name}" for name in field or [])])
    with session.open(base) as opened:
        result = opened.search(query, k=k, filters=chosen)
    if as_json:
        output.print_json(output.result_record(result, session.language))
    else:
        output.show_result(session, result, facets=facets)


def similar(
    context: typer.Context,
    case_id: Annotated[str | None, typer.Argument(help="cli.argument.case_id", show_default=False)] = None,
    text: Annotated[str | None, typer.Option("--text", help="cli.option.text", show_default=False)] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="cli.option.pdf", show_default=False)] = None,
    k: LimitOption = 10,
    filters: FilterOption = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find cases like one in the base, like a described situation, or like a PDF that is not in the base."""
    session = session_of(context)
    if sum(given is not None for given in (case_id, text, pdf)) != 1:
        raise typer.BadParameter(session.text("similar.one_of"))
    chosen = _filters(session, filters or [])
    case = None
    if pdf:
        from ingest import extract_case

        case = extract_case(pdf, session.settings)
    with session.open(base) as opened:
        result = opened.similar(case_id, text=text, case=case, k=k, filters=chosen)
    if as_json:
        output.print_json(output.result_record(result, session.language))
    else:
        output.show_result(session, result)


def run_topics(
    context: typer.Context,
    queries: QueriesOption,
    k: LimitOption = 100,
    base: BaseOption = None,
) -> None:
    """Print a TREC run: for each topic the documents, best first."""
    from kb.evaluate import read_queries, trec_lines

    topics = read_queries(queries)
    with session_of(context).open(base) as opened:
        for query_id, query in topics.items():
            for line in trec_lines(query_id, opened.rank(query, k=k)):
                print(line)


def evaluate(
    context: typer.Context,
    queries: QueriesOption,
    qrels: Annotated[Path, typer.Option("--qrels", help="cli.option.qrels", show_default=False)],
    k: LimitOption = 100,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the ranking on judged topics: lexical alone, semantic alone, both."""
    from kb.evaluate import evaluate as measure
    from kb.evaluate import read_qrels, read_queries

    session = session_of(context)
    topics, judgements = read_queries(queries), read_qrels(qrels)
    with session.open(base) as opened:
        table = measure(opened, topics, judgements, k=k)
    if as_json:
        output.print_json(table)
    else:
        output.show_measures(session, table)


def _filters(session: Session, texts: list[str]) -> Filters:
    return Filters.parse(texts, Taxonomy.load(session.settings.taxonomy))
