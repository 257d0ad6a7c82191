"""Every error this product raises on purpose.

    KnowledgeBaseError
    ├── BaseError                    something about the base (the folder with the database)
    │   ├── BaseNotFound             no base at this path, and the verb may not create one
    │   ├── NotABase                 the path holds something else
    │   ├── NewerSchema              made by a newer version of the product
    │   ├── EmbedderMismatch         indexed with another embedding model; `kb reindex` mends it
    │   ├── BaseBusy                 another process holds the write lock too long
    │   ├── BaseDamaged              SQLite says that the file is damaged
    │   └── StorageFull              the disk is full or read-only
    ├── CaseError
    │   ├── CaseNotFound             no such case id
    │   └── AmbiguousCase            an abbreviated id fits several cases
    ├── QueryError
    │   ├── EmptyQuery               nothing to search for
    │   ├── QueryTooLong             more characters than the limit
    │   ├── UnknownFacet             a filter names a facet that does not exist
    │   ├── UnknownFacetValue        … or a value that it does not have
    │   └── InvalidFilter            not of the form facet=value
    ├── ConfigError
    │   ├── InvalidSetting           kb.toml or a KB_* variable holds an unusable value
    │   └── InvalidTaxonomy          a taxonomy file cannot be read
    ├── EmbedderUnavailable          the embedding model cannot be loaded or fetched
    ├── RerankerUnavailable          the cross-encoder that was chosen cannot be loaded or fetched
    ├── EvaluationError              a queries, qrels or run file cannot be read
    └── DocumentError                one document cannot be read; never stops a folder
        ├── FileMissing              no such file or folder
        ├── NothingToIngest          the folder holds no PDF
        ├── NotAPdf                  the bytes are something else
        ├── EmptyDocument            0 bytes or 0 pages
        ├── DamagedDocument          truncated or broken beyond reading
        ├── EncryptedDocument        needs a password
        ├── TooLarge                 more bytes than the limit
        ├── TooManyPages             more pages than the limit
        ├── ResourceLimit            took more memory or time than allowed
        └── DuplicateName            two files of one run share a name

An error carries a stable ``code`` and its ``params``; the sentence comes from the catalogue
(:mod:`kb.messages`) in the reader's language: what is wrong, with which file, what to do.
"""

import re
from typing import ClassVar

from kb.messages import Language, translate


class KnowledgeBaseError(Exception):
    """Root of the tree. ``params`` fill the sentence's placeholders and must be plain values.

    >>> CaseNotFound(case_id="x").message("en")
    'There is no case "x" in the base. List the cases with `kb search ""`.'
    """

    code: ClassVar[str] = "knowledge_base_error"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **params: object) -> None:
        super().__init__(params)
        self.params = params

    def message(self, language: Language = "en") -> str:
        """Return the error as one sentence or two in ``language``."""
        return translate(f"error.{self.code}", language, **self.params)

    def __str__(self) -> str:
        return self.message()

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only construction does not survive the default pickling across worker processes.
        return _rebuild, (type(self), self.params)


def _rebuild(cls: type[KnowledgeBaseError], params: dict[str, object]) -> KnowledgeBaseError:
    return cls(**params)


class BaseError(KnowledgeBaseError):
    """Something about the base (the folder with the database)."""


class BaseNotFound(BaseError):
    """No base at this path, and the verb may not create one."""


class NotABase(BaseError):
    """The path holds something else."""


class NewerSchema(BaseError):
    """Made by a newer version of the product."""


class EmbedderMismatch(BaseError):
    """Indexed with another embedding model; `kb reindex` mends it."""


class BaseBusy(BaseError):
    """Another process holds the write lock too long."""


class BaseDamaged(BaseError):
    """SQLite says that the file is damaged."""


class StorageFull(BaseError):
    """The disk is full or read-only."""


class CaseError(KnowledgeBaseError):
    """Something about one case."""


class CaseNotFound(CaseError):
    """No such case id."""


class AmbiguousCase(CaseError):
    """An abbreviated id fits several cases."""


class QueryError(KnowledgeBaseError):
    """Something about a query or its filters."""


class EmptyQuery(QueryError):
    """Nothing to search for."""


class QueryTooLong(QueryError):
    """More characters than the limit."""


class UnknownFacet(QueryError):
    """A filter names a facet that does not exist."""


class UnknownFacetValue(QueryError):
    """A filter names a value that it does not have."""


class InvalidFilter(QueryError):
    """Not of the form facet=value."""


class ConfigError(KnowledgeBaseError):
    """Something about the settings."""


class InvalidSetting(ConfigError):
    """Kb.toml or a KB_* variable holds an unusable value."""


class InvalidTaxonomy(ConfigError):
    """A taxonomy file cannot be read."""


class EmbedderUnavailable(KnowledgeBaseError):
    """The embedding model cannot be loaded or fetched."""


class RerankerUnavailable(KnowledgeBaseError):
    """The cross-encoder of the setting ``reranker`` cannot be loaded or fetched."""


class EvaluationError(KnowledgeBaseError):
    """A queries, qrels or run file cannot be read."""


class DocumentError(KnowledgeBaseError):
    """One document cannot be read; never stops a folder."""


class FileMissing(DocumentError):
    """No such file or folder."""


class NothingToIngest(DocumentError):
    """The folder holds no PDF."""


class NotAPdf(DocumentError):
    """The bytes are something else."""


class EmptyDocument(DocumentError):
    """0 bytes or 0 pages."""


class DamagedDocument(DocumentError):
    """Truncated or broken beyond reading."""


class EncryptedDocument(DocumentError):
    """Needs a password."""


class TooLarge(DocumentError):
    """More bytes than the limit."""


class TooManyPages(DocumentError):
    """More pages than the limit."""


class ResourceLimit(DocumentError):
    """Took more memory or time than allowed."""


class DuplicateName(DocumentError):
    """Two files of one run share a name."""
