import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.embed import BUNDLED_FOLDER, EmbedderStamp, SentenceTransformerEmbedder, StaticEmbedder, load_embedder
from kb.errors import EmbedderUnavailable
from tests.kb.fakes import FakeEmbedder

TEXTS = [
    "Kommunen startade en stödtelefon för anhöriga till unga som dras mot våldsbejakande extremism.",
    "Hvordan kan skolen forebygge radikalisering?",
    "Hvordan forebygger kommunen, at unge bliver radikaliserede?",
    "How did the municipality support parents?",
    "Enligt 5 kap. 3 § socialtjänstlagen (2001:453) – »så« säger man … 50 %",
    "e\u0301tude, ﬁnansiering, İstanbul, \u00adsam\u00adverkan, ²³¼, Ω, 日本語, \u200cdold",
    "",
]


@pytest.fixture(scope="module")
def bundled() -> StaticEmbedder:
    return StaticEmbedder()


def test_bundled_vectors_are_unit_float32_rows(bundled):
    vectors = bundled.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), bundled.stamp.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors[:-1], axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", " \n", "!!! … —", "\u200b"])
def test_text_without_known_token_is_a_zero_row(bundled, text):
    assert not bundled.encode_queries([text]).any()


def test_no_texts_give_no_rows(bundled):
    assert bundled.encode_passages([]).shape == (0, bundled.stamp.dimension)


def test_same_files_load_as_sentence_transformer_with_equal_vectors(bundled):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED_FOLDER), device="cpu", local_files_only=True)
    np.testing.assert_allclose(model.encode(TEXTS), bundled.encode_passages(TEXTS), atol=1e-5)


@given(text=st.text(max_size=200))
def test_own_word_cutting_equals_the_tokenizers(bundled, text):
    assert bundled._tokens(text) == bundled._known(text)


def test_own_word_cutting_equals_the_tokenizers_around_every_plain_character(bundled):
    plain = [chr(code) for code in range(0x2100) if StaticEmbedder._PLAIN.fullmatch(chr(code))]
    texts = [f"skola{character}barn {character} Å{character}" for character in plain]
    assert len(texts) > 500
    assert [text for text in texts if bundled._tokens(text) != bundled._known(text)] == []


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("stöd till föräldrar", "Vi ordnar samtal för mammor och pappor.", "Vägen ska asfalteras under våren."),
        ("extremism", "Förebyggande arbete mot radikalisering", "Fiskekvoter för torsk i Östersjön"),
        ("forebygging i skolen", "Förebyggande arbete i skolan", "Skatt på flygbränsle"),
        ("hjemløse unge", "Unga i hemlöshet", "Tullavgifter på stål"),
    ],
    ids=["paraphrase", "related", "norwegian", "danish"],
)
def test_near_in_meaning_scores_above_far(bundled, query, near, far):
    scores = bundled.encode_passages([near, far]) @ bundled.encode_queries([query])[0]
    assert scores[0] > scores[1] + 0.1


def test_swedish_letters_are_not_folded(bundled):
    one, other = bundled.encode_queries(["kör", "kor"])
    assert one @ other < 0.9


def test_threads_share_one_embedder(bundled):
    texts = [f"{text} {number}" for number in range(50) for text in TEXTS]
    alone = StaticEmbedder().encode_passages(texts)
    fresh = StaticEmbedder()
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: fresh.encode_passages(texts), range(8)):
            np.testing.assert_array_equal(vectors, alone)


def test_cache_of_words_is_bounded(monkeypatch):
    monkeypatch.setattr(StaticEmbedder, "_CACHED_WORDS", 10)
    embedder = StaticEmbedder()
    embedder.encode_passages([" ".join(f"ord{number}" for number in range(95))])
    assert len(embedder._tokens_of) <= 10


def test_bundled_model_is_small_readable_and_has_a_card():
    files = [path for path in BUNDLED_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 30_000_000
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in files)
    card = (BUNDLED_FOLDER / "README.md").read_text("utf-8").lower()
    assert all(word in card for word in ("licen", "ndcg@10", "limits"))


def test_bundled_model_needs_no_torch():
    code = (
        "import sys; from kb.embed import load_embedder; load_embedder().encode_queries(['hej']); "
        "sys.exit(bool({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_stamp_is_of_the_content(bundled, tmp_path):
    copy = tmp_path / BUNDLED_FOLDER.name
    copy.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (copy / name).write_bytes((BUNDLED_FOLDER / name).read_bytes())
    assert StaticEmbedder(copy).stamp == bundled.stamp
    with (copy / "tokenizer.json").open("ab") as file:
        file.write(b"\n")
    assert StaticEmbedder(copy).stamp.revision != bundled.stamp.revision


def test_stamp_key_tells_models_apart():
    keys = {EmbedderStamp(n, r, d).key for n in "ab" for r in "12" for d in (8, 16)}
    assert len(keys) == 8


def test_missing_bundled_files_give_a_clear_error(tmp_path):
    with pytest.raises(EmbedderUnavailable, match=r"missing"):
        StaticEmbedder(tmp_path).encode_queries(["hej"])


@pytest.fixture(scope="module")
def tiny_transformer(tmp_path_factory) -> Path:
    """A BERT of random weights with one layer, saved as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", ":", "passage", "stöd", "skola", "telefon"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt"), strip_accents=False).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu").save(str(folder / "e5-tiny"))
    return folder / "e5-tiny"


def test_any_sentence_transformer_can_be_configured(tiny_transformer):
    embedder = load_embedder(str(tiny_transformer), device="cpu")
    vectors = embedder.encode_passages(["stöd skola", "telefon"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.stamp == load_embedder(str(tiny_transformer), device="cpu").stamp
    assert embedder.encode_queries([]).shape == (0, 16)


def test_prompts_come_from_the_table_and_can_be_given(tiny_transformer):
    listed = SentenceTransformerEmbedder(tiny_transformer, device="cpu")
    plain = SentenceTransformerEmbedder(tiny_transformer, device="cpu", query_prompt="", passage_prompt="")
    assert listed.prompts == ("query: ", "passage: ")
    np.testing.assert_allclose(listed.encode_queries(["skola"]), plain.encode_queries(["query: skola"]), atol=1e-5)
    assert np.abs(listed.encode_queries(["skola"]) - listed.encode_passages(["skola"])).max() > 1e-3
    assert listed.stamp.revision != plain.stamp.revision


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("intfloat/multilingual-e5-base", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: Given a web", ""),
        ("KBLab/sentence-bert-swedish-cased", "", ""),
        ("BAAI/bge-m3", "", ""),
        ("BAAI/bge-base-en-v1.5", "Represent this sentence", ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("Snowflake/snowflake-arctic-embed-m", "Represent this sentence", ""),
        ("Alibaba-NLP/gte-multilingual-base", "", ""),
        ("jinaai/jina-embeddings-v3", "", ""),
        ("nomic-ai/nomic-embed-text-v2-moe", "search_query: ", "search_document: "),
        ("google/embeddinggemma-300m", "task: search result", "title: none"),
        ("Qwen/Qwen3-Embedding-0.6B", "Instruct: Given a web", ""),
        ("someone/unheard-of", "", ""),
    ],
)
def test_models_have_the_prompts_of_their_cards(monkeypatch, name, query, passage):
    silent = SimpleNamespace(prompts={"query": "", "document": ""})  # as sentence-transformers gives where none are set
    monkeypatch.setattr(SentenceTransformerEmbedder, "_model", silent)
    found = SentenceTransformerEmbedder(name).prompts
    assert found[0].startswith(query)
    assert found[1].startswith(passage)
    assert [bool(prompt) for prompt in found] == [bool(query), bool(passage)]


def test_what_the_model_itself_says_goes_before_the_table(monkeypatch):
    telling = SimpleNamespace(prompts={"query": "fråga: ", "passage": "stycke: "})
    monkeypatch.setattr(SentenceTransformerEmbedder, "_model", telling)
    assert SentenceTransformerEmbedder("intfloat/multilingual-e5-base").prompts == ("fråga: ", "stycke: ")


def test_vectors_can_be_truncated(tiny_transformer):
    embedder = load_embedder(str(tiny_transformer), device="cpu", truncate_dim=8)
    vectors = embedder.encode_queries(["skola"])
    assert vectors.shape == (1, 8) == (1, embedder.stamp.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors), 1, atol=1e-5)


def test_folder_without_a_model_gives_a_clear_error(tmp_path):
    with pytest.raises(EmbedderUnavailable, match=r"cannot be loaded"):
        load_embedder(str(tmp_path)).encode_queries(["hej"])


def test_hub_name_without_network_gives_a_clear_error(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderUnavailable, match=r"hub"):
        load_embedder("intfloat/no-such-model").encode_queries(["hej"])


def test_a_hub_that_cannot_be_reached_is_told_with_the_way_out(monkeypatch):
    def unreachable(name, timeout):
        raise ConnectionError("[Errno -3] Temporary failure in name resolution\nlong trace")

    monkeypatch.setattr("huggingface_hub.model_info", unreachable)
    with pytest.raises(EmbedderUnavailable) as error:
        load_embedder("intfloat/multilingual-e5-base").encode_queries(["hej"])
    for language, words in (("sv", "kopiera hit mappen"), ("en", "copy the folder here")):
        sentence = error.value.message(language)
        assert "intfloat/multilingual-e5-base" in sentence
        assert "Temporary failure in name resolution" in sentence
        assert "long trace" not in sentence
        assert words in sentence
        assert "KB_EMBEDDER" in sentence


def test_a_model_that_the_hub_has_is_fetched_and_one_in_the_cache_is_not_asked_for(monkeypatch):
    fetched = []

    def make(name, **options):
        fetched.append((name, options["local_files_only"]))
        return SimpleNamespace(prompts={})

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", make)
    monkeypatch.setattr("huggingface_hub.model_info", lambda name, timeout: None)
    assert SentenceTransformerEmbedder("someone/new").prompts == ("", "")
    monkeypatch.setattr("huggingface_hub.model_info", lambda *_, **__: pytest.fail("asked the hub"))
    monkeypatch.setattr("huggingface_hub.try_to_load_from_cache", lambda *_: "/cache/config.json")
    assert SentenceTransformerEmbedder("someone/old").prompts == ("", "")
    assert fetched == [("someone/new", False), ("someone/old", True)]


def test_impossible_name_gives_a_clear_error():
    with pytest.raises(EmbedderUnavailable, match=r"no such folder"):
        load_embedder("../not/a model").encode_queries(["hej"])


def test_fake_embedder_is_deterministic():
    one, other = FakeEmbedder(), FakeEmbedder()
    np.testing.assert_array_equal(one.encode_queries(["a b"]), other.encode_passages(["a b"]))
