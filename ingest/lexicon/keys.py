"""Keys of metadata ("Målgrupp", "Startår") and the titles of fact boxes."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.lexicon.words import EDGES, LANGUAGES, plain_heading, tables

_KEY = re.compile(r"^(?:[•·▪*–-]\s*)?([^:\n]{2,40}?)\s*:\s*(\S.*)?$", re.DOTALL)
_KEY_PATTERNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "other": r"utgivare$|\bför(?:fattare|fattad|egångare)|publisher$|\b(?:utvärd|evalu)",
        "start_year": r"\b(?:sedan|siden|since)(?: när| når| hvornår| when)?$|^(?:när|når|hvornår|when|hur länge|hvor len?ge|hvor længe|how long)\b|^(?:i drift|i gång|igång|i gang|in operation|running)\b|^(?:start|opp?start|begyn)|^(?:inrätta|öppna|etabler|lanser|införd|bildad|invigd|tillsatt|åpne|åbne|opprette|oprette)\w*$",
        "place": r"^(?:var|hvor|where)\b|^(?:geogra|verksamhetsort)",
        "contact": r"^(?:vem|hvem|who) (?:svarar|svarer|kan|can|answers)|^(?:frågor|spørgsmål|spørsmål|questions)\b|e-?post|e-?mail|mejl|^kontakt|^contact",
        "organisation": r"^(?:anordn|arrang[öø]r|organis(?:ed by|atör)|bakom (?:proje|arbet|insats)|ansvarig|huvudman|huvudansvar|ansvarlig|responsible|lead )|^(?:vem|hvem|who) (?:(?:har |has )?(?:the )?ansvar|driv|led|äger|ejer|eier|står|bestäm|is behind|runs|leads)",
        "partners": r"^(?:samverk|samarbe|partner|medaktör|medfinans|stöds? (?:av|från))|partn(?:er|ere|ers)$|^tillsammans|^med i |^(?:ihop )?(?:med|with) (?:vem|vilka|hvem|whom)$|^(?:vilka|hvem|who) (?:är med|er med|delta|medverk|medvirk|hjälp|hjælp|hjelp|samverk|samarb|else)",
        "target_groups": r"^målgrupp|^target|^(?:för|til|till|for) (?:vem|vilka|hvem|whom)$|^(?:vilka|hvem|who) (?:gäller|gjelder|gælder|er det|är det|is it)\b|^(?:vi )?(?:riktar|vänder|rettar|retter|henvender|arbetar för)\b|er det for$|är det för$|^till för$|^personer i|is for$",
    }.items()
}
"""What a key before a colon means that no list has: "Verksamhet sedan", "Ansvarig enhet"."""


@cache
def _keys() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        keys = tables()[language]["keys"]
        if isinstance(keys, dict):
            for name, words in keys.items():
                if name != "box_titles":
                    found |= {word: name for word in words if word not in found}
    return found


@cache
def _box_titles() -> frozenset[str]:
    listed = (tables()[language]["keys"] for language in LANGUAGES)
    return frozenset(title for keys in listed if isinstance(keys, dict) for title in keys["box_titles"])


def key_of(text: str) -> str | None:
    """Return the metadata key ("target_groups", "start_year" …) that ``text`` begins with or consists of."""
    split = split_key(text)
    return split[0] if split else None


@lru_cache(maxsize=4096)  # layout, facts and metadata ask for the same lines
def split_key(text: str) -> tuple[str, str] | None:
    """Split "Målgrupp: unga" into the key's name and the value; a lone key has an empty value.

    >>> split_key("Startår: 2017")
    ('start_year', '2017')
    """
    match = _KEY.match(text) if ":" in text else None
    label, value = (match[1], match[2] or "") if match else (text, "")
    plain = " ".join(label.strip(EDGES).lower().split())
    like = (name for name, pattern in _KEY_PATTERNS.items() if match and pattern.search(plain))
    name = _keys().get(plain) or next(like, None)
    return (name, value.strip()) if name else None


def is_box_title(text: str) -> bool:
    """Tell whether ``text`` is the title of a fact box ("Fakta", "I korthet", "Fakta om insatsen")."""
    plain = plain_heading(text)
    return any(plain == title or plain.startswith(f"{title} ") for title in _box_titles())
