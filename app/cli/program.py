"""The Typer program: the options that stand before the verb, and the verbs in the order that help shows them.

Help texts are keys of the catalogue; :mod:`app.cli` puts in the sentences once the language is known.
"""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from app.cli import base, documents, searching
from app.cli.session import BaseOption, Session
from kb.config import Settings

program = typer.Typer(rich_markup_mode=None, no_args_is_help=True, add_completion=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"kb {version('exempelbanken')}")
        raise typer.Exit


@program.callback(help="cli.help.kb")
def _options(
    context: typer.Context,
    base: BaseOption = None,
    lang: Annotated[str | None, typer.Option("--lang", help="cli.option.lang", show_default=False)] = None,
    config: Annotated[Path | None, typer.Option("--config", help="cli.option.config", show_default=False)] = None,
    debug: Annotated[bool, typer.Option("--debug", help="cli.option.debug")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="cli.option.version")
    ] = False,
) -> None:
    # --debug is looked at where errors end up, in app.cli.run.
    context.obj = Session(Settings.load(config).with_values(base=base, language=lang))


VERBS: dict[str, Callable[..., None]] = {
    "ingest": documents.ingest,
    "search": searching.search,
    "similar": searching.similar,
    "show": base.show,
    "serve": base.serve,
    "extract": documents.extract,
    "run": searching.run_topics,
    "evaluate": searching.evaluate,
    "verify": base.verify,
    "reindex": base.reindex,
    "rm": base.remove,
}
for name, verb in VERBS.items():
    program.command(name, help=f"cli.help.{name}")(verb)
