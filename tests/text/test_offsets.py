"""Offsets in code points and in UTF-16 units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.offsets import OffsetMap

# Lone surrogates included: a damaged paste may hold them.
any_text = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=[]), st.sampled_from("春天😀𠮷a\n\ud83d\ude00")
    )
)


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(any_text)
def test_every_offset_is_the_utf16_length_of_the_text_before_it(text: str) -> None:
    offsets = OffsetMap(text)
    found = [offsets.to_utf16(i) for i in range(len(text) + 1)]
    assert found == [_utf16_length(text[:i]) for i in range(len(text) + 1)]
    assert offsets.utf16_length == _utf16_length(text)


@given(any_text)
def test_there_and_back_is_the_same_offset(text: str) -> None:
    offsets = OffsetMap(text)
    there = [offsets.to_utf16(i) for i in range(offsets.char_length + 1)]
    assert [offsets.to_char(unit) for unit in there] == list(range(len(text) + 1))


def test_inside_a_surrogate_pair_is_the_character_it_belongs_to() -> None:
    offsets = OffsetMap("你😀好")
    assert [offsets.to_char(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("offset", [-1, 3])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    offsets = OffsetMap("ab")
    with pytest.raises(ValueError, match="outside"):
        offsets.to_utf16(offset)
    with pytest.raises(ValueError, match="outside"):
        offsets.to_char(offset)
