"""The knowledge base: what a case is, where it is kept, how it is found.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder, KnowledgeBase.open(folder) as base:
...     base.cases(Filters(country="SE", started_from=2015))
()
"""

from kb.config import Settings
from kb.errors import KnowledgeBaseError
from kb.filters import Filters
from kb.knowledge_base import KnowledgeBase
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
