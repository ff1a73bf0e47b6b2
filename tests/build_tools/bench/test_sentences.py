from __future__ import annotations

import pytest

from build_tools.bench.sentences import TRANSLATION_LENGTHS, sentences


@pytest.mark.parametrize("length", TRANSLATION_LENGTHS)
def test_sentences_have_the_length_asked_for(length: int):
    made = sentences(length)
    assert len(set(made)) == 4
    assert {len(text) for text in made} == {length}
