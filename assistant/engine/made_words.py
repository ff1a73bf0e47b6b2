"""Which words a character would make with its neighbours. Pure numpy, no Qt.

N-grams say what was seen side by side; a list of words says what belongs together: 带个 is seen
everywhere and is no word. Every word of up to four characters through the blank is looked up, and
those that the neighbours already make without it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import FIRST_HAN
from assistant.engine.memory_counts import Ints
from assistant.engine.memory_table import Floats
from assistant.engine.memory_words import MAX_LENGTH, Lexicon
from assistant.engine.units import look_up

_BITS = 16
_BESIDE = MAX_LENGTH - 1
SPANS: tuple[tuple[int, int], ...] = tuple(
    (size - 1 - right, right) for size in range(1, MAX_LENGTH + 1) for right in range(size)
)
"""(symbols left, symbols right) of the character in a word: by length, the symbols right rising."""
SIDES = 2 * _BESIDE
"""Words that end at the left neighbour and words that begin at the right one, by length."""
_Keys = NDArray[np.uint64]


class MadeWords:
    """Looks words up in the word list of a memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take words in the order of their ids."""
        self._logs = lexicon.logs
        self._keys: _Keys = np.zeros(len(lexicon.ids), dtype=np.uint64)
        for i, column in enumerate(lexicon.ids.T):
            self._keys |= column.astype(np.uint64) << np.uint64(_shift(i))

    def around(self, left: Sequence[int], right: Sequence[int], ids: Ints) -> tuple[Floats, Floats]:
        """Return ln(1 + count) of the words through a blank, [10, K], and beside it, [6].

        ``left`` and ``right`` are the neighbours' symbols of the memory's alphabet, nearest first,
        at least three; ``ids`` [K] the characters that might stand between them. 0 for no word.
        """
        through = np.zeros((len(SPANS), len(ids)), dtype=np.float32)
        beside = np.zeros(SIDES, dtype=np.float32)
        if not len(self._keys):
            return through, beside
        near, far = _characters(left), _characters(right)
        spans = [i for i, (a, b) in enumerate(SPANS) if a <= len(near) and b <= len(far)]
        framed = [(near[:a], far[:b]) for a, b in (SPANS[i] for i in spans)]
        frames = [_key(a[::-1]) | _key(b, len(a) + 1) for a, b in framed]
        shifts = [_shift(len(a)) for a, _ in framed]
        keys = ids.astype(np.uint64) << np.array(shifts, dtype=np.uint64)[:, None]
        keys |= np.array(frames, dtype=np.uint64)[:, None]
        whole = [_key(near[:size][::-1]) for size in range(1, len(near) + 1)]
        whole += [_key(far[:size]) for size in range(1, len(far) + 1)]
        found = self._counts(np.append(keys.ravel(), np.array(whole, dtype=np.uint64)))
        through[spans] = found[: keys.size].reshape(keys.shape)
        beside[: len(near)] = found[keys.size :][: len(near)]
        beside[_BESIDE : _BESIDE + len(far)] = found[keys.size + len(near) :]
        return through, beside

    def joined(
        self, left: Sequence[int], right: Sequence[int], words: Sequence[Sequence[int]]
    ) -> Floats:
        """Return [2, N]: ln(1 + count) of the commonest longer word that each of ``words`` ends.

        And that it begins, together with its neighbours (as in :meth:`around`); 0 for none.
        """
        found = np.zeros((2, len(words)), dtype=np.float32)
        if not len(self._keys) or not len(words):
            return found
        own = np.array([_key(word[:MAX_LENGTH]) for word in words], dtype=np.uint64)
        plain = [min(word, default=0) >= FIRST_HAN for word in words]
        sizes = np.array(
            [len(w) if han else MAX_LENGTH for w, han in zip(words, plain, strict=True)]
        )
        near, far = _characters(left), _characters(right)
        for size in range(1, _BESIDE + 1):
            room = sizes + size <= MAX_LENGTH
            if size <= len(near):
                before = np.uint64(_key(near[:size][::-1]))
                keys = own >> np.uint64(size * _BITS) | before
                np.maximum(found[0], self._counts(keys) * room, out=found[0])
            if size <= len(far):
                after = np.uint64(_key(far[:size]))
                keys = own | after >> (np.minimum(sizes, _BESIDE) * _BITS).astype(np.uint64)
                np.maximum(found[1], self._counts(keys) * room, out=found[1])
        return found

    def _counts(self, keys: _Keys) -> Floats:
        places, known = look_up(self._keys, keys)
        return np.where(known, self._logs.take(places), np.float32(0))


def _characters(symbols: Sequence[int]) -> list[int]:
    """Return the nearest symbols as far as a word may hold them: three Chinese characters."""
    near = list(symbols[:_BESIDE])
    return next((near[:i] for i, symbol in enumerate(near) if symbol < FIRST_HAN), near)


def _shift(place: int) -> int:
    return _BITS * (MAX_LENGTH - 1 - place)


def _key(symbols: Sequence[int], place: int = 0) -> int:
    return sum(symbol << _shift(place + i) for i, symbol in enumerate(symbols))
