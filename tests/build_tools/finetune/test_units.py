from __future__ import annotations

import numpy as np
import pytest
import torch

from build_tools.finetune.units import VOCABULARY, UnitLookup, slots, unit_rows


def some_pairs(count):
    """Return distinct pairs that are not spread evenly, as those of a language."""
    chance = np.random.default_rng(0)
    ids = 20 + chance.geometric(0.003, size=(2 * count, 2))
    return np.unique(ids @ [VOCABULARY, 1])[:count]


def test_units_are_tokens_and_those_pairs_that_have_a_row():
    pairs = np.array([20 * VOCABULARY + 21, 30 * VOCABULARY + 31])
    rows = unit_rows(np.array([20, 21, 30, 31, 20]), pairs)
    assert rows.tolist() == [20, 21, 30, 31, 20, VOCABULARY, VOCABULARY + 1]


def test_the_graph_finds_the_same_rows():
    pairs = some_pairs(44_000)
    lookup = UnitLookup(pairs)
    chance = np.random.default_rng(1)
    held = chance.choice(pairs, 200)
    ids = np.stack([held // VOCABULARY, held % VOCABULARY], axis=1).ravel()
    ids = np.concatenate([ids, chance.integers(20, VOCABULARY, 400)])

    found = lookup(torch.from_numpy(ids)[None])[0].numpy()
    assert found[found > 0].tolist() == unit_rows(ids, pairs)[len(ids) :].tolist()
    assert (found > 0).sum() >= 200


def test_too_many_pairs_are_refused():
    with pytest.raises(ValueError, match="too many"):
        slots(np.arange(70_000))
    with pytest.raises(ValueError, match="no place"):
        slots(np.repeat(some_pairs(30), 5))
