"""Embedding models: text in, vectors of unit length out, and a stamp that tells models apart.

Two kinds behind one protocol: :class:`StaticEmbedder`, the bundled model (one vector a token; needs numpy and
tokenizers only), and :class:`SentenceTransformerEmbedder`, any sentence-transformers model from a folder or the hub.
"""

import hashlib
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb import hub, tensors
from kb.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "models" / "exempelbanken-nordic-static"

_E5_INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "

#: (query prompt, passage prompt) of models whose own config does not tell them, by a part of the name; the first that
#: fits counts. From the models' cards. Models trained without prompts stand here too: that they want none is known.
PROMPTS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("e5-large-instruct", (_E5_INSTRUCT, "")),
    ("e5-mistral-7b-instruct", (_E5_INSTRUCT, "")),
    ("gte-qwen2", (_E5_INSTRUCT, "")),
    ("qwen3-embedding", (_E5_INSTRUCT, "")),
    ("e5-", ("query: ", "passage: ")),
    ("solon-embeddings", ("query : ", "")),
    ("nomic-embed", ("search_query: ", "search_document: ")),
    ("modernbert-embed", ("search_query: ", "search_document: ")),
    ("snowflake-arctic-embed-l-v2", ("query: ", "")),
    ("snowflake-arctic-embed-m-v2", ("query: ", "")),
    ("snowflake-arctic-embed", ("Represent this sentence for searching relevant passages: ", "")),
    ("mxbai-embed", ("Represent this sentence for searching relevant passages: ", "")),
    ("embeddinggemma", ("task: search result | query: ", "title: none | text: ")),
    ("bge-m3", ("", "")),
    (
        "bge-multilingual-gemma2",
        ("<instruct>Given a web search query, retrieve relevant passages that answer the query.\n<query>", ""),
    ),
    ("baai/bge-", ("Represent this sentence for searching relevant passages: ", "")),
    ("sentence-bert-swedish", ("", "")),  # KBLab
    ("gte-", ("", "")),
    ("jina-embeddings-v2", ("", "")),
    ("paraphrase-multilingual", ("", "")),
    ("labse", ("", "")),
)


@dataclass(frozen=True, slots=True)
class EmbedderStamp:
    """Which model made a vector: its name, the revision of its weights, and the vectors' length."""

    name: str
    revision: str
    dimension: int

    @property
    def key(self) -> str:
        """The stamp as one string: vectors are comparable only under the same key."""
        return f"{self.name}@{self.revision}/{self.dimension}"


class Embedder(Protocol):
    """An embedding model. Vectors are float32 rows of unit length, one a text."""

    @property
    def stamp(self) -> EmbedderStamp:
        """Which model this is."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a query, of shape (n, dimension)."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a passage, of shape (n, dimension)."""


def load_embedder(
    name: str = BUNDLED, *, device: str | None = None, batch_size: int = 32, truncate_dim: int | None = None
) -> Embedder:
    """Return the embedder called ``name``: ``"bundled"``, a folder, or a hub name.

    ``device``, ``batch_size`` and ``truncate_dim`` are for sentence-transformers models.

    Raises:
        EmbedderUnavailable: the model cannot be loaded or fetched.

    >>> load_embedder().encode_queries(["stödtelefon för anhöriga"]).shape[0]
    1
    """
    if name == BUNDLED:
        return StaticEmbedder()
    return SentenceTransformerEmbedder(name, device=device, batch_size=batch_size, truncate_dim=truncate_dim)


class StaticEmbedder:
    """One vector a token, averaged and normalised; files in sentence-transformers' ``StaticEmbedding`` format.

    The weights are int8 rows with one scale each, read where they lie on disk (about 25 MB, shared by processes).
    A text without any known token gives a zero row. Safe to share between threads.
    """

    #: Text in these characters is cut into words here, exactly as the tokenizer would: other text is left to it.
    #: (Outside them, Unicode tables of Python and of the tokenizer differ, or normalisation is needed.)
    _PLAIN = re.compile(
        "[\t\n\r\x20-\x7e\xa0-\xb1\xb4-\xb8\xba\xbb\xbf-\u012f\u0131-\u024f\u2010-\u2027\u2030-\u203e\u20ac]*"
    )
    _WORD = re.compile(r"\w+|[^\w\s]+")
    _CACHED_WORDS = 200_000

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        self.folder = folder
        self._tokens_of: dict[str, list[int]] = {}

    @cached_property
    def stamp(self) -> EmbedderStamp:
        """Name of the folder, hash of its weights and tokenizer, length of the vectors."""
        digest = hashlib.sha256()
        for file in ("model.safetensors", "tokenizer.json"):
            with _readable(self.folder / file).open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return EmbedderStamp(self.folder.name, digest.hexdigest()[:12], self._weights[0].shape[1])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a query."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a passage."""
        rows, scales = self._weights
        vectors = np.zeros((len(texts), rows.shape[1]), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            tokens = self._tokens(text)
            if tokens:
                np.dot(scales.take(tokens), rows.take(tokens, axis=0).astype(np.float32), out=vector)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors

    def _tokens(self, text: str) -> list[int]:
        if not self._PLAIN.fullmatch(text):
            return self._known(text)
        tokens: list[int] = []
        cache = self._tokens_of
        for word in self._WORD.findall(text.replace("\xad", "").lower()):
            try:
                tokens += cache[word]
            except KeyError:
                if len(cache) >= self._CACHED_WORDS:
                    cache.clear()
                cache[word] = self._known(word)
                tokens += cache[word]
        return tokens

    def _known(self, text: str) -> list[int]:
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        return [token for token in ids if token]  # 0 is the unknown token, whose vector is zero

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer: Tokenizer = Tokenizer.from_file(str(_readable(self.folder / "tokenizer.json")))
        return tokenizer

    @cached_property
    def _weights(self) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        stored = tensors.read(_readable(self.folder / "model.safetensors"), summed=False)
        return stored["embeddings"], stored["weights"]


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, from a folder or by its name on the hub; loaded at first use.

    ``truncate_dim`` cuts the vectors (for models trained so). Prompts not given are taken from the model's own
    config, then from ``PROMPTS``. Calls are taken one at a time.
    """

    def __init__(
        self,
        model: str | Path,
        *,
        device: str | None = None,
        batch_size: int = 32,
        truncate_dim: int | None = None,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        self.name = str(model)
        self._device = device
        self._batch_size = batch_size
        self._truncate_dim = truncate_dim
        self._given_prompts = (query_prompt, passage_prompt)
        self._lock = threading.Lock()

    @cached_property
    def stamp(self) -> EmbedderStamp:
        """Name as given, hash of the weights and prompts, length of the vectors."""
        digest = hashlib.sha256("\0".join(self.prompts).encode())
        for name, weight in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weight.detach().cpu().contiguous().flatten().view(_torch_bytes()).numpy())
        return EmbedderStamp(self.name, digest.hexdigest()[:12], int(self._model.get_embedding_dimension() or 0))

    @cached_property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query and before a passage."""
        own = self._model.prompts
        listed = next((pair for part, pair in PROMPTS if part in self.name.lower()), ("", ""))
        query = own.get("query") or listed[0]
        passage = own.get("passage") or own.get("document") or listed[1]
        given_query, given_passage = self._given_prompts
        return (
            query if given_query is None else given_query,
            passage if given_passage is None else given_passage,
        )

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a query."""
        return self._encode(texts, self.prompts[0])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a passage."""
        return self._encode(texts, self.prompts[1])

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.stamp.dimension), np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts),
                prompt=prompt or None,
                batch_size=self._batch_size,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        try:
            here = hub.is_here(self.name)
        except hub.Unavailable as error:
            raise EmbedderUnavailable(name=self.name, reason=str(error)) from error
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(
                self.name, device=self._device, truncate_dim=self._truncate_dim, local_files_only=here
            )
        except Exception as error:  # whatever a damaged or missing model makes the library raise
            raise EmbedderUnavailable(name=self.name, reason=hub.first_line(error)) from error


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise EmbedderUnavailable(name=str(path.parent), reason=f"{path.name} is missing")
    return path


def _torch_bytes() -> Any:
    import torch

    return torch.uint8
