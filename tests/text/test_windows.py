from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sentences import clause_borders, sentence_borders
from assistant.text.windows import window

TEXT = "山里下了一夜的雨。清早，路边的□开了。孩子们跑出来看。后来天晴了。"


def test_sentences_keep_their_closing_quotes() -> None:
    text = "他说：“走吧。”我们就走了！3.14 不断句。"
    pieces = [text[a:b] for a, b in pairwise(sentence_borders(text))]
    assert pieces == ["他说：“走吧。”", "我们就走了！", "3.14 不断句。"]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentence_borders("床前\n明月") == [0, 3, 5]


def test_clauses_are_finer_than_sentences() -> None:
    assert set(sentence_borders(TEXT)) < set(clause_borders(TEXT))


def test_the_window_grows_by_whole_sentences() -> None:
    place = TEXT.index("□")
    start, end = window(TEXT, place, place + 1, 20)
    assert TEXT[start:end] == "清早，路边的□开了。孩子们跑出来看。"


def test_everything_is_taken_when_it_fits() -> None:
    place = TEXT.index("□")
    assert window(TEXT, place, place + 1, 200) == (0, len(TEXT))


def test_a_long_sentence_is_cut_at_clauses() -> None:
    text = "一二三四五六七，" * 5 + "八九□十，" + "一二三四五六七，" * 5
    place = text.index("□")
    start, end = window(text, place, place + 1, 24)
    assert text[start:end].count("，") >= 2
    assert start == 0 or text[start - 1] == "，"
    assert text[end - 1] == "，"


def test_text_without_any_border_is_cut_evenly_around_the_blank() -> None:
    text = "字" * 300 + "□" + "字" * 300
    assert window(text, 300, 301, 101) == (250, 351)


def test_room_that_one_side_cannot_use_goes_to_the_other() -> None:
    text = "字" * 10 + "□" + "字" * 300
    assert window(text, 10, 11, 101) == (0, 101)


@given(
    st.text("甲乙丙，。！？\n ”.", min_size=1, max_size=120),
    st.integers(0, 119),
    st.integers(1, 8),
    st.integers(1, 60),
)
def test_the_window_holds_the_span_and_keeps_the_budget(
    text: str, start: int, size: int, budget: int
) -> None:
    start = min(start, len(text) - 1)
    end = min(len(text), start + size)
    low, high = window(text, start, end, budget)
    assert 0 <= low <= start < end <= high <= len(text)
    assert high - low <= max(budget, end - start)
