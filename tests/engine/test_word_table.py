from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assistant.engine.word_table import WordTable

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


def test_frequencies_are_those_of_the_list(table: WordTable) -> None:
    for word, count in WORDS.items():
        assert table.frequency(ids_of(word)) == pytest.approx(np.log1p(count), abs=1e-3)


@pytest.mark.parametrize("word", ["乙甲", "丁", "丁甲乙丁", "甲乙丙丁甲"])
def test_other_strings_have_none(table: WordTable, word: str) -> None:
    assert table.frequency(ids_of(word)) == 0


def test_a_word_stands_where_its_characters_and_bonds_do(table: WordTable) -> None:
    words = table.words(2)
    place = words.place(ids_of("乙丙"))
    assert place is not None
    assert tuple(words.columns[:, place].tolist()) == ids_of("乙丙")
    assert table.bond(ids_of("乙丙")) == words.bonds[place]
    assert words.place(ids_of("丙乙")) is None
    assert table.words(3).place(ids_of("甲乙丙")) is None


def test_a_word_firmer_than_chance_has_a_bond(table: WordTable) -> None:
    total = np.logaddexp.reduce(UNIGRAMS[: len(CHARACTERS)])
    own = np.log1p(40) - UNIGRAMS[CHARACTERS.index("乙")] - UNIGRAMS[CHARACTERS.index("丙")]
    assert table.bond(ids_of("乙丙")) == pytest.approx((own + total) / 2, rel=1e-4)


def test_characters_become_ids_unless_one_is_not_known(table: WordTable) -> None:
    assert table.ids("乙丙") == ids_of("乙丙")
    assert table.ids("乙戊") is None
    assert table.ids("") is None
