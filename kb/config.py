"""One frozen :class:`Settings`, read once: defaults, then ``kb.toml``, then the environment (``KB_*``).

The environment wins over the file, the file over the defaults; command-line options win over all.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from kb.errors import InvalidSetting
from kb.messages import Language

DEFAULT_BASE = Path("data/index")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. Each name is a key of ``kb.toml`` and, in capitals after ``KB_``, a variable.

    ``base``: the folder of the base. ``embedder``: "bundled", a folder, or a hub name. For models other than the
    bundled one: ``device`` ("cpu", "cuda", "mps"; empty: what is there), ``batch_size``: texts embedded at a time,
    ``truncate_dim``: the length that vectors are cut to (0: not cut). ``reranker``: a cross-encoder, a folder or a hub
    name, that reads the best cases again (empty: none). ``language``: of messages.
    ``max_pages`` and ``max_megabytes``: limits of one PDF. ``memory_megabytes`` and ``seconds``: what the child
    process that reads it may take. ``workers``: parallel readers; 0 means one a core. ``taxonomy``: a folder of
    TOML files that extend or replace the bundled facets. ``report_to``: the address that the page asks readers to
    report faults to.
    """

    base: Path = DEFAULT_BASE
    embedder: str = "bundled"
    device: str = ""
    batch_size: int = 32
    truncate_dim: int = 0
    reranker: str = ""
    language: Language = "sv"
    max_pages: int = 500
    max_megabytes: int = 100
    memory_megabytes: int = 1024
    seconds: int = 20
    workers: int = 0
    taxonomy: Path | None = None
    report_to: str = ""

    @classmethod
    def load(cls, path: Path | None = None, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read ``path`` (default: ``kb.toml`` in the working folder, if there) and the environment.

        Raises:
            InvalidSetting: an unknown key, or a value of the wrong kind.
        """
        environment = os.environ if environment is None else environment
        path = path or Path("kb.toml")
        given: dict[str, Any] = {}
        if path.is_file():
            given |= _read_file(path)
        given |= {f.name: environment[name] for f in fields(cls) if (name := f"KB_{f.name.upper()}") in environment}
        return cls().with_values(**given)

    def with_values(self, **values: Any) -> "Settings":
        """Return a copy with ``values`` (text or typed) checked and set; ``None`` leaves a setting as it is.

        Raises:
            InvalidSetting: an unknown name, or a value of the wrong kind.
        """
        return replace(self, **{name: _convert(name, v) for name, v in values.items() if v is not None})


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InvalidSetting(setting=str(path), value="…", reason=str(error)) from error


def _convert(name: str, value: Any) -> Any:
    kinds = {f.name: f.type for f in fields(Settings)}
    if name not in kinds:
        raise InvalidSetting(setting=name, value=value, reason=f"known: {', '.join(kinds)}")
    if name in {"base", "taxonomy"}:
        return Path(str(value)).expanduser()
    if name == "language" and value not in get_args(Language):
        raise InvalidSetting(setting=name, value=value, reason=f"known: {', '.join(get_args(Language))}")
    if kinds[name] is int:
        return _positive(name, value)
    return str(value)


def _positive(name: str, value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError) as error:
        raise InvalidSetting(setting=name, value=value, reason="a whole number is wanted") from error
    if number < 0 or (number == 0 and name not in {"workers", "truncate_dim"}):
        raise InvalidSetting(setting=name, value=value, reason="it must be above zero")
    return number
