"""The tokenizer: lower case, whole words and word pieces, å ä ö never folded, no names of persons.

WordPiece (Schuster & Nakajima 2012): pieces are learnt from word counts by Hugging Face's trainer, and a word is cut
by longest match. Names of persons are struck from the vocabulary afterwards, so they fall into pieces.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece
from tokenizers.trainers import WordPieceTrainer

from training.pairs import KEPT_MARKS, Lexicon, Pairs, Ragged

UNKNOWN = "[UNK]"


def word_counts(pairs: Pairs, lexicon: Lexicon, weights: Sequence[float]) -> Counter[str]:
    """How often each word stands in anchors and positives, sources weighted."""
    total = np.zeros(len(lexicon))
    weight = np.asarray(weights)[pairs.source]
    for side in (pairs.anchors, pairs.positives):
        total += np.bincount(side.flat, weights=np.repeat(weight, side.lengths()), minlength=len(lexicon))
    return Counter({word: int(n) for word, n in zip(lexicon.id_of, total, strict=True) if n >= 1})


def with_glosses(counts: Counter[str], lexicon: Lexicon, glosses: Ragged, share: float) -> Counter[str]:
    """The counts, with each word's glosses counted ``share`` times as often as the word: no text holds them yet."""
    words = list(lexicon.id_of)
    result = counts.copy()
    for row in np.flatnonzero(glosses.lengths()).tolist():
        choices = glosses.flat[glosses.starts[row] : glosses.starts[row + 1]].tolist()
        for choice in choices:
            for word in words[choice].split():
                result[word] += int(counts[words[row]] * share / len(choices))
    return result


def train_wordpiece(counts: Counter[str], *, size: int, names: set[str], least: int = 3) -> Tokenizer:
    """Learn ``size`` pieces from word counts, names of persons left out."""
    tokenizer = Tokenizer(WordPiece(unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    spare = size + len(names)
    trainer = WordPieceTrainer(
        vocab_size=spare, min_frequency=2, special_tokens=[UNKNOWN], show_progress=False, limit_alphabet=400
    )
    tokenizer.train_from_iterator(_repeated(counts, least), trainer)
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    kept = [piece for piece, _ in pieces if piece not in names][:size]
    missing = [mark for mark in sorted(KEPT_MARKS) if mark not in kept]
    kept[len(kept) - len(missing) :] = missing
    return build_tokenizer(kept)


def build_tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """A ready tokenizer over a list of pieces; the first must be the unknown token."""
    tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex("\u00ad"), ""), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def segment(tokenizer: Tokenizer, words: Sequence[str]) -> Ragged:
    """The token ids of every word; the unknown token is dropped."""
    rows: list[list[int]] = []
    for start in range(0, len(words), 100_000):
        encoded = tokenizer.encode_batch(list(words[start : start + 100_000]), add_special_tokens=False)
        rows += [[token for token in one.ids if token != 0] for one in encoded]
    return Ragged.from_rows(rows)


def _repeated(counts: Counter[str], least: int) -> Iterator[str]:
    # The trainer counts words in running text: each word is said as often as a damped count, which keeps the
    # order by frequency and takes seconds instead of minutes.
    for word, count in counts.items():
        if count >= least:
            yield " ".join([word] * max(1, round(count**0.75 / 2)))
