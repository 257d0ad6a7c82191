"""A sample case as written: front matter and Markdown, read into typed blocks, and its gold fields.

The format is described in ``data/samples/README.md``.  The parser is strict: whatever a layout could not
render (a table, an image, HTML other than the field comments) is an error that names the file.

>>> case = load(Path("data/samples/cases/stodtelefon-lindvik.md"))     # doctest: +SKIP
>>> gold(case)["method"].splitlines()[0]                               # doctest: +SKIP
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from data.samples.render.model import (
    FIELDS,
    Block,
    Contact,
    FieldName,
    Footnote,
    Heading,
    Language,
    Layout,
    ListItem,
    Meta,
    Paragraph,
    PullQuote,
    Run,
    Source,
    Split,
    plain,
)

_FIELD_COMMENT = re.compile(r"<!--\s*field:\s*(\w+)\s*-->")


class SourceError(ValueError):
    """A source breaks the format; the message names the file and what is wrong."""


def gold(source: Source) -> dict[str, str | None]:
    """The text of every field: paragraphs and list items in order, joined by a line feed.

    Headings, pull quotes, list markers and footnotes are left out; ``None`` where the case lacks the field.
    """
    texts: dict[str, list[str]] = {name: [] for name in FIELDS}
    for block in source.blocks:
        if isinstance(block, Paragraph | ListItem) and block.field:
            texts[block.field].append(plain(block.runs))
    return {name: "\n".join(parts) or None for name, parts in texts.items()}


def load(path: Path) -> Source:
    """Read one source.

    Raises:
        SourceError: the front matter is incomplete or wrong, or the Markdown holds what no layout renders.
    """
    try:
        source = _parse(path.read_text(encoding="utf-8"))
    except (SourceError, yaml.YAMLError) as error:
        raise SourceError(f"{path.name}: {error}") from error
    if source.meta.id != path.stem:
        raise SourceError(f"{path.name}: id is {source.meta.id!r}, but the file is called {path.stem!r}")
    return source


def _parse(text: str) -> Source:
    parser = MarkdownIt("commonmark").use(front_matter_plugin).use(footnote_plugin)
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    if not tokens or tokens[0].type != "front_matter":
        raise SourceError("no front matter between two lines of ---")
    meta = _meta(yaml.safe_load(tokens[0].content))
    blocks, footnotes = _blocks(tokens[1:])
    unused = set(env.get("footnotes", {}).get("refs", {})) - _note_labels(tokens)
    if unused:
        raise SourceError(f"footnotes without a mark in the text: {', '.join(sorted(unused))}")
    return Source(meta, blocks, footnotes)


def _meta(raw: Any) -> Meta:
    if not isinstance(raw, dict):
        raise SourceError("the front matter is not a mapping")
    names = {field.name for field in fields(Meta)}
    if raw.keys() != names:
        missing, unknown = sorted(names - raw.keys()), sorted(raw.keys() - names)
        raise SourceError(f"front matter: missing {missing}, unknown {unknown}")
    for name, allowed in (("split", Split), ("layout", Layout), ("language", Language)):
        if raw[name] not in get_args(allowed):
            raise SourceError(f"{name} is {raw[name]!r}, not one of {', '.join(get_args(allowed))}")
    try:
        return Meta(
            **raw
            | {
                "target_groups": tuple(raw["target_groups"]),
                "partners": tuple(raw["partners"]),
                "contact": Contact(**raw["contact"]) if raw["contact"] else None,
                "facets": {facet: tuple(values) for facet, values in raw["facets"].items()},
                "fact_box": tuple((str(key), str(value)) for key, value in raw["fact_box"]),
            }
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise SourceError(f"front matter: {error}") from error


def _blocks(tokens: list[Token]) -> tuple[tuple[Block, ...], tuple[Footnote, ...]]:
    """Walk the flat token stream; the open containers decide what an inline token becomes."""
    blocks: list[Block] = []
    footnotes: list[Footnote] = []
    field: FieldName | None = None
    containers: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            containers.append(token)
            if token.type == "heading_open" and token.tag == "h2":
                field = None
        elif token.nesting == -1:
            containers.pop()
        elif token.type == "html_block":
            field = _field_of(token)
            # A comment right below a heading says what the heading is about.
            if blocks and isinstance(blocks[-1], Heading):
                blocks[-1] = Heading(blocks[-1].level, blocks[-1].text, field)
        elif token.type == "inline":
            runs = tuple(_runs(token))
            kinds = [container.type for container in containers]
            if "footnote_open" in kinds:
                footnotes.append(Footnote(containers[kinds.index("footnote_open")].meta["id"] + 1, runs))
            else:
                blocks.append(_block(containers, runs, field))
        elif token.type != "footnote_anchor":
            raise SourceError(f"no layout renders {token.type!r}{_at(token)}")
    return tuple(blocks), tuple(footnotes)


def _block(containers: list[Token], runs: tuple[Run, ...], field: FieldName | None) -> Block:
    inner = containers[-1]
    kinds = [container.type for container in containers]
    if inner.type == "heading_open":
        if inner.tag not in ("h2", "h3"):
            raise SourceError(f"headings are ## or ###, not {inner.tag}{_at(inner)}")
        return Heading(int(inner.tag[1]), plain(runs), field)
    if kinds == ["paragraph_open"]:
        return Paragraph(runs, field)
    if kinds == ["blockquote_open", "paragraph_open"]:
        return PullQuote(plain(runs))
    if kinds == ["bullet_list_open", "list_item_open", "paragraph_open"]:
        return ListItem(runs, False, "-", field)
    if kinds == ["ordered_list_open", "list_item_open", "paragraph_open"]:
        return ListItem(runs, True, containers[1].info + containers[1].markup, field)
    raise SourceError(f"no layout renders text inside {' > '.join(kinds)}{_at(inner)}")


def _runs(inline: Token) -> Iterator[Run]:
    bold = italic = False
    for token in inline.children or []:
        match token.type:
            case "text":
                if token.content:
                    yield Run(token.content, bold, italic)
            case "softbreak" | "hardbreak":
                yield Run(" ", bold, italic)
            case "strong_open" | "strong_close":
                bold = token.nesting == 1
            case "em_open" | "em_close":
                italic = token.nesting == 1
            case "footnote_ref":
                yield Run("", note=token.meta["id"] + 1)
            case "link_open" | "link_close":
                pass
            case other:
                raise SourceError(f"no layout renders {other!r}{_at(inline)}")


def _field_of(token: Token) -> FieldName | None:
    comment = _FIELD_COMMENT.fullmatch(token.content.strip())
    if not comment:
        raise SourceError(f"HTML other than a field comment: {token.content.strip()[:60]!r}{_at(token)}")
    name = comment[1]
    for field in FIELDS:
        if name == field:
            return field
    if name == "none":
        return None
    raise SourceError(f"unknown field {name!r}{_at(token)}")


def _note_labels(tokens: list[Token]) -> set[str]:
    inlines = (child for token in tokens for child in token.children or [])
    return {f":{child.meta['label']}" for child in inlines if child.type == "footnote_ref"}


def _at(token: Token) -> str:
    return f" (line {token.map[0] + 1})" if token.map else ""
