"""The text that is typed into, and what is said about the gaps."""

from __future__ import annotations

from assistant.text.sentences import sentence_spans
from build_tools.bench.ui_gap import Watch, long_text


def test_the_text_is_long_and_its_sentences_differ():
    text = long_text(20_000)
    assert 20_000 <= len(text) < 20_500
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    assert len(set(sentences)) == len(sentences)


def test_the_same_seed_gives_the_same_text():
    assert long_text(2_000, seed=3) == long_text(2_000, seed=3)
    assert long_text(2_000, seed=3) != long_text(2_000, seed=4)


def test_the_longest_gaps_are_told(qapp):
    watch = Watch()
    watch.gaps = [(0.004, 0.001), (0.021, 0.009), (0.002, 0.002)]
    report = watch.report()
    assert report.startswith("longest 21.0 ms, then 4.0, 2.0; over 16 ms: 1;")
    assert report.endswith("9.0 ms")
