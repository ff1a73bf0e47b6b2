"""Figures computed from known guesses."""

from __future__ import annotations

import pytest

from build_tools.accuracy import Guess, calibration_error, choice_accuracy, guesses, hit_rate
from build_tools.datasets import Choice, Item


class Fixed:
    """Always proposes the same words; scores a word by its place in them."""

    def __init__(self, *words):
        self.words = words

    def best(self, left, right, length, top):
        fitting = [word for word in self.words if length in (None, len(word[0]))]
        return fitting[:top]

    def scores(self, left, right, words):
        return [dict(self.words).get(word, 0.0) for word in words]


SCORER = Fixed(("山", 0.6), ("大海", 0.3), ("水", 0.1))


def test_guess_holds_the_place_of_the_first_right_word():
    items = [Item("", "", ("水", "石")), Item("", "", ("天",))]

    assert guesses(SCORER, items, length_known=True) == [Guess(0.6, 2), Guess(0.6, None)]


def test_unknown_length_lets_words_of_all_lengths_compete():
    items = [Item("", "", ("大海",))]

    assert guesses(SCORER, items, length_known=True) == [Guess(0.3, 1)]
    assert guesses(SCORER, items, length_known=False) == [Guess(0.6, 2)]


def test_no_candidate_counts_as_a_miss_without_confidence():
    assert guesses(Fixed(), [Item("", "", ("天",))], length_known=True) == [Guess(0.0, None)]


def test_hit_rate_counts_right_words_among_the_first():
    results = [Guess(0.5, 1), Guess(0.5, 3), Guess(0.5, None), Guess(0.5, 5)]

    assert hit_rate(results, 1) == 0.25
    assert hit_rate(results, 4) == 0.5
    assert hit_rate(results, 5) == 0.75


def test_calibration_error_is_zero_where_confidence_is_the_share_of_right_words():
    results = [Guess(0.75, 1)] * 3 + [Guess(0.75, 2)]

    assert calibration_error(results) == pytest.approx(0.0)


def test_calibration_error_weighs_the_gap_of_each_bin_by_its_items():
    confident_and_wrong = [Guess(1.0, None)]
    unsure_and_right = [Guess(0.05, 1)] * 3

    assert calibration_error(confident_and_wrong) == pytest.approx(1.0)
    assert calibration_error(confident_and_wrong + unsure_and_right) == pytest.approx(
        (1.0 + 3 * 0.95) / 4
    )


def test_choice_is_right_when_the_right_word_scores_best():
    choices = [Choice("", "", ("水", "山"), 1), Choice("", "", ("山", "水"), 1)]

    assert choice_accuracy(SCORER.scores, choices) == 0.5
