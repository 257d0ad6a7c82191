"""One step of one system of :mod:`benchmarks.speed`, in a process of its own.

Run by it as ``python -m benchmarks.speed_step SYSTEM build|ask|judge FOLDER``; prints one line of JSON. Times are
processor time of all the process' threads, which a busy machine blurs less than time by the clock. Memory is what it
has grown by from before the system's libraries were imported until it has answered (resident, MB): of its own, and
mapped from files, which the machine may take back at any time and processes share.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.speed_systems import KNOWN, System, rows

_WARM_UP = 5


def resident() -> Any:
    """Return what memory this process has, in MB: of its own, and mapped from files."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return np.array([int(fields[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile")])


def asked(system: System, folder: Path) -> dict[str, float]:
    """Open, ask every query without and with the filter, and return the figures."""
    queries = json.loads((folder / "queries.json").read_text("utf-8"))
    vectors = np.load(folder / "queries.npy")
    before, start = resident(), time.process_time()
    ask = system.open(folder)
    ask(queries[0], vectors[0], False)
    found = {"open": time.process_time() - start}
    for prefix, inside in (("", False), ("filtered_", True)):
        times = []
        for query, vector in [
            *list(zip(queries, vectors, strict=True))[:_WARM_UP],
            *zip(queries, vectors, strict=True),
        ]:
            start = time.process_time()
            ask(query, vector, inside)
            times.append(time.process_time() - start)
        found[f"{prefix}p50"], found[f"{prefix}p95"] = (1000 * np.quantile(times[_WARM_UP:], (0.5, 0.95))).tolist()
    size = np.load(folder / "vectors.npy", mmap_mode="r").nbytes / 2**20
    own, mapped = (resident() - before).tolist()
    return found | {"memory": own, "mapped": mapped, "vectors": size}


def judged(system: System, folder: Path) -> dict[str, float]:
    """Return nDCG@10 of the judged queries in ``folder``."""
    from kb.evaluate import measure

    cases = [row["case"] for row in rows(folder)]
    queries, qrels = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("queries", "qrels"))
    vectors, ask = np.load(folder / "queries.npy"), system.open(folder)
    run = {}
    for (query_id, text), vector in zip(queries.items(), vectors, strict=True):
        found = [one if isinstance(one, str) else cases[one] for one in ask(text, vector, False)]
        run[query_id] = [(case, 1 / rank) for rank, case in enumerate(dict.fromkeys(found), start=1)]
    return {"ndcg": measure(run, qrels)["nDCG@10"]}


def main() -> None:
    """Carry out one step of one system."""
    name, step, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    system = KNOWN[name]()
    if step != "build":
        print(json.dumps((asked if step == "ask" else judged)(system, folder)))
        return
    start = time.process_time()
    system.build(folder)
    print(json.dumps({"build": time.process_time() - start}))


if __name__ == "__main__":
    main()
