"""pypdf's reader, which of an object stream (ISO 32000-1, 7.5.7) reads only the objects that are asked for.

pypdf itself reads all objects of a stream when one is asked for, in Python; the catalogue, which the gate asks for
first, lies among all the small objects of a document. That was a tenth of the time of documents made with TeX.
"""

from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject, PdfObject, StreamObject, read_object

_LONGEST_INDEX = 1 << 20  # bytes; 50,000 objects


class LazyReader(PdfReader):
    """Reads single objects of those object streams that are as the standard says; all others are pypdf's to mend."""

    def __init__(self, stream: BytesIO) -> None:
        self._opened: dict[int, tuple[bytes, dict[int, int]]] = {}
        super().__init__(stream, strict=False)

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number, _ = self.xref_objStm[indirect_reference.idnum]
        if number in self.xref_objStm:  # a stream in a stream
            return super()._get_object_from_stream(indirect_reference)
        if number not in self._opened:
            self._opened[number] = _opened(IndirectObject(number, 0, self).get_object())
        data, places = self._opened[number]
        if indirect_reference.idnum not in places:
            return super()._get_object_from_stream(indirect_reference)
        stream = BytesIO(data)
        stream.seek(places[indirect_reference.idnum])
        found = read_object(stream, self)
        self.cache_indirect_object(0, indirect_reference.idnum, found)
        return found


def _opened(stream: Any) -> tuple[bytes, dict[int, int]]:
    """Return what an object stream holds, and where each object begins; of one that is not in order nothing."""
    if not isinstance(stream, StreamObject) or stream.get("/Type") != "/ObjStm":
        return b"", {}
    data, count, first = stream.get_data(), stream.get("/N"), stream.get("/First")
    if not isinstance(count, int) or not isinstance(first, int) or not 0 <= first <= min(len(data), _LONGEST_INDEX):
        return b"", {}
    index = data[:first].split()
    if len(index) != 2 * count or not all(map(bytes.isdigit, index)):
        return b"", {}
    numbers, offsets = (list(map(int, index[part::2])) for part in (0, 1))
    if any(after <= before for before, after in pairwise(offsets)) or len(set(numbers)) < count:
        return b"", {}
    places = zip(numbers, (first + offset for offset in offsets), strict=True)
    return data, {number: place for number, place in places if place < len(data)}
