"""How good an embedder is: nDCG@10 on the development sets, alone and fused with BM25, and NTREX accuracy.

Run: ``python -m training.evaluate --evaluation ../shared/eval [--model kb/models/…]``
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.corpus import DevelopmentSet, read_development_sets
from training.lexical import bm25_scores

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]

LEXICAL_SHARE = 0.35
CROSS_LANGUAGES = ("da", "nb", "en")


@dataclass(slots=True)
class Benchmark:
    """The development sets with their BM25 scores, and NTREX's lines by language."""

    sets: list[DevelopmentSet]
    lexical: list[Floats]
    ntrex: dict[str, list[str]]

    @classmethod
    def read(cls, evaluation: Path) -> "Benchmark":
        """Read everything under the folder."""
        sets = read_development_sets(evaluation)
        lexical = [bm25_scores(one.queries, one.documents) for one in sets]
        lines = {path.stem: path.read_text("utf-8").splitlines() for path in (evaluation / "ntrex").glob("*.txt")}
        return cls(sets, lexical, lines)

    def measure(self, queries: Encode, passages: Encode) -> dict[str, float]:
        """Every figure by name: ``<set>/dense``, ``<set>/fused``, ``mean/…``, ``ntrex/<language>``."""
        figures: dict[str, float] = {}
        for one, lexical in zip(self.sets, self.lexical, strict=True):
            dense = queries(one.queries) @ passages(one.documents).T
            figures[f"{one.name}/dense"] = ndcg(dense, one.relevant)
            figures[f"{one.name}/fused"] = ndcg(fuse(lexical, dense), one.relevant)
        for kind in ("dense", "fused"):
            figures[f"mean/{kind}"] = float(np.mean([figures[f"{one.name}/{kind}"] for one in self.sets]))
        swedish = passages(self.ntrex["sv"])
        for language in CROSS_LANGUAGES:
            best = (queries(self.ntrex[language]) @ swedish.T).argmax(axis=1)
            figures[f"ntrex/{language}"] = float((best == np.arange(len(best))).mean())
        return figures


def fuse(lexical: Floats, dense: Floats, share: float = LEXICAL_SHARE) -> Floats:
    """Weighted sum of per-query z-scores."""
    return share * _z(lexical) + (1 - share) * _z(dense)


def ndcg(scores: Floats, relevant: Sequence[dict[int, int]], depth: int = 10) -> float:
    """Mean nDCG at ``depth`` (Järvelin & Kekäläinen 2002) with linear gains, as trec_eval has it."""
    discount = 1 / np.log2(np.arange(2, depth + 2))
    order = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
    values = []
    for ranked, grades in zip(order, relevant, strict=True):
        if grades:
            gains = np.array([grades.get(int(row), 0) for row in ranked])
            ideal = np.sort(list(grades.values()))[::-1][:depth]
            values.append((gains * discount[: len(gains)]).sum() / (ideal * discount[: len(ideal)]).sum())
    return float(np.mean(values))


def table(figures: dict[str, float]) -> str:
    """The figures as a Markdown table."""
    names = sorted({name.rpartition("/")[0] for name in figures if name.endswith("/dense")})
    lines = ["| set | dense | with BM25 |", "|---|---|---|"]
    lines += [f"| {name} | {figures[f'{name}/dense']:.3f} | {figures[f'{name}/fused']:.3f} |" for name in names]
    lines += [f"| NTREX {code} → sv, accuracy@1 | {figures[f'ntrex/{code}']:.3f} | |" for code in CROSS_LANGUAGES]
    return "\n".join(lines)


def _z(scores: Floats) -> Floats:
    centred = scores - scores.mean(axis=1, keepdims=True)
    result: Floats = centred / (centred.std(axis=1, keepdims=True) + 1e-9)
    return result


def main() -> None:
    """Command line."""
    from kb.embed import load_embedder

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--model", default="bundled", help="'bundled', a folder, or a hub name")
    options = parser.parse_args()
    embedder = load_embedder(options.model)
    print(table(Benchmark.read(options.evaluation).measure(embedder.encode_queries, embedder.encode_passages)))


if __name__ == "__main__":
    main()
