from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory_alphabet import DIGIT, LATIN, OTHER, UNKNOWN
from tests.engine.memory_samples import sample_alphabet

ALPHABET = sample_alphabet()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("貓在門裡", "猫在门里"),
        ("小猫 在\u3000院子", "小猫在院子"),
        ("小猫,小狗!", "小猫，小狗！"),
        ("Python小Ｒ", "A小A"),
        ("12个３", "0个0"),
        ("——……。。", "—…。"),
        ("里\n", "里。"),
    ],
)
def test_spellings_fold_to_one(written, folded):
    assert ALPHABET.text(ALPHABET.encode(written).tolist()) == folded


def test_classes_and_unknown_characters_have_ids_of_their_own():
    assert ALPHABET.encode("x7あ\0龘").tolist() == [LATIN, DIGIT, OTHER, UNKNOWN, UNKNOWN]


def test_contexts_are_nearest_first_and_end_at_the_first_unknown():
    left = ALPHABET.left_context("小猫\0在院")
    assert ALPHABET.text(left) == "院在□□"
    assert ALPHABET.text(ALPHABET.right_context("子里\0追")) == "子里□□"


def test_a_long_number_does_not_hide_what_stands_before_it():
    assert ALPHABET.text(ALPHABET.left_context("院子里" + "1" * 500)) == "0里子院"


@given(st.text())
def test_any_text_encodes_within_the_alphabet(text):
    ids = ALPHABET.encode(text)
    assert (ids < ALPHABET.size).all()


@given(st.text())
def test_the_first_symbol_is_the_first_that_encoding_gives(text):
    ids = ALPHABET.encode(text).tolist()
    assert ALPHABET.first_symbol(text) == (ids[0] if ids else UNKNOWN)


@given(st.text("小猫貓裡院a1。龘 \u3000", max_size=6))
def test_a_word_is_spelt_as_it_is_encoded_but_for_runs(text):
    alone = [symbol for character in text for symbol in ALPHABET.encode(character).tolist()]
    assert ALPHABET.spell(text) == alone


def test_rows_of_ids_are_read_as_words():
    words = ["猫", "院子", "小猫追"]
    rows = np.zeros((3, 4), dtype=np.uint16)
    for row, word in zip(rows, words, strict=True):
        row[: len(word)] = ALPHABET.encode(word)
    assert ALPHABET.texts(rows, np.array([1, 2, 3])) == words
    assert ALPHABET.texts(rows[:0], np.array([], dtype=np.int64)) == []
