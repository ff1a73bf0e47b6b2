"""Probabilities in words."""

from __future__ import annotations

import pytest

from assistant.ui.panels.effect_strip import signed
from assistant.ui.wording import confidence_word, percent, rank_words


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (1.0, "> 99 %"),
        (0.9951, "> 99 %"),
        (0.9949, "99 %"),
        (0.914, "91 %"),
        (0.1, "10 %"),
        (0.0994, "9.9 %"),
        (0.006, "0.6 %"),
        (0.0009, "< 0.1 %"),
        (0.0, "< 0.1 %"),
    ],
)
def test_percent(probability, shown):
    assert percent(probability) == shown


@pytest.mark.parametrize(
    ("probability", "word"), [(0.9, "很有把握"), (0.3, "较可能"), (0.05, "仅供参考")]
)
def test_confidence(probability, word):
    assert confidence_word(probability) == word


@pytest.mark.parametrize(
    ("rank", "words"), [(1, "第 1 名"), (100, "第 100 名"), (None, "一百名以外")]
)
def test_rank(rank, words):
    assert rank_words(rank) == words


@pytest.mark.parametrize(
    ("effect", "shown"), [(1.24, "+1.2"), (-0.5, "−0.5"), (-0.04, "0.0"), (0.0, "0.0")]
)
def test_effects_carry_their_sign_and_zero_has_none(effect, shown):
    assert signed(effect) == shown
