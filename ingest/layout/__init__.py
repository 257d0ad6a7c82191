"""Pages of lines to blocks in reading order: columns, running heads, notes, boxes, quotes, hyphens, paragraphs.

>>> lay_out(document)                                                       # doctest: +SKIP
Layout(blocks=(Block(kind='text', …), …), body=BodyStyle(size=10.5, …))
"""

from dataclasses import dataclass

from ingest.layout.areas import boxes_of
from ingest.layout.asides import set_apart
from ingest.layout.cards import with_cards_in_text
from ingest.layout.furniture import footnote_lines, running_lines
from ingest.layout.hyphens import Joiner
from ingest.layout.model import BODY_KINDS, Block, BodyStyle, Kind, Placed
from ingest.layout.paragraphs import family, item_text, join_over_breaks
from ingest.layout.setting import Setting
from ingest.layout.sidebars import with_sidebars_boxed
from ingest.layout.tagging import with_tags_believed
from ingest.layout.webpages import with_web_furniture_apart
from ingest.pages import Document

__all__ = ["BODY_KINDS", "Block", "BodyStyle", "Kind", "Layout", "Placed", "family", "item_text", "lay_out"]


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a document in reading order, and how its running text looks."""

    blocks: tuple[Block, ...]
    body: BodyStyle


def lay_out(document: Document, *, language: str = "sv") -> Layout:
    """Bring a document's lines into reading order and group them into blocks.

    Footnotes and running heads come as blocks of their own kind after the page's text, so that nothing is lost.
    """
    document = with_tags_believed(document)
    body = BodyStyle.of(line for page in document.pages for line in page.lines)
    joiner = Joiner((line for page in document.pages for line in page.lines), language=language)
    running = running_lines(document.pages, body)
    heads = {page.number: [i for i in range(len(page.lines)) if (page.number, i) in running] for page in document.pages}
    notes = {page.number: sorted(footnote_lines(page, body, running)) for page in document.pages}
    texts = []
    for page in document.pages:
        aside = {*heads[page.number], *notes[page.number]}
        texts.append((page, [line for i, line in enumerate(page.lines) if i not in aside]))
    boxes = with_cards_in_text(texts, boxes_of(texts))
    setting = Setting(body, joiner)
    blocks: list[Block] = []
    for page, lines in texts:
        blocks += setting.page(page, lines, boxes.get(page.number, []))
        blocks += setting.aside(page, notes[page.number], "footnote")
        blocks += setting.aside(page, heads[page.number], "running")
    apart = with_web_furniture_apart(set_apart(with_sidebars_boxed(blocks, body), body))
    return Layout(tuple(join_over_breaks(apart, joiner)), body)
