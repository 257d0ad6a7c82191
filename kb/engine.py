"""What searches a base as it is now: embedding model and indexes, loaded when first needed, renewed when stale."""

import threading
from dataclasses import replace
from pathlib import Path

from kb import derived
from kb.closeness import Background, kept
from kb.config import Settings
from kb.embed import Embedder, load_embedder
from kb.errors import EmbedderMismatch
from kb.fusion import LEXICAL_WEIGHT, SHARPNESS
from kb.indexes import Indexes
from kb.rerank import CrossEncoderReranker, Reranker
from kb.search import Searcher
from kb.store import Store
from kb.text import thesaurus


class Engine:
    """Embedder and indexes of the base in ``store``; ``folder`` is where the indexes lie. Safe to share among threads.

    ``embedder`` defaults to the one that ``settings`` name.
    """

    def __init__(self, store: Store, folder: Path, settings: Settings, embedder: Embedder | None = None) -> None:
        self._store = store
        self._folder = folder
        self._settings = settings
        self._embedder = embedder
        self._reranker: Reranker | None = None
        if settings.reranker:
            self._reranker = CrossEncoderReranker(
                settings.reranker, device=settings.device or None, batch_size=settings.batch_size
            )
        self._loading = threading.Lock()
        self._searching = threading.Lock()
        self._indexes: Indexes | None = None
        self._searcher: Searcher | None = None

    @property
    def embedder(self) -> Embedder:
        """The embedding model in use, loaded when first asked for.

        Raises:
            EmbedderUnavailable: it cannot be loaded.
        """
        with self._loading:
            if self._embedder is None:
                chosen = self._settings
                self._embedder = load_embedder(
                    chosen.embedder,
                    device=chosen.device or None,
                    batch_size=chosen.batch_size,
                    truncate_dim=chosen.truncate_dim or None,
                )
            return self._embedder

    def use(self, embedder: Embedder) -> None:
        """Use ``embedder`` from now on."""
        with self._loading:
            self._embedder = embedder

    def matching_embedder(self) -> Embedder:
        """Return the embedding model if it is the one of the base's vectors.

        Raises:
            EmbedderMismatch: it is not.
            EmbedderUnavailable: it cannot be loaded.
        """
        embedder, found = self.embedder, self._store.stamp
        if found is not None and found != embedder.stamp:
            raise EmbedderMismatch(found=found.key, wanted=embedder.stamp.key)
        return embedder

    def searcher(self) -> Searcher | None:
        """Return what searches the base's present state, made anew when any process has changed it; ``None`` if empty.

        Raises:
            EmbedderMismatch, EmbedderUnavailable: as for :meth:`matching_embedder`.
        """
        with self._searching:
            if self._indexes is None or self._indexes.generation != self._store.generation:
                self._indexes = derived.load(self._store, self._folder)
            indexes = self._indexes
        if indexes is None:
            return None
        embedder = self.matching_embedder()
        with self._searching:
            made = self._searcher
            if made is None or made.indexes is not indexes or made.embedder is not embedder:
                same = made is not None and made.embedder is embedder
                background = made.background if made and same else Background.of(embedder)
                synonyms = thesaurus.kept(self._folder / "thesaurus.json", str(derived.FORMAT))
                made = self._searcher = self._calibrated(
                    Searcher(self._store, indexes, embedder, background, synonyms, reranker=self._reranker)
                )
            return made

    def _calibrated(self, searcher: Searcher) -> Searcher:
        """The searcher with the mark of this state of the base, kept beside the indexes."""
        scores = f"{derived.FORMAT} {LEXICAL_WEIGHT} {SHARPNESS}"
        state = f"{searcher.indexes.generation} {searcher.embedder.stamp.key} {scores}"
        return replace(searcher, mark=kept(self._folder / "closeness.json", state, searcher.found_mark))

    def forget(self) -> None:
        """Delete the indexes, which keep traces of what was removed; the next search makes them anew."""
        self.close()
        derived.forget(self._folder)

    def close(self) -> None:
        """Let go of the indexes' files."""
        with self._searching:
            self._indexes = self._searcher = None
