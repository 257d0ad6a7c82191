"""Make ``kb/data/sv_words.txt.gz``: Swedish words with their counts, for splitting compounds.

Run: ``python -m training.wordlist --corpus ../shared/corpus --out kb/data/sv_words.txt.gz``
One ``word<TAB>count`` a line, most frequent first. Names of persons are left out (see ``training.names``).
"""

import argparse
import gzip
from collections import Counter
from pathlib import Path

from training.corpus import unique_texts
from training.names import NameEvidence, gather, person_names

LIMIT = 100_000
LEAST_COUNT = 8


def word_counts(evidence: NameEvidence, names: set[str]) -> Counter[str]:
    """Counts of lower-cased words of letters only, hyphenated words by their parts, without names of persons."""
    counts: Counter[str] = Counter()
    for side in (evidence.lower, evidence.capital):
        for word, count in side.items():
            for part in word.split("-"):
                if part not in names and (len(part) > 1 or part in "åöi"):
                    counts[part] += count
    return counts


def write(counts: Counter[str], path: Path, *, limit: int = LIMIT, least: int = LEAST_COUNT) -> int:
    """Write the list (ties in alphabetical order, no time stamp, so that equal counts give equal bytes)."""
    rows = sorted(((word, n) for word, n in counts.items() if n >= least), key=lambda row: (-row[1], row[0]))
    rows = rows[:limit]
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{word}\t{count}\n" for word, count in rows).encode()
    path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
    return len(rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("kb/data/sv_words.txt.gz"))
    options = parser.parse_args()
    evidence = gather(unique_texts(options.corpus))
    names = person_names(evidence)
    print(f"{len(names)} names of persons left out")
    print(f"{write(word_counts(evidence, names), options.out)} words -> {options.out}")


if __name__ == "__main__":
    main()
