"""What stands near a place, found without looking at everything: a page may hold 100,000 letters alike."""

from collections.abc import Hashable, Iterator
from itertools import product
from typing import Generic, TypeVar

Item = TypeVar("Item")

_CELL = 20.0  # points
_FAR = 1e6  # points; no page reaches so far, but damaged numbers do


class Grid(Generic[Item]):
    """Items by kind and place.

    >>> grid = Grid[str]()
    >>> grid.put("letter", 100.0, 700.0, "a")
    >>> list(grid.near("letter", 101.0, 699.0, 2.0)), list(grid.near("letter", 104.0, 699.0, 2.0))
    (['a'], [])
    """

    def __init__(self) -> None:
        self._items: dict[Hashable, dict[tuple[int, int], list[tuple[float, float, Item]]]] = {}

    def put(self, kind: Hashable, x: float, y: float, item: Item) -> None:
        """Keep ``item`` at (x, y)."""
        self._items.setdefault(kind, {}).setdefault((_cell(x), _cell(y)), []).append((x, y, item))

    def near(self, kind: Hashable, x: float, y: float, reach: float) -> Iterator[Item]:
        """Yield the items of a kind less than ``reach`` from (x, y), across and down."""
        cells = self._items.get(kind)
        if cells is None:
            return
        across, down = (range(_cell(at - reach), _cell(at + reach) + 1) for at in (x, y))
        for cell in product(across, down):
            for item_x, item_y, item in cells.get(cell, ()):
                if abs(item_x - x) < reach and abs(item_y - y) < reach:
                    yield item


def _cell(at: float) -> int:
    return int(max(-_FAR, min(_FAR, at)) // _CELL)  # what is no number comes to stand far out
