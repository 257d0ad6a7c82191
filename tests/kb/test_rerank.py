from pathlib import Path

import numpy as np
import pytest

from kb import KnowledgeBase, Settings
from kb.errors import RerankerUnavailable
from kb.rerank import CrossEncoderReranker
from tests.kb.fakes import FakeEmbedder, make_case, make_document, make_field, make_passages

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bakgrund", "skola", "telefon", "stöd", "exemplet"]


def save_cross_encoder(folder: Path, outputs: int) -> Path:
    """A cross-encoder of one layer and random weights, as sentence-transformers saves it."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=outputs,
        initializer_range=0.3,
    )
    BertForSequenceClassification(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt"), strip_accents=False).save_pretrained(folder / "bert")
    CrossEncoder(str(folder / "bert"), device="cpu").save_pretrained(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("cross"), 1)


def test_gives_each_passage_a_number_that_the_query_decides(model):
    reranker = CrossEncoderReranker(str(model), device="cpu")
    passages = ["skola bakgrund", "telefon stöd", "skola bakgrund"]
    scores = reranker.scores("skola", passages)
    assert scores.dtype == np.float32
    assert ((scores > 0) & (scores < 1)).all()
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != pytest.approx(scores[1])
    assert np.abs(reranker.scores("telefon", passages) - scores).max() > 1e-4
    assert len(reranker.scores("skola", [])) == 0


def test_a_base_shows_its_best_cases_in_the_rerankers_order(model, tmp_path):
    texts = {
        name: f"bakgrund {name} {word}" for name, word in zip("abcd", ["skola", "telefon", "stöd", ""], strict=True)
    }
    with KnowledgeBase.open(tmp_path / "base", settings=Settings(), embedder=FakeEmbedder()) as base:
        for name, text in texts.items():
            case = make_case(name, title=name, fields={"background": make_field(text)})
            base.add(case, make_passages(case), document=make_document(name), extractor="t")
        plain = [hit.case.case_id for hit in base.search("bakgrund skola")]
    settings = Settings(reranker=str(model), device="cpu")
    with KnowledgeBase.open(tmp_path / "base", settings=settings, embedder=FakeEmbedder()) as base:
        found = base.search("bakgrund skola")
        ranked = base.rank("bakgrund skola")
        best = {hit.case.case_id: hit.passages[0].passage for hit in found}
    shown = [hit.case.case_id for hit in found]
    assert set(shown) == set(plain)
    expected = CrossEncoderReranker(str(model), device="cpu").scores(
        "bakgrund skola", [f"{best[name].title}\n{best[name].text}" for name in shown]
    )
    assert [hit.score for hit in found] == pytest.approx(expected.tolist(), abs=1e-5)
    assert (np.diff(expected) <= 0).all()
    assert [hit.rank for hit in found] == list(range(1, len(shown) + 1))
    assert [file for file, _ in ranked if file[0] in shown] == [f"{name}.pdf" for name in shown]


def test_a_model_of_several_outputs_is_refused(tmp_path):
    reranker = CrossEncoderReranker(str(save_cross_encoder(tmp_path, 3)), device="cpu")
    with pytest.raises(RerankerUnavailable, match="one number"):
        reranker.scores("skola", ["telefon"])


@pytest.mark.parametrize("name", ["{tmp}", "../not/a model", "someone/no-such-model"], ids=["empty", "name", "hub"])
def test_a_model_that_cannot_be_had_is_told_with_the_way_out(name, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(RerankerUnavailable) as error:
        CrossEncoderReranker(name.format(tmp=tmp_path)).scores("skola", ["telefon"])
    assert "KB_RERANKER" in error.value.message("sv")
    assert "KB_RERANKER" in error.value.message("en")
