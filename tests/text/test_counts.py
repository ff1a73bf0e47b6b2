"""Counting characters and words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.characters import is_han
from assistant.text.counts import count


@pytest.mark.parametrize(
    ("text", "hanzi", "with_punctuation", "words"),
    [
        ("", 0, 0, 0),
        ("春天来了，花开了。", 7, 9, 9),
        ("我用 Python 3.11 写作", 4, 5, 6),
        ("“好！”——他说……", 3, 10, 10),
        ("他说Hello。", 2, 3, 4),
        ("二〇二四年", 5, 5, 5),
        ("𠮷野家😀", 3, 3, 4),
        ("ひらがな", 0, 0, 4),
        ("　　首行", 2, 2, 2),
    ],
)
def test_counts_follow_the_chinese_and_the_word_processors_way(
    text: str, hanzi: int, with_punctuation: int, words: int
) -> None:
    counts = count(text)
    assert (counts.hanzi, counts.with_punctuation, counts.words) == (
        hanzi,
        with_punctuation,
        words,
    )


def test_line_ends_are_no_characters_and_spaces_are_counted_apart() -> None:
    counts = count("你 好\n世\t界\u3000\n")
    assert counts.characters == 7
    assert counts.characters_without_spaces == 4


@given(st.text())
def test_classes_agree_with_unicode(text: str) -> None:
    counts = count(text)
    assert counts.hanzi == sum(map(is_han, text))
    assert counts.characters_without_spaces == sum(not c.isspace() for c in text)


@given(st.text(alphabet=st.characters(categories=["P"], max_codepoint=0x7E)))
def test_every_ascii_punctuation_mark_counts_as_one(text: str) -> None:
    assert all(unicodedata.category(c)[0] == "P" for c in text)
    assert count(text).with_punctuation == len(text)


@given(st.text(), st.text())
def test_counts_of_two_paragraphs_add_up(first: str, second: str) -> None:
    one, other, both = count(first), count(second), count(f"{first}\n{second}")
    assert both.words == one.words + other.words
    assert both.hanzi == one.hanzi + other.hanzi
