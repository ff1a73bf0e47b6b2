from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.engine.word_table import LOOKED_THROUGH, WordTable

CHARACTERS = "□甲乙丙丁"
WORDS = {"甲": 90, "甲乙": 50, "乙丙": 40, "丙丁": 30, "丁甲乙丙": 9}
VOCABULARY = ["[MASK]", "丁", "丙", "乙", "甲"]


CODE = 0x4E00
UNIGRAMS = np.log1p(np.arange(100.0, 130.0))


def memory_of(counts: Mapping[tuple[int, ...], int], size: int, characters: str = "") -> Any:
    """Return what the table reads of a memory that counted these words of its ids."""
    ids = np.zeros((len(counts), 4), dtype=np.uint16)
    for row, word in enumerate(counts):
        ids[row, : len(word)] = word
    lexicon = SimpleNamespace(
        ids=ids,
        lengths=np.array([len(word) for word in counts]),
        logs=np.log1p(np.array(list(counts.values()), dtype=np.float32)),
    )
    codes = [ord(c) for c in characters] or [CODE + i for i in range(size)]
    return SimpleNamespace(
        lexicon=lexicon,
        alphabet=SimpleNamespace(codes=np.array(codes)),
        store=SimpleNamespace(unigrams=UNIGRAMS[:size]),
    )


@pytest.fixture
def table() -> WordTable:
    counts = {tuple(map(CHARACTERS.index, word)): count for word, count in WORDS.items()}
    return WordTable(memory_of(counts, len(CHARACTERS), CHARACTERS), VOCABULARY)


def ids_of(word: str) -> tuple[int, ...]:
    return tuple(VOCABULARY.index(character) for character in word)


def view(**likely: float) -> np.ndarray:
    scores = np.array([likely.get(token, 0.01) for token in VOCABULARY], dtype=np.float32)
    return np.log(scores / scores.sum())


def test_frequencies_are_those_of_the_list(table: WordTable) -> None:
    for word, count in WORDS.items():
        assert table.frequency(ids_of(word)) == pytest.approx(np.log1p(count), abs=1e-3)


@pytest.mark.parametrize("word", ["乙甲", "丁", "丁甲乙丁", "甲乙丙丁甲"])
def test_other_strings_have_none(table: WordTable, word: str) -> None:
    assert table.frequency(ids_of(word)) == 0


def test_the_words_that_fit_both_places_come_first(table: WordTable) -> None:
    fitting, _ = table.propose([view(乙=0.9), view(丙=0.9)], 2)
    assert fitting[0] == ids_of("乙丙")
    assert len(fitting) == 2


def test_only_words_of_the_right_length_are_proposed(table: WordTable) -> None:
    assert table.propose([view()] * 4, 5) == ([ids_of("丁甲乙丙")], [])
    assert table.propose([view()] * 3, 5) == ([], [])
    assert table.propose([view()] * 5, 5) == ([], [])
    assert table.propose([view()] * 2, 0) == ([], [])


def test_what_suits_the_text_comes_before_what_fits_a_little_better(table: WordTable) -> None:
    views = [view(乙=0.5, 丙=0.4), view(丙=0.5, 丁=0.4)]
    assert table.propose(views, 1) == ([ids_of("乙丙")], [])
    asked: list[tuple[int, ...]] = []

    def suits(words: NDArray[np.int64]) -> NDArray[np.float32]:
        asked.extend(map(tuple, words.tolist()))
        return np.float32(2) * (words == ids_of("丙丁")).all(axis=1)

    fitting, suiting = table.propose(views, 2, suits)
    assert fitting[0] == ids_of("乙丙")
    assert suiting == [ids_of("丙丁"), ids_of("乙丙")]
    assert set(asked) == {ids_of("甲乙"), ids_of("乙丙"), ids_of("丙丁")}


@given(seed=st.integers(0, 2**32 - 1), length=st.integers(1, 4), count=st.integers(1, 30))
def test_proposals_are_the_best_of_all_words_weighed_one_by_one(
    seed: int, length: int, count: int
) -> None:
    random = np.random.default_rng(seed)
    words = {tuple(row) for row in random.integers(1, 30, (700, length)).tolist()}
    counts = {word: int(random.integers(1, 5000)) for word in words}
    table = WordTable(memory_of(counts, 30), [chr(CODE + i) for i in range(30)])
    views = [random.normal(size=30).astype(np.float32) for _ in range(length)]
    bonus = random.normal(size=30).astype(np.float32)

    def suits(asked: NDArray[np.int64]) -> NDArray[np.float32]:
        return bonus[asked].sum(axis=1)

    together = np.logaddexp.reduce(UNIGRAMS[:30])
    merit = {
        word: sum(float(view[token]) for view, token in zip(views, word, strict=True))
        + (np.log1p(n) - sum(UNIGRAMS[list(word)]) + (length - 1) * together) / 2
        for word, n in counts.items()
    }
    suited = {word: p + float(bonus[list(word)].sum()) for word, p in merit.items()}
    looked_through = sorted(merit, key=lambda word: -merit[word])[:LOOKED_THROUGH]
    fitting, suiting = table.propose(views, count, suits)
    for found, best, score in (
        (fitting, merit, merit.values()),
        (suiting, suited, [suited[word] for word in looked_through]),
    ):
        expected = sorted(score, reverse=True)[:count]
        assert [best[word] for word in found] == pytest.approx(expected, abs=1e-4)
        assert len(set(found)) == len(found)
