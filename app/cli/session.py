"""What every verb shares: the settings in force, where output goes, and opening the base."""

import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from kb.config import Settings
from kb.errors import KnowledgeBaseError
from kb.messages import Language, translate

if TYPE_CHECKING:
    from rich.console import Console

    from kb import KnowledgeBase

BaseOption = Annotated[Path | None, typer.Option("--base", help="cli.option.base", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="cli.option.json")]
LimitOption = Annotated[int, typer.Option("-k", "--limit", min=1, help="cli.option.limit")]
FilterOption = Annotated[list[str] | None, typer.Option("--filter", "-f", help="cli.option.filter", show_default=False)]


@dataclass(frozen=True, slots=True)
class Session:
    """One run of ``kb``: its settings, and sentences in their language."""

    settings: Settings

    @property
    def language(self) -> Language:
        """The language of all that is printed."""
        return self.settings.language

    def text(self, key: str, **params: object) -> str:
        """Return the catalogue's sentence ``cli.<key>``."""
        return translate(f"cli.{key}", self.language, **params)

    def open(self, base: Path | None, *, create: bool = False, **settings: Any) -> "KnowledgeBase":
        """Open the base at ``base`` (default: as configured), with ``settings`` on top of those in force.

        Raises:
            BaseNotFound: there is none and ``create`` is false.
        """
        from kb import KnowledgeBase

        chosen = self.settings.with_values(base=base, **settings)
        return KnowledgeBase.open(chosen.base, settings=chosen, create=create)

    def console(self, *, error: bool = False) -> "Console":
        """Return a console on stdout or stderr: colour on a terminal only, nothing interpreted as markup."""
        from rich.console import Console

        return Console(stderr=error, markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def session_of(context: typer.Context) -> Session:
    """Return the session that the options before the verb made."""
    session: Session = context.find_root().obj
    return session


def printable(text: str) -> str:
    """Return ``text`` without control and direction-changing characters: text of a PDF must not drive a terminal."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf"} else "" for c in text)


def say_error(sentence: str) -> None:
    """Print ``sentence`` on stderr."""
    print(printable(sentence), file=sys.stderr)


def chosen_language(arguments: Sequence[str]) -> Language:
    """Return the language for help and errors: ``--lang`` if given, else as configured, else Swedish.

    It is wanted before the arguments are parsed, and also where the settings cannot be read.
    """
    known = get_args(Language)
    for option, value in zip(arguments, [*arguments[1:], ""], strict=True):
        if option == "--lang" and value in known:
            return value  # type: ignore[return-value]
    try:
        return Settings.load(_config_in(arguments)).language
    except KnowledgeBaseError:
        wanted = os.environ.get("KB_LANGUAGE")
        return "en" if wanted == "en" else "sv"


def _config_in(arguments: Sequence[str]) -> Path | None:
    return Path(arguments[arguments.index("--config") + 1]) if "--config" in arguments[:-1] else None
