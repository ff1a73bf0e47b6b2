from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.made_words import SIDES, SPANS, MadeWords
from assistant.engine.memory_alphabet import FIRST_HAN, UNKNOWN
from assistant.engine.memory_words import Lexicon

A, B, C, D = range(FIRST_HAN, FIRST_HAN + 4)
COMMA = FIRST_HAN - 1


def made(words: dict[tuple[int, ...], float]) -> MadeWords:
    rows = [(*word, *[0] * (4 - len(word))) for word in sorted(words)]
    ids = np.array(rows, dtype=np.uint16).ravel()
    return MadeWords(Lexicon(ids, np.array([words[word] for word in sorted(words)])))


WORD = st.lists(st.integers(A, D), min_size=1, max_size=4).map(tuple)
NEAR = st.lists(st.sampled_from([UNKNOWN, COMMA, A, B, C, D]), min_size=4, max_size=4)


@given(words=st.sets(WORD, min_size=1), left=NEAR, right=NEAR)
def test_every_word_through_the_blank_and_beside_it_is_found(
    words: set[tuple[int, ...]], left: list[int], right: list[int]
):
    counts = {word: i + 1.0 for i, word in enumerate(sorted(words))}
    ids = np.array([A, C, D])
    through, beside = made(counts).around(left, right, ids)

    def count(symbols: Sequence[int]) -> float:
        return counts.get(tuple(symbols), 0.0)

    for span, found in zip(SPANS, through, strict=True):
        before, after = left[: span[0]][::-1], right[: span[1]]
        assert found.tolist() == [count([*before, i, *after]) for i in ids.tolist()]
    sides = [count(left[:size][::-1]) for size in (1, 2, 3)]
    sides += [count(right[:size]) for size in (1, 2, 3)]
    assert beside.tolist() == sides
    assert len(beside) == SIDES


def test_an_unknown_neighbour_does_not_end_a_word():
    through, beside = made({(A,): 1.0, (A, B): 2.0}).around(
        [UNKNOWN] * 4, [UNKNOWN] * 4, np.array([A])
    )
    assert through[:, 0].tolist() == [1.0, *[0.0] * (len(SPANS) - 1)]
    assert not beside.any()


def test_a_memory_without_words_makes_none():
    lexicon = Lexicon(np.empty(0, dtype=np.uint16), np.empty(0, dtype=np.float32))
    through, beside = MadeWords(lexicon).around([A] * 4, [B] * 4, np.array([A, B]))
    assert through.shape == (len(SPANS), 2)
    assert not through.any()
    assert beside == pytest.approx(np.zeros(SIDES))


@given(words=st.sets(WORD, min_size=1), left=NEAR, right=NEAR, asked=st.lists(WORD, max_size=4))
def test_the_commonest_longer_word_on_either_side_is_found(
    words: set[tuple[int, ...]], left: list[int], right: list[int], asked: list[tuple[int, ...]]
):
    counts = {word: i + 1.0 for i, word in enumerate(sorted(words))}
    ending, beginning = made(counts).joined(left, right, [*asked, (A, UNKNOWN)])
    for word, before, after in zip(asked, ending, beginning, strict=False):
        room = range(1, 5 - len(word))
        assert before == max((counts.get((*left[:k][::-1], *word), 0) for k in room), default=0)
        assert after == max((counts.get((*word, *right[:k]), 0) for k in room), default=0)
    assert ending[-1] == beginning[-1] == 0
