from __future__ import annotations

import pytest

from assistant.text.listed import listed_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("高兴", ("高兴",)),
        ("高兴、快乐，愉快", ("高兴", "快乐", "愉快")),
        (" a b ,c;\td\n、a b", ("a b", "c", "d")),
        (" 、,", ()),
    ],
)
def test_words_stand_between_marks_and_count_once(typed: str, words: tuple[str, ...]) -> None:
    assert listed_words(typed) == words
