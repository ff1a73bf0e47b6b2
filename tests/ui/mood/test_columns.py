"""The mood of a text as columns of a chart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.mood.columns import columns, curve


def test_each_column_is_the_mean_of_its_part_of_the_text():
    bars = columns([0, 4], [4, 8], [1.0, -1.0], 0, 8, 4)
    assert bars.tolist() == [1.0, 1.0, -1.0, -1.0]


def test_a_column_over_two_sentences_weighs_them_by_length():
    bars = columns([0, 3], [3, 4], [1.0, -1.0], 0, 4, 1)
    assert bars.tolist() == [pytest.approx(0.5)]


def test_text_without_a_verdict_is_a_gap():
    bars = columns([0, 6], [2, 8], [1.0, 0.5], 0, 8, 4)
    assert bars[0] == 1.0
    assert np.isnan(bars[1])
    assert np.isnan(bars[2])
    assert bars[3] == 0.5


def test_nothing_gives_gaps():
    assert np.isnan(columns([], [], [], 0, 9, 3)).all()
    assert np.isnan(curve(np.full(5, np.nan))).all()


def test_the_curve_goes_through_an_even_mood_and_ends_with_the_text():
    bars = np.full(100, np.nan)
    bars[:50] = 0.4
    course = curve(bars)
    assert course[:50] == pytest.approx(0.4)
    assert np.isnan(course[60:]).all()


@given(
    st.lists(st.tuples(st.integers(1, 40), st.floats(-1, 1)), min_size=1, max_size=30),
    st.integers(1, 50),
)
def test_all_columns_together_keep_the_mean(sentences, count):
    lengths = np.array([length for length, _value in sentences], dtype=np.int64)
    values = np.array([value for _length, value in sentences])
    ends = np.cumsum(lengths)
    starts = (ends - lengths).tolist()
    bars = columns(starts, ends.tolist(), values.tolist(), 0, int(ends[-1]), count)
    assert bars.mean() == pytest.approx(float((values * lengths).sum() / ends[-1]), abs=1e-9)
    assert np.abs(bars).max() <= 1 + 1e-9
