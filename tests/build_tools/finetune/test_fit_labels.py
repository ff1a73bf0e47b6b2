from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.label_temperature import LabelTemperature
from build_tools.finetune.fit_labels import Choices, LabelFitter, fit_factors, fit_label_temperature
from build_tools.finetune.likeness import MEASURES


def choices(count, labels, *, strange):
    """Return questions whose right label the second measure tells and the encoder does not."""
    chance = np.random.default_rng(labels)
    logits = chance.normal(size=(count, labels, 3))
    measures = np.zeros((count, labels, MEASURES))
    measures[:, :, 1] = chance.normal(size=(count, labels)) / 10
    measures[:, :, -1] = strange
    right = measures[:, :, 1].argmax(axis=1)
    return Choices(logits, measures, right)


def test_the_measure_that_tells_is_weighed_and_the_others_are_not():
    sets = [choices(200, 10, strange=0.0), choices(200, 20, strange=1.0)]
    factors = fit_factors(sets)
    assert len(factors) == MEASURES - 1
    assert factors[1] > 10
    assert np.abs(factors[[0, 2, 3]]).max() < 0.2


def test_factors_that_are_given_are_kept_and_the_rest_is_fitted(monkeypatch):
    sets = [choices(60, 10, strange=0.0), choices(60, 20, strange=1.0)] * 2
    monkeypatch.setattr(LabelFitter, "choices", lambda _self, _rows: sets)
    fitter = LabelFitter(*[None] * 4)
    given = np.array([1.0, 20.0, 1.0, -1.0, -4.0])
    fitted = fitter.fit([], 0.25, given)
    assert fitted.factors.tolist() == given.tolist()
    assert not np.array_equal(fitter.fit([], 0.25).factors, given)
    assert fitted.label_temperature.usual > 0
    chosen = LabelTemperature(2.0, 1.0, 9.0)
    assert fitter.fit([], 0.25, given, chosen).label_temperature == chosen


def test_less_is_left_of_what_the_encoder_says_of_strangers():
    one = choices(4, 3, strange=0.0)
    one.measures[:, 2, -1] = 1
    left = one.with_less(0.25)
    np.testing.assert_allclose(left.logits[:, :2], one.logits[:, :2])
    np.testing.assert_allclose(left.logits[:, 2], one.logits[:, 2] / 4)


def test_the_temperature_of_a_choice_is_found_again():
    chance = np.random.default_rng(0)
    true = LabelTemperature(3.0, 4.0, 12.0)
    scores, right = [], []
    for labels, size in ((4, 2), (12, 8), (60, 20)):
        scores.append(chance.normal(size=(6000, labels)) * size)
        chances = np.exp(true.log_probs(scores[-1]))
        right.append(np.array([chance.choice(labels, p=row) for row in chances]))
    found = fit_label_temperature(scores, right)
    assert found.usual == pytest.approx(true.usual, rel=0.1)
    assert found.near == pytest.approx(true.near, rel=0.15)
    assert found.far == pytest.approx(true.far, rel=0.15)
