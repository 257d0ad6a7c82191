"""Make ``kb/data/{nb,da,en}_words.txt.gz``: Norwegian, Danish and English words with their counts.

Run: ``python -m training.nordic_words --corpus ../shared/corpus --out kb/data``
Counted in the Norwegian and Danish sides of the corpus. Only what is written with a small letter is counted, which
leaves out names; what the Swedish list has in the same spelling and the translation merely passed on is left out
too, where it is rarer than one hundredth as frequent as there. The English list, of the words that are no
slips in an English query, is counted in the English side of Tatoeba and in this project's glossary.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

from kb.text.words import word_counts
from training.corpus import read_pairs
from training.derive import glossary
from training.wordlist import write

SIDES = {"nb": "mt_nob", "da": "mt_dan"}
LIMIT = 30_000
LEAST_COUNT = 12
LEAST_ENGLISH = 2
_WORD = re.compile(r"(?<![\w-])[a-zæøåéä]{2,}(?![\w-])")
_SWEDISH_LETTERS = re.compile(r"[äö]")


def lower_words(corpus: Path, source: str) -> Counter[str]:
    """Counts of the words written with small letters on the translated side."""
    counts: Counter[str] = Counter()
    for _, translated in read_pairs(corpus, source):
        counts.update(_WORD.findall(translated))
    return counts


def english_words(corpus: Path) -> Counter[str]:
    """Counts of English words written with small letters; those of the glossary count as the least that is listed."""
    counts = lower_words(corpus, "tatoeba_sv_en")
    known = {word for several in glossary().values() for text in several for word in _WORD.findall(text)}
    return counts | Counter(dict.fromkeys(known, LEAST_ENGLISH))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("kb/data"))
    options = parser.parse_args()
    swedish = word_counts("sv")
    for language, source in SIDES.items():
        counts = lower_words(options.corpus, source)
        kept = {
            word: n
            for word, n in counts.items()
            if not _SWEDISH_LETTERS.search(word) and n * 100 >= swedish.get(word, 0)
        }
        path = options.out / f"{language}_words.txt.gz"
        print(f"{write(Counter(kept), path, limit=LIMIT, least=LEAST_COUNT)} words -> {path}")
    path = options.out / "en_words.txt.gz"
    print(f"{write(english_words(options.corpus), path, limit=LIMIT, least=LEAST_ENGLISH)} words -> {path}")


if __name__ == "__main__":
    main()
