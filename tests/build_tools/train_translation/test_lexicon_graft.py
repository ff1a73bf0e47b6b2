"""Words are aligned with what they mean, and embeddings move there."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

from build_tools.train_translation import lexicon as module
from build_tools.train_translation.lexicon import Lexicon, align, graft
from build_tools.train_translation.shards import load_shards


@pytest.fixture(scope="module")
def tokenizer(prepared):
    return Tokenizer.from_file(str(prepared / "tokenizer" / "tokenizer.json"))


def test_words_are_aligned_with_their_translations(prepared, tokenizer):
    found = align(load_shards(prepared / "shards"), tokenizer.get_vocab_size(), rounds=8)
    source = tokenizer.encode("月亮").ids
    target = tokenizer.encode("the moon").ids
    best = {int(found.chances[token].argmax()) for token in source[:-1]}
    assert best & set(target[:-1])


def test_every_token_shares_out_one(prepared, tokenizer):
    found = align(load_shards(prepared / "shards"), tokenizer.get_vocab_size(), rounds=2)
    sums = found.chances.sum(1)
    assert np.allclose(sums[found.counts > 0], 1, atol=1e-4)


def test_a_smaller_draw_counts_fewer_words(prepared, tokenizer):
    pairs, size = load_shards(prepared / "shards"), tokenizer.get_vocab_size()
    assert align(pairs, size, most=30).counts.sum() < 0.2 * align(pairs, size).counts.sum()


@pytest.fixture
def made():
    """Return a lexicon of four tokens: 2 is Chinese and means 3; 1 is written in both."""
    chances = np.zeros((4, 4), np.float32)
    chances[2, 3], chances[2, 0], chances[1, 1] = 0.9, 0.02, 1.0
    return Lexicon(
        chances,
        np.full(4, 50, np.float32),
        np.array([0, 50, 50, 0]),
        np.array([90, 50, 0, 50]),
    )


def cosine(one, other):
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_a_chinese_row_moves_towards_its_translation_and_keeps_its_length(made):
    table = np.random.default_rng(1).normal(size=(4, 16)).astype(np.float32)
    found = graft(table, made)
    assert cosine(found[2], table[3]) > cosine(table[2], table[3]) + 0.2
    assert np.linalg.norm(found[2]) == pytest.approx(np.linalg.norm(table[2]), rel=1e-5)


def test_other_rows_stay(made):
    table = np.random.default_rng(2).normal(size=(4, 16)).astype(np.float32)
    found = graft(table, made)
    np.testing.assert_array_equal(found[[0, 1, 3]], table[[0, 1, 3]])


def test_a_rare_token_stays(made):
    table = np.random.default_rng(3).normal(size=(4, 16)).astype(np.float32)
    made.counts[2] = module._LEAST_COUNT
    np.testing.assert_array_equal(graft(table, made), table)
