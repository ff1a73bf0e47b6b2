from __future__ import annotations

import pytest

from assistant.cloze.places import Place
from assistant.cloze.stand_in import can_stand_in, is_closed_class


def stands(text: str, answer: str, word: str) -> bool:
    at = text.index(answer)
    return can_stand_in(text, Place(at, at + len(answer)), word)


@pytest.mark.parametrize(
    ("text", "answer", "word", "expected"),
    [
        ("他把钱存进了银行。", "存", "放", True),
        ("他把钱存进了银行。", "存", "银", False),  # a noun
        ("小溪边行走的人们都夸奖她。", "行走", "缘", False),  # 边缘 is another word
        ("天气变得很冷。", "冷", "暖", True),
        ("天气变得很冷。", "冷", "太阳", False),
        ("我们高高兴兴地去公园。", "园", "司", True),  # 公司 is a word
        ("我们高高兴兴地去公园。", "园", "鸟", False),
    ],
)
def test_words_of_the_same_kind_stand_in(text, answer, word, expected) -> None:  # pyright: ignore
    assert stands(text, answer, word) is expected


def test_of_several_words_only_the_borders_must_hold() -> None:
    text = "他慢慢地走进了教室。"
    assert stands(text, "走进了", "跑出了")
    assert not stands(text, "走进了", "走进小")


def test_closed_classes() -> None:
    assert all(map(is_closed_class, ("我", "的", "把")))
    assert not any(map(is_closed_class, ("走", "银行", "漂亮")))
