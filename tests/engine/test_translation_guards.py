from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.translation_guards import loop_start, most_tokens, repeats


@pytest.mark.parametrize(
    ("ids", "start"),
    [
        ([1, 2, 3, 4, 5], None),
        ([7, 7, 7], None),
        ([1, 7, 7, 7, 7], 2),
        ([1, 2, 1, 2, 3], None),
        ([1, 2, 1, 2, 1, 2], 2),
        ([9, 1, 2, 3, 1, 2, 3, 1, 2, 3], 4),
        ([1, 2, 3, 4, 0, 1, 2, 3, 4, 8, 9, 1, 2, 3, 4], 5),
        ([], None),
    ],
)
def test_a_loop_is_found_behind_its_first_round(ids: list[int], start: int | None):
    assert loop_start(ids) == start


@given(st.lists(st.integers(0, 9), unique=True))
def test_tokens_that_all_differ_are_no_loop(ids: list[int]):
    assert loop_start(ids) is None


@given(st.lists(st.integers(0, 3), max_size=6), st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_what_is_left_after_cutting_loops_holds_none_in_the_end(head: list[int], part: list[int]):
    ids = [*head, *part * 4]
    for _ in ids:
        start = loop_start(ids)
        if start is None:
            break
        ids = ids[:start]
    assert loop_start(ids) is None


def test_a_source_that_repeats_itself_is_known():
    assert repeats("哈哈哈哈哈")
    assert not repeats("好好学习，天天向上")


def test_long_sources_may_be_long_in_translation_up_to_the_limit():
    assert most_tokens(1, 100) < most_tokens(10, 100) <= 100
    assert most_tokens(1000, 100) == 100
