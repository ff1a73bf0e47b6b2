from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assistant.engine.word_table import WordTable

CHARACTERS = "□甲乙丙丁"
WORDS = {"甲": 90, "甲乙": 50, "乙丙": 40, "丙丁": 30, "丁甲乙丙": 9}
VOCABULARY = ["[MASK]", "丁", "丙", "乙", "甲"]


@pytest.fixture
def table() -> WordTable:
    ids = np.zeros((len(WORDS), 4), dtype=np.uint16)
    for row, word in enumerate(WORDS):
        ids[row, : len(word)] = [CHARACTERS.index(character) for character in word]
    memory: Any = SimpleNamespace(
        lexicon=SimpleNamespace(
            ids=ids,
            lengths=(ids != 0).sum(axis=1),
            logs=np.log1p(np.array(list(WORDS.values()), dtype=np.float32)),
        ),
        alphabet=SimpleNamespace(codes=np.array([ord(c) for c in CHARACTERS])),
        store=SimpleNamespace(unigrams=np.log1p(np.full(len(CHARACTERS), 100.0))),
    )
    return WordTable(memory, VOCABULARY)


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
    proposed = table.propose([view(乙=0.9), view(丙=0.9)], 2)
    assert proposed[0] == ids_of("乙丙")
    assert len(proposed) == 2


def test_only_words_of_the_right_length_are_proposed(table: WordTable) -> None:
    assert table.propose([view()] * 4, 5) == [ids_of("丁甲乙丙")]
    assert table.propose([view()] * 3, 5) == []
    assert table.propose([view()] * 5, 5) == []
    assert table.propose([view()] * 2, 0) == []


def test_what_suits_the_text_comes_before_what_fits_a_little_better(table: WordTable) -> None:
    views = [view(乙=0.5, 丙=0.4), view(丙=0.5, 丁=0.4)]
    assert table.propose(views, 1) == [ids_of("乙丙")]
    asked: list[tuple[int, ...]] = []

    def suits(words: Sequence[tuple[int, ...]]) -> np.ndarray:
        asked.extend(words)
        return np.array([2.0 if word == ids_of("丙丁") else 0.0 for word in words])

    assert table.propose(views, 2, suits) == [ids_of("丙丁"), ids_of("乙丙")]
    assert set(asked) == {ids_of("甲乙"), ids_of("乙丙"), ids_of("丙丁")}
