"""The choice gate is fitted on words of held-out text among rivals of their length."""

from __future__ import annotations

import numpy as np
import pytest

from build_tools.memory.fit_choices import Rivals, chosen, fit, word_places


def made(count: int) -> Rivals:
    words = [(i, i) for i in range(1, count + 1)]
    angles = np.linspace(0, np.pi / 2, count)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    return Rivals(words, {w: i for i, w in enumerate(words)}, vectors, np.full(count, 1 / count))


def test_half_of_the_rivals_stand_in_the_same_kind_of_texts():
    known = made(200)
    word, *others = known.of((1, 1), np.random.default_rng(0))
    assert word == (1, 1)
    assert len({word, *others}) == 7
    assert all(other[0] <= 13 for other in others[:3])  # the twelve nearest by angle
    assert max(other[0] for other in others[3:]) > 13


def test_a_word_that_no_topic_knows_has_no_rivals():
    assert made(200).of((999, 999), np.random.default_rng(0)) == []


def test_words_are_those_of_the_segmentation():
    (gap,) = word_places(["我们明天去公园散步。", "好。"], 2)
    assert gap.text[gap.start : gap.start + gap.length] == "散步"


def test_the_weights_that_made_the_choices_are_found_again():
    chance = np.random.default_rng(0)
    examples = chance.normal(size=(4000, 7, 2)) * [3.0, 1.0]
    odds = examples @ np.array([0.5, 2.0]) + chance.gumbel(size=(4000, 7))
    right = odds.argmax(axis=1)
    for row, place in enumerate(right):
        examples[row, [0, place]] = examples[row, [place, 0]]
    weights = fit(examples)
    assert weights == pytest.approx([0.5, 2.0], rel=0.1)
    assert chosen(examples, weights) > chosen(examples, np.array([1.0, 0.0])) + 0.1
