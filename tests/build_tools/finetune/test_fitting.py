"""The fitted numbers are those that the data were made with."""

from __future__ import annotations

import numpy as np
import pytest

from build_tools.finetune.fitting import fit_mixture, fit_scale, fit_temperature
from build_tools.finetune.records import CALM


@pytest.fixture
def random():
    return np.random.default_rng(5)


def test_temperature_undoes_overconfidence(random):
    logits = random.normal(size=(20_000, 4)) * 2
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    targets = (chances.cumsum(axis=1) > random.random((20_000, 1))).argmax(axis=1)

    assert fit_temperature(3 * logits, targets) == pytest.approx(3, rel=0.05)


def drawn(random, logits):
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return (chances.cumsum(axis=1) > random.random((len(logits), 1))).argmax(axis=1)


@pytest.fixture
def parts(random):
    """Logits, linear odds, judgements made with temperature 2, share 0.5 and calm 0.7."""
    encoder, judge = random.normal(size=(20_000, 3)) * 4, random.normal(size=20_000) * 4
    logits = encoder + np.stack([-judge / 4, judge / 4, np.full_like(judge, 0.7)], axis=1)
    return encoder, judge, drawn(random, logits / 2)


def test_mixture_finds_temperature_share_and_calm(parts):
    found = fit_mixture(*parts, np.ones(20_000, dtype=bool))

    assert (found.temperature, found.share) == pytest.approx((2, 0.5), rel=0.1)
    assert found.calm == pytest.approx(0.7, abs=0.15)


def test_judgements_between_two_sides_say_nothing_of_calm(parts):
    """Half of the rows know stars only: those without stars were left out of them."""
    encoder, judge, wanted = parts
    of_three = np.arange(20_000) % 2 == 0
    kept = of_three | (wanted != CALM)

    found = fit_mixture(encoder[kept], judge[kept], wanted[kept], of_three[kept], 0.5)

    assert found.share == 0.5
    assert found.temperature == pytest.approx(2, rel=0.1)
    assert found.calm == pytest.approx(0.7, abs=0.2)


def test_scale_multiplies_timid_odds(random):
    odds = random.normal(size=20_000) * 2
    positive = random.random(20_000) < 1 / (1 + np.exp(-odds))

    assert fit_scale(odds / 3, positive) == pytest.approx(3, rel=0.06)
