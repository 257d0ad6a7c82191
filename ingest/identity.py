"""What a case and its reading are called: stable names that the base keys on."""

import hashlib
import unicodedata
from pathlib import PurePath

from slugify import slugify

EXTRACTOR = "ingest-1"
"""The version of everything that reads PDFs. Raise the number when a change makes cases worth reading again."""

UNREAD_SCAN = f"{EXTRACTOR}-unread"
"""The same, for documents with pages that only OCR could have read; read again once OCR is installed."""

_LONGEST = 60


def file_name_of(path: PurePath) -> str:
    """Return a path's file name as text that every system can keep: composed letters, no undecodable bytes."""
    return unicodedata.normalize("NFC", path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def case_id_of(file: str) -> str:
    """Return the id of the case that the file named ``file`` holds: readable, short and the same for ever.

    >>> case_id_of("Stödtelefonen i Örebro.pdf")
    'stodtelefonen-i-orebro-8ac3'
    """
    stem = slugify(PurePath(file).stem, max_length=_LONGEST, word_boundary=True) or "case"
    return f"{stem}-{hashlib.sha1(file.encode(), usedforsecurity=False).hexdigest()[:4]}"
