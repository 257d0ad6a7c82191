"""``kb show``, ``verify``, ``reindex``, ``rm`` and ``serve``: looking at the base and keeping it."""

import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

import app
from app.cli import output
from app.cli.session import BaseOption, JsonOption, say_error, session_of

CaseArgument = Annotated[str, typer.Argument(help="cli.argument.case_id", show_default=False)]
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def show(
    context: typer.Context,
    case_id: CaseArgument,
    contact: Annotated[bool, typer.Option("--contact", help="cli.option.contact")] = False,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one case whole. The contact is personal data and shown only with ``--contact``."""
    from kb.records import case_record

    session = session_of(context)
    with session.open(base) as opened:
        case = opened.case(case_id)
        person = opened.contact(case.case_id) if contact else None
        near = opened.near_duplicates([case.case_id])
    if as_json:
        record = case_record(case, session.language, contact=person)
        output.print_json(record | {"near_duplicates": output.near_duplicate_records(near, session.language)})
    else:
        output.show_case(session, case, person)
        output.show_near_duplicates(session, near)


def verify(context: typer.Context, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Hold the base against itself: exit 1 if anything disagrees. Near-duplicates are told and are no fault."""
    session = session_of(context)
    with session.open(base) as opened:
        problems = [problem.message(session.language) for problem in opened.verify()]
        near = () if problems else opened.near_duplicates()
        cases = len(opened)
    if as_json:
        told = output.near_duplicate_records(near, session.language)
        output.print_json({"cases": cases, "problems": problems, "near_duplicates": told})
    else:
        for problem in problems:
            print(problem)
        output.show_near_duplicates(session, near)
        print(session.text("verify.agrees" if not problems else "verify.disagrees", cases=cases, n=len(problems)))
    raise typer.Exit(int(bool(problems)))


def reindex(
    context: typer.Context,
    model: Annotated[str | None, typer.Option("--model", help="cli.option.model", show_default=False)] = None,
    base: BaseOption = None,
) -> None:
    """Embed every passage anew with ``model`` (default: the configured one), then switch over in one step."""
    session = session_of(context)
    with (
        session.open(base, embedder=model) as opened,
        output.progress(session, session.text("reindex.embedding")) as advance,
    ):
        opened.reindex(on_progress=advance)
        stamp = opened.embedder.stamp
        passages = opened.passage_count
    print(session.text("reindex.done", passages=passages, model=stamp.name))
    if model and model != session.settings.embedder:
        print(session.text("reindex.configure", model=model))


def remove(
    context: typer.Context,
    case_id: CaseArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="cli.option.yes")] = False,
    base: BaseOption = None,
) -> None:
    """Remove a case with all that belongs to it: versions, PDF, contact, vectors."""
    session = session_of(context)
    with session.open(base) as opened:
        case = opened.case(case_id)
        if not yes and not sys.stdin.isatty():
            raise typer.BadParameter(session.text("rm.needs_yes"))
        if not yes and not typer.confirm(session.text("rm.sure", title=case.title, case_id=case.case_id)):
            raise typer.Abort
        opened.remove(case.case_id)
    print(session.text("rm.done", case_id=case.case_id))


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="cli.option.port")] = 8501,
    host: Annotated[str, typer.Option("--host", help="cli.option.host")] = "127.0.0.1",
    base: BaseOption = None,
) -> None:
    """Serve the page on this machine until Ctrl-C."""
    import os

    session = session_of(context)
    chosen = session.settings.with_values(base=base)
    if not _free(host, port):
        say_error(session.text("serve.taken", host=host, port=port))
        raise typer.Exit(1)
    if host not in LOCAL_HOSTS:
        say_error(session.text("serve.open_host", host=host))
    print(session.text("serve.address", host=host, port=port), flush=True)
    page = Path(app.__file__).with_name("streamlit_app.py")
    os.environ.update(KB_BASE=str(chosen.base.absolute()), KB_LANGUAGE=chosen.language)
    # Streamlit takes over this process: Ctrl-C and signals reach it without a parent in between.
    os.execv(  # noqa: S606 – the interpreter that runs already, with our own file
        sys.executable,
        [
            *(sys.executable, "-m", "streamlit", "run", str(page)),
            *("--server.address", host, "--server.port", str(port), "--server.headless", "true"),
            *("--browser.gatherUsageStats", "false", "--client.showErrorDetails", "none"),
        ],
    )


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
