"""Make the bundled model: ``python -m training.build --corpus ../shared/corpus --evaluation ../shared/eval``.

Reads the corpus, learns the vocabulary, trains, measures and writes the model with its card. About half an hour on a
busy CPU the first time; what does not depend on the recipe is kept in ``--work``.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.augment import Chances
from training.card import card
from training.evaluate import Benchmark, Floats, table
from training.export import dequantised, export
from training.train import Recipe, train
from training.vocabulary import train_wordpiece, with_glosses, word_counts
from training.workshop import Report, Workshop, find_names, open_workshop

#: Sources drawn more or less often than once an epoch.
WEIGHTS = {"parallel": 0.3, "questions": 4.0, "tatoeba_sv_en": 3.0, "sentences": 0.7}
#: Sources that count more or less for the vocabulary: small ones in other languages are lifted.
VOCABULARY_WEIGHTS = {"tatoeba_sv_en": 8.0, "synlex_synonyms": 3.0, "parallel": 0.3, "sentences": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to make a model."""

    vocabulary: int = 48_000
    recipe: Recipe = field(default_factory=Recipe)
    chances: Chances = field(
        default_factory=lambda: Chances(
            glosses=0.15, questions=0.2, overlap=0.15, echoes=0.05, slips=0.03, pieces=0.03, synonyms=0.03
        )
    )
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    #: How often a word's English glosses count for the vocabulary, as a share of the word's own count.
    glosses_in_vocabulary: float = 0.3


class Encoder:
    """Vectors as the exported model gives them, for measuring."""

    def __init__(self, tokenizer: Tokenizer, vectors: Floats) -> None:
        self.tokenizer = tokenizer
        self.vectors = vectors

    def __call__(self, texts: Sequence[str]) -> Floats:
        """One row of unit length a text."""
        encoded = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        rows = np.stack([self.vectors[one.ids].sum(axis=0) for one in encoded])
        unit: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return unit


def make(workshop: Workshop, names: set[str], variant: Variant, *, report: Report = print) -> tuple[Tokenizer, Floats]:
    """Learn a vocabulary and train vectors; returns them as they will be exported (rounded to int8)."""
    augmenter = workshop.augmenter(variant.chances)
    lift = [VOCABULARY_WEIGHTS.get(name, 1.0) for name in workshop.names_of_sources]
    counts = word_counts(workshop.pairs, workshop.lexicon, lift)
    counts = with_glosses(counts, workshop.lexicon, augmenter.glosses, variant.glosses_in_vocabulary)
    tokenizer = train_wordpiece(counts, size=variant.vocabulary, names=names)
    segmentation = workshop.segmentation(tokenizer)
    vectors = train(
        workshop.pairs,
        workshop.repeats(variant.weights),
        segmentation,
        tokenizer.get_vocab_size(),
        variant.recipe,
        augment=augmenter,
        report=report,
    )
    return tokenizer, dequantised(vectors)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--evaluation", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="what is kept between runs")
    parser.add_argument("--out", type=Path, default=Path("kb/models/exempelbanken-nordic-static"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    workshop = open_workshop(options.corpus, options.evaluation, options.work)
    names = find_names(options.corpus, options.work)
    variant = Variant()
    tokenizer, vectors = make(workshop, names, variant)
    encoder = Encoder(tokenizer, vectors)
    figures = Benchmark.read(options.evaluation).measure(encoder, encoder)
    export(tokenizer, vectors, card(vectors.shape, len(workshop.pairs), figures), options.out)
    print(table(figures))


if __name__ == "__main__":
    main()
