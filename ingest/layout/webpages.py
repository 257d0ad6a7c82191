"""What a web page says about itself and a print of it carries along: when it was changed, whether it helped, sharing."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.layout.model import BODY_KINDS, Block

_LONGEST = 120  # characters
_MEDIA = r"facebook|linkedin|twitter|x|instagram|whatsapp|bluesky|e-?post|mejl|mail|email|skriv ut|print|kopiera länk"
_WHAT = r"(?:på|sidan|siden|artikeln|this page)"
_SAYS = re.compile(
    r"(?:sidan |siden )?(?:senast|sist|sidst|last) (?:uppdatera|ändra|granska|oppdater|endre|opdater|ændre|update|review)"
    r"\w*(?::.*|(?: (?:den|on))? \d.*)?"
    rf"|(?:dela|share)(?: {_WHAT})*:?(?:[\s|·,/]+(?:{_MEDIA}))*|del(?: {_WHAT})*:?(?:[\s|·,/]+(?:{_MEDIA}))+|del {_WHAT}"
    rf"|(?:{_MEDIA})(?:[\s|·,/]+(?:{_MEDIA}))+"
    r"|(?:tillbaka |tilbage |tilbake )?(?:till|til) toppen|back to top|lyssna(?: på sidan)?"
    r"|(?:hoppa till|hopp til|gå til|skip to) (?:main )?(?:innehåll|innhold|indhold|content)\w*"
    r"|(?:hade du nytta av|fick du|fann du|hittade du|fant du|fandt du|did you find)\b.{3,60}"
    r"\b(?:sidan|siden|page|sökte|søkte|søgte|lette etter)\b.{0,40}\?"
    r"|(?:hjälpte|var|did|was)\b.{0,30}\b(?:sidan|siden|this page)\b.{0,40}\?"
    r"|vi (?:använder|bruker|bruger) (?:kakor|cookies|informasjonskapsler)\b.*"
    r"|(?:start|hem|startsida|startsidan|forside|forsiden|hjem|home)(?:\s[›»>]\s[^›»>]{2,60}){2,}",  # the way to the page
    re.IGNORECASE,
)


def with_web_furniture_apart(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with what only a web page says about itself marked as small print."""
    return [replace(block, kind="caption") if _is_furniture(block) else block for block in blocks]


def _is_furniture(block: Block) -> bool:
    text = block.text.strip(" .|·")
    return block.kind in BODY_KINDS and len(text) < _LONGEST and bool(_SAYS.fullmatch(text))
