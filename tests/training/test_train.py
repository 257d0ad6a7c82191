import numpy as np
import torch
import torch.nn.functional as functional

from training.pairs import Pairs, Ragged
from training.train import Recipe, contrastive, pool, train, twins


def _rows(*rows: list[int]) -> Ragged:
    return Ragged.from_rows(rows)


def test_the_loss_is_the_mean_of_two_cross_entropies_and_so_is_its_gradient() -> None:
    torch.manual_seed(1)
    one = torch.randn(6, 4, requires_grad=True)
    two = torch.randn(6, 4)
    none = torch.zeros(6, 6, dtype=torch.bool)
    ours = contrastive(one, two, none, 0.1)
    (gradient,) = torch.autograd.grad(ours, one)
    scores = functional.normalize(one, dim=1) @ functional.normalize(two, dim=1).T / 0.1
    true = torch.arange(6)
    plain = (functional.cross_entropy(scores, true) + functional.cross_entropy(scores.T, true)) / 2
    (expected,) = torch.autograd.grad(plain, one)
    torch.testing.assert_close(ours, plain)
    torch.testing.assert_close(gradient, expected)


def test_equal_texts_are_no_negatives_of_each_other() -> None:
    pairs = Pairs(_rows([1], [2], [1]), _rows([7], [8], [9]), np.zeros(3, np.int32))
    assert twins(pairs).nonzero().tolist() == [[0, 2], [2, 0]]


def test_a_text_is_the_sum_of_its_words_tokens() -> None:
    weights = torch.eye(4)
    segmentation = _rows([1], [2, 3])
    assert pool(weights, _rows([0, 1], [1]), segmentation).tolist() == [[0, 1, 1, 1], [0, 0, 1, 1]]


def test_training_brings_pairs_together_and_repeats_itself() -> None:
    words = np.arange(40)
    anchors, positives = _rows(*[[int(w)] for w in words]), _rows(*[[int(w) + 40] for w in words])
    pairs = Pairs(anchors, positives, np.zeros(40, np.int32))
    segmentation = _rows(*[[w] for w in range(80)])
    recipe = Recipe(dimension=16, batch=20, epochs=30, learning_rate=0.05)
    first, again = (train(pairs, np.ones(40), segmentation, 80, recipe, report=lambda _: None) for _ in range(2))
    unit = first / np.linalg.norm(first, axis=1, keepdims=True)
    assert ((unit[:40] @ unit[40:].T).argmax(axis=1) == words).mean() > 0.9
    np.testing.assert_allclose(first, again, atol=1e-5)
