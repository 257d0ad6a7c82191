"""Changes made to pairs while training, all on word ids: so that the model learns meaning, pieces and slips.

* *Overlap dropout*: words that anchor and positive share are taken from the anchor of some pairs. What shared words
  say is BM25's part in the fused search; the rest of the pair must then carry the match.
* *Slips*: a word of an anchor is now and then replaced by a misspelt form (letters swapped, dropped, doubled, or a
  neighbouring key), which the tokenizer cuts into pieces.
* *Pieces*: a word is now and then cut into smaller pieces, as an unseen compound would be.
* *Synonyms*: a word of an anchor is now and then replaced by a synonym (Synlex, this project's thesaurus).
* *Echoes*: the anchor of some pairs is replaced by three to eight words of the positive, rare words rather than
  common ones, as one types them into a search box, put in other words: half of them by synonyms, half in English.
* *Glosses*: in some anchors, every word with a known English translation is replaced by it. A bag of words has no
  grammar to get wrong.
* *Questions*: some anchors are put as a question (``Vad gäller för …?``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.pairs import Ints, Lexicon, Pairs, Ragged, concatenate

_KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_NEIGHBOURS = {letter: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _KEYS for i, letter in enumerate(row)}
_PLAINER = str.maketrans("åäöéø", "aaoeo")


#: How many of an echo's words that have a synonym are replaced by it.
_PUT_OTHERWISE = 0.7

#: How a title is put as a question.
OPENINGS = (
    "vad gäller för ?", "hur fungerar ?", "vad är ?", "hur arbetar man med ?", "vilka har arbetat med ?",
    "vad innebär ?", "hur kan man ?", "vilka är ?", "varför ?", "vad händer med ?", "hur många ?", "vem ?",
    "när ?", "var finns ?", "kan man ?", "vad säger ni om ?", "vilket ?", "får man ?", "hur gör vi med ?",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How often each change is made: the first four per pair, the others per word of an anchor (pieces: of both)."""

    overlap: float = 0.0
    echoes: float = 0.0
    glosses: float = 0.0
    questions: float = 0.0
    slips: float = 0.0
    pieces: float = 0.0
    synonyms: float = 0.0
    dropout: float = 0.0


@dataclass(slots=True)
class Augmenter:
    """Changes pairs. ``stem_of`` maps a word to its stem's id; the tables give each word its replacements.

    Word ids from ``cut_from`` on are the same words cut into smaller pieces.
    """

    chances: Chances
    stem_of: Ints
    rarity: npt.NDArray[np.float32]
    slips: Ragged
    synonyms: Ragged
    glosses: Ragged
    openings: Ragged
    cut_from: int

    def __call__(self, pairs: Pairs, rng: np.random.Generator) -> Pairs:
        """Return changed pairs."""
        anchors, positives = pairs.anchors, pairs.positives
        if self.chances.overlap:
            anchors = self._without_overlap(anchors, positives, rng)
        if self.chances.dropout:
            anchors = _keep(anchors, rng.random(len(anchors.flat)) >= self.chances.dropout)
        if self.chances.echoes:
            anchors = self._echoed(anchors, positives, rng)
        anchors = _replace(anchors, self.synonyms, self.chances.synonyms, rng)
        if self.chances.questions:
            anchors = self._asked(anchors, rng)
        if self.chances.glosses:
            chosen = np.repeat(rng.random(len(anchors)) < self.chances.glosses, anchors.lengths())
            anchors = _replace(anchors, self.glosses, chosen.astype(np.float64), rng)
        anchors = _replace(anchors, self.slips, self.chances.slips, rng)
        return Pairs(self._in_pieces(anchors, rng), self._in_pieces(positives, rng), pairs.source)

    def _without_overlap(self, anchors: Ragged, positives: Ragged, rng: np.random.Generator) -> Ragged:
        shared = np.isin(self._stem_keys(anchors), self._stem_keys(positives))
        chosen = np.repeat(rng.random(len(anchors)) < self.chances.overlap, anchors.lengths())
        return _keep(anchors, ~(shared & chosen & (rng.random(len(shared)) < 0.7)))

    def _echoed(self, anchors: Ragged, positives: Ragged, rng: np.random.Generator) -> Ragged:
        weight = self.rarity[positives.flat]
        row = np.repeat(np.arange(len(positives)), positives.lengths())
        total = np.bincount(row, weights=weight, minlength=len(positives))
        wanted = rng.uniform(3, 8, len(positives))
        sample = _keep(positives, rng.random(len(row)) < wanted[row] * weight / total[row])
        english = np.repeat(rng.random(len(sample)) < 0.5, sample.lengths())
        sample = _replace(sample, self.synonyms, np.where(english, 0.0, _PUT_OTHERWISE), rng)
        sample = _replace(sample, self.glosses, english.astype(np.float64), rng)
        replaced = (rng.random(len(anchors)) < self.chances.echoes) & (positives.lengths() > 8)
        both = concatenate([anchors, sample])
        return both.take(np.arange(len(anchors)) + replaced * len(anchors))

    def _asked(self, anchors: Ragged, rng: np.random.Generator) -> Ragged:
        asked = (rng.random(len(anchors)) < self.chances.questions) & (anchors.lengths() <= 12)
        opening = self.openings.take(np.where(asked, rng.integers(1, len(self.openings), len(asked)), 0))
        lengths = opening.lengths() + anchors.lengths()
        starts = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        order = np.concatenate([opening.flat, anchors.flat])
        rows = np.concatenate(
            [np.repeat(np.arange(len(asked)), opening.lengths()), np.repeat(np.arange(len(asked)), anchors.lengths())]
        )
        return Ragged(order[np.argsort(rows, kind="stable")], starts)

    def _stem_keys(self, texts: Ragged) -> npt.NDArray[np.int64]:
        row = np.repeat(np.arange(len(texts), dtype=np.int64), texts.lengths())
        return row * self.cut_from + self.stem_of[texts.flat]

    def _in_pieces(self, texts: Ragged, rng: np.random.Generator) -> Ragged:
        if not self.chances.pieces:
            return texts
        cut = rng.random(len(texts.flat)) < self.chances.pieces
        return Ragged(texts.flat + (cut * self.cut_from).astype(np.int32), texts.starts)


def _keep(texts: Ragged, keep: npt.NDArray[np.bool_]) -> Ragged:
    """The words marked; a text that would lose all of them stays whole."""
    lengths = texts.lengths()
    row = np.repeat(np.arange(len(texts)), lengths)
    left = np.bincount(row, weights=keep, minlength=len(texts))
    keep = keep | (left[row] == 0)
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.bincount(row[keep], minlength=len(texts)), out=starts[1:])
    return Ragged(texts.flat[keep], starts)


def _replace(texts: Ragged, table: Ragged, chance: float | npt.NDArray[np.float64], rng: np.random.Generator) -> Ragged:
    """Each word that has replacements in the table becomes one of them with the given chance (one, or one a word)."""
    if not np.any(chance):
        return texts
    choices = table.lengths()[texts.flat]
    at = np.flatnonzero((choices > 0) & (rng.random(len(choices)) < chance))
    flat = texts.flat.copy()
    flat[at] = table.flat[table.starts[flat[at]] + (rng.random(len(at)) * choices[at]).astype(np.int64)]
    return Ragged(flat, texts.starts)


def misspellings(word: str, rng: np.random.Generator, count: int) -> list[str]:
    """Up to ``count`` misspelt forms, as fingers and memory make them."""
    return sorted({_misspelt(word, rng) for _ in range(count)} - {word})


def _misspelt(word: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, len(word) - 1))
    kind = rng.integers(0, 5)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at:]
    if kind == 3 and (near := _NEIGHBOURS.get(word[at], "")):
        return word[:at] + near[int(rng.integers(0, len(near)))] + word[at + 1 :]
    return word.translate(_PLAINER)


def slip_table(lexicon: Lexicon, counts: Sequence[int], *, least: int, each: int, seed: int = 5) -> Ragged:
    """Misspelt forms of every word of five letters or more seen ``least`` times; new forms join the lexicon."""
    rng = np.random.default_rng(seed)
    rows: list[list[int]] = []
    for word, count in zip(list(lexicon.id_of), counts, strict=True):
        fit = count >= least and len(word) >= 5 and word.isalpha()
        forms = misspellings(word, rng, each) if fit else []
        rows.append([lexicon.id_of.setdefault(form, len(lexicon.id_of)) for form in forms])
    rows += [[] for _ in range(len(lexicon) - len(rows))]
    return Ragged.from_rows(rows)


def synonym_table(lexicon: Lexicon, synonyms: Mapping[str, Sequence[str]]) -> Ragged:
    """Synonyms by word id; new words join the lexicon."""
    id_of = lexicon.id_of
    rows = [[id_of.setdefault(other, len(id_of)) for other in synonyms.get(word, ())] for word in list(id_of)]
    rows += [[] for _ in range(len(lexicon) - len(rows))]
    return Ragged.from_rows(rows)
