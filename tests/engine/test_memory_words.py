from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_words import SLOTS, Lexicon
from build_tools.memory.lexicon import choose_words
from tests.engine.memory_samples import TEXTS, write_memory

WORDS = {
    "院子": 4.0,
    "院子里": 1.0,
    "公园": 1.0,
    "笑": 2.0,
    "笑里藏刀": 2.0,
    "小猫": 2.0,
    "在": 5.0,
}


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return PhraseMemory.open(write_memory(tmp_path_factory.mktemp("words")))


@pytest.fixture(scope="module")
def lexicon(memory):
    return Lexicon(*choose_words(WORDS, ["笑里藏刀"], memory.alphabet))


def found_words(memory, lexicon, left, right):
    seen = lexicon.seen(memory.store, memory.pairs(left, right))
    words = [memory.alphabet.text(lexicon.word(int(i))) for i in seen.ids]
    return dict(zip(words, np.expm1(seen.logs).T, strict=True))


def test_words_that_fit_both_borders_are_found(memory, lexicon):
    assert set(found_words(memory, lexicon, "小猫在", "里追")) == {"院子"}
    assert set(found_words(memory, lexicon, "他是个", "的人")) == {"笑里藏刀"}


def test_without_a_right_neighbour_the_left_one_decides(memory, lexicon):
    assert set(found_words(memory, lexicon, "小猫在", "\0")) == {"院子", "院子里"}


def test_without_neighbours_any_word_may_stand(memory, lexicon):
    assert set(found_words(memory, lexicon, "\0", "\0")) == set(WORDS)


def test_windows_over_the_borders_hold_true_counts(memory, lexicon):
    counts = found_words(memory, lexicon, "小猫在", "里追蝴")["院子"]
    assert len(counts) == SLOTS
    texts = (
        # bigrams over the left and the right border, then orders 3 to 5 over each of them
        *("在院", "子里"),
        *("猫在院", "在院子", "院子里", "子里追"),
        *("小猫在院", "猫在院子", "在院子里", "在院子里", "院子里追", "子里追蝴"),
        *("。小猫在院", "小猫在院子", "猫在院子里", "在院子里追"),
    )
    corpus = "\n".join(f"。{text}" for text in TEXTS)
    # Nothing was shown left of 小: the window over 。 stays empty.
    true = [corpus.count(text) if not text.startswith("。") else 0 for text in texts]
    assert max(true) == 4
    stored = {0: 0, 1: 1, 2: 2, 3: 3, 4: 5}  # orders above 2 keep the nearest level
    expected = true[:2] + [stored[count] for count in true[2:]]
    assert counts[: len(texts)].round().tolist() == expected


def test_the_lexicon_is_sorted_and_folds_spellings(memory):
    ids, logs = choose_words({"小貓": 1.0, "小猫": 2.0, "x": 9.0, "龘": 9.0}, [], memory.alphabet)
    assert [memory.alphabet.text([i for i in row if i]) for row in ids.tolist()] == ["小猫"]
    assert np.expm1(logs.astype(float)) == pytest.approx([3.0], rel=1e-2)


def test_the_commonest_words_stay_and_idioms_that_were_seen(memory):
    ids, _ = choose_words(WORDS, ["笑里藏刀", "里在里在"], memory.alphabet, limit=2)
    words = {memory.alphabet.text([i for i in row if i]) for row in ids.tolist()}
    assert words == {"在", "院子", "笑里藏刀"}


def test_a_memory_without_a_lexicon_proposes_no_word(memory):
    assert memory.words("小猫在", "里", 5) == []
    assert memory.lengths("小猫在", "里").tolist() == pytest.approx([0.25] * 4)
