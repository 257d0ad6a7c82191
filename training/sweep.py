"""Train variants of the recipe and print their figures side by side: ``python -m training.sweep default no-overlap``.

Without names, all variants run. Each differs from the default in what its name says. ``--epochs 1`` compares in
half the time. The results that decided the recipe are in ``EXPERIMENTS.md``.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from training.augment import Chances
from training.build import WEIGHTS, Encoder, Variant, make
from training.evaluate import CROSS_LANGUAGES, Benchmark
from training.workshop import find_names, open_workshop

_DEFAULT = Variant()
VARIANTS = {
    "default": _DEFAULT,
    "unchanged pairs": replace(_DEFAULT, chances=Chances()),
    "no-overlap": replace(_DEFAULT, chances=replace(_DEFAULT.chances, overlap=0.0)),
    "no-glosses": replace(_DEFAULT, chances=replace(_DEFAULT.chances, glosses=0.0)),
    "no-questions": replace(_DEFAULT, chances=replace(_DEFAULT.chances, questions=0.0)),
    "no-echoes": replace(_DEFAULT, chances=replace(_DEFAULT.chances, echoes=0.0)),
    "no-slips": replace(_DEFAULT, chances=replace(_DEFAULT.chances, slips=0.0, pieces=0.0)),
    "no-sentences": replace(_DEFAULT, weights={**WEIGHTS, "sentences": 0.0}),
    "parallel-1": replace(_DEFAULT, weights={**WEIGHTS, "parallel": 1.0}),
    "batch-4096": replace(_DEFAULT, recipe=replace(_DEFAULT.recipe, batch=4096)),
    "temperature-.04": replace(_DEFAULT, recipe=replace(_DEFAULT.recipe, temperature=0.04)),
    "glosses-unseen": replace(_DEFAULT, glosses_in_vocabulary=0.0),
    "64k-384": replace(_DEFAULT, vocabulary=64_000, recipe=replace(_DEFAULT.recipe, dimension=384)),
    "32k-768": replace(_DEFAULT, vocabulary=32_000, recipe=replace(_DEFAULT.recipe, dimension=768)),
}


def row(name: str, figures: dict[str, float]) -> str:
    """One line of the table."""
    sets = sorted({key.split("/")[0] for key in figures if key.endswith("/dense") and not key.startswith("mean")})
    cells = [f"{figures[f'{one}/dense']:.3f} / {figures[f'{one}/fused']:.3f}" for one in [*sets, "mean"]]
    cells += [f"{figures[f'ntrex/{language}']:.3f}" for language in CROSS_LANGUAGES]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("variants", nargs="*", choices=[[], *VARIANTS], help="default: all")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--evaluation", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--epochs", type=float, default=_DEFAULT.recipe.epochs)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    names = find_names(options.corpus, options.work)
    benchmark = Benchmark.read(options.evaluation)
    for name in options.variants or VARIANTS:
        variant = VARIANTS[name]
        variant = replace(variant, recipe=replace(variant.recipe, epochs=options.epochs))
        workshop = open_workshop(options.corpus, options.evaluation, options.work, report=lambda _: None)
        encoder = Encoder(*make(workshop, names, variant, report=lambda _: None))
        print(row(name, benchmark.measure(encoder, encoder)), flush=True)


if __name__ == "__main__":
    main()
