"""From words to files and back, and what the bundled model promises."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from kb.embed import BUNDLED_FOLDER, StaticEmbedder
from training import derive
from training.evaluate import fuse, ndcg
from training.export import dequantised, export
from training.pairs import Lexicon, Ragged
from training.vocabulary import train_wordpiece, with_glosses
from training.workshop import REVIEWED_NAMES

COUNTS = Counter({"stöd": 900, "anhöriga": 800, "bengtsson": 700, "kommun": 600, "kommunen": 500})


def test_names_are_struck_from_the_vocabulary() -> None:
    tokenizer = train_wordpiece(COUNTS, size=60, names={"bengtsson"})
    assert "bengtsson" not in tokenizer.get_vocab()
    assert tokenizer.encode("Stöd till BENGTSSON").tokens[0] == "stöd"
    assert len(tokenizer.encode("bengtsson").ids) > 1


def test_glosses_count_for_the_vocabulary() -> None:
    lexicon = Lexicon(["kommun", "municipality", "local authority"])
    glosses = Ragged.from_rows([[1, 2], [], []])
    counts = with_glosses(Counter({"kommun": 100}), lexicon, glosses, 0.5)
    assert counts == {"kommun": 100, "municipality": 25, "local": 25, "authority": 25}


def test_exported_files_give_the_same_vectors(tmp_path: Path) -> None:
    tokenizer = train_wordpiece(COUNTS, size=60, names=set())
    vectors = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    export(tokenizer, vectors, "card", tmp_path)
    found = StaticEmbedder(tmp_path).encode_passages(["stöd anhöriga"])[0]
    ids = tokenizer.encode("stöd anhöriga").ids
    expected = dequantised(vectors)[ids].sum(axis=0)
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-6)
    np.testing.assert_allclose(dequantised(vectors)[1:], vectors[1:], atol=np.abs(vectors).max() / 127)


def test_the_glossary_adds_up_lines_of_the_same_word() -> None:
    glossary = derive.glossary()
    assert "municipality" in glossary["kommun"]
    assert all(one == one.lower() and others for one, others in glossary.items())
    assert all(len(set(others)) == len(others) for others in glossary.values())


def test_words_are_translated_by_the_sentences_they_stand_in() -> None:
    sentences = [("jag ser en hund", "i see a dog"), ("en hund", "a dog"), ("jag ser", "i see"), ("en katt", "a cat")]
    found = derive.word_translations(sentences * 5)
    assert found["hund"][0] == "dog"
    assert found["katt"][0] == "cat"


def test_ndcg_is_one_for_the_ideal_order_and_falls_with_the_place() -> None:
    scores = np.array([[3.0, 2.0, 1.0]], np.float32)
    assert ndcg(scores, [{0: 1}]) == 1.0
    assert ndcg(scores, [{1: 1}]) == pytest.approx(1 / np.log2(3))
    assert fuse(scores, -scores, share=0.5).tolist() == [[0.0, 0.0, 0.0]]


def test_the_bundled_model_is_small_and_knows_no_names() -> None:
    size = sum(file.stat().st_size for file in BUNDLED_FOLDER.rglob("*") if file.is_file())
    assert size < 30_000_000
    vocabulary = json.loads((BUNDLED_FOLDER / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    reviewed = [line for line in REVIEWED_NAMES.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert not set(" ".join(reviewed).split()) & set(vocabulary)
