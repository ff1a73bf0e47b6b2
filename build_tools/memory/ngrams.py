"""Count n-grams of folded text: keys, sorted runs, merging.

A key is the number whose digits, in the radix of the alphabet, are the ids of the n-gram; the
first symbol is the most significant. Imports of ``assistant`` only the alphabet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import BLANK, BORDER, UNKNOWN, Alphabet
from assistant.engine.memory_counts import ORDERS

__all__ = ["ORDERS"]

Keys = NDArray[np.uint64]
Counts = NDArray[np.uint32]


def encode_passages(alphabet: Alphabet, passages: Iterable[str]) -> NDArray[np.uint16]:
    """Return the ids of ``passages``, each between two borders, an unknown symbol after each."""
    return alphabet.encode(
        "".join(f"{BORDER}{text.replace(BORDER, '')}{BORDER}{BLANK}" for text in passages)
    )


def ngram_keys(ids: NDArray[np.uint16], order: int, radix: int) -> Keys:
    """Return the key of every n-gram without an unknown symbol."""
    count = len(ids) - order + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    keys = np.zeros(count, dtype=np.uint64)
    whole = np.ones(count, dtype=bool)
    for offset in range(order):
        part = ids[offset : offset + count]
        keys *= np.uint64(radix)
        keys += part
        whole &= part != UNKNOWN
    return keys[whole]


def count_keys(keys: Keys) -> tuple[Keys, Counts]:
    """Sort ``keys`` in place and return the distinct ones with their counts."""
    keys.sort()
    if not len(keys):
        return keys, np.empty(0, dtype=np.uint32)
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.diff(first, append=len(keys)).astype(np.uint32)


def merge_counts(runs: Sequence[tuple[Keys, Counts, int]]) -> tuple[Keys, Counts]:
    """Add up sorted runs, each with the weight of its source."""
    keys = np.concatenate([run[0] for run in runs])
    counts = np.concatenate([run[1].astype(np.uint64) * np.uint64(run[2]) for run in runs])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if not len(keys):
        return keys, np.empty(0, dtype=np.uint32)
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    total = np.add.reduceat(counts[order], first)
    return keys[first], np.minimum(total, np.uint64(0xFFFFFFFF)).astype(np.uint32)
