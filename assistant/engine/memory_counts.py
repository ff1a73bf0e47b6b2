"""Gather what a phrase memory has seen around one blank. Pure numpy, no Qt.

A window (a, b) is a blank with ``a`` symbols to its left and ``b`` to its right: an n-gram of
order a + b + 1. All 14 windows of orders 2–5 are looked up, each n-gram only where both of its
parts were found, so false positives of the packed tables die out with the order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import FIRST_HAN, UNKNOWN, Alphabet
from assistant.engine.memory_table import Table

ORDERS = (2, 3, 4, 5)
"""Lengths of the counted n-grams."""
WINDOWS: tuple[tuple[int, int], ...] = tuple(
    (order - 1 - right, right) for order in ORDERS for right in range(order)
)
"""(symbols left, symbols right) of the blank: by order, the symbols right rising."""
FIRST_WINDOW = {order: WINDOWS.index((order - 1, 0)) for order in ORDERS}
MAX_CANDIDATES = 192
"""Characters that are scored; the others share what is left."""
MAX_BESIDE_RARE = 16
"""Characters scored beside those because they were seen beside a rare pair of neighbours."""
_RARE = 6.0
"""ln(1 + count) up to which a pair of neighbours is rare: few characters were seen beside it."""

_TRIGRAM_MERIT = np.float32(4)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Codes = NDArray[np.uint8] | NDArray[np.uint32]
"""Counts of pairs: quantised to a byte, or exact."""


@dataclass(frozen=True, slots=True)
class Adjacency:
    """For each symbol, the symbols seen beside it, with their counts.

    ``steps`` are differences of rising ids (255 = step on without an entry), ``codes`` the counts
    (quantised in packed files), ``offsets`` [A + 1] delimit each symbol's run of both.
    """

    offsets: NDArray[np.uint32]
    steps: NDArray[np.uint8]
    codes: Codes

    def of(self, symbol: int) -> tuple[Ints, Codes]:
        """Return the ids beside ``symbol``, rising, and the codes of their counts."""
        start, end = self.offsets[symbol : symbol + 2].tolist()
        steps = self.steps[start:end]
        real = np.flatnonzero(steps != 255)
        return np.cumsum(steps, dtype=np.int64)[real], self.codes[start:end][real]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The bigrams of a blank as ln(1 + count): ``dense`` [2, A], left and right neighbour.

    ``left`` and ``right`` are the four ids on either side, nearest first; ``around`` [8] holds
    the counts of the contexts alone, 1–4 symbols to the left, then 1–4 to the right (filled in
    as far as they have been looked up).
    """

    left: list[int]
    right: list[int]
    dense: Floats
    around: Floats


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
    def of(cls, ids: Ints, logs: Floats, around: Floats) -> Seen:
        """Sum up ``logs``."""
        totals = np.log1p(np.expm1(logs).sum(axis=1))
        kinds = np.log1p(np.count_nonzero(logs, axis=1)).astype(np.float32)
        return cls(ids, logs, totals, kinds, around)


class CountStore:
    """The counts of one memory: unigrams, adjacency both ways, and tables of orders 3–5."""

    def __init__(
        self,
        alphabet: Alphabet,
        unigrams: Floats,
        after: Adjacency,
        before: Adjacency,
        tables: dict[int, Table],
        levels: tuple[Floats, Floats] | None,
    ) -> None:
        """Take the arrays of a file.

        ``unigrams`` [A] are ln(1 + count). ``levels`` are the counts that codes stand for, of
        pairs and of longer n-grams; with None the codes are the counts.
        """
        self.alphabet = alphabet
        self.unigrams = unigrams
        self._after = after
        self._before = before
        self._tables = tables
        self._pair_logs: Floats | None = None
        self._logs: Floats | None = None
        if levels is not None:
            self._pair_logs = np.log1p(levels[0]).astype(np.float32)
            self._logs = np.concatenate(([0.0], np.log1p(levels[1]))).astype(np.float32)
        self._powers = np.array([alphabet.size**power for power in range(5)], dtype=np.uint64)

    def pairs(self, left: list[int], right: list[int]) -> Pairs:
        """Look up the bigrams of a blank; four ids on either side, nearest first."""
        dense = self.beside(left[0], right[0])
        around = np.zeros(8, dtype=np.float32)
        around[0], around[4] = self.unigrams[left[0]], self.unigrams[right[0]]
        if left[0] != UNKNOWN:
            around[1] = self._pair(self._before, left[0], left[1])
        if right[0] != UNKNOWN:
            around[5] = self._pair(self._after, right[0], right[1])
        return Pairs(left, right, dense, around)

    def beside(self, left: int, right: int) -> Floats:
        """Return ln(1 + count) of every symbol after ``left`` and before ``right``, [2, A]."""
        dense = np.zeros((2, self.alphabet.size), dtype=np.float32)
        for row, adjacency, symbol in ((0, self._after, left), (1, self._before, right)):
            if symbol != UNKNOWN:
                ids, codes = adjacency.of(symbol)
                dense[row, ids] = self._pair_values(codes)
        return dense

    def seen(self, pairs: Pairs, extra: Ints | None = None) -> Seen:
        """Look up all windows of a blank; ``extra`` ids are scored beside the best ones."""
        ids = self._candidates(pairs, extra)
        logs = np.zeros((len(WINDOWS), len(ids)), dtype=np.float32)
        logs[:2] = pairs.dense[:, ids]
        for order in (3, 4, 5):
            if not self._look_up(order, pairs, ids, logs):
                break
        return Seen.of(ids, logs, pairs.around)

    def around(self, pairs: Pairs, word: list[int]) -> list[tuple[tuple[int, int], int]]:
        """Return the counted n-grams of ``word`` (1–4 ids) with neighbours, longest first.

        As ((symbols left, symbols right), count). A longer one counts only where the shorter ones
        inside it do: so strangers that pass for counted die out.
        """
        reach = ORDERS[-1] - len(word)
        sides = [(a, b) for n in range(1, reach + 1) for b in range(n + 1) for a in (n - b,)]
        logs: dict[tuple[int, int], float] = {(0, 0): 1.0}
        for n in range(1, reach + 1):
            asked = [
                (a, b) for a, b in sides if a + b == n and self._may_be(pairs, word, a, b, logs)
            ]
            grams = [[*pairs.left[:a][::-1], *word, *pairs.right[:b]] for a, b in asked]
            if n + len(word) == ORDERS[0]:
                found = [float(pairs.dense[int(a == 0)][word[0]]) for a, _ in asked]
            else:
                keys = [_key(gram, self.alphabet.size) for gram in grams]
                found = self.values(n + len(word), np.array(keys, dtype=np.uint64)).tolist()
            logs |= {side: log for side, log in zip(asked, found, strict=True) if log > 0}
        counted = [(side, round(float(np.expm1(logs[side])))) for side in sides if side in logs]
        return [(side, count) for side, count in reversed(counted) if count]

    def _may_be(
        self,
        pairs: Pairs,
        word: list[int],
        left: int,
        right: int,
        logs: dict[tuple[int, int], float],
    ) -> bool:
        """Return whether all that lies inside an n-gram was found."""
        if UNKNOWN in pairs.left[:left] or UNKNOWN in pairs.right[:right]:
            return False
        if (left and not pairs.dense[0][word[0]]) or (right and not pairs.dense[1][word[-1]]):
            return False
        return (not left or (left - 1, right) in logs) and (not right or (left, right - 1) in logs)

    def values(self, order: int, keys: NDArray[np.uint64]) -> Floats:
        """Return ln(1 + count) of n-grams of order 3–5, 0 where unseen."""
        found = self._tables[order].lookup(keys)
        if self._logs is None:
            return np.log1p(np.maximum(found, 0)).astype(np.float32)
        return self._logs[found + 1]

    def _pair_values(self, codes: Codes) -> Floats:
        if self._pair_logs is None:
            return np.log1p(codes.astype(np.float32))
        return self._pair_logs[codes]

    def _pair(self, adjacency: Adjacency, symbol: int, other: int) -> float:
        """Return ln(1 + count) of one pair."""
        if other == UNKNOWN:
            return 0.0
        ids, codes = adjacency.of(symbol)
        place = int(ids.searchsorted(other))
        if place == len(ids) or int(ids[place]) != other:
            return 0.0
        return float(self._pair_values(codes[place : place + 1])[0])

    def _candidates(self, pairs: Pairs, extra: Ints | None) -> Ints:
        """Return the ids of the likeliest candidates by bigrams and one trigram each, rising."""
        before, after = pairs.dense[:, FIRST_HAN:]
        found = np.flatnonzero(before * after)
        if len(found) < MAX_CANDIDATES:
            found = np.flatnonzero(before + after)
        found += FIRST_HAN
        if not len(found):
            found = np.arange(FIRST_HAN, min(self.alphabet.size, FIRST_HAN + MAX_CANDIDATES))
        elif len(found) > MAX_CANDIDATES:
            merit = self._merit(pairs, found)
            found = found[np.argpartition(merit, -MAX_CANDIDATES)[-MAX_CANDIDATES:]]
            found = np.union1d(found, self._beside_rare_pairs(pairs))
        return found if extra is None else np.union1d(found, extra[extra >= FIRST_HAN])

    def _beside_rare_pairs(self, pairs: Pairs) -> Ints:
        """Return the characters seen beside a rare pair of neighbours: few, and likely to fit.

        笑 beside 里藏, whatever stands on its other side: it may be known there only in idioms.
        """
        found: list[Ints] = []
        for side, place, right in ((0, 1, 0), (1, 5, 2)):
            if 0 < pairs.around[place] <= _RARE:
                ids = np.flatnonzero(pairs.dense[side, FIRST_HAN:]) + FIRST_HAN
                base = np.uint64(self._bases(3, pairs)[right])
                seen = self.values(3, ids.astype(np.uint64) * self._powers[right] + base)
                best = np.argsort(-seen, kind="stable")[:MAX_BESIDE_RARE]
                found.append(ids[best[seen[best] > 0]])
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def _merit(self, pairs: Pairs, ids: Ints) -> Floats:
        """Rank more characters than are scored, so that no rare one that fits is lost."""
        before, after = pairs.dense[:, ids]
        merit = before + after
        right = 1  # how many symbols of the trigram stand to the right
        if pairs.left[0] == UNKNOWN:
            right = 2
        elif pairs.right[0] == UNKNOWN:
            right = 0
        else:
            merit -= 0.6 * self.unigrams[ids]
            merit -= 2.0 * ((before == 0) | (after == 0))
        base = np.uint64(self._bases(3, pairs)[right])
        found = self.values(3, ids.astype(np.uint64) * self._powers[right] + base)
        return merit + found + _TRIGRAM_MERIT * (found > 0)

    def _look_up(self, order: int, pairs: Pairs, ids: Ints, logs: Floats) -> bool:
        """Fill in the windows of ``order``; return whether there was anything to look up.

        The two parts of window b are windows b − 1 and b of the order below, where −1 is the
        context to the left and the last one the context to the right.
        """
        around = pairs.around
        first = FIRST_WINDOW[order - 1]
        parts = np.empty((order + 1, len(ids)), dtype=np.bool_)
        parts[0] = around[order - 2] > 0
        parts[1:-1] = logs[first : first + order - 1] > 0
        parts[-1] = around[order + 2] > 0
        window, column = np.nonzero(parts[:-1] & parts[1:])
        if not len(window):
            return False
        keys = ids[column].astype(np.uint64) * self._powers[window]
        keys += np.array(self._bases(order, pairs), dtype=np.uint64)[window]
        contexts = self._context_keys(order, pairs) if order < 5 else {}
        found = self.values(
            order, np.concatenate((keys, np.fromiter(contexts.values(), dtype=np.uint64)))
        )
        logs[FIRST_WINDOW[order] + window, column] = found[: len(keys)]
        around[list(contexts)] = found[len(keys) :]
        return True

    def _bases(self, order: int, pairs: Pairs) -> list[int]:
        """Return the keys of the windows of ``order`` with the blank counted as 0."""
        size = self.alphabet.size
        bases: list[int] = []
        for right in range(order):
            symbols = [*pairs.left[: order - 1 - right][::-1], 0, *pairs.right[:right]]
            bases.append(_key(symbols, size))
        return bases

    def _context_keys(self, order: int, pairs: Pairs) -> dict[int, int]:
        """Return the keys of the contexts of ``order`` symbols, by their place in ``around``."""
        contexts = {order - 1: pairs.left[:order][::-1], order + 3: pairs.right[:order]}
        return {
            place: _key(symbols, self.alphabet.size)
            for place, symbols in contexts.items()
            if UNKNOWN not in symbols
        }


def _key(symbols: list[int], radix: int) -> int:
    key = 0
    for symbol in symbols:
        key = key * radix + symbol
    return key
