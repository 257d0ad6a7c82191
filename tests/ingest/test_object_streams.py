import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader

from ingest.pdf.object_streams import LazyReader

OBJECTS = {1: b"<</Type/Catalog/Pages 2 0 R/Lang(sv)>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
           3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>", 4: b"[1 2 (tre)]"}  # fmt: skip


def index_of(objects: dict[int, bytes]) -> list[tuple[int, int]]:
    places, at = [], 0
    for number, body in objects.items():
        places.append((number, at))
        at += len(body) + 1
    return places


def pdf(index: list[tuple[int, int]], *, count: int = len(OBJECTS)) -> bytes:
    """Return a PDF whose objects 1 to 4 lie in the object stream 5; 6 is the table of references."""
    head = b" ".join(b"%d %d" % place for place in index) + b"\n"
    packed = zlib.compress(head + b"\n".join(OBJECTS.values()))
    out = b"%PDF-1.5\n"
    stream_at = len(out)
    facts = (count, len(head), len(packed))
    out += b"5 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n" % facts
    out += packed + b"\nendstream\nendobj\n"
    table_at = len(out)
    rows = [(0, 0, 0), *((2, 5, position) for position in range(4)), (1, stream_at, 0), (1, table_at, 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(3, "big") + bytes([last]) for kind, place, last in rows)
    out += b"6 0 obj<</Type/XRef/Size 7/W[1 3 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table_at


def answers(reader: PdfReader) -> list[str]:
    """What a reader says of each object, or what it raises."""
    found = []
    for number in OBJECTS:
        try:
            found.append(repr(reader.get_object(number)).replace(str(id(reader)), ""))  # references name it
        except Exception as error:
            found.append(type(error).__name__)
    return found


INDEX = index_of(OBJECTS)


@pytest.mark.parametrize(
    ("index", "count"),
    [
        pytest.param(INDEX, 4, id="in order"),
        pytest.param(INDEX, 3, id="a count that is too small"),
        pytest.param(INDEX, 9, id="a count that is too large"),
        pytest.param(INDEX, -1, id="a count that is none"),
        pytest.param(INDEX[::-1], 4, id="places that go back"),
        pytest.param([*INDEX[:3], (3, INDEX[3][1])], 4, id="an object twice"),
        pytest.param([*INDEX[:3], (4, 9999)], 4, id="a place outside"),
        pytest.param([*INDEX[:3], (8, INDEX[3][1])], 4, id="an object of another number"),
    ],
)
def test_objects_are_those_that_pypdf_finds(index, count):
    data = pdf(index, count=count)
    assert answers(LazyReader(BytesIO(data))) == answers(PdfReader(BytesIO(data), strict=False))


def test_only_what_is_asked_for_is_read():
    reader = LazyReader(BytesIO(pdf(INDEX)))
    assert reader.root_object["/Lang"] == "sv"
    assert {number for _, number in reader.resolved_objects} & set(OBJECTS) == {1}
    assert len(reader.pages) == 1
