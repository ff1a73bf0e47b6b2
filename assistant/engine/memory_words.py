"""Words of unknown length from a phrase memory. Pure numpy, no Qt.

The memory holds a lexicon (words of 1–4 characters, by frequency), and its n-grams say which of
them fit a gap: every n-gram that spans a border of the word and its neighbours is looked up, so
(two left, two right) → word needs no table of its own.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import FIRST_HAN, MAX_ALPHABET, UNKNOWN
from assistant.engine.memory_counts import CountStore, Ints, Look, Pairs, Seen, best_places
from assistant.engine.memory_table import Floats, Keys

MAX_LENGTH = 4
MAX_WORDS = 128
"""Words that are scored; the others share what is left."""
MAX_FIRST = 128
"""First characters whose words are looked at."""
SLOTS = 20
"""Windows of a word: 2 bigrams, then for orders 3–5 those over its left and its right border."""
_LEFT = 4
_PAIR_CONTEXTS = [0, 1, 4, 5]
_WIDTH = 2 * _LEFT + MAX_LENGTH
_NEVER = np.float32(-np.inf)
_BEHIND = _LEFT + np.arange(2 * _LEFT)[:, None]
"""Where the symbols from the first of the word on stand in [4 of the word, 4 right, 4 unknown]
once the length of the word is taken off."""


def _spanning(order: int) -> NDArray[np.bool_]:
    """Return [windows, lengths + 1]: which n-grams reach over a border of the word or into it."""
    start, length = np.ogrid[: _WIDTH - order + 1, : MAX_LENGTH + 1]
    return (start > _LEFT - order) & (start < _LEFT + length)


_SPANNING = {order: _spanning(order) for order in (3, 4, 5)}


class Lexicon:
    """Words: ``ids`` [W, 4], 0 after the end; ``logs`` [W] ln(1 + count)."""

    def __init__(self, ids: NDArray[np.uint16], logs: NDArray[np.floating]) -> None:
        """Take words sorted by their first character."""
        self.ids = ids.reshape(-1, MAX_LENGTH)
        self.logs: Floats = logs.astype(np.float32)
        self.lengths: Ints = (self.ids != 0).sum(axis=1)
        self._first = self.ids[:, 0].astype(np.int64)
        self._last = self.ids[np.arange(len(self.ids)), self.lengths - 1].astype(np.int64)
        self._starts = self._first.searchsorted(np.arange(MAX_ALPHABET + 1))

    def word(self, index: int) -> list[int]:
        """Return the ids of the characters of entry ``index``."""
        return [symbol for symbol in self.ids[index].tolist() if symbol]

    def own(self, words: Ints) -> Floats:
        """Return what the scorer reads of the words alone, [5, K]: frequency, length as a mark."""
        marks = (self.lengths[words] == np.arange(1, MAX_LENGTH + 1)[:, None]) * 5
        return np.concatenate((self.logs[words][None], marks), dtype=np.float32)

    def seen(self, store: CountStore, pairs: Pairs) -> Seen:
        """Look up the windows of the likeliest words; ``ids`` of the result index the lexicon."""
        return store.answer(self.look(store, pairs))[0]

    def look(self, store: CountStore, pairs: Pairs) -> Look:
        """Look up the windows of the likeliest words, order by order."""
        words = self._likeliest(pairs)
        logs = np.zeros((SLOTS, len(words)), dtype=np.float32)
        logs[0] = pairs.dense[0][self._first[words]]
        logs[1] = pairs.dense[1][self._last[words]]
        if len(words):
            yield from self._windows(store, pairs, words, logs)
        around = np.zeros_like(pairs.around)
        around[_PAIR_CONTEXTS] = pairs.around[_PAIR_CONTEXTS]
        return Seen.of(words, logs, around)

    def _likeliest(self, pairs: Pairs) -> Ints:
        """Return the best words by their bigrams with the neighbours and by frequency, rising."""
        if pairs.left[0] == UNKNOWN:
            words, merit = np.arange(len(self.ids)), self.logs
        else:
            words, before = self._beginning(pairs.dense[0])
            merit = before + self.logs.take(words)
        if pairs.right[0] != UNKNOWN:
            after = pairs.dense[1]
            merit = merit + np.where(after > 0, after, _NEVER).take(self._last.take(words))
        best = best_places(merit, MAX_WORDS)
        return words[best[merit[best] > _NEVER]]

    def _beginning(self, before: Floats) -> tuple[Ints, Floats]:
        """Return the words that begin with one of the commonest characters after a context.

        And ln(1 + count) of the context with their first character.
        """
        firsts = np.flatnonzero(before > 0)
        firsts = firsts[best_places(before[firsts], MAX_FIRST)]
        starts = self._starts[firsts]
        sizes = self._starts[firsts + 1] - starts
        ends = np.cumsum(sizes)
        words = np.repeat(starts - ends + sizes, sizes)
        words += np.arange(len(words))
        return words, np.repeat(before[firsts], sizes)

    def _windows(
        self, store: CountStore, pairs: Pairs, words: Ints, logs: Floats
    ) -> Generator[tuple[int, Keys], Floats, None]:
        """Fill in the windows of orders 3–5, each only where both of its parts were found."""
        lengths, count = self.lengths[words], len(words)
        text = self._sequences(pairs, words, lengths)
        known = text > 0
        found = known[:-1] & known[1:]
        found[_LEFT - 1] &= logs[0] > 0
        # Where the bigram over the right border of each word stands in flattened windows.
        ends = (lengths + (_LEFT - 1)) * count + np.arange(count)
        onwards = ends + np.arange(MAX_LENGTH)[:, None] * count
        found.ravel()[ends] &= logs[1] > 0
        radix = np.uint64(store.alphabet.size)
        keys = text[:-1] * radix + text[1:]
        slot = 2
        for order in (3, 4, 5):
            keys = keys[:-1] * radix + text[order - 1 :]
            # Outside the word and its borders every word shares the same symbols: not asked.
            spanning = _SPANNING[order].take(lengths, axis=1)
            found = found[:-1] & found[1:]
            asked = found & spanning
            values = np.zeros(asked.shape, dtype=np.float32)
            wanted = keys[asked]
            if len(wanted):
                values[asked] = yield order, wanted
            found = (found ^ asked) | (values > 0)
            start, steps = _LEFT + 1 - order, order - 1
            logs[slot : slot + steps] = values[start : start + steps]
            # The first window over the right border reaches order − 2 symbols back from it.
            places = onwards[:steps] + (2 - order) * count
            logs[slot + steps : slot + 2 * steps] = values.take(places)
            slot += 2 * steps

    def _sequences(self, pairs: Pairs, words: Ints, lengths: Ints) -> NDArray[np.uint64]:
        """Return four symbols to the left, the word, four to the right, unknowns, [12, K]."""
        text = np.empty((_WIDTH, len(words)), dtype=np.uint64)
        text[:_LEFT] = np.array(pairs.left[::-1], dtype=np.uint64)[:, None]
        behind = np.zeros(2 * _LEFT + MAX_LENGTH, dtype=np.uint64)
        behind[MAX_LENGTH : MAX_LENGTH + _LEFT] = pairs.right
        text[_LEFT:] = behind[_BEHIND - lengths]
        symbols = self.ids[words].T
        np.copyto(text[_LEFT : _LEFT + MAX_LENGTH], symbols, where=symbols > 0)
        return text


def is_word(ids: NDArray[np.uint16]) -> bool:
    """Return whether ``ids`` can be an entry: 1–4 Chinese characters."""
    return 1 <= len(ids) <= MAX_LENGTH and bool((ids >= FIRST_HAN).all())
