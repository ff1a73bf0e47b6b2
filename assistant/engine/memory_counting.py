"""Count n-grams of folded text: keys, distinct counts, merging, adjacency. Pure numpy, no Qt.

A key is the number whose digits, in the radix of the alphabet, are the ids of the n-gram; the
first symbol is the most significant. Personal memories are counted with it, and so is the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_alphabet import BLANK, BORDER, UNKNOWN, Alphabet

Keys = NDArray[np.uint64]
Counts = NDArray[np.uint32]

_MOST = np.uint64(0xFFFFFFFF)


def encode_passages(alphabet: Alphabet, passages: Iterable[str]) -> NDArray[np.uint16]:
    """Return the ids of ``passages``, each between two borders, an unknown symbol after each."""
    return alphabet.encode(
        "".join(f"{BORDER}{text.replace(BORDER, '')}{BORDER}{BLANK}" for text in passages)
    )


def ngram_keys(ids: NDArray[np.uint16], order: int, radix: int) -> Keys:
    """Return the key of every n-gram without an unknown symbol, in text order."""
    count = len(ids) - order + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    keys = np.zeros(count, dtype=np.uint64)
    whole = np.ones(count, dtype=np.bool_)
    for offset in range(order):
        part = ids[offset : offset + count]
        keys *= np.uint64(radix)
        keys += part
        whole &= part != UNKNOWN
    return keys[whole]


def count_keys(keys: Keys) -> tuple[Keys, Counts]:
    """Sort ``keys`` in place and return the distinct ones with their counts."""
    keys.sort()
    first = _first_of_runs(keys)
    return keys[first], np.diff(first, append=len(keys)).astype(np.uint32)


def merge_counts(runs: Sequence[tuple[Keys, Counts, int]]) -> tuple[Keys, Counts]:
    """Add up sorted runs, each with the whole-number weight of its source."""
    keys = np.concatenate([run[0] for run in runs])
    counts = np.concatenate([run[1].astype(np.uint64) * np.uint64(run[2]) for run in runs])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if not len(keys):
        return keys, np.empty(0, dtype=np.uint32)
    first = _first_of_runs(keys)
    total = np.add.reduceat(counts[order], first)
    return keys[first], np.minimum(total, _MOST).astype(np.uint32)


def symbol_counts(keys: Keys, counts: Counts, radix: int) -> NDArray[np.int64]:
    """Return how often each symbol begins a counted bigram, [A]."""
    first = (keys // np.uint64(radix)).astype(np.int64)
    return np.bincount(first, weights=counts, minlength=radix).astype(np.int64)


def adjacency_sections(
    keys: Keys, codes: NDArray[np.integer], radix: int
) -> dict[str, NDArray[np.generic]]:
    """Return who follows and who precedes each symbol in sorted bigrams, as file sections.

    ``codes`` are their counts, as they are to be stored.
    """
    first = (keys // np.uint64(radix)).astype(np.int64)
    second = (keys % np.uint64(radix)).astype(np.int64)
    turned = np.lexsort((first, second))
    return _rows("after", first, second, codes, radix) | _rows(
        "before", second[turned], first[turned], codes[turned], radix
    )


def _rows(
    name: str,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    codes: NDArray[np.integer],
    size: int,
) -> dict[str, NDArray[np.generic]]:
    """Pack pairs, sorted by ``first`` then ``second``, as rows of one-byte differences of ids."""
    starts = _first_of_runs(first)
    gaps = np.diff(second, prepend=0)
    gaps[starts] = second[starts]
    width = 1 + gaps // 255
    places = np.cumsum(width) - 1
    steps = np.full(int(width.sum()), 255, dtype=np.uint8)
    steps[places] = gaps % 255
    spread = np.zeros(len(steps), dtype=codes.dtype)
    spread[places] = codes
    rows = np.bincount(first, weights=width, minlength=size).astype(np.int64)
    offsets = np.concatenate(([0], np.cumsum(rows))).astype(np.uint32)
    return {f"{name}.offsets": offsets, f"{name}.steps": steps, f"{name}.codes": spread}


def _first_of_runs(values: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return where a value differs from the one before it."""
    if not len(values):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
