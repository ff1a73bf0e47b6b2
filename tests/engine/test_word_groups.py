"""The words of a sentence that are left out one at a time."""

from __future__ import annotations

from assistant.engine.word_groups import word_groups

SENTENCE = "老师喜欢音乐，朋友也喜欢图书馆。"


def pieces(most: int, borders: tuple[int, ...] = ()) -> list[str]:
    return [SENTENCE[start:end] for start, end in word_groups(SENTENCE, most, borders)]


def test_marks_are_no_words():
    assert pieces(20) == ["老师", "喜欢", "音乐", "朋友", "也", "喜欢", "图书馆"]


def test_neighbours_are_taken_together_where_there_are_too_many():
    assert pieces(4) == ["老师喜欢", "音乐，朋友", "也喜欢", "图书馆"]


def test_but_not_across_a_border():
    assert pieces(3, (7,)) == ["老师喜欢音乐", "朋友也喜欢", "图书馆"]


def test_half_a_pair_keeps_the_places():
    text = "今天\ud800天气"
    assert [text[a:b] for a, b in word_groups(text, 9)] == ["今天", "天气"]
