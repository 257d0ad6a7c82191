"""What kind of body a name is of, more finely than the patterns that find it: by the words of the name."""

import re

from ingest.bodies import BodyKind
from ingest.unlisted import is_authority

RESEARCH = r"universitet|(?<!folk)högskol|(?<!folke)høgskol|university"
"""A university or its like, where case is ignored; not a folk high school."""

_KINDS = {
    "research": re.compile(rf"{RESEARCH}|forskning|institut", re.IGNORECASE),
    "county board": re.compile(r"^(?:Länsstyrelsen|Statsforvalteren)"),
    "region": re.compile(r"^Region |regionen$|fylkeskommune$|ommun(?:al)?förbund|regionråd|^Samordningsförbundet"),
    "police": re.compile(r"[Pp]oli[st]|Constabulary"),
    "school": re.compile(r"skol|School|College|Academy|gymnasi|vgs|højskole"),
    "prison": re.compile(r"[Ff]rivården|Kriminal|Anstalt|Häkte|F[aeæ]ng|Prison|Probation"),
    "church": re.compile(r"kyrka|församling|pastorat|menighet|sogn|[Kk]irke|stift$|Parish|moské"),
    "library": re.compile(r"bibliotek|[Mm]useum|[Ll]ibrary"),
    "housing": re.compile(r"bostäder|hem$|hem AB|Bostads"),
    "board": re.compile(r"verket|styrelsen|myndigheten|direktoratet|Direktoratet"),
    "district": re.compile(r"[Bb]ydel|[Ss]tadsdel|distrikt"),
    "association": re.compile(
        r"ör(?:ening|bund)|orening|tiftelse|jour|mission|lag$|klub|[IF][FK]\b|Trust|Foundation|Charity"
    ),
}


def finer_kind(name: str, kind: BodyKind) -> str:
    """Return the kind of a body, "municipal", "school", "church" …; ``kind`` itself where no word of the name tells.

    >>> finer_kind("Ekby kommun", "municipal"), finer_kind("Ekby pastorat", "named"), finer_kind("Röda Korset", "national")
    ('municipal', 'church', 'charity')
    """
    if kind == "municipal":
        return kind
    if kind == "national":
        return "authority" if is_authority(name) else "charity"
    return next((finer for finer, pattern in _KINDS.items() if pattern.search(name)), kind)
