"""The base as its users see it: open it, add to it, search it, read it."""

from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType

from kb import derived, query
from kb.browse import browse, description
from kb.config import Settings
from kb.database import DERIVED, Database
from kb.duplicates import NearDuplicate
from kb.embed import Embedder, EmbedderStamp
from kb.engine import Engine
from kb.filters import Filters
from kb.history import AuditEntry, Version
from kb.reindex import Progress, reindex
from kb.store import Store
from kb.taxonomy import Taxonomy
from kb.types import Case, Contact, FacetCount, Passage, SearchResult
from kb.verify import Problem
from kb.writes import Outcome


class KnowledgeBase:
    """A base of cases in one folder. Safe to share among threads and, each with its own, among processes.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, KnowledgeBase.open(folder) as base:
    ...     len(base), base.generation, base.verify()
    (0, 0, ())

    Every method may raise :class:`~kb.errors.BaseBusy` (another process holds the write lock too long),
    :class:`~kb.errors.BaseDamaged` or :class:`~kb.errors.StorageFull`.
    """

    def __init__(self, path: Path, database: Database, settings: Settings, embedder: Embedder | None) -> None:
        self.path = path
        self.settings = settings
        self.taxonomy = Taxonomy.load(settings.taxonomy)
        self._database = database
        self._store = Store(database)
        self._engine = Engine(self._store, path / DERIVED, settings, embedder)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        create: bool = True,
    ) -> "KnowledgeBase":
        """Open the base in the folder ``path``, making an empty one if there is none and ``create`` allows it.

        ``settings`` default to ``kb.toml`` and the environment. ``embedder`` defaults to the one that the settings
        name; it is loaded when first needed.

        Raises:
            BaseNotFound: there is no base, and ``create`` is false.
            NotABase: the folder holds something else.
            NewerSchema: the base was made by a newer version of the product.
            InvalidSetting, InvalidTaxonomy: the settings, or the taxonomy they name, cannot be used.
        """
        settings = settings or Settings.load()
        return cls(Path(path), Database(Path(path), create=create), settings, embedder)

    def close(self) -> None:
        """Let go of the files. The base cannot be used afterwards."""
        self._engine.close()
        self._database.close()

    def __enter__(self) -> "KnowledgeBase":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """How many cases there are."""
        return self._store.count()

    def __bool__(self) -> bool:
        """A base is a base, even without cases."""
        return True

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return self._store.passage_count

    @property
    def generation(self) -> int:
        """A number that grows with every change, whichever process made it: as long as it stands, nothing is new."""
        return self._store.generation

    @property
    def stamp(self) -> EmbedderStamp | None:
        """The embedding model that the base is indexed with; ``None`` before the first case."""
        return self._store.stamp

    @property
    def embedder(self) -> Embedder:
        """The embedding model in use, loaded when first asked for.

        Raises:
            EmbedderUnavailable: it cannot be loaded.
        """
        return self._engine.embedder

    # --- adding and removing ---------------------------------------------------------------------------------------

    def add(self, case: Case, passages: Sequence[Passage], *, document: bytes, extractor: str) -> Outcome:
        """Put ``case`` in the base with its passages and its PDF, wholly or not at all.

        ``document`` is the PDF's bytes, ``extractor`` the name and version of what read it. A case whose id is there
        already becomes a new version of it ("updated"), or nothing happens if nothing differs ("unchanged"). The ids
        of ``passages`` are not used; the base gives them new ones.

        Raises:
            EmbedderMismatch: the base is indexed with another embedding model.
            EmbedderUnavailable: the embedding model cannot be loaded.
            DuplicateName: the case's id belongs to another file.
            ValueError: document, case and passages do not belong together.
        """
        embedder = self._engine.matching_embedder()
        vectors = embedder.encode_passages([passage.text for passage in passages])
        return self._store.add(case, passages, vectors, stamp=embedder.stamp, document=document, extractor=extractor)

    def fingerprint(self, file: str) -> tuple[str, str] | None:
        """Return SHA-256 and extractor of what the base has read from a file of this name; ``None`` if nothing."""
        return self._store.fingerprint(file)

    def file_with(self, sha256: str) -> str | None:
        """Return the name of a file in the base that has just these bytes, if there is one."""
        return self._store.file_with(sha256)

    def remove(self, case_id: str) -> None:
        """Delete everything of a case: all versions, PDFs, contact, passages, vectors. An audit line remains.

        The search indexes are made anew at the next search, so that they keep no trace of it either.

        Raises:
            CaseNotFound, AmbiguousCase: ``case_id`` is not the id, or the beginning of the id, of one case.
        """
        self._store.remove(self._store.resolve(case_id))
        self._engine.forget()

    # --- searching -------------------------------------------------------------------------------------------------

    def search(self, text: str, *, k: int = 10, filters: Filters | None = None) -> SearchResult:
        """Return the ``k`` cases that answer ``text`` best, with their best passages; see :mod:`kb.query` for syntax.

        An empty text lists the cases inside ``filters`` by title.

        Raises:
            EmptyQuery: ``text`` holds nothing to search for, QueryTooLong: or too much.
            UnknownFacet, UnknownFacetValue: a filter that the taxonomy does not have.
            EmbedderMismatch, EmbedderUnavailable: as for :meth:`add`.
        """
        filters = self._checked(filters)
        asked = query.parse(text) if text else None
        with self._store.snapshot():
            searcher = self._engine.searcher() if asked else None  # listing needs no model
            if asked is None or searcher is None:
                return browse(self._store, text, k=k, filters=filters, nothing=asked is not None)
            return searcher.search(asked, k=k, filters=filters)

    def rank(self, text: str, *, k: int = 100, lexical: bool = True, semantic: bool = True) -> list[tuple[str, float]]:
        """Return file name and score of the ``k`` best documents, as a TREC run has it; nothing is held back.

        Raises:
            EmptyQuery, QueryTooLong, EmbedderMismatch, EmbedderUnavailable: as for :meth:`search`.
        """
        asked = query.parse(text)
        with self._store.snapshot():
            searcher = self._engine.searcher()
            return [] if searcher is None else searcher.rank(asked, k=k, lexical=lexical, semantic=semantic)

    def similar(
        self,
        case_id: str | None = None,
        *,
        text: str | None = None,
        case: Case | None = None,
        k: int = 10,
        filters: Filters | None = None,
    ) -> SearchResult:
        """Return the ``k`` cases most like a case of the base, a described situation, or a case that is not in it.

        Just one of ``case_id``, ``text`` and ``case`` is given. The case itself is not among the hits.

        Raises:
            CaseNotFound, AmbiguousCase: as for :meth:`case`.
            EmptyQuery, QueryTooLong: ``text`` holds nothing, or more than a description.
            EmbedderMismatch, EmbedderUnavailable: as for :meth:`add`.
            ValueError: none or several of the three are given.
        """
        if sum(given is not None for given in (case_id, text, case)) != 1:
            raise ValueError("give one of case_id, text and case")
        filters = self._checked(filters)
        with self._store.snapshot():
            if case_id is not None:
                case = self.case(case_id)
            asked = query.describe(text or "" if case is None else description(case))
            searcher = self._engine.searcher()
            if searcher is None:
                return browse(self._store, asked.text, k=k, filters=filters, nothing=True)
            without = case.case_id if case is not None else None
            return searcher.search(asked, k=k, filters=filters, without=without)

    # --- reading ---------------------------------------------------------------------------------------------------

    def case(self, case_id: str) -> Case:
        """Return the case with this id, or the only one whose id begins so. It carries no contact.

        Raises:
            CaseNotFound, AmbiguousCase: there is none, or there are several.
        """
        with self._store.snapshot():
            found = self._store.resolve(case_id)
            return self._store.cases_by_id([found])[found]

    def cases(self, filters: Filters | None = None) -> tuple[Case, ...]:
        """Return the cases that pass ``filters`` in the order of their titles, without contacts.

        Raises:
            UnknownFacet, UnknownFacetValue: a filter that the taxonomy does not have.
        """
        filters = self._checked(filters)
        with self._store.snapshot():
            return tuple(self._store.cases_by_id(self._store.case_ids(filters)).values())

    def facet_counts(self, filters: Filters | None = None) -> dict[str, tuple[FacetCount, ...]]:
        """Return how many cases have each value of each facet, each facet counted as if it were not filtered.

        Raises:
            UnknownFacet, UnknownFacetValue: a filter that the taxonomy does not have.
        """
        return self._store.facet_counts(self._checked(filters))

    def contact(self, case_id: str) -> Contact | None:
        """Return the contact of one case: personal data, for someone who asked for this case's.

        Raises:
            CaseNotFound, AmbiguousCase: as for :meth:`case`.
        """
        return self._store.contact(self._store.resolve(case_id))

    def document(self, case_id: str) -> bytes:
        """Return the PDF that the case was read from; raises as :meth:`case` does."""
        return self._store.document(self._store.resolve(case_id))

    def passages_of(self, case_id: str) -> tuple[Passage, ...]:
        """Return the passages of one case in their order; raises as :meth:`case` does."""
        return self._store.passages_of(self._store.resolve(case_id))

    def versions(self, case_id: str) -> tuple[Version, ...]:
        """Return every reading of the case's document, oldest first; raises as :meth:`case` does."""
        return self._store.versions(self._store.resolve(case_id))

    def audit(self) -> tuple[AuditEntry, ...]:
        """Return what was done to the base, oldest first; never what a case said."""
        return self._store.audit()

    # --- care ------------------------------------------------------------------------------------------------------

    def verify(self) -> tuple[Problem, ...]:
        """Check that the base agrees with itself, PDFs and search indexes included; empty when all is well."""
        return (*self._store.problems(), *derived.problems(self._store, self.path / DERIVED))

    def near_duplicates(self, among: Collection[str] | None = None) -> tuple[NearDuplicate, ...]:
        """Return the cases that say nearly the same (a new edition, a scan), those of the ids ``among`` if given.

        Both are in the base: only an editor can tell which of them, or whether both, should be.
        """
        return self._store.near_duplicates(among)

    def reindex(self, embedder: Embedder | None = None, *, on_progress: Progress | None = None) -> None:
        """Index the base anew with ``embedder`` (default: the configured one), which it then uses.

        Others may search and add meanwhile. A stopped run is resumed by calling it again. ``on_progress`` is called
        with how many passages are done and how many there are.

        Raises:
            EmbedderUnavailable: the configured embedding model cannot be loaded.
        """
        chosen = embedder or self.embedder
        reindex(self._store, chosen, on_progress)
        self._engine.use(chosen)

    def _checked(self, filters: Filters | None) -> Filters:
        filters = filters or Filters()
        filters.check(self.taxonomy)
        return filters
