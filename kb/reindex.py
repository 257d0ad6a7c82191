"""From one embedding model to another without downtime: new vectors beside the old, then one swap."""

from collections.abc import Callable

from kb.embed import Embedder
from kb.store import Store

Progress = Callable[[int, int], None]
"""Called with how many passages are done and how many there are."""

_BATCH = 256


def reindex(store: Store, embedder: Embedder, on_progress: Progress | None = None) -> None:
    """Give every passage a vector of ``embedder``, then make it the embedder of the base.

    Each batch is saved as it is made: a stopped run goes on where it was. Readers, and writers with the former
    embedder, are undisturbed until the swap, which waits until passages added meanwhile have their vectors too.

    Raises:
        ValueError: the embedder gives something that is no vector of its dimension: a fault of the model.
    """
    stamp = embedder.stamp
    while True:
        missing = store.without_vector(stamp).tolist()
        total = store.passage_count
        for start in range(0, len(missing), _BATCH):
            if on_progress:
                on_progress(total - len(missing) + start, total)
            passages = store.passages(missing[start : start + _BATCH])
            vectors = embedder.encode_passages([passage.text for passage in passages.values()])
            store.stage_vectors(stamp, list(passages), vectors)
        if store.swap_embedder(stamp):
            if on_progress:
                on_progress(total, total)
            return
