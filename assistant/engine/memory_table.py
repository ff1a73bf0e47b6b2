"""Tables of n-grams: given keys, how often each was seen. Pure numpy, no Qt.

Two kinds with one interface. ``PackedTable`` (the bundled memory) is a static function after
Graf & Lemire, "Binary fuse filters" (2022): a slot of b bits per 0.88 keys, no keys stored; the
exclusive or of a key's three slots is its fingerprint and its quantised count. A key that was
never counted is taken for a counted one with probability levels · 2^−bits. ``SortedTable``
(personal memories) keeps the keys themselves and exact counts.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]


def _number(value: int) -> Keys:
    """Return ``value`` as an array without axes: numpy takes it in half the time of a scalar."""
    return np.array(value, dtype=np.uint64)


_M1 = _number(0xFF51AFD7ED558CCD)
_M2 = _number(0xC4CEB9FE1A85EC53)
_M3 = _number(0x9E3779B97F4A7C15)
_S5 = _number(5)
_S20 = _number(20)
_S29 = _number(29)
_S30 = _number(30)
_S32 = _number(32)
_S33 = _number(33)
_WORD = np.array(32, dtype=np.uint32)
_IN_WORD = np.array(31, dtype=np.uint32)


class Table(Protocol):
    """What the scorer needs of a table."""

    def logs(self, keys: Keys) -> Floats:
        """Return ln(1 + count) of each key, 0 where it is unseen."""
        ...


def mix(keys: Keys, seed: int) -> Keys:
    """Return well-mixed 64-bit hashes of ``keys`` (the finaliser of MurmurHash3)."""
    hashes = np.bitwise_xor(keys, _number(seed))
    high = np.right_shift(hashes, _S33)
    np.bitwise_xor(hashes, high, hashes)
    np.multiply(hashes, _M1, hashes)
    np.right_shift(hashes, _S33, high)
    np.bitwise_xor(hashes, high, hashes)
    np.multiply(hashes, _M2, hashes)
    np.right_shift(hashes, _S33, high)
    np.bitwise_xor(hashes, high, hashes)
    return hashes


class Geometry:
    """Where the three slots of a hash lie: neighbouring segments of one array."""

    def __init__(self, segment: int, segments: int) -> None:
        self.segment = segment
        self.segments = segments
        self.slots = segment * (segments + 2)
        self._count = _number(segments)
        self._mask = _number(segment - 1)
        self._segment = _number(segment)

    def places(self, hashes: Keys) -> Keys:
        """Return the slots of ``hashes``, shape [3, n]."""
        places = np.empty((3, len(hashes)), dtype=np.uint64)
        first, second, third = places
        first[:] = hashes
        np.right_shift(hashes, _S20, second)
        np.multiply(hashes, _M3, third)
        np.right_shift(third, _S30, third)
        np.bitwise_and(places, self._mask, places)
        start = np.right_shift(hashes, _S32)
        np.multiply(start, self._count, start)
        np.right_shift(start, _S32, start)
        np.multiply(start, self._segment, start)
        np.add(first, start, first)
        np.add(start, self._segment, start)
        np.add(second, start, second)
        np.add(start, self._segment, start)
        np.add(third, start, third)
        return places


def stamp(hashes: Keys, bits: int) -> NDArray[np.uint32]:
    """Return the fingerprint that hides the count of a key, ``bits`` wide."""
    mixed = np.right_shift(hashes, _S29)
    np.bitwise_xor(mixed, hashes, mixed)
    np.multiply(mixed, _M2, mixed)
    np.right_shift(mixed, _number(64 - bits), mixed)
    return mixed.astype(np.uint32)


class PackedTable:
    """A static function from keys to quantised counts, at most 24 bits a slot.

    A slot holds one of ``levels`` counts; the fewer of the 2^bits values are counts, the fewer
    strangers pass. Where every value is one, there is no fingerprint: for keys known to be
    counted.
    """

    def __init__(
        self,
        packed: NDArray[np.uint8],
        bits: int,
        levels: Floats,
        geometry: Geometry,
        seed: int,
    ) -> None:
        """Read slots of ``bits`` in ``packed``; ``levels`` are the counts that they hold."""
        self._bits = bits
        self._slot_bits = _number(bits)
        self._geometry = geometry
        self._seed = seed
        self._mask = np.array((1 << bits) - 1, dtype=np.uint32)
        self._limit = np.array(len(levels), dtype=np.uint32)
        self._logs = np.append(np.log1p(levels), 0).astype(np.float32)
        # Words at their own alignment: numpy reads others one by one and waits for each.
        self._words = np.frombuffer(packed.data, dtype="<u4", count=len(packed) // 4)
        self._nexts = self._words[1:]

    def logs(self, keys: Keys) -> Floats:
        """Return ln(1 + quantised count) of each key, 0 where it is unseen."""
        hashes = mix(keys, self._seed)
        slots = self._slots(self._geometry.places(hashes))
        found = stamp(hashes, self._bits)
        for slot in slots:
            np.bitwise_xor(found, slot, found)
        np.bitwise_and(found, self._mask, found)
        np.minimum(found, self._limit, out=found)
        return self._logs.take(found)

    def _slots(self, places: Keys) -> NDArray[np.uint32]:
        """Return what the slots at ``places`` [3, n] hold, with other bits above."""
        np.multiply(places, self._slot_bits, places)
        shifts = places.astype(np.uint32)
        np.bitwise_and(shifts, _IN_WORD, shifts)
        np.right_shift(places, _S5, places)
        words = places.view(np.int64)
        slots = self._words.take(words, mode="clip")
        np.right_shift(slots, shifts, slots)
        # A slot may end in the next word; of one that does not, the mask keeps nothing of it.
        nexts = self._nexts.take(words, mode="clip")
        np.subtract(_WORD, shifts, shifts)
        np.left_shift(nexts, shifts, nexts)
        return np.bitwise_or(slots, nexts, slots)


class SortedTable:
    """Keys in order with exact counts."""

    def __init__(self, keys: Keys, counts: NDArray[np.uint32]) -> None:
        self._keys = keys
        self._counts = counts

    def logs(self, keys: Keys) -> Floats:
        """Return ln(1 + count) of each key, 0 where it is unseen."""
        if not len(self._keys):
            return np.zeros(len(keys), dtype=np.float32)
        places = self._keys.searchsorted(keys)
        places[places == len(self._keys)] = 0
        counts = np.where(self._keys[places] == keys, self._counts[places], 0)
        return np.log1p(counts).astype(np.float32)
