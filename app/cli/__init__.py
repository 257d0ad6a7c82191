"""The command line ``kb``: every verb is one library call; errors are one sentence and an exit code.

__init__.py    the program: options before the verb, the language, errors to exit codes
session.py     what every verb shares: settings, consoles, opening the base
documents.py   extract, ingest            searching.py   search, similar, run, evaluate
base.py        show, verify, reindex, rm, serve
output.py      results as text for people; JSON for machines
"""

import os
import sys
from collections.abc import Sequence

from typer.exceptions import Abort, Exit, TyperException
from typer.main import get_command

from app.cli.program import program
from app.cli.session import chosen_language, say_error
from kb.errors import KnowledgeBaseError
from kb.messages import Language, translate

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C stopped (128 + SIGINT), as shells have it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``kb`` with ``arguments`` (default: those of the process) and exit with its code.

    0 done, 1 an error told in one sentence, 2 wrong usage, 130 stopped by Ctrl-C.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(arguments))


def run(arguments: Sequence[str]) -> int:
    """Carry out ``arguments`` and return the exit code; never raises for what a user can cause."""
    language = chosen_language(arguments)
    command = get_command(program)
    _localise(command, language)
    try:
        code = command.main(args=list(arguments), prog_name="kb", standalone_mode=False)
    except TyperException as error:
        say_error(translate("cli.usage_error", language, reason=error.format_message()))
        return error.exit_code
    except KnowledgeBaseError as error:
        say_error(error.message(language))
        return 1
    except (KeyboardInterrupt, Abort):
        say_error(translate("cli.interrupted", language))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone: that is its right. Keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exit as error:
        return error.exit_code
    except Exception as error:
        if "--debug" in arguments:
            raise
        say_error(translate("cli.unexpected", language, kind=type(error).__name__, reason=error))
        return 1
    return code if isinstance(code, int) else 0


def _localise(command: object, language: Language) -> None:
    """Replace the catalogue keys that stand as help texts by their sentences, in the whole tree of commands."""
    for item in (command, *getattr(command, "params", [])):
        key = getattr(item, "help", None)
        if key and key.startswith("cli."):
            item.help = translate(key, language)
    for child in getattr(command, "commands", {}).values():
        _localise(child, language)
