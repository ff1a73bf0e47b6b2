"""Keep the n-grams that change a prediction, drop the ones their parts already predict.

After Stolcke, "Entropy-based pruning of backoff language models" (1998), made symmetric, because a
blank may stand at any position of an n-gram: with prefix p, suffix s and their common middle m,
the parts alone expect E = C(p)·C(s)/C(m) occurrences. The gain of keeping an n-gram seen C times
is (C − d)·(log2((C − d)/E) + m) bits. A verse of unique 3-grams costs little at order 4.

Kept n-grams are closed under taking parts, so a reader asks for an n-gram only when it has found
both of its parts: false positives die out with the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_counting import Keys, symbol_counts
from assistant.engine.memory_counts import ORDERS
from build_tools.memory.count import load_counts

DISCOUNT = 0.6
"""Taken off every count: what was seen once is expected 0.4 times."""
MISSED_BITS = 2.3
"""What a reader concludes from not finding an n-gram: its odds fall to a fifth."""
WEIGHT_UNIT = 50
"""Weighted counts are whole numbers: the weight of a source times this."""
BLOCK = 1 << 22
"""N-grams scored at a time."""

Gains = dict[int, NDArray[np.float32]]


def unigram_counts(folder: Path, radix: int) -> NDArray[np.int64]:
    """Return how often each symbol begins a counted bigram, [A]."""
    keys, counts = load_counts(folder, 2)
    return symbol_counts(np.asarray(keys), np.asarray(counts), radix)


def find(sorted_keys: Keys, wanted: Keys) -> NDArray[np.int64]:
    """Return the positions of ``wanted`` in ``sorted_keys``; every one must be there."""
    return np.minimum(np.searchsorted(sorted_keys, wanted), max(0, len(sorted_keys) - 1))


def gains(folder: Path, radix: int, weighted: Path | None = None) -> Gains:
    """Return the gain of every counted n-gram, aligned with the merged counts.

    ``weighted`` holds the same n-grams counted with the weight of each source, in units of
    ``WEIGHT_UNIT``: a gain counts as much as the texts it was seen in.
    """
    found: Gains = {}
    lower_keys = np.arange(radix, dtype=np.uint64)
    lower = unigram_counts(folder, radix).astype(np.float32)
    middle_keys, middle = lower_keys, np.full(radix, lower.sum(), dtype=np.float32)
    for order in ORDERS:
        keys, counts = load_counts(folder, order)
        weights = load_counts(weighted, order)[1] if weighted else None
        result = np.empty(len(keys), dtype=np.float32)
        for start in range(0, len(keys), BLOCK):
            block = np.asarray(keys[start : start + BLOCK])
            prefix, suffix = parts(block, order, radix)
            expected = lower[find(lower_keys, prefix)] * lower[find(lower_keys, suffix)]
            inner = prefix % np.uint64(radix ** (order - 2))
            expected /= middle[find(middle_keys, inner)]
            count = counts[start : start + BLOCK].astype(np.float32)
            gain = (count - DISCOUNT) * (np.log2((count - DISCOUNT) / expected) + MISSED_BITS)
            if weights is not None:
                gain *= weights[start : start + BLOCK] / (WEIGHT_UNIT * count)
            result[start : start + BLOCK] = gain
        found[order] = result
        middle_keys, middle = lower_keys, lower
        lower_keys, lower = np.asarray(keys), np.asarray(counts).astype(np.float32)
    return found


def raise_known(folder: Path, gained: Gains, known: Mapping[int, Keys]) -> None:
    """Make the gain of the n-grams in ``known`` (per order, sorted) infinite, in place.

    School poems and idioms are to be known by heart, however seldom the corpus quotes them.
    """
    for order, wanted in known.items():
        keys = np.asarray(load_counts(folder, order)[0])
        if not len(keys):
            continue
        places = find(keys, wanted)
        places = places[keys[places] == wanted]
        gained[order][places] = np.inf


def parts(keys: Keys, order: int, radix: int) -> tuple[Keys, Keys]:
    """Return the keys of the first and of the last ``order`` − 1 symbols."""
    return keys // np.uint64(radix), keys % np.uint64(radix ** (order - 1))


def keep(
    folder: Path, radix: int, gained: Gains, thresholds: Mapping[int, float]
) -> dict[int, NDArray[np.bool_]]:
    """Return per order which n-grams gain at least the threshold or are a part of a kept one."""
    kept = {order: gained[order] >= thresholds[order] for order in ORDERS}
    for order in reversed(ORDERS[1:]):
        keys, _ = load_counts(folder, order)
        lower_keys = np.asarray(load_counts(folder, order - 1)[0])
        chosen = np.asarray(keys)[kept[order]]
        for part in parts(chosen, order, radix):
            kept[order - 1][find(lower_keys, part)] = True
    return kept
