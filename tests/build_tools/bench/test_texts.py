from __future__ import annotations

import pytest

from build_tools.bench.texts import LENGTHS, texts


@pytest.mark.parametrize("length", LENGTHS)
def test_texts_have_the_length_asked_for_and_one_blank(length: int) -> None:
    made = texts(length, mask="□")
    assert len(set(made)) == 6
    assert {len(text) for text in made} == {length}
    assert {text.count("□") for text in made} == {1}


def test_the_blank_hides_a_character_in_the_middle() -> None:
    for text in texts(60, mask="□"):
        assert 25 <= text.index("□") <= 40
