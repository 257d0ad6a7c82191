"""The ``report`` layout: LuaLaTeX, justified and hyphenated, with running heads, footnotes, numbered sections."""

import os
import re
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.samples.render.common import TEMPLATES, created, facts_title, grouped, pick
from data.samples.render.model import Source

LONG = 1000
"""A report of more words than this gets a table of contents."""

TIMEOUT_S = 180

_BABEL = {"sv": "swedish", "nb": "norsk", "da": "danish", "en": "british"}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}$&#_%"},
}


def render(source: Source) -> bytes:
    """The case as a LaTeX report; every other one has full metadata and bookmarks, the rest have none.

    Raises:
        RuntimeError: LuaLaTeX made no PDF; the message holds the end of its log.
    """
    tex = (
        _templates()
        .get_template("report.tex.j2")
        .render(
            meta=source.meta,
            ingress=source.ingress,
            groups=grouped(source.body),
            notes={note.number: note.runs for note in source.footnotes},
            facts_title=facts_title(source),
            date=created(source),
            babel=_BABEL[source.meta.language],
            paper=pick(source, "paper", ("a4", "a4", "169mm:239mm")),
            font=pick(source, "report font", ("TeX Gyre Termes", "Latin Modern Roman", "TeX Gyre Pagella")),
            sans_headings=pick(source, "sans headings", (True, False)),
            numbered=pick(source, "numbered", (True, True, False)),
            contents=source.words > LONG,
            new_page=pick(source, "new page", (True, False)),
            head=pick(source, "head", ("section", "title")),
            page_at=pick(source, "page at", ("outer", "centre")),
            facts_at=pick(source, "report facts at", ("top", "end")),
            with_metadata=pick(source, "with metadata", (True, False)),
        )
    )
    return _typeset(tex, source)


def tex_escape(text: str) -> str:
    r"""Plain text as TeX input.

    >>> tex_escape("25 % av A & B")
    '25 \\% av A \\& B'
    """
    return re.sub(r"[\\~^{}$&#_%]", lambda match: _ESCAPES[match[0]], text)


@cache
def _templates() -> Environment:
    """Delimiters that TeX does not use; every text goes through the filter ``tex``."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - it would escape for HTML
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tex"] = tex_escape
    return environment


def _typeset(tex: str, source: Source) -> bytes:
    """Run LuaLaTeX until contents and marks have settled (three times)."""
    epoch = str(int(created(source).timestamp()))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.tex").write_text(tex, encoding="utf-8")
        for _ in range(3):
            done = subprocess.run(
                ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],
                cwd=folder,
                env=os.environ | {"SOURCE_DATE_EPOCH": epoch, "FORCE_SOURCE_DATE": "1"},
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT_S,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(f"lualatex failed on {source.meta.id}: {done.stdout[-1500:]}")
        return Path(folder, "report.pdf").read_bytes()
