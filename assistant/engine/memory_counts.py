"""The counts of a phrase memory and what was seen of one blank. Pure numpy, no Qt.

A window (a, b) is a blank with ``a`` symbols to its left and ``b`` to its right: an n-gram of
order a + b + 1. There are 14 windows of orders 2–5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.lru import Lru
from assistant.engine.memory_alphabet import UNKNOWN, Alphabet
from assistant.engine.memory_rows import Adjacency
from assistant.engine.memory_table import Floats, Keys, Table

ORDERS = (2, 3, 4, 5)
"""Lengths of the counted n-grams."""
WINDOWS: tuple[tuple[int, int], ...] = tuple(
    (order - 1 - right, right) for order in ORDERS for right in range(order)
)
"""(symbols left, symbols right) of the blank: by order, the symbols right rising."""
FIRST_WINDOW = {order: WINDOWS.index((order - 1, 0)) for order in ORDERS}
_SAMPLED = 8
"""How many times more values than are wanted make a look at a sample pay."""
_NONE = np.array(0, dtype=np.float32)
_ROWS = 48
"""Decoded rows of pairs that are kept: 28 kB each."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The bigrams of a blank as ln(1 + count): ``dense``, each [A], left and right neighbour.

    ``left`` and ``right`` are the four ids on either side, nearest first; ``around`` holds eight
    counts of the contexts alone, 1–4 symbols to the left, then 1–4 to the right (filled in as far
    as they have been looked up). The arrays are shared: nobody writes to them.
    """

    left: list[int]
    right: list[int]
    dense: tuple[Floats, Floats]
    around: list[float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was counted around a blank: K candidates, W windows, all as ln(1 + count).

    ``ids`` [K]; ``logs`` [W, K]; ``totals`` [W] over the candidates; ``kinds`` [W] =
    ln(1 + number of candidates seen in the window); ``around`` [8] as in :class:`Pairs`.
    """

    ids: Ints
    logs: Floats
    totals: Floats
    kinds: Floats
    around: Floats

    @classmethod
    def of(cls, ids: Ints, logs: Floats, around: list[float]) -> Seen:
        """Sum up ``logs``."""
        sums = np.empty((2, len(logs)), dtype=np.float32)
        np.add.reduce(np.expm1(logs), 1, None, sums[0])
        np.add.reduce(np.greater(logs, _NONE), 1, np.float32, sums[1])
        np.log1p(sums, sums)
        return cls(ids, logs, sums[0], sums[1], np.array(around, dtype=np.float32))


class CountStore:
    """The counts of one memory: unigrams, adjacency both ways, and tables of orders 3–5."""

    def __init__(
        self,
        alphabet: Alphabet,
        unigrams: Floats,
        after: Adjacency,
        before: Adjacency,
        tables: dict[int, Table],
        pair_levels: Floats | None,
    ) -> None:
        """Take the arrays of a file.

        ``unigrams`` [A] are ln(1 + count). ``pair_levels`` are the counts that the codes of pairs
        stand for; with None the codes are the counts.
        """
        self.alphabet = alphabet
        self.unigrams = unigrams
        self._after = after
        self._before = before
        self._tables = tables
        self._pair_logs: Floats | None = None
        if pair_levels is not None:
            self._pair_logs = np.log1p(pair_levels).astype(np.float32)
        self._rows: Lru[tuple[int, int], Floats] = Lru(_ROWS)
        self._unseen = np.zeros(alphabet.size, dtype=np.float32)
        self._unseen.setflags(write=False)

    def pairs(self, left: list[int], right: list[int]) -> Pairs:
        """Look up the bigrams of a blank; four ids on either side, nearest first."""
        before, after = left[0], right[0]
        alone = self.unigrams.item
        around = [alone(before), self._pair(left[1], before), 0.0, 0.0]
        around += [alone(after), self._pair(after, right[1]), 0.0, 0.0]
        return Pairs(left, right, (self._row(0, before), self._row(1, after)), around)

    def beside(self, left: int, right: int) -> Floats:
        """Return ln(1 + count) of every symbol after ``left`` and before ``right``, [2, A]."""
        return np.stack((self._row(0, left), self._row(1, right)))

    def _row(self, side: int, symbol: int) -> Floats:
        if symbol == UNKNOWN:
            return self._unseen
        row = self._rows.get((side, symbol))
        if row is None:
            adjacency = (self._after, self._before)[side]
            row = adjacency.row(symbol, self.alphabet.size, self._pair_logs)
            row.setflags(write=False)
            self._rows.put((side, symbol), row)
        return row

    def values(self, order: int, keys: Keys) -> Floats:
        """Return ln(1 + count) of n-grams of order 3–5, 0 where unseen."""
        return self._tables[order].logs(keys)

    def _pair(self, first: int, second: int) -> float:
        """Return ln(1 + count) of one pair, from the shorter of the two rows that hold it."""
        if UNKNOWN in (first, second):
            return 0.0
        after, before = self._after.run(first), self._before.run(second)
        if after[1] - after[0] <= before[1] - before[0]:
            code = self._after.code(after, second)
        else:
            code = self._before.code(before, first)
        if code is None:
            return 0.0
        if self._pair_logs is None:
            return float(np.log1p(np.float32(code)))
        return self._pair_logs.item(code)


def best_places(merit: Floats, count: int) -> Ints:
    """Return where the ``count`` highest values stand, rising; the first ones of equals."""
    size = len(merit)
    if size <= count:
        return np.arange(size)
    if size > _SAMPLED * count:
        # What a sample takes for a low place among the best leaves few to look at.
        sample = merit[:: size // (4 * count)].copy()
        rank = len(sample) - max(1, 2 * count * len(sample) // size)
        sample.partition(rank)
        likely = np.greater_equal(merit, sample[rank]).nonzero()[0]
        if count <= len(likely) < size:
            return likely[best_places(merit.take(likely), count)]
    ranked = merit.copy()
    ranked.partition(size - count)
    least = ranked[size - count]
    places = np.greater_equal(merit, least).nonzero()[0]
    if len(places) == count:
        return places
    above = merit[places] > least
    above[np.flatnonzero(~above)[: count - int(above.sum())]] = True
    return places[above]
