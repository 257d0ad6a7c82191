"""Documents locked for changes only open with an empty password, and are read like any other."""

from io import BytesIO

import pypdf
import pytest

from ingest.pdf import read_document
from kb.errors import EncryptedDocument
from tests.ingest.pdfs import pages, text

TAGGED = pages(
    [b"/H2 << /MCID 0 >> BDC " + text(72, 700, "Bakgrund", size=16) + b"EMC"],
    catalog="/StructTreeRoot 1000 0 R /Lang (sv-SE) /Names << /JavaScript << /Names [] >> >>",
    page="/StructParents 0",
    trailer="/Info 1003 0 R",
    extra={
        1000: "<< /Type /StructTreeRoot /K 1001 0 R /ParentTree 1002 0 R /RoleMap << /Rubrik /H2 >> >>",
        1001: "<< /S /Rubrik /P 1000 0 R /K 0 >>",
        1002: "<< /Nums [0 [1001 0 R]] >>",
        1003: "<< /Title (Telefonen) >>",
    },
)


def encrypted(algorithm: str, user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(TAGGED))
    writer.encrypt(user_password=user, owner_password="owner", algorithm=algorithm)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_one_that_opens_with_an_empty_password_is_read_whole(algorithm):
    found = read_document(encrypted(algorithm, ""), max_pages=10)
    (line,) = found.pages[0].lines
    assert (line.text, line.tag, line.raw_tag) == ("Bakgrund", "H2", "Rubrik")
    assert (found.info["Title"], found.language, found.tagged) == ("Telefonen", "sv-SE", True)
    assert found.flags == ("owner_encrypted", "javascript")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_one_that_needs_a_password_says_so(algorithm):
    with pytest.raises(EncryptedDocument):
        read_document(encrypted(algorithm, "hemligt"), max_pages=10)
