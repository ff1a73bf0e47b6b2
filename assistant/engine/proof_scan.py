"""Scan a text for characters in whose place the phrase memory knows better ones.

All n-grams that cover a character are looked up for it and for everything that may have been
meant, in bulk: a thousand characters take a tenth of a second. Pure numpy; no Qt, no onnxruntime.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engine.confusions import Confusions
from assistant.engine.memory_alphabet import FIRST_HAN, UNKNOWN
from assistant.engine.memory_counts import FIRST_WINDOW, ORDERS, WINDOWS, CountStore, Floats, Ints

_REACH = 4
_WEIGHTS = np.array([{2: 0.5, 3: 1.0, 4: 1.5, 5: 2.0}[sum(w) + 1] for w in WINDOWS], np.float32)
_COMMONNESS = np.float32(0.5)


@dataclass(frozen=True, slots=True)
class Scan:
    """The places [P] of a line that were looked at, with O options each, the written one first.

    ``options`` [P, O] are ids, 0 for none; ``kinds`` [P, O] positions in ``KINDS`` (the first
    column is meaningless); ``logs`` [P, O, W] = ln(1 + count) of the windows.
    """

    places: Ints
    options: Ints
    kinds: NDArray[np.int8]
    logs: Floats

    def merit(self, unigrams: Floats) -> Floats:
        """Return how well each option fits by counts alone, [P, O]; −inf for none."""
        merit = self.logs @ _WEIGHTS
        merit -= _COMMONNESS * unigrams[self.options]
        merit[self.options == UNKNOWN] = -np.inf
        return merit


def scan(store: CountStore, confusions: Confusions, ids: Ints, places: Ints) -> Scan:
    """Look up everything that may stand at ``places`` (indices into ``ids``) of one line.

    ``ids`` are the symbols of the line with its borders, as the alphabet encodes them.
    """
    written = ids[places]
    known = (written >= FIRST_HAN) & (written < len(confusions.options))
    places, written = places[known], written[known]
    options = np.concatenate((written[:, None], confusions.options[written]), axis=1)
    kinds = np.pad(confusions.kinds[written], ((0, 0), (1, 0)))
    padded = np.pad(ids, _REACH, constant_values=UNKNOWN)
    logs = np.zeros((*options.shape, len(WINDOWS)), dtype=np.float32)
    _bigrams(store, padded, places + _REACH, options, logs)
    for order in ORDERS[1:]:
        _look_up(store, order, padded, places + _REACH, options, logs)
    return Scan(places, options, kinds, logs)


def _bigrams(store: CountStore, padded: Ints, places: Ints, options: Ints, logs: Floats) -> None:
    for row, place in enumerate(places.tolist()):
        neighbours = padded[[place - 1, place + 1]].tolist()
        dense = store.beside(*neighbours)
        logs[row, :, 0] = dense[0, options[row]]
        logs[row, :, 1] = dense[1, options[row]]


def _look_up(
    store: CountStore, order: int, padded: Ints, places: Ints, options: Ints, logs: Floats
) -> None:
    """Fill in the windows of ``order``, each only where both of its parts were found."""
    radix = np.uint64(store.alphabet.size)
    first, below = FIRST_WINDOW[order], FIRST_WINDOW[order - 1]
    for right in range(order):
        left = order - 1 - right
        steps = np.arange(-left, right + 1)
        around = padded[places[:, None] + steps]
        around[:, left] = 0
        base = np.zeros(len(places), dtype=np.uint64)
        for column in around.T:
            base = base * radix + column.astype(np.uint64)
        whole = np.count_nonzero(around, axis=1) == order - 1
        asked: NDArray[np.bool_] = whole[:, None] & (options > 0)
        if right:
            asked = asked & (logs[:, :, below + right - 1] > 0)
        if left:
            asked = asked & (logs[:, :, below + right] > 0)
        row, column = np.nonzero(asked)
        if len(row):
            keys = base[row] + options[row, column].astype(np.uint64) * radix ** np.uint64(right)
            logs[row, column, first + right] = store.values(order, keys)
