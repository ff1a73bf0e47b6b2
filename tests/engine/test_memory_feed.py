from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import UNKNOWN
from assistant.engine.memory_feed import FED, Feeder, RowSymbols
from tests.build_tools.fitted_memory import write_fitted_memory
from tests.engine.memory_samples import TEXTS

SPECIAL = ("[PAD]", "[CLS]", "[SEP]", "[MASK]")


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return PhraseMemory.open(write_fitted_memory(tmp_path_factory.mktemp("feeder"), TEXTS))


@pytest.fixture(scope="module")
def tokens(memory):
    return (*SPECIAL, *sorted({char for text in TEXTS for char in text}))


def row_of(tokens, text):
    ids = [tokens.index(char) if char != "□" else tokens.index("[MASK]") for char in text]
    return [tokens.index("[CLS]"), *ids, tokens.index("[SEP]")]


def test_a_mask_is_fed_what_the_memory_finds_between_its_neighbours(memory, tokens):
    text = TEXTS[0]
    place = len(text) // 2
    row = row_of(tokens, text[:place] + "□" + text[place + 1 :])
    feed = Feeder(memory, tokens, tokens.index("[MASK]")).feed(np.array([row]))
    found = memory.distribution("\n" + text[:place], text[place + 1 :] + "\n", FED)
    expected = {
        char: chance
        for char, chance in zip(found.characters, found.probabilities, strict=True)
        if char in tokens
    }
    named = {
        tokens[i]: chance
        for i, chance in zip(
            feed.ids[0, 0].tolist(), feed.probabilities[0, 0].tolist(), strict=True
        )
        if chance > 0
    }
    assert named == pytest.approx(expected)


def test_all_masks_of_all_rows_get_what_each_gets_alone(memory, tokens):
    mask = tokens.index("[MASK]")
    texts = [text[:2] + "□□" + text[4:9] + "□" + text[10:16] for text in TEXTS if len(text) > 16]
    rows = [row_of(tokens, text) for text in texts]
    width = max(map(len, rows))
    padded = np.array([row + [tokens.index("[PAD]")] * (width - len(row)) for row in rows])
    together = Feeder(memory, tokens, mask).feed(padded)
    assert together.ids.shape == (len(rows), 3, FED)
    for number, row in enumerate(rows):
        alone = Feeder(memory, tokens, mask).feed(np.array([row]))
        assert together.ids[number].tolist() == alone.ids[0].tolist()
        assert together.probabilities[number] == pytest.approx(alone.probabilities[0])


def test_a_mask_between_masks_is_fed_nothing_as_in_training(memory, tokens):
    row = row_of(tokens, TEXTS[0][:3] + "□□□" + TEXTS[0][6:9])
    feed = Feeder(memory, tokens, tokens.index("[MASK]")).feed(np.array([row]))
    assert feed.probabilities[0, 0].any()
    assert not feed.probabilities[0, 1].any()
    assert not feed.ids[0, 1].any()
    assert feed.probabilities[0, 2].any()


def nearest(alphabet, symbols, tokens, walk):
    """Return four symbols of a walk over eight tokens: runs of a class once, borders end it."""
    found, last = [], None
    for token in walk[:8]:
        symbol = int(symbols.symbols[token])
        if symbol == UNKNOWN:
            break
        if symbol != last or not alphabet.collapsed[symbol]:
            found.append(symbol)
        last = symbol
        if tokens[token] in ("[CLS]", "[SEP]"):
            break
    return (found + [UNKNOWN] * 4)[:4]


@given(st.lists(st.text("小猫院。…a1□", min_size=1, max_size=14), min_size=1, max_size=3))
def test_contexts_are_those_of_a_walk_from_each_mask(memory, tokens, texts):
    tokens = (*tokens, *(char for char in "…a1" if char not in tokens))
    symbols = RowSymbols(memory.alphabet, tokens)
    ids = [token for text in texts for token in [*row_of(tokens, text), tokens.index("[PAD]")]]
    places = [place for place, token in enumerate(ids) if tokens[token] == "[MASK]"]
    left, right = symbols.contexts(np.array(ids), np.array(places, dtype=np.int64))
    assert left.tolist() == [
        nearest(memory.alphabet, symbols, tokens, ids[:place][::-1]) for place in places
    ]
    assert right.tolist() == [
        nearest(memory.alphabet, symbols, tokens, ids[place + 1 :]) for place in places
    ]
