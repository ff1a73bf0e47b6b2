from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from assistant.engine.label_valence import agreement, asks_for_feeling
from assistant.engine.labels import Labeller
from tests.engine.toy_understand import toy_understander

FEELING, TOPIC = "情感是{}。", "话题是{}。"
EVEN = dict.fromkeys(("好", "甲", "坏"), 1 / 3)
SETTINGS = {"feeling_share": 3.0, "feeling_temperature": 2.0}


@pytest.fixture
def labeller(tmp_path: Path) -> Labeller:
    return toy_understander(tmp_path, settings=SETTINGS).labels


def confidences(labeller: Labeller, text: str, template: str, multi: bool = False):
    result = labeller.classify(text, ["好", "甲", "坏"], template, multi)
    return {score.label: score.confidence for score in result.labels}


def test_agreement_is_the_probability_of_one_kind():
    odds = np.array([-3.0, 0.0, 0.5, 4.0])
    p, q = 1 / (1 + math.exp(-1.5)), 1 / (1 + np.exp(-odds))
    expected = np.log(2 * (p * q + (1 - p) * (1 - q)))
    np.testing.assert_allclose(agreement(1.5, odds), expected)


def test_what_has_no_valence_gains_nothing_and_sure_ones_stay_finite():
    np.testing.assert_allclose(agreement(0.0, np.array([-50.0, 0.0, 50.0])), 0, atol=1e-12)
    np.testing.assert_allclose(agreement(800.0, np.array([900.0])), math.log(2))
    assert np.isfinite(agreement(800.0, np.array([-900.0]))).all()


@pytest.mark.parametrize(
    ("template", "asks"),
    [("这段话的情感是{}。", True), ("语气{}", True), ("这段话的主题是{}。", False), ("{}", False)],
)
def test_the_template_says_what_is_asked_for(template: str, asks: bool):
    assert asks_for_feeling(template) is asks


def test_a_feeling_is_likelier_where_the_text_feels_like_it(labeller: Labeller):
    glad = confidences(labeller, "喜喜山水", FEELING)
    assert glad["好"] > glad["甲"] > glad["坏"]
    sad = confidences(labeller, "悲悲山水", FEELING)
    assert sad["坏"] > sad["甲"] > sad["好"]
    odds = np.array([2.0, 0.0, -2.0])
    scores = np.exp(3.0 * agreement(2.0, odds) / 2.0)
    assert [glad["好"], glad["甲"], glad["坏"]] == pytest.approx((scores / scores.sum()).tolist())


def test_labels_that_stand_for_themselves_are_weighed_too(labeller: Labeller):
    glad = confidences(labeller, "喜山水", FEELING, multi=True)
    assert glad["甲"] == pytest.approx(0.5)
    assert glad["好"] > 0.5 > glad["坏"]


def test_a_subject_has_no_valence(labeller: Labeller):
    assert confidences(labeller, "喜喜山水", TOPIC) == pytest.approx(EVEN)


def test_a_package_that_says_nothing_of_feelings_stays_as_it_was(tmp_path: Path):
    plain = toy_understander(tmp_path).labels
    assert confidences(plain, "喜喜山水", FEELING) == pytest.approx(EVEN)


def test_a_package_without_sentiment_still_labels(tmp_path: Path):
    plain = toy_understander(tmp_path, settings=SETTINGS, sentiment=None).labels
    assert confidences(plain, "喜喜山水", FEELING) == pytest.approx(EVEN)


def test_texts_of_several_windows_are_judged_as_a_whole(labeller: Labeller):
    glad = confidences(labeller, "喜山水花鸟。" * 12, FEELING)
    assert glad["好"] > glad["甲"] > glad["坏"]


def test_what_is_known_is_not_asked_again(labeller: Labeller, monkeypatch: pytest.MonkeyPatch):
    confidences(labeller, "喜喜山水", FEELING)
    monkeypatch.setattr(labeller._classifier, "logits", None)
    confidences(labeller, "喜喜山水", FEELING)
    labeller.forget()
    with pytest.raises(TypeError):
        confidences(labeller, "喜喜山水", FEELING)
