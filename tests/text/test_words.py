"""Words and their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.words import word_around, word_places

_TEXTS = st.text(st.sampled_from("今天天气很好，。 \n\t\u3000ab1.5\U00020000\U0001f600\ud800"))


@given(_TEXTS)
def test_the_words_lie_side_by_side_and_are_the_whole_text(text):
    places = word_places(text)
    assert [start for start, _ in places] == [0, *(end for _, end in places)][: len(places)]
    assert all(start < end for start, end in places)
    assert (places[-1][1] if places else 0) == len(text)


@pytest.mark.parametrize(
    ("place", "word"), [(0, "老师"), (1, "老师"), (2, "喜欢"), (4, "音乐"), (6, "。")]
)
def test_the_word_that_holds_a_place(place, word):
    text = "老师喜欢音乐。"
    start, end = word_around(text, place)
    assert text[start:end] == word


def test_beyond_the_text_there_is_no_word():
    assert word_around("今天", 2) == (2, 2)
