"""The knowledge base: what a case is, where it is kept, how it is found.

>>> from tempfile import TemporaryDirectory
>>> from kb import KnowledgeBase
>>> with TemporaryDirectory() as folder, KnowledgeBase.open(folder) as base:
...     base.cases(Filters(country="SE", started_from=2015))
()
"""

import typing

from kb.config import Settings
from kb.errors import KnowledgeBaseError
from kb.filters import Filters
from kb.types import (
    Case,
    Contact,
    FacetCount,
    FacetValue,
    FieldValue,
    Hit,
    Notice,
    Passage,
    PassageHit,
    SearchResult,
    Section,
    Span,
)

if typing.TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

__all__ = [
    "Case",
    "Contact",
    "FacetCount",
    "FacetValue",
    "FieldValue",
    "Filters",
    "Hit",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "Notice",
    "Passage",
    "PassageHit",
    "SearchResult",
    "Section",
    "Settings",
    "Span",
]


def __getattr__(name: str) -> object:
    """Import the façade when it is first asked for: numpy and what comes with it take longer than ``kb --help``."""
    if name != "KnowledgeBase":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kb.knowledge_base import KnowledgeBase

    globals()[name] = KnowledgeBase
    return KnowledgeBase
