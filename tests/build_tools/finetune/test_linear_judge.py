from __future__ import annotations

import numpy as np
import pytest
import torch

from build_tools.finetune.judge import (
    Judge,
    Weights,
    compressed,
    expanded,
    fit,
    save_judge,
    scores,
)

GOOD, BAD = 100, 101


def reviews(count):
    chance = np.random.default_rng(0)
    rows = [[2, *chance.integers(200, 400, size=12), 3] for _ in range(count)]
    for place, row in enumerate(rows):
        row[5:7] = [GOOD, BAD] if place % 2 else [BAD, GOOD]
    return rows, np.arange(count) % 2 == 1


def test_the_order_of_two_words_is_learned_and_survives_four_bits(tmp_path):
    rows, positive = reviews(300)
    weights = fit(rows[:200], positive[:200], strength=1.0)
    assert ((scores(weights, rows[200:]) > 0) == positive[200:]).mean() > 0.95

    save_judge(tmp_path / "judge.npz", weights, share=2.0)
    ids = torch.tensor(rows[200:])
    logits = Judge(tmp_path / "judge.npz")(ids, torch.ones_like(ids, dtype=torch.bool))
    assert ((logits[:, 1] > logits[:, 0]).numpy() == positive[200:]).mean() > 0.95


def test_in_the_graph_a_repeated_run_counts_as_often_as_when_it_was_fitted(tmp_path):
    bits = np.random.default_rng(1).integers(-7, 8, size=8192 + 262_139 + 524_287)
    runs = (np.sign(bits) * np.square(bits / 7)).astype(np.float32)
    weights = Weights(runs, 0.25)
    save_judge(tmp_path / "judge.npz", weights, share=1.0)
    rows = [[2, 50, 51, 50, 51, 50, 3], [2, *[60] * 9, 3], [2, 70, 71, 72, 3]]
    ids = torch.zeros((3, 11), dtype=torch.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
    here = torch.arange(11)[None] < torch.tensor([[7], [11], [5]])

    logits = Judge(tmp_path / "judge.npz")(ids, here)
    assert (logits[:, 1] - logits[:, 0]).tolist() == pytest.approx(
        scores(weights, rows).tolist(), abs=1e-4
    )


def test_four_bits_keep_zero_and_the_large_weights():
    weights = np.array([0.0, 1.0, -1.0, 0.3, -0.02, 0.5, 0.0], dtype=np.float32)
    bits, scale = compressed(weights)
    assert len(bits) == 4
    found = expanded(bits, scale)[: len(weights)]
    assert found[[0, 6]].tolist() == [0, 0]
    np.testing.assert_allclose(found, weights, atol=0.08)
