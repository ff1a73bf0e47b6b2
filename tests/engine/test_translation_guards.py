from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.translation_guards import (
    Said,
    is_loop,
    most_tokens,
    said_again,
    without_loops,
)

PLAIN = Said()


@pytest.mark.parametrize(
    "text",
    [
        "Very, very, very good.",
        "Again and again.",
        "I see it. I see it.",
        "The more you read, the more you know, the more you see.",
        "1, 2, 3, 4, 5, 6",
        "One of the first, and one of the last.",
        "",
    ],
)
def test_what_people_repeat_is_no_loop(text: str):
    assert not is_loop(list(map(ord, "abc")), text, PLAIN)
    assert without_loops(text, PLAIN) == text


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("No no no no no way.", "No no no way."),
        ("We talk of the state, and the state and, the State, and so on.",
         "We talk of the state, and the state and so on."),
        ("the sea, The sea; the sea the sea", "the sea, The sea"),
        ("I was the one who was the one who was the one who won.",
         "I was the one who was the one who won."),
        ("a b c d x, a b c d y, a b c d z.", "a b c d x"),
    ],
)  # fmt: skip
def test_circles_of_words_are_seen_whatever_stands_between_and_shortened(text, shortened):
    assert is_loop([], text, PLAIN)
    assert without_loops(text, PLAIN) == shortened


def test_circles_of_tokens_inside_a_word_are_seen():
    assert is_loop([5, 7, 7, 7, 7], "assss", PLAIN)
    assert is_loop([1, 2, 1, 2, 1, 2], "nanana", PLAIN)
    assert not is_loop([1, 2, 1, 2, 3], "nanab", PLAIN)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("好好学习，天天向上", Said(2, 1)),
        ("不，不，不，让我说完。", Said(3, 1)),
        ("哈哈哈哈哈", Said(5, 1)),
        ("你不怕吗？你不怕吗？你不怕吗？", Said(3, 3)),
        ("春天来了", Said(1, 1)),
        ("", Said(1, 1)),
    ],
)
def test_how_often_a_source_repeats_itself_is_counted(source: str, said: Said):
    assert said_again(source) == said


def test_a_translation_may_repeat_as_often_as_its_source():
    said = said_again("不，不，不，不，不，别走。")
    assert not is_loop([], "No, no, no, no, no, don't go.", said)
    assert without_loops("No, no, no, no, no, no, no, don't go.", said) == (
        "No, no, no, no, no, don't go."
    )


@given(st.lists(st.integers(0, 30), unique=True))
def test_what_differs_is_no_loop(ids: list[int]):
    assert not is_loop(ids, " ".join(map(str, ids)), PLAIN)


@given(
    st.lists(st.sampled_from("abcd"), max_size=6),
    st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=8),
    st.integers(2, 9),
)
def test_nothing_goes_round_once_shortened(head: list[str], part: list[str], rounds: int):
    text = " ".join([*head, *part * rounds])
    shortened = without_loops(text, PLAIN)
    assert not is_loop([], shortened, PLAIN)
    assert text.startswith(shortened.split(" ")[0])


def test_long_sources_may_be_long_in_translation_up_to_the_limit():
    assert most_tokens(1, 100) < most_tokens(10, 100) <= 100
    assert most_tokens(1000, 100) == 100
