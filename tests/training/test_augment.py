import numpy as np
import pytest

from training.augment import Augmenter, Chances, misspellings, slip_table, synonym_table
from training.pairs import Lexicon, Pairs, Ragged

WORDS = "stöd stödet till anhöriga kommunen ger support relatives närstående vad gäller för"


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(WORDS.split())


def _augmenter(lexicon: Lexicon, **chances: float) -> Augmenter:
    def table(**rows: str) -> Ragged:
        return Ragged.from_rows([lexicon.encode(rows.get(word, "")) for word in WORDS.split()])

    stems = {word: i for i, word in enumerate(WORDS.replace("stödet", "stöd").split())}
    stem_of = [stems[word.replace("stödet", "stöd")] for word in WORDS.split()]
    return Augmenter(
        Chances(**chances),
        stem_of=np.asarray(stem_of, np.int32),
        rarity=np.ones(len(lexicon), np.float32),
        slips=table(),
        synonyms=table(anhöriga="närstående"),
        glosses=table(stöd="support", anhöriga="relatives"),
        openings=Ragged.from_rows([[], lexicon.encode("vad gäller för")]),
        cut_from=len(lexicon),
    )


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        pytest.param({}, "stöd till anhöriga", id="nothing"),
        pytest.param({"glosses": 1.0}, "support till relatives", id="glosses"),
        pytest.param({"synonyms": 1.0}, "stöd till närstående", id="synonyms"),
        pytest.param({"questions": 1.0}, "vad gäller för stöd till anhöriga", id="questions"),
    ],
)
def test_anchors_are_changed(lexicon: Lexicon, chances: dict[str, float], expected: str) -> None:
    pairs = Pairs(*_texts(lexicon, "stöd till anhöriga", "kommunen ger"), np.zeros(1, np.int32))
    changed = _augmenter(lexicon, **chances)(pairs, np.random.default_rng(0))
    assert _read(lexicon, changed.anchors) == expected
    assert _read(lexicon, changed.positives) == "kommunen ger"


def test_shared_words_are_dropped_but_never_all(lexicon: Lexicon) -> None:
    augmenter = _augmenter(lexicon, overlap=1.0)
    pairs = Pairs(*_texts(lexicon, "stöd till anhöriga", "stödet kommunen ger"), np.zeros(1, np.int32))
    seen = {_read(lexicon, augmenter(pairs, np.random.default_rng(seed)).anchors) for seed in range(20)}
    assert seen == {"stöd till anhöriga", "till anhöriga"}
    same = Pairs(*_texts(lexicon, "stöd", "stöd"), np.zeros(1, np.int32))
    assert {_read(lexicon, augmenter(same, np.random.default_rng(s)).anchors) for s in range(20)} == {"stöd"}


def test_words_in_pieces_are_the_second_half_of_the_table(lexicon: Lexicon) -> None:
    pairs = Pairs(*_texts(lexicon, "stöd", "ger"), np.zeros(1, np.int32))
    changed = _augmenter(lexicon, pieces=1.0)(pairs, np.random.default_rng(0))
    assert changed.anchors.flat.tolist() == [lexicon.id_of["stöd"] + len(lexicon)]


def test_misspellings_differ_from_the_word() -> None:
    forms = misspellings("samverkan", np.random.default_rng(3), 20)
    assert "samverkan" not in forms
    assert all(abs(len(form) - len("samverkan")) <= 1 for form in forms)


def test_tables_add_their_words_to_the_lexicon(lexicon: Lexicon) -> None:
    table = synonym_table(lexicon, {"stöd": ["hjälp", "case worker"]})
    assert [list(lexicon.id_of)[i] for i in table.take(np.array([0])).flat] == ["hjälp", "case worker"]
    slips = slip_table(lexicon, [100] * len(lexicon), least=30, each=3)
    assert len(slips) == len(lexicon)
    assert not slips.lengths()[lexicon.id_of["ger"]]


def _texts(lexicon: Lexicon, *texts: str) -> tuple[Ragged, ...]:
    return tuple(Ragged.from_rows([lexicon.encode(text)]) for text in texts)


def _read(lexicon: Lexicon, texts: Ragged) -> str:
    words = list(lexicon.id_of)
    return " ".join(words[i] for i in texts.flat)
