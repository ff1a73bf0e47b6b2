"""Look-ups against a count of the texts by hand, and side by side against one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import UNKNOWN
from assistant.engine.memory_counting import encode_passages
from assistant.engine.memory_counts import WINDOWS, best_places
from assistant.engine.memory_look import MAX_CANDIDATES, Characters, answer
from assistant.engine.memory_words import Lexicon
from build_tools.memory.lexicon import choose_words
from tests.engine.memory_samples import TEXTS, sample_alphabet, write_memory

ALPHABET = sample_alphabet()
CORPUS = encode_passages(ALPHABET, TEXTS).tolist()


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("look")))


def times_seen(gram):
    if UNKNOWN in gram:
        return 0
    return sum(CORPUS[i : i + len(gram)] == gram for i in range(len(CORPUS)))


@given(
    text=st.sampled_from(TEXTS),
    data=st.data(),
    noise=st.sampled_from(["", "猫", "院子", "x", "\0"]),
)
def test_every_window_holds_what_a_count_by_hand_finds(memory, text, data, noise):
    place = data.draw(st.integers(0, len(text) - 1))
    left, right = "\n" + text[:place] + noise, text[place + 1 :] + "\n"
    pairs = memory.pairs(left, right)
    seen = memory.seen(pairs)
    for row, (a, b) in enumerate(WINDOWS):
        before, after = pairs.left[:a][::-1], pairs.right[:b]
        by_hand = [times_seen([*before, symbol, *after]) for symbol in seen.ids.tolist()]
        # levels above 3 are the nearest of a few
        assert np.expm1(np.minimum(seen.logs[row], np.log1p(3))) == pytest.approx(
            np.minimum(by_hand, 3), abs=1e-4
        )


@given(
    text=st.text("小猫在院子里追蝴貓裡aA12—…。，\n \0龘\U00020000\ud800?", max_size=40),
)
def test_contexts_are_the_nearest_symbols_of_the_encoded_text(text):
    def nearest(ids):
        ids = ids[:4]
        if UNKNOWN in ids:
            ids = ids[: ids.index(UNKNOWN)]
        return ids + [UNKNOWN] * (4 - len(ids))

    assert ALPHABET.left_context(text) == nearest(ALPHABET.encode(text).tolist()[::-1])
    assert ALPHABET.right_context(text) == nearest(ALPHABET.encode(text).tolist())


MANY = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
CROWDED = tuple(
    [f"虎{char}龙" for char in MANY]
    + [f"虎{char}。" for char in MANY[:300]]
    + [f"豹{char}龙" for char in MANY[100:]]
    + [f"狮虎{char}龙马" for char in MANY[380:]]
    + [f"猫狮虎{char}龙马牛" for char in MANY[390:]]
)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("crowded"), CROWDED))


@pytest.mark.parametrize(
    ("left", "right"),
    [("猫狮虎", "龙马牛"), ("虎", "龙"), ("豹", "龙"), ("虎", "\0"), ("\0", "龙"), ("狮虎", "龙")],
)
def test_of_many_characters_the_windows_hold_what_a_count_by_hand_finds(crowded, left, right):
    corpus = encode_passages(crowded.alphabet, CROWDED).tolist()
    grams = Counter(
        tuple(corpus[i : i + n]) for n in range(2, 6) for i in range(len(corpus) - n + 1)
    )
    pairs = crowded.pairs(left, right)
    seen = crowded.seen(pairs)
    assert MAX_CANDIDATES <= len(seen.ids) < len(MANY)
    for row, (a, b) in enumerate(WINDOWS):
        before, after = pairs.left[:a][::-1], pairs.right[:b]
        whole = UNKNOWN not in (*before, *after)
        by_hand = [grams[*before, symbol, *after] * whole for symbol in seen.ids.tolist()]
        assert np.expm1(np.minimum(seen.logs[row], np.log1p(3))) == pytest.approx(
            np.minimum(by_hand, 3), abs=1e-4
        )


def test_of_many_characters_those_of_the_longest_match_come_first(crowded):
    seen = crowded.seen(crowded.pairs("猫狮虎", "龙马牛"))
    found = {crowded.alphabet.character(symbol) for symbol in seen.ids.tolist()}
    assert found >= set(MANY[380:])


def test_characters_beside_a_rare_pair_are_scored_too(crowded):
    seen = crowded.seen(crowded.pairs("狮虎", "\0"))
    found = {crowded.alphabet.character(symbol) for symbol in seen.ids.tolist()}
    assert len(found) >= MAX_CANDIDATES
    assert found >= set(MANY[380:])


@given(
    values=st.lists(st.integers(-3, 40), max_size=400),
    count=st.integers(1, 20),
    unwanted=st.booleans(),
)
def test_the_best_places_are_those_of_a_stable_sort(values, count, unwanted):
    merit = np.array(values, dtype=np.float32)
    if unwanted:
        merit[merit < 20] = -np.inf
    expected = sorted(np.argsort(-merit, kind="stable")[:count].tolist())
    assert best_places(merit, count).tolist() == expected


@pytest.mark.parametrize(("left", "right"), [("\n小猫在", "里追蝴"), ("在", "\0"), ("\0", "\0")])
def test_look_ups_side_by_side_find_what_each_finds_alone(memory, left, right):
    words = Lexicon(*choose_words({"院子": 4.0, "院子里": 1.0, "在": 5.0}, [], ALPHABET))
    pairs = memory.pairs(left, right)
    looks = [words.look(memory.store, pairs), Characters(memory.store).look(pairs)]
    both = answer(memory.store, looks)
    alone = words.seen(memory.store, pairs), memory.seen(memory.pairs(left, right))
    for together, single in zip(both, alone, strict=True):
        assert together.ids.tolist() == single.ids.tolist()
        assert together.logs.tolist() == single.logs.tolist()
        assert together.around.tolist() == single.around.tolist()


def test_views_of_the_same_symbols_are_one(memory):
    alphabet = memory.alphabet
    view = memory.view("小貓在", "裡追")
    left, right = alphabet.left_context("小猫 在"), alphabet.right_context("里追")
    assert memory.view_of(left, right) is view
    memory.forget()
    assert memory.view_of(left, right) is not view
