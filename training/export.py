"""Write a trained model as sentence-transformers reads it: int8 rows with a scale each, tokenizer, model card."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.base.modules.normalize.Normalize",
    },
]
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def quantise(vectors: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Round every row to int8 with its own scale; row ≈ scale × integers. The unknown token (row 0) becomes zero."""
    vectors = vectors.copy()
    vectors[0] = 0
    scales = np.abs(vectors).max(axis=1) / 127
    rows = np.rint(vectors / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    return rows, scales.astype(np.float32)


def dequantised(vectors: Floats) -> Floats:
    """The vectors as they are after rounding."""
    rows, scales = quantise(vectors)
    return rows * scales[:, None]


def export(tokenizer: Tokenizer, vectors: Floats, card: str, folder: Path) -> None:
    """Write the model to ``folder``, readable by everyone."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(vectors)
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "1_Normalize" / "config.json", {})
    (folder / "README.md").write_text(card, encoding="utf-8")
    for file in folder.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
