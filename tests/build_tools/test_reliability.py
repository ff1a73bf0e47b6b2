from __future__ import annotations

import pytest

from build_tools.accuracy import Guess
from build_tools.reliability import curve, lowest


def results(*groups: tuple[float, int, int]) -> list[Guess]:
    """Return ``right`` right and ``wrong`` wrong guesses of each confidence."""
    return [
        Guess(confidence, 1 if i < right else 2)
        for confidence, right, wrong in groups
        for i in range(right + wrong)
    ]


FOUND = results((0.1, 1, 9), (0.45, 5, 5), (0.72, 8, 2), (0.97, 10, 0), (1.0, 10, 0))


def test_the_curve_counts_every_guess_once():
    rows = curve(FOUND)
    assert sum(count for _, count, _ in rows) == len(FOUND)
    assert [share for _, _, share in rows] == pytest.approx([0.1, 0.5, 0.8, 1.0])


def test_a_bound_is_the_lowest_that_keeps_the_share():
    assert lowest(FOUND, 0.9) == 0.5
    assert lowest(FOUND, 0.95) == 0.75
    assert lowest(FOUND, 0.4, below=0.5) == 0.15


def test_without_good_guesses_nothing_is_sure():
    assert lowest(results((0.9, 1, 9)), 0.8) == 1.0
