"""Build the packed tables: solve a binary fuse system for all keys at once, in numpy rounds.

Graf & Lemire, "Binary Fuse Filters: Fast and Smaller Than Xor Filters", JEA 2022, with the
peeling done breadth-first, so that every round is a handful of array operations. Deterministic:
the same keys and values give the same bytes.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_table import Geometry, mix, stamp

MAX_SEEDS = 50
Keys = NDArray[np.uint64]


class BuildError(RuntimeError):
    """No seed gave a solvable system: two keys are equal."""


def geometry_for(keys: int, attempt: int = 0) -> Geometry:
    """Return segments that make a system of ``keys`` equations solvable with high probability."""
    size = max(keys, 16)
    segment = 1 << max(3, min(18, math.floor(math.log(size) / math.log(3.33) + 2.25)))
    factor = max(1.125, 0.875 + 0.25 * math.log(1e6) / math.log(size)) + 0.02 * attempt
    segments = max(1, math.ceil(size * factor / segment) - 2)
    return Geometry(segment, segments)


def build_packed(
    keys: Keys, codes: NDArray[np.uint8], bits: int
) -> tuple[NDArray[np.uint8], Geometry, int]:
    """Return the packed slots, their geometry and the seed for distinct ``keys``.

    ``codes`` are quantised counts below 2^count bits; ``bits`` is the width of a slot. Three
    bytes of padding let a reader take four bytes anywhere.
    """
    for attempt in range(MAX_SEEDS):
        geometry = geometry_for(len(keys), attempt)
        seed = 0x5EED + attempt
        hashes = mix(keys, seed)
        places = geometry.places(hashes)
        rounds = _peel(places, geometry.slots)
        if rounds is None:
            continue
        values = stamp(hashes, bits) ^ codes.astype(np.uint32)
        slots = np.zeros(geometry.slots, dtype=np.uint32)
        for edges, free in reversed(rounds):
            around = slots[places[:, edges]]
            slots[free] = values[edges] ^ around[0] ^ around[1] ^ around[2]
        return pack_bits(slots & np.uint32((1 << bits) - 1), bits), geometry, seed
    raise BuildError


def _peel(
    places: NDArray[np.int64], slots: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Return rounds of (keys, the slot that each of them alone still used), or None."""
    count = places.shape[1]
    degree = np.zeros(slots, dtype=np.int32)
    users = np.zeros(slots, dtype=np.int64)
    index = np.arange(count, dtype=np.int64)
    for row in places:
        degree += np.bincount(row, minlength=slots).astype(np.int32)
        np.bitwise_xor.at(users, row, index)
    rounds = []
    peeled = 0
    free = np.flatnonzero(degree == 1)
    while len(free):
        edges, first = np.unique(users[free], return_index=True)
        rounds.append((edges, free[first]))
        peeled += len(edges)
        touched = places[:, edges].ravel()
        np.subtract.at(degree, touched, 1)
        np.bitwise_xor.at(users, touched, np.tile(edges, 3))
        touched = np.unique(touched)
        free = touched[degree[touched] == 1]
    return rounds if peeled == count else None


def pack_bits(slots: NDArray[np.uint32], bits: int) -> NDArray[np.uint8]:
    """Pack the low ``bits`` of ``slots`` one after the other, lowest bit first."""
    block = 1 << 20
    parts = []
    for start in range(0, len(slots), block):  # a block is a whole number of bytes
        part = slots[start : start + block].astype("<u4").view(np.uint8).reshape(-1, 4)
        spread = np.unpackbits(part, axis=1, bitorder="little")[:, :bits]
        parts.append(np.packbits(spread.ravel(), bitorder="little"))
    return np.concatenate([*parts, np.zeros(4, dtype=np.uint8)])
