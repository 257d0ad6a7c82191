"""What headings and keys mean: the word lists of ``ingest/lexicon/*.toml``, in five languages.

A heading is compared without its number, punctuation and case: first as a whole with the phrases and with what the
templates ("så {gjorde|gör} vi") stand for, then by patterns. What templates of two categories stand for is of neither.
Two fields in one heading ("Framgångsfaktorer och utmaningar") make it a combined one.
"""

import itertools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ingest.patterns import any_of
from kb.types import FIELD_NAMES, FieldName

_NUMBERING = re.compile(
    r"^(?:(?:del|kapitel|kap|avsnitt|part|section|steg)\.?\s+)?"
    r"(?:\(?\d{1,2}(?:\.\d{1,2})*\s*[.):]?|[ivx]{1,5}[.)]|[a-h][.)])\s*(?<=[\s.)])(?=\S)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|our|key|våra|vår|vores|våre) (?=\w)")
_EDGES = " \t:.;,!?…–—-•·*»«\"“”'’|/"
_AND = re.compile(r"\s(?:och|og|and|samt|&|\+|/)\s|,|/")
_SUBTITLE = re.compile(r"\s*[:(]\s|\s[–—-]\s|\s\(")  # what follows says more of the same
_LANGUAGES = ("sv", "nb", "da", "en")
_KEY = re.compile(r"^(?:[•·▪*–-]\s*)?([^:\n]{2,40}?)\s*:\s*(\S.*)?$", re.DOTALL)
_KEY_PATTERNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "other": r"utgivare$|\bför(?:fattare|fattad|egångare)|publisher$|\b(?:utvärd|evalu)",
        "start_year": r"\b(?:sedan|siden|since)$|^(?:start|opp?start)",
        "contact": r"e-?post|e-?mail|mejl|^kontakt|^contact",
        "organisation": r"^(?:ansvarig|huvudman|ansvarlig|responsible|lead )",
        "partners": r"^(?:samverk|samarbe|partner)|partn(?:er|ere|ers)$|^tillsammans",
        "target_groups": r"^målgrupp|^target|^(?:vi )?(?:riktar|vänder|rettar|retter|henvender|arbetar för)\b|er det for$|är det för$",
    }.items()
}
"""What a key before a colon means that no list has: "Verksamhet sedan", "Ansvarig enhet"."""
_EXACT, _LED, _PATTERN = 1.0, 0.95, 0.8  # the whole heading; what stands before a colon or dash; a part of it
SAID = 0.9  # a meaning with at least this score is stated, not guessed
TOPIC = "topic"  # the category of headings that name no field, for training only


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading announces: fields, each with a score (0–1); ``other`` for a known heading of no field.

    ``lessons`` marks headings under which success factors and challenges may stand mixed; ``weak`` those whose words
    may head other things as well ("Inledning"): what stands below them has a say.
    """

    fields: tuple[tuple[FieldName, float], ...] = ()
    other: float = 0.0
    lessons: bool = False
    weak: bool = False

    @property
    def field(self) -> FieldName | None:
        """The only or best field, or ``None``."""
        return self.fields[0][0] if self.fields else None

    @property
    def score(self) -> float:
        """The best field's score."""
        return self.fields[0][1] if self.fields else 0.0

    @property
    def known(self) -> bool:
        """Whether the lexicon knows the heading at all."""
        return bool(self.fields or self.other or self.lessons)


@dataclass(frozen=True, slots=True)
class _Category:
    phrases: frozenset[str]
    weak: frozenset[str]  # of the phrases
    pattern: re.Pattern[str]

    def score(self, heading: str) -> float:
        if heading in self.phrases:
            return _EXACT
        return _PATTERN if self.pattern.search(heading) else 0.0


@cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    folder = files("ingest").joinpath("lexicon")
    return {name: tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in _LANGUAGES}


@cache
def _categories(language: str) -> Mapping[str, _Category]:
    headings = _headings(language)
    stated = {name: frozenset(map(plain_heading, entry["phrases"])) for name, entry in headings.items()}
    loose = {name: frozenset(map(plain_heading, entry.get("weak", ()))) for name, entry in headings.items()}
    meant = {
        name: {plain_heading(text) for template in entry.get("templates", ()) for text in expand(template)}
        for name, entry in headings.items()
    }
    counts = Counter(text for texts in meant.values() for text in texts)
    elsewhere = Counter(text for texts in (*stated.values(), *loose.values()) for text in texts)
    wide = {
        name: loose[name] | {text for text in texts if counts[text] == 1 and not elsewhere[text]}
        for name, texts in meant.items()
    }
    return {
        name: _Category(
            stated[name] | wide[name],
            wide[name],
            any_of(entry["patterns"]),
        )
        for name, entry in headings.items()
        if name != TOPIC
    }


@cache
def _whatever(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the phrases of all categories, and one pattern for all of theirs."""
    patterns = (p for name, entry in _headings(language).items() if name != TOPIC for p in entry["patterns"])
    return frozenset().union(*(c.phrases for c in _categories(language).values())), any_of(patterns)


def _headings(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    headings = _tables()[language]["headings"]
    if not isinstance(headings, dict):
        raise TypeError(f"ingest/lexicon/{language}.toml: headings must be a table")
    return headings


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
    for language in _LANGUAGES:
        for name, entry in _headings(language).items():
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
    return _ARTICLE.sub("", " ".join(text.strip(_EDGES).lower().split()))


@lru_cache(maxsize=4096)
def meaning_of(heading: str, language: str = "sv") -> Meaning:
    """Return what a heading announces, by the document's language first and then by the others.

    >>> meaning_of("3. Framgångsfaktorer och utmaningar").fields
    (('success_factors', 1.0), ('challenges', 1.0))
    >>> meaning_of("Kontakt").known, meaning_of("Kontakt").field
    (True, None)
    """
    plain = plain_heading(heading)
    if not plain or len(plain) > 120:
        return Meaning()
    own = {"nn": "nb"}.get(language, language)
    first = own if own in _LANGUAGES else "sv"
    others = [name for name in _LANGUAGES if name != first]
    found = _meaning(plain, first)
    if _EXACT in (found.score, found.other):
        return found
    lead = _SUBTITLE.split(plain, maxsplit=1)[0]
    led = _meaning(lead, first) if lead != plain else found
    if _EXACT in (led.score, led.other):
        return Meaning(tuple((name, _LED) for name, _ in led.fields), _LED * led.other, weak=led.weak)
    _, _, rest = plain.partition(": ")
    said = _meaning(rest, first) if rest and not led.known else led
    if said.score == _EXACT:  # "Juni: när det tar stopp"
        return Meaning(tuple((name, _LED) for name, _ in said.fields), weak=True)
    if found.known:
        return found
    for name in others:
        found = _meaning(plain, name)
        if _EXACT in (found.score, found.other) or (found.known and own not in _LANGUAGES):
            return found
    return led


@lru_cache(maxsize=8192)
def _meaning(plain: str, language: str) -> Meaning:
    categories = _categories(language)
    phrases, pattern = _whatever(language)
    whole = dict.fromkeys(categories, 0.0)
    if plain in phrases or pattern.search(plain):  # most texts that are asked for are none of all this
        whole = {name: category.score(plain) for name, category in categories.items()}
    exact = [name for name in FIELD_NAMES if whole[name] == _EXACT]
    if exact:
        weak = plain in categories[exact[0]].weak
        return Meaning(fields=tuple((name, _EXACT) for name in exact[:1]), weak=weak)
    if whole["other"] == _EXACT:
        return Meaning(other=_EXACT, weak=plain in categories["other"].weak)
    parts = [part.strip() for part in _AND.split(plain) if part and part.strip()]
    if len(parts) > 1:
        combined = _combined([_meaning(part, language) for part in parts])
        if combined is not None:
            return combined
    if whole["lessons"] and not any(whole[name] for name in FIELD_NAMES):
        return Meaning(lessons=True)
    found = [(name, whole[name]) for name in FIELD_NAMES if whole[name]]
    if whole["other"] and not found:
        return Meaning(other=whole["other"])
    return Meaning(fields=tuple(_preferred(found)), other=whole["other"])


def _combined(parts: list[Meaning]) -> Meaning | None:
    """Put the parts of "A och B" together, where both parts mean something by themselves."""
    if sum(part.known for part in parts) < 2:
        return None
    fields: dict[FieldName, float] = {}
    for part in parts:
        for name, score in part.fields[:1]:
            fields[name] = max(score, fields.get(name, 0.0))
    if not fields:
        return None
    weak = any(part.weak or part.other for part in parts)
    return Meaning(fields=tuple(fields.items()), lessons=any(part.lessons for part in parts), weak=weak)


def _preferred(found: list[tuple[FieldName, float]]) -> list[tuple[FieldName, float]]:
    """Of several patterns that match one undivided heading, the more particular field wins."""
    order: tuple[FieldName, ...] = ("challenges", "success_factors", "results", "background", "method")
    return sorted(found, key=lambda item: (-item[1], order.index(item[0])))[:1]


def category_scores(text: str, language: str) -> dict[str, float]:
    """Return, for each category of headings, 1 where one of its patterns stands in ``text`` (of any length)."""
    text = text.lower()
    own = {"nn": "nb"}.get(language, language)
    categories = _categories(own if own in _LANGUAGES else "sv")
    return {name: float(bool(category.pattern.search(text))) for name, category in categories.items()}


@cache
def _keys() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        keys = _tables()[language]["keys"]
        if isinstance(keys, dict):
            for name, words in keys.items():
                if name != "box_titles":
                    found |= {word: name for word in words if word not in found}
    return found


@cache
def _box_titles() -> frozenset[str]:
    tables = (_tables()[language]["keys"] for language in _LANGUAGES)
    return frozenset(title for keys in tables if isinstance(keys, dict) for title in keys["box_titles"])


def key_of(text: str) -> str | None:
    """Return the metadata key ("target_groups", "start_year" …) that ``text`` begins with or consists of."""
    split = split_key(text)
    return split[0] if split else None


def split_key(text: str) -> tuple[str, str] | None:
    """Split "Målgrupp: unga" into the key's name and the value; a lone key has an empty value.

    >>> split_key("Startår: 2017")
    ('start_year', '2017')
    """
    match = _KEY.match(text)
    label, value = (match[1], match[2] or "") if match else (text, "")
    plain = " ".join(label.strip(_EDGES).lower().split())
    like = (name for name, pattern in _KEY_PATTERNS.items() if match and pattern.search(plain))
    name = _keys().get(plain) or next(like, None)
    return (name, value.strip()) if name else None


def is_box_title(text: str) -> bool:
    """Tell whether ``text`` is the title of a fact box ("Fakta", "I korthet", "Fakta om insatsen")."""
    plain = plain_heading(text)
    return any(plain == title or plain.startswith(f"{title} ") for title in _box_titles())
