"""How fast the bundled model encodes: passages a second on one core, milliseconds a query.

Run: ``python -m benchmarks.embedding [--evaluation ../shared/eval] [--model kb/models/…]``

Passages are the development sets' documents, cut as search cuts them and as the corpus has them (a sentence or two);
time is processor time of one thread, so that a busy machine does not blur it.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from benchmarks.retrieval import SETS, passages_of, read_set
from kb.embed import BUNDLED_FOLDER, StaticEmbedder

BATCH = 256
SHORT = 300


def passages_a_second(embedder: StaticEmbedder, passages: list[str]) -> float:
    """Return passages encoded a second of processor time, in batches."""
    began = time.process_time()
    for start in range(0, len(passages), BATCH):
        embedder.encode_passages(passages[start : start + BATCH])
    return len(passages) / (time.process_time() - began)


def milliseconds(act: Callable[[str], object], texts: Iterable[str]) -> tuple[float, float]:
    """Return the median and the 95 % quantile of the processor time of one call, in milliseconds."""
    times = []
    for text in texts:
        began = time.process_time_ns()
        act(text)
        times.append((time.process_time_ns() - began) / 1e6)
    middle, high = np.percentile(times, [50, 95])
    return float(middle), float(high)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--model", type=Path, default=BUNDLED_FOLDER)
    options = parser.parse_args()
    long: list[str] = []
    queries: list[str] = []
    for name in SETS:
        documents, asked, _ = read_set(options.evaluation / name)
        long += [piece for text in documents.values() for piece in passages_of(text)]
        queries += asked.values()
    short = [text[:SHORT] for text in long]
    embedder = StaticEmbedder(options.model)
    began = time.perf_counter()
    embedder.encode_queries(["stödtelefon för anhöriga"])
    print(f"first query of a process: {(time.perf_counter() - began) * 1e3:.0f} ms")
    for label, passages in (("short", short), ("whole", long)):
        words = np.mean([len(text.split()) for text in passages])
        rate = passages_a_second(embedder, passages)
        print(f"{label} passages, {words:.0f} words on average: {rate:,.0f} a second")
    middle, high = milliseconds(lambda text: embedder.encode_queries([text]), queries)
    print(f"queries: median {middle:.3f} ms, 95 % under {high:.3f} ms")


if __name__ == "__main__":
    main()
