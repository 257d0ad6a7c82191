"""The model card of the bundled model."""

from training.evaluate import table

_CARD = """---
language: [sv, nb, da, en]
license: mit
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---
# exempelbanken-nordic-static

Sentence vectors for finding Swedish public-sector texts, with queries in Swedish, Norwegian, Danish and simple
English. A bag of tokens: {tokens} vectors of {dimension} dimensions, summed and normalised. Trained from random
weights by this project's `training/` (`make model`); no other model went into it.

    from kb.embed import load_embedder                          # numpy and tokenizers only
    load_embedder().encode_queries(["stödtelefon för anhöriga"])
    from sentence_transformers import SentenceTransformer       # the same files, the same vectors
    SentenceTransformer("kb/models/exempelbanken-nordic-static").encode("stödtelefon för anhöriga")

- Weights: int8 with one scale a row (`model.safetensors`: `embeddings`, `weights`); under 30 MB with the tokenizer.
- Tokenizer: WordPiece, lower case, å ä ö ø æ kept as they are. The unknown token's vector is zero.

## Figures
nDCG@10 on development sets (they chose the recipe, so expect a little less elsewhere), alone and fused with BM25
over Snowball stems (0.35 / 0.65 of per-query z-scores); NTREX: the right line among 1,000.

{table}

## Data
{pairs} pairs of texts, none of which (judged by shared eight-word windows) stands in the development sets. Titles
and paragraphs, neighbouring paragraphs, sentences and their paragraphs, from Swedish public documents: government pages
(civictechsweden/g0vse), interpellations (swerik-project), motions, bills and reports of the Riksdag (openriksdag,
mooracle/airiksdagen, spraakbanken/swegov-opendata-rs), the Almedalen programme (civictechsweden/almedalsdata, CC0),
statutes (nab-collab/legalize-se, CC BY 4.0), Microsoft's Swedish documentation (CC BY 4.0); synonyms from Synlex
(KTH), sentences from Tatoeba (CC BY 2.0), entailments and paraphrases from SuperLim 2 and XNLI (Swedish). Danish and
Norwegian by Apertium's rules (GPL program; its output is not in the model's files) from the Swedish; English
words by a dictionary learnt from Tatoeba and a glossary written for this project. The weights hold no text.

## Personal data
Names of persons are struck from the vocabulary where they are not also words or places. Who is a person is read off
the corpus itself: full names before a party or after a title, grown by one round, and a list made by reading the
vocabulary (`training/names.py`, `names_reviewed.txt`). Names given in texts are cut into pieces like any unknown word.

## Limits
It knows no word order and no negation ("utan stöd" is near "stöd"); long texts blur: embed passages, not documents.
English is word by word, Danish and Norwegian were learnt from machine translation. The language of the corpus is
that of the state and of politics, and its views and gaps are the model's. Scores are for ranking, not probabilities.
"""


def card(shape: tuple[int, ...], pairs: int, figures: dict[str, float]) -> str:
    """The card as Markdown."""
    tokens, dimension = shape
    return _CARD.format(tokens=f"{tokens:,}", dimension=dimension, pairs=f"{pairs:,}", table=table(figures))
