"""Look thousands of blanks up at once, for training: the best characters and their P.

The memory, the tables and the network are those of the reader; what is left out is width. A blank
is scored over the ``POOL`` characters that its two neighbours like best, where the reader looks at
several hundred: measured by ``python -m build_tools.memory.feed``.

Texts that were counted are looked up leave-one-out: from every count that an occurrence added to,
one is taken off again. Counts are quantised, so this is exact up to three and near above.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import BORDER, FIRST_HAN, UNKNOWN
from assistant.engine.memory_counts import FIRST_WINDOW, ORDERS, WINDOWS
from assistant.engine.memory_feed import FED
from assistant.engine.memory_scorer import FEATURE_SCALE, NetScorer
from assistant.engine.memory_table import Floats
from build_tools.datasets import Item, cft_characters

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LISTED = 96
"""Characters kept for each symbol on either side."""
POOL = 64
"""Characters scored for a blank."""
CHUNK = 512
"""Blanks looked up at a time: their arrays stay in the caches."""
NO_ANSWER = -1


class BatchFeed:
    """The best characters for many blanks."""

    def __init__(self, memory: PhraseMemory) -> None:
        """Decode the pairs of ``memory`` (about 0.3 GB for a full alphabet).

        Raises ValueError for a memory without a fitted network.
        """
        if not isinstance(memory.scorer, NetScorer):
            raise ValueError("the memory has no fitted network: run build_tools.memory fit")
        self._store, self._scorer = memory.store, memory.scorer
        size = memory.alphabet.size
        self._size = np.uint64(size)
        self._unigrams = self._store.unigrams.astype(np.float32)
        self._pairs = np.zeros((size, size), dtype=np.float16)
        self._after = np.zeros((size, LISTED), dtype=np.uint16)
        self._before = np.zeros((size, LISTED), dtype=np.uint16)
        dull = 0.3 * self._unigrams
        for symbol in range(1, size):
            after, before = self._store.beside(symbol, symbol)
            self._pairs[symbol] = after
            self._after[symbol] = _best(after, dull)
            self._before[symbol] = _best(before, dull)

    def best(
        self, left: Ints, right: Ints, answers: Ints | None = None
    ) -> tuple[NDArray[np.uint16], Floats]:
        """Return symbols and P, each [N, 8], best first; symbol 0 with P 0 for nothing.

        ``left`` and ``right`` [N, 4] are symbols, nearest first. ``answers`` [N] are the symbols
        that stand there in a text that was counted: they are looked up leave-one-out.
        """
        count = len(left)
        symbols = np.zeros((count, FED), dtype=np.uint16)
        chances = np.zeros((count, FED), dtype=np.float32)
        if answers is None:
            answers = np.full(count, NO_ANSWER, dtype=np.int64)
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            symbols[part], chances[part] = self._chunk(left[part], right[part], answers[part])
        return symbols, chances

    def _chunk(self, left: Ints, right: Ints, answers: Ints) -> tuple[NDArray[np.uint16], Floats]:
        ids, logs = self._pool(left, right, answers)
        around = self._around(left, right, answers)
        mine = ids == answers[:, None]
        grams = _Grams(left, right, self._size)
        symbols = ids.astype(np.uint64)
        for order in ORDERS[1:]:
            self._windows(order, grams, symbols, mine, around, logs)
        scores, rest = self._scores(ids, logs, around)
        top = np.argpartition(-scores, FED, axis=1)[:, :FED]
        top = np.take_along_axis(
            top, np.argsort(-np.take_along_axis(scores, top, 1), axis=1, kind="stable"), 1
        )
        highest = np.maximum(scores.max(axis=1), rest)[:, None]
        weights = np.exp(scores - highest)
        total = weights.sum(axis=1, keepdims=True) + np.exp(rest[:, None] - highest)
        chances = np.take_along_axis(weights, top, 1) / total
        known = (left[:, 0] != UNKNOWN) | (right[:, 0] != UNKNOWN)
        chances *= known[:, None]
        best = np.take_along_axis(ids, top, 1)
        return np.where(chances > 0, best, 0).astype(np.uint16), chances.astype(np.float32)

    def _pool(self, left: Ints, right: Ints, answers: Ints) -> tuple[Ints, Floats]:
        """Return candidates [N, POOL] and their windows [14, N, POOL] with the bigrams filled in.

        A row with fewer candidates is filled up with symbol 0.
        """
        listed = np.concatenate((self._after[left[:, 0]], self._before[right[:, 0]]), axis=1)
        listed.sort(axis=1)
        listed[:, 1:][listed[:, 1:] == listed[:, :-1]] = 0
        ids = listed.astype(np.int64)
        pairs = np.empty((2, *ids.shape), dtype=np.float32)
        pairs[0] = self._pairs[left[:, :1], ids]
        pairs[1] = self._pairs[ids, right[:, :1]]
        for side in pairs:
            _leave_out(side, ids == answers[:, None])
        both = pairs.sum(axis=0)
        merit = both - 0.6 * self._unigrams[ids] - 2 * (pairs.min(axis=0) == 0)
        merit[(ids == 0) | (both == 0)] = -np.inf
        chosen = np.argpartition(merit, -POOL, axis=1)[:, -POOL:]
        logs = np.zeros((len(WINDOWS), len(ids), POOL), dtype=np.float32)
        for side in range(2):
            logs[side] = np.take_along_axis(pairs[side], chosen, 1)
        kept = np.take_along_axis(ids, chosen, 1)
        kept[np.isneginf(np.take_along_axis(merit, chosen, 1))] = 0
        logs[:2, kept == 0] = 0
        return kept, logs

    def _around(self, left: Ints, right: Ints, answers: Ints) -> Floats:
        """Return ln(1 + count) of the contexts, [N, 8], as :class:`Pairs` holds them."""
        around = np.zeros((len(left), 8), dtype=np.float32)
        around[:, 0], around[:, 4] = self._unigrams[left[:, 0]], self._unigrams[right[:, 0]]
        around[:, 1] = self._pairs[left[:, 1], left[:, 0]]
        around[:, 5] = self._pairs[right[:, 0], right[:, 1]]
        for order in (3, 4):
            for place, side, turned in ((order - 1, left, True), (order + 3, right, False)):
                asked = np.flatnonzero((side[:, order - 1] != UNKNOWN) & (around[:, place - 1] > 0))
                grams = side[asked, :order][:, ::-1] if turned else side[asked, :order]
                if len(asked):
                    keys = _keys(grams.T, self._size)
                    around[asked, place] = self._store.values(order, keys)
        _leave_out(around, np.repeat((answers != NO_ANSWER)[:, None], 8, axis=1))
        return around

    def _windows(
        self,
        order: int,
        grams: _Grams,
        symbols: NDArray[np.uint64],
        mine: Bools,
        around: Floats,
        logs: Floats,
    ) -> None:
        """Fill in the windows of ``order``, each only where both of its parts were found."""
        below, first = FIRST_WINDOW[order - 1], FIRST_WINDOW[order]
        for right in range(order):
            inner = logs[below + right - 1] if right else around[:, order - 2, None]
            outer = logs[below + right] if right < order - 1 else around[:, order + 2, None]
            asked = (inner > 0) & (outer > 0) & (symbols > 0)
            asked &= grams.whole(order - 1 - right, right)[:, None]
            row, column = np.nonzero(asked)
            if not len(row):
                continue
            keys = symbols[row, column] * self._size ** np.uint64(right)
            keys += grams.base(order - 1 - right, right)[row]
            values = self._store.values(order, keys)
            _leave_out(values, mine[row, column])
            logs[first + right, row, column] = values

    def _scores(self, ids: Ints, logs: Floats, around: Floats) -> tuple[Floats, Floats]:
        """Return the scores [N, POOL], −inf for no candidate, and of everything else [N]."""
        totals = np.log1p(np.expm1(logs).sum(axis=2))
        kinds = np.log1p(np.count_nonzero(logs, axis=2))
        known = around[:, [0, 4]] > 0
        blank = np.concatenate((totals.T, kinds.T, around, known), axis=1, dtype=np.float32)
        blank *= FEATURE_SCALE
        features = np.concatenate((logs, self._unigrams[ids][None]))
        scores, rest = self._scorer.scores(features, blank)
        scores[ids == 0] = -np.inf
        return scores, rest


class _Grams:
    """The neighbours of N blanks as keys."""

    def __init__(self, left: Ints, right: Ints, size: np.uint64) -> None:
        self._size = size
        count = len(left)
        self._known = [np.cumprod(side != UNKNOWN, axis=1).sum(axis=1) for side in (left, right)]
        self._left = [np.zeros(count, dtype=np.uint64)]
        self._right = [np.zeros(count, dtype=np.uint64)]
        for step in range(4):
            power = size ** np.uint64(step)
            self._left.append(left[:, step].astype(np.uint64) * power + self._left[-1])
            self._right.append(self._right[-1] * size + right[:, step].astype(np.uint64))

    def whole(self, left: int, right: int) -> Bools:
        """Return where so many neighbours are known."""
        return (self._known[0] >= left) & (self._known[1] >= right)

    def base(self, left: int, right: int) -> NDArray[np.uint64]:
        """Return the keys of a window with the blank counted as 0."""
        return self._left[left] * self._size ** np.uint64(right + 1) + self._right[right]


def _keys(columns: Ints, size: np.uint64) -> NDArray[np.uint64]:
    keys = np.zeros(columns.shape[1], dtype=np.uint64)
    for column in columns:
        keys = keys * size + column.astype(np.uint64)
    return keys


def _leave_out(logs: Floats, where: Bools) -> None:
    """Take one off the counts behind ``logs`` (ln(1 + count)) in place."""
    logs[where] = np.log(np.maximum(np.exp(logs[where]) - 1, 1))


def _best(logs: Floats, dull: Floats) -> NDArray[np.uint16]:
    """Return the ``LISTED`` best Chinese characters of a row, filled up with 0."""
    merit = np.where(logs > 0, logs - dull, -np.inf)
    merit[:FIRST_HAN] = -np.inf
    best = np.argsort(-merit)[:LISTED]
    best = best[merit[best] > -np.inf]
    return np.pad(best, (0, LISTED - len(best))).astype(np.uint16)


def compare(memory: PhraseMemory, items: list[Item]) -> dict[str, float]:
    """Return the speed of the feed, and how it and the reader do on ``items``."""
    alphabet, feed = memory.alphabet, BatchFeed(memory)
    left = np.array([alphabet.left_context(BORDER + item.left) for item in items])
    right = np.array([alphabet.right_context(item.right + BORDER) for item in items])
    feed.best(left[:CHUNK], right[:CHUNK])
    begun = time.thread_time()
    symbols, chances = feed.best(left, right)
    seconds = time.thread_time() - begun
    found = [memory.view_of(a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True)]
    first = np.array([int(view.seen.ids[view.probabilities.argmax()]) for view in found])
    highest = np.array([float(view.probabilities.max()) for view in found])
    answers = np.array([int(alphabet.encode(item.answers[0])[0]) for item in items])
    return {
        "blanks_per_second": len(items) / seconds,
        "feed_top1": float((symbols[:, 0] == answers).mean()),
        "feed_top8": float((symbols == answers[:, None]).any(axis=1).mean()),
        "reader_top1": float((first == answers).mean()),
        "same_first": float((symbols[:, 0] == first).mean()),
        "difference_of_highest_p": float(np.abs(chances[:, 0] - highest).mean()),
    }


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=Path, default=Path("resources/models/fill/phrases.bin"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--blanks", type=int, default=4000)
    options = parser.parse_args()
    items = cft_characters(options.data / "dev" / "cft.test.auto.xz", 0, options.blanks)
    print(json.dumps(compare(PhraseMemory.open(options.memory), items), indent=1))


if __name__ == "__main__":
    main()
