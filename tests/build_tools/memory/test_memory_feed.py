from __future__ import annotations

import numpy as np
import pytest

from assistant.engine.memory import PhraseMemory
from build_tools.memory.feed import BatchFeed
from tests.build_tools.fitted_memory import write_fitted_memory
from tests.engine.memory_samples import TEXTS

ONCE = "老师说：“明天上午去公园看菊花。”"


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return PhraseMemory.open(write_fitted_memory(tmp_path_factory.mktemp("feed"), TEXTS))


@pytest.fixture(scope="module")
def feed(memory):
    return BatchFeed(memory)


def blanks_of(memory, text):
    places = [place for place, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]
    left = np.array([memory.alphabet.left_context("\n" + text[:place]) for place in places])
    right = np.array([memory.alphabet.right_context(text[place + 1 :] + "\n") for place in places])
    return left, right, memory.alphabet.encode("".join(text[place] for place in places))


@pytest.mark.parametrize("text", TEXTS)
def test_many_blanks_at_once_get_what_the_reader_finds_for_each(memory, feed, text):
    left, right, _ = blanks_of(memory, text)
    symbols, chances = feed.best(left, right)
    for row, (before, after) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        view = memory.view_of(before, after)
        best = np.argsort(-view.probabilities, kind="stable")[:8]
        expected = dict(zip(view.seen.ids[best].tolist(), view.probabilities[best], strict=True))
        for symbol, chance in zip(symbols[row].tolist(), chances[row].tolist(), strict=True):
            if symbol in expected:
                assert chance == pytest.approx(expected[symbol], abs=2e-3)
        assert chances[row, 0] == pytest.approx(view.probabilities[best[0]], abs=2e-3)


def chance_of(found, answers):
    symbols, chances = found
    return (chances * (symbols == answers[:, None])).sum(axis=1)


def test_leave_one_out_forgets_what_only_this_text_said(memory, feed):
    left, right, answers = blanks_of(memory, ONCE)
    whole = chance_of(feed.best(left, right), answers)
    without = chance_of(feed.best(left, right, answers.astype(np.int64)), answers)
    assert whole.mean() > 0.3
    assert without.mean() < 0.3 * whole.mean()


def test_leave_one_out_of_a_text_counted_twice_is_that_text_counted_once(memory, feed, tmp_path):
    doubled = PhraseMemory.open(write_fitted_memory(tmp_path, (*TEXTS, ONCE)))
    left, right, answers = blanks_of(doubled, ONCE)
    one_off = chance_of(BatchFeed(doubled).best(left, right, answers.astype(np.int64)), answers)
    left, right, answers = blanks_of(memory, ONCE)
    once = chance_of(feed.best(left, right), answers)
    assert one_off == pytest.approx(once, abs=1e-3)


def test_without_neighbours_nothing_is_fed(feed):
    nothing = np.zeros((1, 4), dtype=np.int64)
    symbols, chances = feed.best(nothing, nothing)
    assert not symbols.any()
    assert not chances.any()
