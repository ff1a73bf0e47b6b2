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

_M1 = np.uint64(0xFF51AFD7ED558CCD)
_M2 = np.uint64(0xC4CEB9FE1A85EC53)
_M3 = np.uint64(0x9E3779B97F4A7C15)
_S29 = np.uint64(29)
_S32 = np.uint64(32)
_S33 = np.uint64(33)
_WORD = np.uint32(32)
_IN_WORD = np.uint32(31)


class Table(Protocol):
    """What the scorer needs of a table."""

    def logs(self, keys: Keys) -> Floats:
        """Return ln(1 + count) of each key, 0 where it is unseen."""
        ...


def mix(keys: Keys, seed: int) -> Keys:
    """Return well-mixed 64-bit hashes of ``keys`` (the finaliser of MurmurHash3)."""
    hashes = keys ^ np.uint64(seed)
    high = hashes >> _S33
    hashes ^= high
    hashes *= _M1
    hashes ^= np.right_shift(hashes, _S33, out=high)
    hashes *= _M2
    hashes ^= np.right_shift(hashes, _S33, out=high)
    return hashes


class Geometry:
    """Where the three slots of a hash lie: neighbouring segments of one array."""

    def __init__(self, segment: int, segments: int) -> None:
        self.segment = segment
        self.segments = segments
        self.slots = segment * (segments + 2)
        self._count = np.uint64(segments)
        self._mask = np.uint64(segment - 1)
        self._bits = np.uint64(segment.bit_length() - 1)
        self._shifts = np.array([[20], [30]], dtype=np.uint64)
        self._starts = np.array([[0], [segment], [2 * segment]], dtype=np.uint64)

    def places(self, hashes: Keys) -> NDArray[np.int64]:
        """Return the slots of ``hashes``, shape [3, n]."""
        first = hashes >> _S32
        first *= self._count
        first >>= _S32
        first <<= self._bits
        places = np.empty((3, len(hashes)), dtype=np.uint64)
        places[:2] = hashes
        np.multiply(hashes, _M3, out=places[2])
        places[1:] >>= self._shifts
        places &= self._mask
        places += first
        places += self._starts
        return places.view(np.int64)


def stamp(hashes: Keys, bits: int) -> NDArray[np.uint32]:
    """Return the fingerprint that hides the count of a key, ``bits`` wide."""
    mixed = hashes >> _S29
    mixed ^= hashes
    mixed *= _M2
    mixed >>= np.uint64(64 - bits)
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
        self._geometry = geometry
        self._seed = seed
        self._mask = np.uint32((1 << bits) - 1)
        self._limit = np.uint32(len(levels))
        self._logs = np.append(np.log1p(levels), 0).astype(np.float32)
        # Words at their own alignment: numpy reads others one by one and waits for each.
        self._words = np.frombuffer(packed.data, dtype="<u4", count=len(packed) // 4)

    def logs(self, keys: Keys) -> Floats:
        """Return ln(1 + quantised count) of each key, 0 where it is unseen."""
        hashes = mix(keys, self._seed)
        places = self._geometry.places(hashes)
        places *= self._bits
        shifts = places.astype(np.uint32)
        shifts &= _IN_WORD
        places >>= 5
        slots = self._words.take(places, mode="clip")
        slots >>= shifts
        # A slot may end in the next word; of one that does not, the mask keeps nothing of it.
        places += 1
        nexts = self._words.take(places, mode="clip")
        nexts <<= np.subtract(_WORD, shifts, out=shifts)
        slots |= nexts
        found = stamp(hashes, self._bits)
        found ^= slots[0]
        found ^= slots[1]
        found ^= slots[2]
        found &= self._mask
        np.minimum(found, self._limit, out=found)
        return self._logs[found]


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
