"""What a file and its case are called: stable names that the base keys on."""

import hashlib
import unicodedata
from pathlib import PurePath

from slugify import slugify

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
