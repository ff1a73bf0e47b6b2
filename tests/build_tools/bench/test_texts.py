from __future__ import annotations

from random import Random

import pytest

from build_tools.bench.texts import LENGTHS, REVIEW, texts, with_blank


@pytest.mark.parametrize("length", [*LENGTHS, 510])
def test_texts_have_the_length_asked_for_and_one_blank(length: int) -> None:
    made = texts(length, mask="□")
    assert len(set(made)) == 6
    assert {len(text) for text in made} == {length}
    assert {text.count("□") for text in made} == {1}


def test_the_blank_hides_a_character_in_the_middle() -> None:
    for text in texts(60, mask="□"):
        assert 25 <= text.index("□") <= 40


def test_the_review_can_be_cut_to_120_characters():
    assert len(REVIEW) >= 119


def test_a_blank_hides_one_chinese_character():
    assert with_blank("今天天气好") == "今天[MASK]气好"
    assert with_blank("来了12个人。") == "来了12[MASK]人。"


def test_chance_hides_any_chinese_character():
    chance = Random(0)
    hidden = {with_blank("来了12个人。", chance) for _ in range(100)}
    assert hidden == {
        "[MASK]了12个人。",
        "来[MASK]12个人。",
        "来了12[MASK]人。",
        "来了12个[MASK]。",
    }
