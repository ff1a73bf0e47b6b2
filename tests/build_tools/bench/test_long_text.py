"""The long text: long, all its sentences different, the same every time."""

from __future__ import annotations

from assistant.text.sentences import sentence_spans
from build_tools.bench.long_text import long_sentences, long_text


def test_the_text_is_long_and_its_sentences_differ():
    text = long_text(20_000)
    assert 20_000 <= len(text) < 20_500
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    assert len(set(sentences)) == len(sentences)


def test_the_same_seed_gives_the_same_text():
    assert long_text(2_000, seed=3) == long_text(2_000, seed=3)
    assert long_text(2_000, seed=3) != long_text(2_000, seed=4)


def test_as_many_different_sentences_as_asked_for():
    found = long_sentences(1000)
    assert len(set(found)) == 1000
    assert {one[-1] for one in found} == {"。"}
