"""The structure tree, read by pypdf: which element a marked-content id belongs to.

The parent tree (ISO 32000-1, 14.7.4.4) leads straight from a page's marked content to its element, so only elements
that hold text are ever resolved. Roles go through the role map; the raw name is kept, because InDesign maps
meaningful style names ("Rubrik_2") to P.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, IndirectObject

INLINE = frozenset({"Span", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Annot", "Sub", "Ruby", "Warichu"})
HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"})
CONTAINERS = frozenset({"LI", "TD", "TH", "Note", "FENote", "Caption", "TOCI", "Figure", "Aside", "BlockQuote"})
_MAX_DEPTH = 40
_MAX_NODES = 200_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element as a line sees it: role, role as written, and a number that tells elements apart."""

    role: str
    raw_role: str
    element: int


class StructureTree:
    """Looks up tags by page and marked-content id. Damage and cycles give ``None``, never an error.

    Inline elements (Span, Link …) are climbed out of. A heading is the nearest one; otherwise text inside a list
    item, cell, note, caption … carries that container's role, so that a paragraph in a cell is "TD".
    """

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._root = _dictionary(reader.root_object.get("/StructTreeRoot"))
        self._roles = {str(k): str(v) for k, v in _dictionary(self._root.get("/RoleMap")).items()}
        self._parents: dict[int, Any] = dict(_number_tree(self._root.get("/ParentTree")))
        self._known: dict[int, Tag | None] = {}
        self._elements: dict[int, tuple[Tag | None, Any]] = {}

    def __bool__(self) -> bool:
        return bool(self._parents)

    def tags_of(self, page: int) -> list[Any]:
        """Return the elements of a page (from 0), indexed by marked-content id, unresolved; see :meth:`tag`."""
        try:
            key = self._reader.pages[page].get("/StructParents")
            found = _resolved(self._parents.get(int(key))) if key is not None else None
        except (PyPdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
            return []
        return list(found) if isinstance(found, ArrayObject) else []

    def tag(self, elements: list[Any], marked_content_id: int) -> Tag | None:
        """Return the tag of a marked-content id on the page that ``elements`` came from."""
        if not 0 <= marked_content_id < len(elements):
            return None
        reference = elements[marked_content_id]
        if not isinstance(reference, IndirectObject):
            return None
        key = reference.idnum
        if key not in self._known:
            try:
                self._known[key] = self._climb(reference)
            except (PyPdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
                self._known[key] = None
        return self._known[key]

    def _climb(self, reference: IndirectObject) -> Tag | None:
        nearest: Tag | None = None
        container: Tag | None = None
        for tag in self._upwards(reference):
            if tag.role in HEADINGS:
                return tag
            if nearest is None and tag.role not in INLINE:
                nearest = tag
            if container is None and tag.role in CONTAINERS:
                container = tag
        if container is not None and nearest is not None:
            return Tag(container.role, nearest.raw_role, container.element)
        return nearest

    def _upwards(self, reference: IndirectObject) -> Iterator[Tag]:
        """Yield the element and those above it, each once, up to the tree's root."""
        seen: set[int] = set()
        current: Any = reference
        while isinstance(current, IndirectObject) and current.idnum not in seen and len(seen) < _MAX_DEPTH:
            seen.add(current.idnum)
            if current.idnum not in self._elements:
                self._elements[current.idnum] = self._element(current)
            tag, current = self._elements[current.idnum]
            if tag is None:
                return
            yield tag

    def _element(self, reference: IndirectObject) -> tuple[Tag | None, Any]:
        """Return an element as a tag, and the reference to the one above it."""
        element = _dictionary(reference)
        if "/S" not in element:
            return None, None
        raw = str(element["/S"]).removeprefix("/")
        return Tag(self._role(raw), raw, reference.idnum), element.raw_get("/P") if "/P" in element else None

    def _role(self, raw: str) -> str:
        seen: set[str] = set()
        while f"/{raw}" in self._roles and raw not in seen:
            seen.add(raw)
            raw = self._roles[f"/{raw}"].removeprefix("/")
        return raw


def _number_tree(root: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree (ISO 32000-1, 7.9.7), cycles and damage survived."""
    waiting, seen = [root], set[int]()
    while waiting and len(seen) < _MAX_NODES:
        reference = waiting.pop()
        if isinstance(reference, IndirectObject):
            if reference.idnum in seen:
                continue
            seen.add(reference.idnum)
        node = _dictionary(reference)
        kids, numbers = _resolved(node.get("/Kids")), _resolved(node.get("/Nums"))
        if isinstance(kids, ArrayObject):
            waiting.extend(list.__iter__(kids))
        if isinstance(numbers, ArrayObject):
            entries = list(list.__iter__(numbers))
            yield from ((int(k), v) for k, v in zip(entries[::2], entries[1::2], strict=False) if isinstance(k, int))


def _resolved(value: Any) -> Any:
    try:
        return value.get_object() if isinstance(value, IndirectObject) else value
    except (PyPdfError, ValueError, TypeError, RecursionError):
        return None


def _dictionary(value: Any) -> Any:
    found = _resolved(value)
    return found if isinstance(found, dict) else {}
