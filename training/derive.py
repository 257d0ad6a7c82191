"""Pairs and word tables made from the corpus: parallel texts, questions with what follows them, translations.

* Parallel texts: a Danish or Norwegian text and the Swedish one it was made from, found where two pairs share
  their other half.
* Sentences: single Swedish sentences and their translations into Danish and Norwegian by Apertium.
* Questions: a question inside a text, and the text after it.
* Translations of words, Swedish to English: IBM model 1 (Brown et al. 1993) over the Tatoeba sentences, where both
  directions agree, and this project's own glossary; carried to other inflections by the stem.
"""

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import snowballstemmer

from kb.text.compounds import split
from training import apertium
from training.corpus import read_pairs, sources, unique_texts
from training.pairs import Lexicon, Pairs, Ragged, concatenate, split_words

GLOSSARY = Path(__file__).with_name("glossary_sv_en.txt")
THESAURUS = Path(__file__).parents[1] / "kb" / "data" / "thesaurus.toml"

_QUESTION = re.compile(r"(?:^|(?<=[.!?:–]\s))([A-ZÅÄÖ][^.!?:;]{12,160}\?)\s+([^\s].{60,})", re.DOTALL)
_MOST_PER_TEXT = 2
_SEEN = 5


def questions(corpus: Path) -> Iterator[tuple[str, str]]:
    """Yield (question, the text that follows it); texts that go on asking are left out."""
    for text in unique_texts(corpus):
        for match in list(_QUESTION.finditer(text))[:_MOST_PER_TEXT]:
            question, rest = match.groups()
            if "?" not in rest[:200]:
                yield question, rest


def parallel(pairs: Pairs, translated: set[int]) -> Pairs:
    """Pairs of the same text in two languages: from pairs of ``translated`` sources and others that share a half."""
    is_translated = np.isin(pairs.source, list(translated))
    halves: list[tuple[list[int], list[int]]] = []
    for joined, told in ((pairs.positives, pairs.anchors), (pairs.anchors, pairs.positives)):
        key, told_key = _row_keys(joined), _row_keys(told)
        original: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero(~is_translated):
            if len(original[key[row]]) < 3:
                original[key[row]].append(int(row))
        left: list[int] = []
        right: list[int] = []
        for row in np.flatnonzero(is_translated):
            for other in original.get(key[row], ()):
                if told_key[other] != told_key[row]:
                    left.append(int(row))
                    right.append(other)
        halves.append((left, right))
    (title_left, title_right), (text_left, text_right) = halves
    return Pairs(
        concatenate([pairs.anchors.take(_rows(title_left)), pairs.positives.take(_rows(text_left))]),
        concatenate([pairs.anchors.take(_rows(title_right)), pairs.positives.take(_rows(text_right))]),
        np.zeros(len(title_left) + len(text_left), np.int32),
    )


def sentence_translations(corpus: Path, *, most: int = 60_000, seed: int = 4) -> list[tuple[str, str]]:
    """(Danish or Norwegian, Swedish) sentences, made by Apertium from single sentences of the corpus."""
    plain = {swedish for swedish, _ in read_pairs(corpus, "tatoeba_sv_en")}
    for source in ("xnli_sv_entailment", "swenli_dev_entailment"):
        plain.update(text for pair in read_pairs(corpus, source) for text in pair)
    names = [name for name in sources(corpus) if name.endswith("__ict")]
    official = sorted({text for name in names for text, _ in read_pairs(corpus, name) if 25 < len(text) < 220})
    random.Random(seed).shuffle(official)
    swedish = sorted(plain) + official[:most]
    return [
        (one, other)
        for language in apertium.MODES
        for one, other in zip(apertium.translate(swedish, language), swedish, strict=True)
        if one.strip()
    ]


def translations(corpus: Path, lexicon: Lexicon, counts: Sequence[int]) -> Ragged:
    """English words, by id, for every Swedish word of the lexicon; empty where none is known.

    A compound that is not known itself, but seen a few times (``counts``), is put part by part: one entry of several
    words, "relative support".
    """
    words = word_translations(list(read_pairs(corpus, "tatoeba_sv_en"))) | glossary()
    stemmer = snowballstemmer.stemmer("swedish")
    by_stem: dict[str, list[str]] = {}
    for word, english in words.items():
        by_stem.setdefault(stemmer.stemWord(word), english)

    def known(word: str) -> list[str]:
        return words.get(word) or (by_stem.get(stemmer.stemWord(word), []) if len(word) > 3 else [])

    def of_parts(word: str) -> list[str]:
        parts = [known(part.form) for part in split(word)]
        return [" ".join(one[0] for one in parts)] if parts and all(parts) else []

    rows = []
    for word, count in zip(list(lexicon.id_of), counts, strict=True):
        found = known(word) or (of_parts(word) if count >= _SEEN else [])
        rows.append([lexicon.id_of.setdefault(one, len(lexicon.id_of)) for one in found])
    rows += [[] for _ in range(len(lexicon) - len(rows))]
    return Ragged.from_rows(rows)


def synonyms(corpus: Path, lexicon: Lexicon) -> dict[str, list[str]]:
    """Words of the same meaning by word of the lexicon: Synlex, and this project's thesaurus in all its languages.

    The thesaurus has base forms: it is carried to inflections by the stem.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in read_pairs(corpus, "synlex_synonyms"):
        if " " not in one + other:
            found[one.lower()].append(other.lower())
            found[other.lower()].append(one.lower())
    stemmer = snowballstemmer.stemmer("swedish")
    by_stem: dict[str, list[str]] = defaultdict(list)
    for group in tomllib.loads(THESAURUS.read_text(encoding="utf-8"))["groups"]:
        members = [" ".join(split_words(member)) for member in group]
        for member in members:
            by_stem[stemmer.stemWord(member)] += [other for other in members if other != member]
    for word in list(lexicon.id_of):
        found[word] += by_stem.get(stemmer.stemWord(word), ())
    return {word: others for word, others in found.items() if others}


def glossary() -> dict[str, list[str]]:
    """This project's own glossary: English words by Swedish word."""
    words: dict[str, list[str]] = defaultdict(list)
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            swedish, _, english = line.partition("=")
            for word in swedish.split():
                words[word] += english.split()
    return {word: list(dict.fromkeys(others)) for word, others in words.items()}


def word_translations(sentences: list[tuple[str, str]], *, rounds: int = 8) -> dict[str, list[str]]:
    """Up to three translations of a word of the first language, best first.

    A translation is kept where p(e|s) × p(s|e) > 0.02 and one of them is sure (p(e|s) > .15 or p(s|e) > .3).
    """
    cut = [(sorted(set(split_words(a))), sorted(set(split_words(b)))) for a, b in sentences]
    first = Lexicon(word for one, _ in cut for word in one)
    second = Lexicon(word for _, other in cut for word in other)
    for lexicon in (first, second):
        lexicon.id_of = {word: i for i, word in enumerate(lexicon.id_of)}
    cells = [(n, first.id_of[a], second.id_of[b]) for n, (one, other) in enumerate(cut) for a in one for b in other]
    sentence, source, target = np.asarray(cells, np.int64).T
    forward, weight = _model_one(sentence, source, target, rounds)
    backward, _ = _model_one(sentence, target, source, rounds)
    one_words, other_words = list(first.id_of), list(second.id_of)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (a, b), p in forward.items():
        q = backward[b, a]
        if p * q > 0.02 and (p > 0.15 or q > 0.3) and weight[a, b] >= 0.9:
            found[one_words[a]].append((p * weight[a, b], other_words[b]))
    return {word: [other for _, other in sorted(rows, reverse=True)[:3]] for word, rows in found.items()}


def _model_one(
    sentence: np.ndarray, source: np.ndarray, target: np.ndarray, rounds: int
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]]:
    """p(target | source) and expected counts by IBM model 1, for all pairs that stand together."""
    cell, cell_of = np.unique(source << 32 | target, return_inverse=True)
    group_of = np.unique(sentence << 32 | target, return_inverse=True)[1]
    owner = cell >> 32
    chance = np.ones(len(cell))
    count: np.ndarray = chance
    for _ in range(rounds):
        share = chance[cell_of]
        share = share / np.bincount(group_of, weights=share)[group_of]
        count = np.bincount(cell_of, weights=share)
        chance = count / np.bincount(owner, weights=count)[owner]
    keys = [(int(one) >> 32, int(one) & 0xFFFFFFFF) for one in cell]
    return dict(zip(keys, chance.tolist(), strict=True)), dict(zip(keys, count.tolist(), strict=True))


def _row_keys(texts: Ragged) -> list[int]:
    return [hash(texts.flat[a:b].tobytes()) for a, b in zip(texts.starts[:-1], texts.starts[1:], strict=True)]


def _rows(rows: list[int]) -> np.ndarray:
    return np.asarray(rows, np.int64)
