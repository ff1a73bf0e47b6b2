"""Words of unknown length from a phrase memory. Pure numpy, no Qt.

The memory holds a lexicon (words of 1–4 characters, by frequency), and its n-grams say which of
them fit a gap: every n-gram that spans a border of the word and its neighbours is looked up, so
(two left, two right) → word needs no table of its own.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import FIRST_HAN, MAX_ALPHABET, UNKNOWN
from assistant.engine.memory_counts import CountStore, Ints, Pairs, Seen, best_places
from assistant.engine.memory_look import Look, answer
from assistant.engine.memory_table import Floats, Keys

MAX_LENGTH = 4
MAX_WORDS = 128
"""Words that are scored; the others share what is left."""
MAX_FIRST = 128
"""First characters whose words are looked at."""
SLOTS = 20
"""Windows of a word: 2 bigrams, then for orders 3–5 those over its left and its right border."""
_LEFT = 4
_PAIR_CONTEXTS = (0, 1, 4, 5)
_WIDTH = 2 * _LEFT + MAX_LENGTH
_ORDERS = (3, 4, 5)
_NONE = np.array(0, dtype=np.float32)
_NEVER = np.array(-np.inf, dtype=np.float32)
_LENGTHS = np.arange(MAX_LENGTH + 1)
_MARKS: Floats = np.float32(5) * (_LENGTHS[1:, None] == _LENGTHS)
"""What marks a length, [4, lengths + 1]."""


def _behind() -> Ints:
    """Return [8, lengths + 1]: the place, in [unknown, 4 right], of each symbol from the word on.

    The symbols of the word count as unknown here, as do those after the fourth to the right.
    """
    place = np.arange(2 * _LEFT)[:, None] - _LENGTHS + 1
    return np.where((place > 0) & (place <= _LEFT), place, 0)


def _spanning() -> dict[int, slice]:
    """Return by order where its windows stand among those of all orders."""
    sizes = [_WIDTH - order + 1 for order in _ORDERS]
    ends = np.cumsum(sizes).tolist()
    return {
        order: slice(end - size, end) for order, size, end in zip(_ORDERS, sizes, ends, strict=True)
    }


def _spanned() -> NDArray[np.bool_]:
    """Return [windows, lengths + 1]: which n-grams reach over a border of the word or into it."""
    starts = [(order, start) for order in _ORDERS for start in range(_WIDTH - order + 1)]
    return np.array(
        [[_LEFT - order < start < _LEFT + length for length in _LENGTHS] for order, start in starts]
    )


def _right() -> Ints:
    """Return [2 + 3 + 4, lengths + 1]: by order, where the windows over the right border begin."""
    return np.array(
        [_LENGTHS + _LEFT + 1 - order + step for order in _ORDERS for step in range(order - 1)]
    )


_BEHIND, _WINDOWS, _SPANNED, _RIGHT = _behind(), _spanning(), _spanned(), _right()


class Lexicon:
    """Words: ``ids`` [W, 4], 0 after the end; ``logs`` [W] ln(1 + count)."""

    def __init__(self, ids: NDArray[np.uint16], logs: NDArray[np.floating]) -> None:
        """Take words sorted by their first character."""
        self.ids = ids.reshape(-1, MAX_LENGTH)
        self.logs: Floats = logs.astype(np.float32)
        self.lengths: Ints = (self.ids != 0).sum(axis=1)
        self._first = self.ids[:, 0].astype(np.int64)
        self._whole = np.ascontiguousarray(self.ids).view(np.uint64).ravel()
        self._last = self.ids[np.arange(len(self.ids)), self.lengths - 1].astype(np.int64)
        borders = self._first.searchsorted(np.arange(MAX_ALPHABET + 1))
        self._starts, self._sizes = borders[:-1].copy(), np.diff(borders)

    def word(self, index: int) -> list[int]:
        """Return the ids of the characters of entry ``index``."""
        return [symbol for symbol in self.ids[index].tolist() if symbol]

    def own(self, words: Ints) -> Floats:
        """Return what the scorer reads of the words alone, [5, K]: frequency, length as a mark."""
        marks = _MARKS.take(self.lengths.take(words), axis=1)
        return np.concatenate((self.logs.take(words)[None], marks))

    def seen(self, store: CountStore, pairs: Pairs) -> Seen:
        """Look up the windows of the likeliest words; ``ids`` of the result index the lexicon."""
        return answer(store, [self.look(store, pairs)])[0]

    def look(self, store: CountStore, pairs: Pairs) -> Look:
        """Look up the windows of the likeliest words, order by order."""
        words = self._likeliest(pairs)
        logs = np.zeros((SLOTS, len(words)), dtype=np.float32)
        pairs.dense[0].take(self._first.take(words), None, logs[0], "clip")
        pairs.dense[1].take(self._last.take(words), None, logs[1], "clip")
        if len(words):
            yield from self._windows(store, pairs, words, logs)
        around = [log if i in _PAIR_CONTEXTS else 0.0 for i, log in enumerate(pairs.around)]
        return Seen.of(words, logs, around)

    def _likeliest(self, pairs: Pairs) -> Ints:
        """Return the best words by their bigrams with the neighbours and by frequency, rising."""
        if pairs.left[0] == UNKNOWN:
            words, merit = np.arange(len(self.ids)), self.logs
        else:
            words, before = self._beginning(pairs.dense[0])
            merit = np.add(before, self.logs.take(words), before)
        if pairs.right[0] != UNKNOWN:
            after = pairs.dense[1].take(self._last.take(words))
            merit = np.add(merit, after)
            np.putmask(merit, np.equal(after, _NONE), _NEVER)
        best = best_places(merit, MAX_WORDS)
        return words.take(best[np.greater(merit.take(best), _NEVER)])

    def _beginning(self, before: Floats) -> tuple[Ints, Floats]:
        """Return the words that begin with one of the commonest characters after a context.

        And ln(1 + count) of the context with their first character.
        """
        firsts = np.greater(before, _NONE).nonzero()[0]
        logs = before.take(firsts)
        best = best_places(logs, MAX_FIRST)
        firsts, logs = firsts.take(best), logs.take(best)
        starts = self._starts.take(firsts)
        sizes = self._sizes.take(firsts)
        ends = np.add.accumulate(sizes)
        np.subtract(starts, ends, starts)
        np.add(starts, sizes, starts)
        words = starts.repeat(sizes)
        np.add(words, np.arange(len(words)), words)
        return words, logs.repeat(sizes)

    def _windows(
        self, store: CountStore, pairs: Pairs, words: Ints, logs: Floats
    ) -> Generator[tuple[int, Keys], Floats, None]:
        """Fill in the windows of orders 3–5, each only where both of its parts were found."""
        lengths, count = self.lengths.take(words), len(words)
        text = self._sequences(pairs, words, lengths)
        known = text.astype(np.bool_)
        # The borders of the word were counted with what stands there, or nothing is known of it.
        found = np.logical_and(known[:-1], known[1:])
        spanned = _SPANNED.take(lengths, axis=1)
        right = _RIGHT.take(lengths, axis=1)
        right *= count
        right += np.arange(count)
        radix = np.array(store.alphabet.size, dtype=np.uint64)
        keys = np.add(np.multiply(text[:-1], radix), text[1:])
        slot = 2
        for order in _ORDERS:
            keys = np.multiply(keys[:-1], radix)
            np.add(keys, text[order - 1 :], keys)
            # Outside the word and its borders every word shares the same symbols: not asked.
            found = np.logical_and(found[:-1], found[1:])
            asked = np.logical_and(found, spanned[_WINDOWS[order]])
            values = np.zeros(asked.shape, dtype=np.float32)
            wanted = keys[asked]
            if len(wanted):
                values[asked] = yield order, wanted
            np.logical_xor(found, asked, found)
            np.logical_or(found, np.greater(values, _NONE), found)
            start, steps = _LEFT + 1 - order, order - 1
            logs[slot : slot + steps] = values[start : start + steps]
            places = right[slot // 2 - 1 :][:steps]
            values.take(places, None, logs[slot + steps : slot + 2 * steps], "clip")
            slot += 2 * steps

    def _sequences(self, pairs: Pairs, words: Ints, lengths: Ints) -> NDArray[np.uint64]:
        """Return four symbols to the left, the word, four to the right, unknowns, [12, K]."""
        text = np.empty((_WIDTH, len(words)), dtype=np.uint64)
        text[:_LEFT] = np.array(pairs.left[::-1], dtype=np.uint64)[:, None]
        behind = np.array([UNKNOWN, *pairs.right], dtype=np.uint64).take(_BEHIND)
        behind.take(lengths, 1, text[_LEFT:], "clip")
        symbols = self._whole.take(words).view(np.uint16).reshape(-1, MAX_LENGTH).T
        np.add(text[_LEFT : _LEFT + MAX_LENGTH], symbols, text[_LEFT : _LEFT + MAX_LENGTH])
        return text


def is_word(ids: Sequence[int]) -> bool:
    """Return whether ``ids`` can be an entry: 1–4 Chinese characters."""
    return 1 <= len(ids) <= MAX_LENGTH and min(ids) >= FIRST_HAN
