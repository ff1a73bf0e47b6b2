from __future__ import annotations

from dataclasses import replace

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

    save_judge(tmp_path / "judge.npz", weights, share=2.0, calm=0.3)
    ids = torch.tensor(rows[200:])
    logits = Judge(tmp_path / "judge.npz")(ids, torch.ones_like(ids, dtype=torch.bool))
    assert ((logits[:, 1] > logits[:, 0]).numpy() == positive[200:]).mean() > 0.95


def test_a_row_that_counts_nothing_teaches_nothing():
    rows, positive = reviews(200)
    counts = np.where(np.arange(200) < 100, 1.0, 0.0)
    misled = np.where(counts > 0, positive, ~positive)
    weights = fit(rows, misled, 1.0, counts)
    assert ((scores(weights, rows[100:]) > 0) == positive[100:]).mean() > 0.8


def test_in_the_graph_a_repeated_run_counts_as_often_as_when_it_was_fitted(tmp_path):
    runs = np.random.default_rng(1).normal(size=8192 + 262_139 + 524_287).astype(np.float32)
    weights = Weights(runs, 0.25, np.ones_like(runs))
    stored = replace(weights, runs=expanded(*compressed(weights))[: len(runs)])
    save_judge(tmp_path / "judge.npz", weights, share=1.0, calm=0.3)
    rows = [[2, 50, 51, 50, 51, 50, 3], [2, *[60] * 9, 3], [2, 70, 71, 72, 3]]
    ids = torch.zeros((3, 11), dtype=torch.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
    here = torch.arange(11)[None] < torch.tensor([[7], [11], [5]])

    logits = Judge(tmp_path / "judge.npz")(ids, here)
    assert (logits[:, 1] - logits[:, 0]).tolist() == pytest.approx(
        scores(stored, rows).tolist(), abs=1e-4
    )
    assert logits[:, 2].tolist() == pytest.approx([0.3] * 3)


def test_a_judgement_for_two_sides_must_be_fitted_again(tmp_path):
    np.savez(tmp_path / "judge.npz", bits=np.zeros(1), levels=np.zeros(16), intercept=0, share=1)
    with pytest.raises(ValueError, match="fit again"):
        Judge(tmp_path / "judge.npz")


def test_four_bits_keep_zero_and_the_weights_that_matter():
    chance = np.random.default_rng(2)
    runs = np.append(chance.normal(size=4001), [0.0, 9.0]).astype(np.float32)
    energies = np.append(np.full(4002, 0.01), 50.0).astype(np.float32)
    bits, levels = compressed(Weights(runs, 0.0, energies))
    assert len(bits) == 2002
    assert len(levels) == 16
    found = expanded(bits, levels)[: len(runs)]
    assert found[-2] == 0
    assert found[-1] == pytest.approx(9.0, abs=0.05)
    assert np.square(found - runs).mean() < 0.02
