"""Look up which characters may stand in a blank, and all windows of each. Pure numpy, no Qt.

All 14 windows of orders 2–5 are looked up, each n-gram only where both of its parts were found,
so false positives of the packed tables die out with the order.

A look-up is a generator that asks for n-grams of one order at a time, so that several look-ups of
one blank share their calls: at these sizes a numpy call costs as much as a dozen n-grams. So the
code here avoids calls, not work: numbers without axes are arrays (numpy takes them in half the
time of a scalar), small sets are counted in Python, results are written in place.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import FIRST_HAN, UNKNOWN
from assistant.engine.memory_counts import (
    FIRST_WINDOW,
    ORDERS,
    WINDOWS,
    CountStore,
    Ints,
    Pairs,
    Seen,
    best_places,
)
from assistant.engine.memory_table import Floats, Keys

MAX_CANDIDATES = 192
"""Characters that are scored; the others share what is left."""
MAX_BESIDE_RARE = 16
"""Characters scored beside those because they were seen beside a rare pair of neighbours."""
_RARE = 6.0
"""ln(1 + count) up to which a pair of neighbours is rare: few characters were seen beside it."""
_COMMONNESS = np.float32(0.6)


def _number(value: float) -> Floats:
    return np.array(value, dtype=np.float32)


_NONE = _number(0)
_TRIGRAM_MERIT = _number(4)
_ONE_SIDED = _number(2)
_UNASKED = -1.0
_HIGHER: Ints = np.array(WINDOWS[FIRST_WINDOW[3] :])
_LEFT, _RIGHT = _HIGHER[:, 0].copy(), _HIGHER[:, 1].copy()
"""Symbols to the left and to the right in the windows of orders 3–5."""
_SHIFTS: Ints = np.where(_LEFT > 0, _RIGHT + 1, 0)
"""Places that the symbols to the left stand before the end of a key."""

Look = Generator[tuple[int, Keys], Floats, Seen]
"""A look-up under way: yields (order, keys), is sent their ln(1 + count), returns what was seen."""
_Known = dict[int, tuple[Floats, NDArray[np.bool_] | None]]
"""By the symbols to the right, ln(1 + count) of trigrams asked for before, and where not so."""


def answer(store: CountStore, looks: Sequence[Look]) -> list[Seen]:
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
        served = _serve(store, waiting)
    return [seen for seen in found if seen is not None]


def _serve(
    store: CountStore, waiting: dict[int, tuple[int, Keys]]
) -> list[tuple[int, Floats | None]]:
    if not waiting:
        return []
    order = min(order for order, _ in waiting.values())
    asked = [(i, keys) for i, (of_order, keys) in waiting.items() if of_order == order]
    for i, _ in asked:
        del waiting[i]
    if len(asked) == 1:
        return [(asked[0][0], store.values(order, asked[0][1]))]
    values = store.values(order, np.concatenate([keys for _, keys in asked]))
    served: list[tuple[int, Floats | None]] = []
    start = 0
    for i, keys in asked:
        end = start + len(keys)
        served.append((i, values[start:end]))
        start = end
    return served


class Characters:
    """Looks up the characters of one memory."""

    def __init__(self, store: CountStore) -> None:
        self._size = store.alphabet.size
        self._commonness: Floats = _COMMONNESS * store.unigrams
        self._powers = np.array([[self._size**power] for power in range(5)], dtype=np.uint64)

    def look(self, pairs: Pairs) -> Look:
        """Look up all windows of a blank, order by order."""
        bases = self._bases(pairs)
        ids, known = yield from self._candidates(pairs, bases[3])
        logs = np.zeros((len(WINDOWS), len(ids)), dtype=np.float32)
        for side, row in enumerate(pairs.dense):
            row.take(ids, None, logs[side], "clip")
        grams = self._powers * ids.view(np.uint64)
        around = pairs.around
        for order in (3, 4, 5):
            asked = _parts_found(order, around, logs)
            if not asked.any():
                break
            windows = logs[FIRST_WINDOW[order] :][:order]
            if order == 3:
                _fill_known(known, asked, windows)
            wanted = (grams[:order] + bases[order])[asked]
            contexts = self._contexts(order, pairs)
            count = len(wanted)
            if contexts:
                keys = [key for _, key in contexts]
                wanted = np.concatenate((wanted, np.array(keys, dtype=np.uint64)))
            if len(wanted):
                found = yield order, wanted
                windows[asked] = found[:count]
                for (place, _), log in zip(contexts, found[count:].tolist(), strict=True):
                    around[place] = log
        return Seen.of(ids, logs, around)

    def _candidates(
        self, pairs: Pairs, bases: Keys
    ) -> Generator[tuple[int, Keys], Floats, tuple[Ints, _Known]]:
        """Return the ids of the likeliest candidates by bigrams and one trigram each, rising.

        Also what the trigrams asked for on the way say of them.
        """
        before, after = pairs.dense[0][FIRST_HAN:], pairs.dense[1][FIRST_HAN:]
        found = np.greater(np.multiply(before, after), _NONE).nonzero()[0]
        both = len(found) >= MAX_CANDIDATES
        if not both:
            found = np.greater(np.add(before, after), _NONE).nonzero()[0]
        found += FIRST_HAN
        if not len(found):
            return np.arange(FIRST_HAN, min(self._size, FIRST_HAN + MAX_CANDIDATES)), {}
        if len(found) <= MAX_CANDIDATES:
            return found, {}
        right = 1  # how many symbols of the trigram stand to the right
        if pairs.left[0] == UNKNOWN:
            right = 2
        elif pairs.right[0] == UNKNOWN:
            right = 0
        rare = _beside_rare_pairs(pairs)
        asked = [(right, found), *rare]
        keys = [ids.view(np.uint64) * self._powers[b] + bases[b] for b, ids in asked]
        values = yield 3, np.concatenate(keys) if rare else keys[0]
        trigrams = values[: len(found)]
        places = best_places(self._merit(pairs, found, trigrams, both), MAX_CANDIDATES)
        if not rare:
            return found.take(places), {right: (trigrams.take(places), None)}
        return self._with_rare(asked, values, found.take(places))

    def _with_rare(
        self, asked: list[tuple[int, Ints]], values: Floats, best: Ints
    ) -> tuple[Ints, _Known]:
        """Return the candidates ``best`` and those that are likely beside a rare pair."""
        known: dict[int, Floats] = {}
        chosen = np.zeros(self._size, dtype=np.bool_)
        chosen[best] = True
        start = 0
        for place, (b, ids) in enumerate(asked):
            part = values[start : start + len(ids)]
            start += len(ids)
            if b not in known:
                known[b] = np.full(self._size, _UNASKED, dtype=np.float32)
            known[b][ids] = part
            if place:
                likely = np.greater(part, _NONE).nonzero()[0]
                chosen[ids.take(likely.take(best_places(part.take(likely), MAX_BESIDE_RARE)))] = (
                    True
                )
        ids = chosen.nonzero()[0]
        logs = {b: row.take(ids) for b, row in known.items()}
        return ids, {b: (np.maximum(row, _NONE), np.less(row, _NONE)) for b, row in logs.items()}

    def _merit(self, pairs: Pairs, ids: Ints, trigrams: Floats, both: bool) -> Floats:
        """Rank more characters than are scored, so that no rare one that fits is lost.

        ``both``: all of them were seen beside either neighbour.
        """
        before, after = pairs.dense[0].take(ids), pairs.dense[1].take(ids)
        merit = before + after
        if UNKNOWN not in (pairs.left[0], pairs.right[0]):
            np.subtract(merit, self._commonness.take(ids), merit)
            if not both:
                merit -= _ONE_SIDED * ((before == 0) | (after == 0))
        np.add(merit, trigrams, merit)
        np.add(merit, np.multiply(np.greater(trigrams, _NONE), _TRIGRAM_MERIT), merit)
        return merit

    def _bases(self, pairs: Pairs) -> dict[int, Keys]:
        """Return, by order, the keys of the windows with the blank counted as 0, [order, 1]."""
        size = self._size
        before, after = [0], [0]
        power = 1
        for left, right in zip(pairs.left, pairs.right, strict=True):
            before.append(left * power + before[-1])
            after.append(after[-1] * size + right)
            power *= size
        keys: Keys = np.array(before, dtype=np.uint64).take(_LEFT)
        np.multiply(keys, self._powers.take(_SHIFTS), keys)
        np.add(keys, np.array(after, dtype=np.uint64).take(_RIGHT), keys)
        column = keys[:, None]
        return {3: column[:3], 4: column[3:7], 5: column[7:]}

    def _contexts(self, order: int, pairs: Pairs) -> list[tuple[int, int]]:
        """Return (place in ``around``, key) of the known contexts of ``order`` symbols."""
        if order == ORDERS[-1]:
            return []
        contexts = ((order - 1, pairs.left[:order][::-1]), (order + 3, pairs.right[:order]))
        return [
            (place, gram_key(symbols, self._size))
            for place, symbols in contexts
            if UNKNOWN not in symbols
        ]


def gram_key(symbols: Sequence[int], radix: int) -> int:
    """Return the key of an n-gram."""
    key = 0
    for symbol in symbols:
        key = key * radix + symbol
    return key


def _beside_rare_pairs(pairs: Pairs) -> list[tuple[int, Ints]]:
    """Return (symbols right, characters) of the trigrams over a rare pair of neighbours.

    Few were seen there, and those are likely to fit: 笑 beside 里藏, whatever stands on its other
    side; it may be known there only in idioms.
    """
    return [
        (right, np.greater(pairs.dense[side][FIRST_HAN:], _NONE).nonzero()[0] + FIRST_HAN)
        for side, place, right in ((0, 1, 0), (1, 5, 2))
        if 0 < pairs.around[place] <= _RARE
    ]


def _parts_found(order: int, around: list[float], logs: Floats) -> NDArray[np.bool_]:
    """Return [order, K]: whether both parts of each n-gram were found.

    The two parts of window b are windows b − 1 and b of the order below, where −1 is the context
    to the left and the last one the context to the right.
    """
    first = FIRST_WINDOW[order - 1]
    parts = np.empty((order + 1, logs.shape[1]), dtype=np.bool_)
    parts[0] = around[order - 2] > 0
    np.greater(logs[first : first + order - 1], _NONE, parts[1:-1])
    parts[-1] = around[order + 2] > 0
    return np.logical_and(parts[:-1], parts[1:])


def _fill_known(known: _Known, asked: NDArray[np.bool_], windows: Floats) -> None:
    """Write what is known of trigrams to ``windows``; what is not is still asked for."""
    for b, (logs, unasked) in known.items():
        np.multiply(logs, asked[b], windows[b])
        if unasked is None:
            asked[b] = False
        else:
            np.logical_and(asked[b], unasked, asked[b])
