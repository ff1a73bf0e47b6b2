from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.label_temperature import LabelTemperature
from assistant.engine.verdicts import log_softmax


def test_without_near_and_far_it_is_a_temperature():
    scores = np.array([[3.0, 1.0, -2.0], [0.0, 0.0, 9.0]])
    np.testing.assert_allclose(LabelTemperature(2.0).log_probs(scores), log_softmax(scores / 2))


@pytest.mark.parametrize("choice", [LabelTemperature(2.0), LabelTemperature(2.0, 3.0, 8.0)])
def test_equal_scores_and_a_single_one_share_1_evenly(choice: LabelTemperature):
    np.testing.assert_allclose(np.exp(choice.log_probs(np.full((2, 4), 5.0))), 0.25)
    np.testing.assert_allclose(choice.log_probs(np.array([7.0])), 0)


@pytest.mark.parametrize("size", [0.5, 40.0])
def test_hardly_apart_and_very_far_apart_is_less_sure(size: float):
    scores = np.array([1.0, 0.3, 0.0]) * size
    plain = LabelTemperature(2.0).log_probs(scores)
    found = LabelTemperature(2.0, 3.0, 8.0).log_probs(scores)
    assert found[0] < plain[0]
    assert np.argsort(found).tolist() == np.argsort(plain).tolist()
    assert np.exp(found).sum() == pytest.approx(1)


def test_settings_are_read_and_what_is_missing_has_its_default():
    settings = {"label_temperature": 1.5, "label_far": 9}
    assert LabelTemperature.of(settings, 4.0) == LabelTemperature(1.5, 0.0, 9.0)
    assert LabelTemperature.of({}, 4.0) == LabelTemperature(4.0)


@pytest.mark.parametrize("kind", ["label", "feeling"])
def test_what_is_written_is_read_again(kind: str):
    written = LabelTemperature(2.0, 3.0, 8.0)
    settings = {"label_far": 1.0, "feeling_far": 2.0, **written.settings(kind)}
    assert LabelTemperature.of(settings, 4.0, kind) == written
