from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Span
from assistant.text.masks import find_spans, with_length

MARKS = ["[MASK]", "[mask]", "【MASK】", "____", "（　　）", "□"]


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_one_blank_of_unknown_length(mark: str) -> None:
    assert find_spans(f"春风又{mark}江南岸") == (Span(3, 3 + len(mark), None),)


@pytest.mark.parametrize("mark", ["[MASK]", "【MASK】", "□"])
def test_adjacent_marks_are_one_span_of_exactly_that_many_characters(mark: str) -> None:
    assert find_spans(f"实现了{mark * 3}。") == (Span(3, 3 + 3 * len(mark), 3),)


@pytest.mark.parametrize("drawn", ["（　）", "(   )", "______", "（  ）"])
def test_the_drawn_width_of_a_blank_says_nothing_about_its_length(drawn: str) -> None:
    assert [span.length for span in find_spans(f"他{drawn}了")] == [None]


@pytest.mark.parametrize("text", ["", "没有空", "a_b", "__init__", "（注）", "()", "[ ]", "f( )"])
def test_text_without_marks_has_no_blank(text: str) -> None:
    assert find_spans(text) == ()


def test_pinning_a_length_leaves_adjacent_marks_alone() -> None:
    spans = with_length(find_spans("[MASK]和[MASK][MASK]"), 4)
    assert [span.length for span in spans] == [4, 2]


@given(st.lists(st.tuples(st.text("甲乙，\n", min_size=1, max_size=5), st.sampled_from(MARKS))))
def test_spans_cover_exactly_the_marks(parts: list[tuple[str, str]]) -> None:
    text = "".join(plain + mark for plain, mark in parts)
    spans = find_spans(text)
    assert [text[s.start_char : s.end_char] for s in spans] == [mark for _, mark in parts]
