"""Words of unknown length from a phrase memory. Pure numpy, no Qt.

The memory holds a lexicon (words of 1–4 characters, by frequency), and its n-grams say which of
them fit a gap: every n-gram that spans a border of the word and its neighbours is looked up, so
(two left, two right) → word needs no table of its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import FIRST_HAN, MAX_ALPHABET, UNKNOWN
from assistant.engine.memory_counts import CountStore, Floats, Ints, Pairs, Seen

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
_PATTERNS = np.array(
    [[*range(_LEFT + n), *range(8, 12), *[12] * (MAX_LENGTH - n)] for n in range(MAX_LENGTH + 1)]
)
"""Columns of [4 left, 4 of the word, 4 right, unknown] in text order, by length of the word."""


class Lexicon:
    """Words: ``ids`` [W, 4], 0 after the end; ``logs`` [W] ln(1 + count)."""

    def __init__(self, ids: NDArray[np.uint16], logs: NDArray[np.floating]) -> None:
        """Take words sorted by their first character."""
        self.ids = ids.reshape(-1, MAX_LENGTH)
        self.logs = logs
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
        words = self._likeliest(pairs)
        logs = np.zeros((SLOTS, len(words)), dtype=np.float32)
        logs[0] = pairs.dense[0][self._first[words]]
        logs[1] = pairs.dense[1][self._last[words]]
        if len(words):
            self._look_up(store, pairs, words, logs)
        around = np.zeros_like(pairs.around)
        around[_PAIR_CONTEXTS] = pairs.around[_PAIR_CONTEXTS]
        return Seen.of(words, logs, around)

    def _likeliest(self, pairs: Pairs) -> Ints:
        """Return the best words by their bigrams with the neighbours and by frequency, rising."""
        with_left, with_right = pairs.left[0] != UNKNOWN, pairs.right[0] != UNKNOWN
        words = self._beginning(pairs.dense[0]) if with_left else np.arange(len(self.ids))
        merit = pairs.dense[0][self._first[words]] + self.logs[words]
        if with_right:
            after = pairs.dense[1][self._last[words]]
            fitting = np.flatnonzero(after)
            words, merit = words[fitting], merit[fitting] + after[fitting]
        if len(words) > MAX_WORDS:
            words = words[np.argpartition(merit, -MAX_WORDS)[-MAX_WORDS:]]
            words.sort()
        return words

    def _beginning(self, before: Floats) -> Ints:
        """Return the words that begin with one of the commonest characters after a context."""
        firsts = np.flatnonzero(before)
        if len(firsts) > MAX_FIRST:
            firsts = firsts[np.argpartition(before[firsts], -MAX_FIRST)[-MAX_FIRST:]]
            firsts.sort()
        starts = self._starts[firsts]
        sizes = self._starts[firsts + 1] - starts
        ends = np.cumsum(sizes)
        return np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)

    def _look_up(self, store: CountStore, pairs: Pairs, words: Ints, logs: Floats) -> None:
        """Fill in the windows of orders 3–5, each only where both of its parts were found."""
        lengths = self.lengths[words]
        rows = np.arange(len(words))
        text = self._sequences(pairs, words, lengths)
        known = text > 0
        found = known[:, :-1] & known[:, 1:]
        found[:, _LEFT - 1] &= logs[0] > 0
        found[rows, _LEFT - 1 + lengths] &= logs[1] > 0
        radix = np.uint64(store.alphabet.size)
        keys = text[:, :-1] * radix + text[:, 1:]
        slot = 2
        for order in (3, 4, 5):
            keys = keys[:, :-1] * radix + text[:, order - 1 :]
            # Outside the word and its borders every word shares the same symbols: not asked.
            found = found[:, :-1] & found[:, 1:]
            start = _LEFT + 1 - order
            asked = found.copy()
            asked[:, :start] = False
            asked[np.arange(_WIDTH - order + 1) >= (_LEFT + lengths)[:, None]] = False
            values = np.zeros(asked.shape, dtype=np.float32)
            values[asked] = store.values(order, keys[asked])
            found = np.where(asked, values > 0, found)
            for step in range(order - 1):
                logs[slot + step] = values[:, start + step]
                logs[slot + order - 1 + step] = values[rows, start + step + lengths]
            slot += 2 * (order - 1)

    def _sequences(self, pairs: Pairs, words: Ints, lengths: Ints) -> NDArray[np.uint64]:
        """Return four symbols to the left, the word, four to the right, unknowns, [K, 12]."""
        columns = np.zeros((len(words), _WIDTH + 1), dtype=np.uint64)
        columns[:, :_LEFT] = pairs.left[::-1]
        columns[:, _LEFT : _LEFT + MAX_LENGTH] = self.ids[words]
        columns[:, _LEFT + MAX_LENGTH : -1] = pairs.right
        return np.take_along_axis(columns, _PATTERNS[lengths], axis=1)


def is_word(ids: NDArray[np.uint16]) -> bool:
    """Return whether ``ids`` can be an entry: 1–4 Chinese characters."""
    return 1 <= len(ids) <= MAX_LENGTH and bool((ids >= FIRST_HAN).all())
