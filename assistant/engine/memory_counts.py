"""Gather what a phrase memory has seen around one blank. Pure numpy, no Qt.

A window (a, b) is a blank with ``a`` symbols to its left and ``b`` to its right: an n-gram of
order a + b + 1. All 14 windows of orders 2–5 are looked up, each n-gram only where both of its
parts were found, so false positives of the packed tables die out with the order.

A look-up is a generator that asks for n-grams of one order at a time, so that several look-ups of
one blank share their calls: at these sizes a numpy call costs as much as a hundred n-grams.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.lru import Lru
from assistant.engine.memory_alphabet import FIRST_HAN, UNKNOWN, Alphabet
from assistant.engine.memory_rows import Adjacency, log_counts
from assistant.engine.memory_table import Floats, Keys, Table

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
_ONE_SIDED = np.float32(2)
_COMMONNESS = np.float32(0.6)
_ROWS = 48
"""Decoded rows of pairs that are kept: 28 kB each."""
_UNASKED = np.float32(-1)
_SAMPLED = 8
"""How many times more values than are wanted make a look at a sample pay."""

Ints = NDArray[np.int64]


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
        kinds = np.log1p(np.add.reduce(logs > 0, axis=1, dtype=np.float32))
        return cls(ids, logs, totals, kinds, around)


Look = Generator[tuple[int, Keys], Floats, Seen]
"""A look-up under way: yields (order, keys), is sent their ln(1 + count), returns what was seen."""


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
        self._powers = np.array([alphabet.size**power for power in range(5)], dtype=np.uint64)
        self._commonness = _COMMONNESS * unigrams
        self._rows: Lru[tuple[int, int], Floats] = Lru(_ROWS)

    def pairs(self, left: list[int], right: list[int]) -> Pairs:
        """Look up the bigrams of a blank; four ids on either side, nearest first."""
        dense = self.beside(left[0], right[0])
        around = np.zeros(8, dtype=np.float32)
        around[0], around[4] = self.unigrams[left[0]], self.unigrams[right[0]]
        around[1] = self._pair(left[1], left[0])
        around[5] = self._pair(right[0], right[1])
        return Pairs(left, right, dense, around)

    def beside(self, left: int, right: int) -> Floats:
        """Return ln(1 + count) of every symbol after ``left`` and before ``right``, [2, A]."""
        dense = np.zeros((2, self.alphabet.size), dtype=np.float32)
        if left != UNKNOWN:
            dense[0] = self._row(0, left)
        if right != UNKNOWN:
            dense[1] = self._row(1, right)
        return dense

    def _row(self, side: int, symbol: int) -> Floats:
        row = self._rows.get((side, symbol))
        if row is None:
            adjacency = (self._after, self._before)[side]
            row = adjacency.row(symbol, self.alphabet.size, self._pair_logs)
            self._rows.put((side, symbol), row)
        return row

    def seen(self, pairs: Pairs) -> Seen:
        """Look up all windows of a blank."""
        return self.answer(self.look(pairs))[0]

    def answer(self, *looks: Look) -> list[Seen]:
        """Run look-ups side by side; those that wait for the lowest order are served together."""
        found: list[Seen | None] = [None] * len(looks)
        waiting: dict[int, tuple[int, Keys]] = {}
        served: list[tuple[int, Floats | None]] = [(i, None) for i in range(len(looks))]
        while served:
            for i, values in served:
                try:
                    waiting[i] = next(looks[i]) if values is None else looks[i].send(values)
                except StopIteration as end:
                    found[i] = end.value
            served = self._serve(waiting)
        return [seen for seen in found if seen is not None]

    def _serve(self, waiting: dict[int, tuple[int, Keys]]) -> list[tuple[int, Floats | None]]:
        if not waiting:
            return []
        order = min(order for order, _ in waiting.values())
        asked = [(i, keys) for i, (of_order, keys) in waiting.items() if of_order == order]
        for i, _ in asked:
            del waiting[i]
        if len(asked) == 1:
            return [(asked[0][0], self.values(order, asked[0][1]))]
        values = self.values(order, np.concatenate([keys for _, keys in asked]))
        served: list[tuple[int, Floats | None]] = []
        start = 0
        for i, keys in asked:
            served.append((i, values[start : start + len(keys)]))
            start += len(keys)
        return served

    def look(self, pairs: Pairs) -> Look:
        """Look up all windows of a blank, order by order."""
        bases = self._bases(pairs)
        ids, known = yield from self._candidates(pairs, bases[3])
        logs = np.zeros((len(WINDOWS), len(ids)), dtype=np.float32)
        logs[:2] = pairs.dense.take(ids, axis=1)
        symbols = ids.astype(np.uint64)
        for order in (3, 4, 5):
            asked = _parts_found(order, pairs.around, logs)
            if not asked.any():
                break
            values = np.zeros(asked.shape, dtype=np.float32)
            if order == 3 and known is not None:
                had = known.take(ids, axis=1)
                values = np.where(asked, np.maximum(had, 0), 0)
                asked &= had < 0
            keys = (self._powers[:order, None] * symbols + bases[order][:, None])[asked]
            contexts = self._context_keys(order, pairs)
            keys = np.concatenate((keys, np.array([*contexts.values()], dtype=np.uint64)))
            if len(keys):
                found = yield order, keys
                count = len(keys) - len(contexts)
                values[asked] = found[:count]
                pairs.around[list(contexts)] = found[count:]
            logs[FIRST_WINDOW[order] : FIRST_WINDOW[order] + order] = values
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
        return self._tables[order].logs(keys)

    def _pair(self, first: int, second: int) -> float:
        """Return ln(1 + count) of one pair, from the shorter of the two rows that hold it."""
        if UNKNOWN in (first, second):
            return 0.0
        if self._after.steps_of(first) <= self._before.steps_of(second):
            code = self._after.code(first, second)
        else:
            code = self._before.code(second, first)
        return 0.0 if code is None else float(log_counts(code, self._pair_logs)[0])

    def _candidates(
        self, pairs: Pairs, bases: Keys
    ) -> Generator[tuple[int, Keys], Floats, tuple[Ints, Floats | None]]:
        """Return the ids of the likeliest candidates by bigrams and one trigram each, rising.

        Also ln(1 + count) of the trigrams asked for on the way, [3, A], −1 where not asked; None
        where all fit.
        """
        before, after = pairs.dense[:, FIRST_HAN:]
        found = np.flatnonzero(before * after > 0)
        if len(found) < MAX_CANDIDATES:
            found = np.flatnonzero(before + after > 0)
        found += FIRST_HAN
        if not len(found):
            return np.arange(FIRST_HAN, min(self.alphabet.size, FIRST_HAN + MAX_CANDIDATES)), None
        if len(found) <= MAX_CANDIDATES:
            return found, None
        right = 1  # how many symbols of the trigram stand to the right
        if pairs.left[0] == UNKNOWN:
            right = 2
        elif pairs.right[0] == UNKNOWN:
            right = 0
        asked = [(right, found), *self._beside_rare_pairs(pairs)]
        keys = [ids.astype(np.uint64) * self._powers[b] + bases[b] for b, ids in asked]
        values = yield 3, np.concatenate(keys)
        known = np.full((3, self.alphabet.size), _UNASKED, dtype=np.float32)
        chosen = np.zeros(self.alphabet.size, dtype=np.bool_)
        start = 0
        for place, (b, ids) in enumerate(asked):
            part = values[start : start + len(ids)]
            start += len(ids)
            known[b, ids] = part
            if place:
                best = np.argsort(-part, kind="stable")[:MAX_BESIDE_RARE]
                chosen[ids[best[part[best] > 0]]] = True
            else:
                merit = self._merit(pairs, ids, part)
                chosen[ids[best_places(merit, MAX_CANDIDATES)]] = True
        return np.flatnonzero(chosen), known

    def _beside_rare_pairs(self, pairs: Pairs) -> list[tuple[int, Ints]]:
        """Return (symbols right, characters) of the trigrams over a rare pair of neighbours.

        Few were seen there, and those are likely to fit: 笑 beside 里藏, whatever stands on its
        other side; it may be known there only in idioms.
        """
        return [
            (right, np.flatnonzero(pairs.dense[side, FIRST_HAN:] > 0) + FIRST_HAN)
            for side, place, right in ((0, 1, 0), (1, 5, 2))
            if 0 < pairs.around[place] <= _RARE
        ]

    def _merit(self, pairs: Pairs, ids: Ints, trigrams: Floats) -> Floats:
        """Rank more characters than are scored, so that no rare one that fits is lost."""
        before, after = pairs.dense[0].take(ids), pairs.dense[1].take(ids)
        merit = before + after
        if UNKNOWN not in (pairs.left[0], pairs.right[0]):
            merit -= self._commonness.take(ids)
            merit -= _ONE_SIDED * ((before == 0) | (after == 0))
        merit += trigrams
        merit += _TRIGRAM_MERIT * (trigrams > 0)
        return merit

    def _bases(self, pairs: Pairs) -> dict[int, Keys]:
        """Return, by order, the keys of the windows with the blank counted as 0."""
        size = self.alphabet.size
        before, after = [0], [0]
        for distance in range(4):
            before.append(pairs.left[distance] * size**distance + before[-1])
            after.append(after[-1] * size + pairs.right[distance])
        return {
            order: np.array(
                [before[order - 1 - b] * size ** (b + 1) + after[b] for b in range(order)],
                dtype=np.uint64,
            )
            for order in ORDERS[1:]
        }

    def _context_keys(self, order: int, pairs: Pairs) -> dict[int, int]:
        """Return the keys of the contexts of ``order`` symbols, by their place in ``around``."""
        if order == ORDERS[-1]:
            return {}
        contexts = {order - 1: pairs.left[:order][::-1], order + 3: pairs.right[:order]}
        return {
            place: _key(symbols, self.alphabet.size)
            for place, symbols in contexts.items()
            if UNKNOWN not in symbols
        }


def best_places(merit: Floats, count: int) -> Ints:
    """Return where the ``count`` highest values stand, rising; the first ones of equals."""
    if len(merit) <= count:
        return np.arange(len(merit))
    if len(merit) > _SAMPLED * count:
        # What a sample takes for a low place among the best leaves few to look at.
        sample = merit[:: len(merit) // (4 * count)]
        rank = 2 * count * len(sample) // len(merit)
        likely = np.flatnonzero(merit >= np.partition(sample, -rank)[-rank])
        if count <= len(likely) < len(merit):
            return likely[best_places(merit[likely], count)]
    least = np.partition(merit, -count)[-count]
    places = np.flatnonzero(merit >= least)
    if len(places) == count:
        return places
    above = merit[places] > least
    above[np.flatnonzero(~above)[: count - int(above.sum())]] = True
    return places[above]


def _parts_found(order: int, around: Floats, logs: Floats) -> NDArray[np.bool_]:
    """Return [order, K]: whether both parts of each n-gram were found.

    The two parts of window b are windows b − 1 and b of the order below, where −1 is the context
    to the left and the last one the context to the right.
    """
    first = FIRST_WINDOW[order - 1]
    parts = np.empty((order + 1, logs.shape[1]), dtype=np.bool_)
    parts[0] = around[order - 2] > 0
    np.greater(logs[first : first + order - 1], 0, out=parts[1:-1])
    parts[-1] = around[order + 2] > 0
    return parts[:-1] & parts[1:]


def _key(symbols: list[int], radix: int) -> int:
    key = 0
    for symbol in symbols:
        key = key * radix + symbol
    return key
