"""Everything that is prepared once for training: pairs without leaks, word tables, names. Kept in a work folder."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import snowballstemmer
from tokenizers import Tokenizer

from training import derive
from training import pairs as encoded
from training.augment import OPENINGS, Augmenter, Chances, slip_table, synonym_table
from training.corpus import SWEDISH_TEXT, read_development_sets, sources, unique_texts
from training.names import gather, person_names
from training.pairs import Lexicon, Pairs, Ragged, concatenate
from training.vocabulary import UNKNOWN, build_tokenizer, segment

TRANSLATED = ("mt_dan", "mt_nob")
REVIEWED_NAMES = Path(__file__).with_name("names_reviewed.txt")
#: Share of the vocabulary that words are cut into when they are trained in pieces.
_SMALL = 12_000

Report = Callable[[str], None]


@dataclass(slots=True)
class Workshop:
    """The pairs, what their sources are called, and the words."""

    pairs: Pairs
    names_of_sources: list[str]
    lexicon: Lexicon
    corpus: Path

    def repeats(self, weights: dict[str, float]) -> npt.NDArray[np.float64]:
        """How often each pair is drawn in one epoch, by the weight of its source (1 where not given)."""
        by_source = np.array([weights.get(name, 1.0) for name in self.names_of_sources])
        return by_source[self.pairs.source]

    def augmenter(self, chances: Chances) -> Augmenter:
        """Tables for all changes. Adds words to the lexicon: call before ``segmentation``."""
        words = self.lexicon
        counts = self._counts()
        glosses = derive.translations(self.corpus, words, counts.tolist())
        slips = slip_table(words, [*counts.tolist(), *[0] * (len(words) - len(counts))], least=30, each=4)
        openings = Ragged.from_rows([[], *(words.encode(opening) for opening in OPENINGS)])
        synonyms = synonym_table(words, derive.synonyms(self.corpus, words))
        stems: dict[str, int] = {}
        stemmer = snowballstemmer.stemmer("swedish")
        stem_of = [stems.setdefault(stem, len(stems)) for stem in stemmer.stemWords(list(words.id_of))]
        seen = np.pad(counts, (0, len(words) - len(counts)))
        return Augmenter(
            chances,
            stem_of=np.asarray(stem_of, np.int32),
            rarity=(1 / np.sqrt(1 + seen / 50)).astype(np.float32),
            slips=slips.padded(len(words)),
            synonyms=synonyms.padded(len(words)),
            glosses=glosses.padded(len(words)),
            openings=openings,
            cut_from=len(words),
        )

    def segmentation(self, tokenizer: Tokenizer) -> Ragged:
        """Tokens of every word, then the tokens of every word cut into smaller pieces."""
        words = list(self.lexicon.id_of)
        whole = segment(tokenizer, words)
        vocabulary = tokenizer.get_vocab()
        pieces = sorted(vocabulary, key=lambda piece: vocabulary[piece])
        used = np.bincount(whole.take(self.pairs.positives.flat.astype(np.int64)).flat, minlength=len(pieces))
        frequent = {pieces[token] for token in np.argsort(-used, kind="stable")[:_SMALL]}
        kept = [p for p in pieces if p != UNKNOWN and (p in frequent or len(p.removeprefix("##")) <= 3)]
        cut = segment(build_tokenizer([UNKNOWN, *kept]), words)
        back = np.array([0, *(vocabulary[piece] for piece in kept)], np.int32)
        return concatenate([whole, Ragged(back[cut.flat], cut.starts)])

    def _counts(self) -> npt.NDArray[np.int64]:
        flat = np.concatenate([self.pairs.anchors.flat, self.pairs.positives.flat])
        return np.bincount(flat, minlength=len(self.lexicon))


def open_workshop(corpus: Path, evaluation: Path, work: Path, *, report: Report = print) -> Workshop:
    """Read, derive and clean the pairs, or load them from ``work`` if they were made from the same files."""
    names = [*sources(corpus), "parallel", "questions", "sentences"]
    listing = "".join(f"{path.name}{path.stat().st_size}" for path in sorted(corpus.iterdir()))
    kept = work / f"pairs-{hashlib.sha256(listing.encode()).hexdigest()[:12]}.npz"
    if not kept.exists():
        lexicon = Lexicon()
        made = _make(corpus, evaluation, lexicon, report)
        encoded.save(made, lexicon, kept)
    pairs, lexicon = encoded.load(kept)
    report(f"{len(pairs)} pairs, {len(lexicon)} words")
    return Workshop(pairs, names, lexicon, corpus)


def find_names(corpus: Path, work: Path) -> set[str]:
    """Names of persons, from Swedish texts and their translations, and those found by reading."""
    kept = work / "names.txt"
    if not kept.exists():
        found = person_names(gather(unique_texts(corpus, (*SWEDISH_TEXT, *TRANSLATED))))
        kept.write_text("\n".join(sorted(found)), encoding="utf-8")
    reviewed = [line for line in REVIEWED_NAMES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {*kept.read_text("utf-8").split("\n"), *" ".join(reviewed).split()}


def _make(corpus: Path, evaluation: Path, lexicon: Lexicon, report: Report) -> Pairs:
    base_names = sources(corpus)
    base = encoded.read_corpus(corpus, base_names, lexicon)
    translated = {base_names.index(name) for name in TRANSLATED}
    parallel = derive.parallel(base, translated)
    asked = _encode(list(derive.questions(corpus)), lexicon)
    sentences = _encode(derive.sentence_translations(corpus), lexicon)
    parts = [base, parallel, asked, sentences]
    for number, part in enumerate(parts[1:], len(base_names)):
        part.source[:] = number
    everything = Pairs(
        concatenate([part.anchors for part in parts]),
        concatenate([part.positives for part in parts]),
        np.concatenate([part.source for part in parts]),
    )
    texts = [text for dev in read_development_sets(evaluation) for text in (*dev.queries, *dev.documents)]
    for path in sorted((evaluation / "ntrex").glob("*.txt")):
        texts += path.read_text("utf-8").splitlines()
    development = Ragged.from_rows([lexicon.encode(text, longest=1_000_000) for text in texts])
    leaks = encoded.leaked(everything.anchors, development) | encoded.leaked(everything.positives, development)
    by_source = Counter(everything.source[leaks].tolist())
    report(f"{leaks.sum()} pairs left out: a text of theirs stands in a development set; by source: {by_source}")
    full = (everything.anchors.lengths() > 0) & (everything.positives.lengths() > 0)
    return everything.take(np.flatnonzero(full & ~leaks))


def _encode(texts: Sequence[tuple[str, str]], lexicon: Lexicon) -> Pairs:
    return Pairs(
        Ragged.from_rows([lexicon.encode(one) for one, _ in texts]),
        Ragged.from_rows([lexicon.encode(other) for _, other in texts]),
        np.zeros(len(texts), np.int32),
    )
