"""Choosing among given words: shares of one, by what is likely and by what suits the text."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.choices import ChoiceGate
from assistant.engine.fill import Filler
from assistant.errors import WordError
from assistant.records import FillRequest
from assistant.text.masks import find_spans
from tests.engine.bigram import bigram_graph
from tests.engine.toy import toy_package

GATE = ChoiceGate({"4": [0.5, 2.0, 3.0, 0.7], "3": [1.0, 2.0]})
LOGS = st.lists(st.floats(-50, 0) | st.just(-math.inf), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def filler(tmp_path_factory: pytest.TempPathFactory) -> Filler:
    graph = bigram_graph({"甲": "乙", "乙": "丙", "丙": "丁"})
    return Filler(toy_package(tmp_path_factory.mktemp("toy"), graph=graph))


def test_all_opinions_count_as_fitted_for_the_length() -> None:
    shares = GATE.shares([[-2.0, -4.0], [0.0, 1.5], [0.25, 0.0], [-9.0, -8.0]], 4)
    expected = 0.5 * -2 + 2 * 1.5 - 3 * 0.25 + 0.7 * 1
    assert math.log(shares[1] / shares[0]) == pytest.approx(expected)


def test_weights_of_before_there_were_gaps_and_ranks_know_none() -> None:
    shares = GATE.shares([[-2.0, -2.0], [0.0, 0.5], [9.0, 0.0], [-3.0, 0.0]], 3)
    assert math.log(shares[1] / shares[0]) == pytest.approx(2 * 0.5)


def test_of_a_length_that_was_not_fitted_the_probability_alone_counts() -> None:
    for length in (2, None):
        others = [[5.0, 0.0], [0.0, 5.0], [-1.0, -9.0]]
        shares = GATE.shares([[math.log(0.2), math.log(0.6)], *others], length)
        assert shares == pytest.approx([0.25, 0.75])


@given(LOGS)
def test_shares_are_probabilities_and_none_is_of_a_word_that_cannot_be_written(
    logs: list[float],
) -> None:
    shares = GATE.shares([logs, *[[1.0] * len(logs)] * 3], 4)
    written = np.array(logs) > -math.inf
    assert shares.sum() == pytest.approx(float(written.any()))
    assert not shares[~written].any()


@pytest.mark.parametrize(
    "settings", [{"4": [1.0]}, {"4": [1.0] * 5}, {"4": [1.0, math.nan]}, {"four": [1.0, 1.0]}]
)
def test_other_weights_are_refused(settings: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match=r"choice gate|invalid literal"):
        ChoiceGate(settings)


def choose(filler: Filler, text: str, *words: str) -> list[list[tuple[str, float]]]:
    request = FillRequest(text, find_spans(text), choices=words)
    spans = filler.fill(request).spans
    return [[(choice.text, choice.confidence) for choice in span.choices] for span in spans]


def test_the_best_choice_comes_first_and_all_share_one(filler: Filler) -> None:
    ((best, share), *others) = choose(filler, "庚甲[MASK]庚。", "丁", "乙", "己", "乙")[0]
    assert best == "乙"
    assert share > 0.5
    assert sorted(word for word, _ in others) == ["丁", "己"]
    assert share + sum(p for _, p in others) == pytest.approx(1)


def test_words_of_different_lengths_can_be_compared(filler: Filler) -> None:
    found = dict(choose(filler, "庚甲[MASK]庚。", "乙丙", "己己己")[0])
    assert found["乙丙"] > found["己己己"] > 0
    assert sum(found.values()) == pytest.approx(1)


def test_every_span_weighs_those_that_can_stand_in_it(filler: Filler) -> None:
    first, second = choose(filler, "甲[MASK][MASK]，庚庚甲____庚。", "乙丙", "乙")
    assert [word for word, _ in first] == ["乙丙"]
    assert {word for word, _ in second} == {"乙丙", "乙"}


def test_a_choice_that_cannot_stand_in_the_only_span_is_named(filler: Filler) -> None:
    with pytest.raises(WordError):
        choose(filler, "甲[MASK][MASK]庚。", "乙丙", "乙")
