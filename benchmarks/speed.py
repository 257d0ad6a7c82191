"""How fast search is, and what it needs, beside txtai, Chroma, raw FAISS and raw tantivy on the same vectors.

Run: ``python -m benchmarks.speed [--sizes 1000 10000 100000 1000000] [--judged ../shared/eval/squad-sv]``
(peers: ``pip install -e '.[bench]'``)

Passages are made by recombining the sentences of the samples (``data/samples/cases``, development part) under a fixed
seed; ten make a case. Each system runs in a process of its own, one thread, so that its memory is its own, and answers
the samples' queries with and without the filter ``country=DK`` (15 % of the cases). Build and encoding of the vectors
are told apart: all systems are given the vectors, the queries' too, but Exempelbanken encodes its queries itself.
How good what they find is, is measured on a judged set in BEIR form that all index in the same passages.
"""

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.retrieval import passages_of, read_set
from kb.embed import load_embedder
from kb.evaluate import read_queries

SYSTEMS = ("exempelbanken", "txtai", "chroma", "faiss", "tantivy")
PASSAGES_A_CASE = 10
COUNTRIES = (("SE", 70), ("NO", 15), ("DK", 15))
MEASURES = ("support_line", "mentoring", "family_support", "exit_program", "training", "dialogue")
TIMES = ("p50", "p95", "filtered_p50", "filtered_p95")
_SEED = 4
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÆØ])")
_MARKUP = re.compile(r"<!--.*?-->|^#.*$|^[-*] |\*\*|\|", re.MULTILINE | re.DOTALL)


def sentences(samples: Path) -> list[str]:
    """Return the sentences of the samples of the development part, in the files' order, each once."""
    found: dict[str, None] = {}
    for path in sorted(samples.glob("cases/*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        if "split: held_out" not in head:
            plain = _MARKUP.sub("", body)
            found |= dict.fromkeys(s.strip() for s in _SENTENCE_END.split(" ".join(plain.split())) if 30 < len(s) < 400)
    return list(found)


def passages(samples: Path, count: int) -> Iterator[dict[str, str]]:
    """Yield ``count`` passages of three to five sentences with the country and the measure of their case."""
    chance = random.Random(_SEED)  # noqa: S311 – reproducible, not secret
    known = sentences(samples)
    names, weights = zip(*COUNTRIES, strict=True)
    for number in range(count):
        if number % PASSAGES_A_CASE == 0:
            country, measure = chance.choices(names, weights)[0], chance.choice(MEASURES)
        text = " ".join(chance.sample(known, chance.randint(3, 5)))
        yield {"case": f"case-{number // PASSAGES_A_CASE}", "country": country, "measure": measure, "text": text}


def prepare(folder: Path, samples: Path, count: int) -> None:
    """Write ``passages.jsonl``, ``vectors.npy``, ``queries.json`` and ``queries.npy`` into ``folder``."""
    embedder = load_embedder()
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float32, (count, embedder.stamp.dimension))
    batch: list[str] = []
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as lines:
        for number, passage in enumerate(passages(samples, count), start=1):
            lines.write(json.dumps(passage, ensure_ascii=False) + "\n")
            batch.append(passage["text"])
            if len(batch) == 10_000 or number == count:
                vectors[number - len(batch) : number] = embedder.encode_passages(batch)
                batch.clear()
    vectors.flush()
    queries = list(read_queries(samples / "queries.tsv").values())
    (folder / "queries.json").write_text(json.dumps(queries), "utf-8")
    np.save(folder / "queries.npy", embedder.encode_queries(queries))


def prepare_judged(folder: Path, collection: Path) -> None:
    """Write the same for a judged set, with ``qrels.json``; ``queries.json`` then has the queries by id."""
    embedder = load_embedder()
    documents, queries, qrels = read_set(collection)
    several = [(name, text) for name, document in documents.items() for text in passages_of(document)]
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as lines:
        for name, text in several:
            passage = {"case": name, "country": "SE", "measure": MEASURES[0], "text": text}
            lines.write(json.dumps(passage, ensure_ascii=False) + "\n")
    queries = {query_id: text for query_id, text in queries.items() if query_id in qrels}
    np.save(folder / "vectors.npy", embedder.encode_passages([text for _, text in several]))
    np.save(folder / "queries.npy", embedder.encode_queries(list(queries.values())))
    (folder / "queries.json").write_text(json.dumps(queries), "utf-8")
    (folder / "qrels.json").write_text(json.dumps(qrels), "utf-8")


def measure(system: str, folder: Path, steps: tuple[str, ...] = ("build", "ask")) -> dict[str, float] | str:
    """Return the figures of one system, or in words why there are none."""
    quiet = {
        "OMP_NUM_THREADS": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "ALLOW_RESOLVE_TRANSFORM": "True",
        "HF_HUB_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    figures: dict[str, float] = {}
    for step in steps:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.speed_step", system, step, str(folder)],
            env=os.environ | quiet,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            return (run.stderr.strip() or f"exit code {run.returncode}").splitlines()[-1]
        figures |= json.loads(run.stdout.splitlines()[-1])
    return figures


def table(rows: dict[tuple[int, str], dict[str, float] | str]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| passages | system | build s | memory MB (× vectors) | mapped MB | open s | p50 ms | p95 ms"
        " | filtered p50 ms | filtered p95 ms |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for (count, system), found in rows.items():
        if isinstance(found, str):
            lines.append(f"| {count:,} | {system} | {found} ||||||||")
            continue
        times = " | ".join(f"{found[name]:.1f}" if name in found else "–" for name in TIMES)
        memory = f"{found['memory']:.0f} ({found['memory'] / found['vectors']:.1f})"
        own = f"{memory} | {found['mapped']:.0f} | {found['open']:.2f}"
        lines.append(f"| {count:,} | {system} | {found['build']:.1f} | {own} | {times} |")
    return "\n".join(lines)


def machine() -> str:
    """Return one line on what the figures were taken with."""
    names = ("faiss-cpu", "tantivy", "numpy", "txtai", "chromadb")
    cpu = (
        re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    )
    versions = ", ".join(f"{name} {found}" for name in names if (found := _version(name)))
    load = os.getloadavg()[0]
    return (
        f"{cpu[1] if cpu else platform.processor()}, {os.cpu_count()} cores (one used), load {load:.1f} at the end; "
        f"Python {platform.python_version()}, {versions}"
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except ModuleNotFoundError:
        return None


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=(1_000, 10_000, 100_000, 1_000_000))
    parser.add_argument("--systems", nargs="*", default=SYSTEMS, choices=SYSTEMS)
    parser.add_argument("--samples", type=Path, default=Path("data/samples"))
    parser.add_argument("--judged", type=Path, help="a judged set in BEIR form")
    options = parser.parse_args()
    rows: dict[tuple[int, str], dict[str, float] | str] = {}
    for count in options.sizes:
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            prepare(Path(folder), options.samples, count)
            for system in options.systems:
                rows[count, system] = measure(system, Path(folder))
                print(count, system, rows[count, system], file=sys.stderr, flush=True)
    print(table(rows), machine(), sep="\n\n")
    if options.judged:
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            prepare_judged(Path(folder), options.judged)
            for system in options.systems:
                found = measure(system, Path(folder), ("build", "judge"))
                print(f"nDCG@10 on {options.judged.name}: {system}", found if isinstance(found, str) else found["ndcg"])


if __name__ == "__main__":
    main()
