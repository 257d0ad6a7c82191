"""What a PDF engine gives: pages of positioned lines. Pure data; nothing here knows an engine.

Boxes are PDF points with the origin top left, after the page's rotation; ``size`` is the effective font size in
points (the font's size times its text matrix).
"""

from dataclasses import dataclass

from kb.types import BBox


@dataclass(frozen=True, slots=True)
class Line:
    """A run of characters on one baseline within one column, as drawn.

    ``bold`` and ``italic`` come from weight, flags and font name together. ``tag`` is the structure element's role
    after the role map ("H1", "P", "LI", "Artifact" …), ``raw_tag`` the role as written; ``None`` where untagged.
    ``element`` numbers the structure element, so that lines of one paragraph share it. ``superscript`` holds the
    footnote marks that stood raised in the line, in order (they are not part of ``text``). ``bold_prefix`` counts the
    bold characters at the start of a line that goes on in regular weight (a run-in heading, a label), otherwise 0.

    A hyphen drawn at the end of a line is "-"; where the PDF says that it is a soft hyphen, it is "\\u00ad".
    """

    text: str
    bbox: BBox
    size: float
    bold: bool = False
    italic: bool = False
    font: str = ""
    colour: int = 0
    tag: str | None = None
    raw_tag: str | None = None
    element: int | None = None
    superscript: tuple[str, ...] = ()
    bold_prefix: int = 0

    @property
    def x0(self) -> float:
        """Left edge, in points."""
        return self.bbox[0]

    @property
    def y0(self) -> float:
        """Top edge, in points."""
        return self.bbox[1]

    @property
    def x1(self) -> float:
        """Right edge, in points."""
        return self.bbox[2]

    @property
    def y1(self) -> float:
        """Bottom edge, in points."""
        return self.bbox[3]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``number`` from 1, ``width`` and ``height`` in points as shown, ``lines`` in drawing order.

    ``image_share`` (0–1) is the part of the page's area that images cover: with next to no text, a scan.
    ``turned`` is 0 but for pages whose text runs sideways or upside down as shown: boxes, width and height are then
    those of the page turned so that the text is upright, and this many quarter turns (counter-clockwise) lead back.
    ``skew`` is by how many degrees counter-clockwise a scan was further turned about its middle.
    ``areas`` are the boxes of what is drawn besides text: pictures, tints, frames.
    :mod:`ingest.reader` turns the spans of a finished case back; nobody else need care.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    image_share: float = 0.0
    turned: int = 0
    skew: float = 0.0
    areas: tuple[BBox, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark: its title, depth from 1 and the page it leads to, where known."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A PDF as read: pages and what the file says about itself.

    ``info`` holds Title, Author, CreationDate … as text. ``flags`` names what was seen and left alone:
    "javascript", "attachments", "forms", "signed", "owner_encrypted", "pages_cut" …
    """

    pages: tuple[Page, ...]
    page_count: int
    info: dict[str, str]
    outline: tuple[OutlineItem, ...] = ()
    language: str | None = None
    tagged: bool = False
    flags: tuple[str, ...] = ()
