"""The word lists of ``ingest/lexicon/*.toml``: phrases, patterns, and templates with what they stand for."""

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("sv", "nb", "da", "en")
EDGES = " \t:.;,!?…–—-•·*»«\"“”'’|/"
TOPIC = "topic"  # the category of headings that name no field, for training only
_NUMBERING = re.compile(
    r"^(?:(?:del|kapitel|kap|avsnitt|part|section|steg)\.?\s+)?"
    r"(?:\(?\d{1,2}(?:\.\d{1,2})*\s*[.):]?|[ivx]{1,5}[.)]|[a-h][.)])\s*(?<=[\s.)])(?=\S)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|our|key|våra|vår|vores|våre) (?=\w)")


@cache
def tables() -> Mapping[str, Mapping[str, object]]:
    """Return the lists by language."""
    folder = files("ingest").joinpath("lexicon")
    return {name: tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in LANGUAGES}


def headings(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the lists of headings of a language, by category."""
    found = tables()[language]["headings"]
    if not isinstance(found, dict):
        raise TypeError(f"ingest/lexicon/{language}.toml: headings must be a table")
    return found


def expand(template: str) -> Iterator[str]:
    """Yield what a template stands for.

    >>> list(expand("så {gjorde|gör} vi{ nu|}"))
    ['så gjorde vi nu', 'så gjorde vi', 'så gör vi nu', 'så gör vi']
    """
    pieces = [piece.split("|") if odd else [piece] for piece, odd in _pieces(template)]
    for choice in itertools.product(*pieces):
        yield " ".join("".join(choice).split())


def _pieces(template: str) -> Iterator[tuple[str, bool]]:
    for number, piece in enumerate(re.split(r"\{([^}]*)\}", template)):
        yield piece, bool(number % 2)


def examples() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (language, category, headings) for every phrase, and for every template with all that it stands for."""
    for language in LANGUAGES:
        for name, entry in headings(language).items():
            for phrase in (*entry["phrases"], *entry.get("weak", ())):
                yield language, name, (phrase,)
            for template in entry.get("templates", ()):
                yield language, name, tuple(expand(template))


def plain_heading(text: str) -> str:
    """Return a heading without number, edge punctuation and case.

    >>> plain_heading("2.1 Så gjorde vi:")
    'så gjorde vi'
    """
    text = unicodedata.normalize("NFC", text).strip()
    text = _NUMBERING.sub("", text, count=1)
    return _ARTICLE.sub("", " ".join(text.strip(EDGES).lower().split()))
