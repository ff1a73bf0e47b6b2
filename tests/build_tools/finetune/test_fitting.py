"""The fitted numbers are those that the data were made with."""

from __future__ import annotations

import numpy as np
import pytest

from build_tools.finetune.fitting import fit_mixture, fit_neutral, fit_scale, fit_temperature


@pytest.fixture
def random():
    return np.random.default_rng(5)


def test_temperature_undoes_overconfidence(random):
    logits = random.normal(size=(20_000, 4)) * 2
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    targets = (chances.cumsum(axis=1) > random.random((20_000, 1))).argmax(axis=1)

    assert fit_temperature(3 * logits, targets) == pytest.approx(3, rel=0.05)


def test_mixture_finds_temperature_and_share(random):
    encoder, judge = random.normal(size=(2, 20_000)) * 2
    positive = random.random(20_000) < 1 / (1 + np.exp(-(encoder + 0.5 * judge) / 2))

    assert fit_mixture(encoder, judge, positive) == pytest.approx((2, 0.5), rel=0.1)


def test_scale_multiplies_timid_odds(random):
    odds = random.normal(size=20_000) * 2
    positive = random.random(20_000) < 1 / (1 + np.exp(-odds))

    assert fit_scale(odds / 3, positive) == pytest.approx(3, rel=0.06)


def test_neutral_threshold_lies_between_calm_and_judging_sentences(random):
    calm = random.uniform(-0.4, 0.4, 500)
    odds = np.where(random.random(500) < 0.5, -1, 1) * random.uniform(1.5, 3, 500)

    assert 0.59 <= fit_neutral(calm, odds, odds > 0) <= 0.75
