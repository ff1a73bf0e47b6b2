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

_M1 = np.uint64(0xFF51AFD7ED558CCD)
_M2 = np.uint64(0xC4CEB9FE1A85EC53)
_M3 = np.uint64(0x9E3779B97F4A7C15)
_S29 = np.uint64(29)
_S32 = np.uint64(32)
_S33 = np.uint64(33)


class Table(Protocol):
    """What the scorer needs of a table."""

    def lookup(self, keys: Keys) -> NDArray[np.int64]:
        """Return the position in ``levels`` of the count of each key, −1 where it is unseen."""
        ...


def mix(keys: Keys, seed: int) -> Keys:
    """Return well-mixed 64-bit hashes of ``keys`` (the finaliser of MurmurHash3)."""
    hashes = keys ^ np.uint64(seed)
    hashes ^= hashes >> _S33
    hashes *= _M1
    hashes ^= hashes >> _S33
    hashes *= _M2
    hashes ^= hashes >> _S33
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

    def places(self, hashes: Keys) -> NDArray[np.int64]:
        """Return the slots of ``hashes``, shape [3, n]."""
        first = ((hashes >> _S32) * self._count >> _S32) << self._bits
        places = np.empty((3, len(hashes)), dtype=np.uint64)
        np.bitwise_and(hashes, self._mask, out=places[0])
        np.bitwise_and(hashes >> np.uint64(20), self._mask, out=places[1])
        np.bitwise_and(hashes * _M3 >> np.uint64(30), self._mask, out=places[2])
        places += first
        places[1] += np.uint64(self.segment)
        places[2] += np.uint64(2 * self.segment)
        return places.view(np.int64)


def stamp(hashes: Keys, bits: int) -> NDArray[np.uint32]:
    """Return the fingerprint that hides the count of a key, ``bits`` wide."""
    return ((hashes ^ (hashes >> _S29)) * _M2 >> np.uint64(64 - bits)).astype(np.uint32)


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
        levels: int,
        geometry: Geometry,
        seed: int,
    ) -> None:
        self._bits = bits
        self._geometry = geometry
        self._seed = seed
        self._mask = np.uint32((1 << bits) - 1)
        self._limit = np.uint32(levels)
        # Every slot lies within four bytes: read them through a view that steps by one byte.
        self._words: NDArray[np.uint32] = np.ndarray(
            (max(0, len(packed) - 3),), dtype="<u4", buffer=packed.data, strides=(1,)
        )

    def lookup(self, keys: Keys) -> NDArray[np.int64]:
        """Return the quantised count of each key, −1 where it is unseen."""
        hashes = mix(keys, self._seed)
        places = self._geometry.places(hashes)
        places *= self._bits
        words = self._words[places >> 3]
        words >>= (places & 7).astype(np.uint32)
        found = words[0] ^ words[1] ^ words[2]
        found ^= stamp(hashes, self._bits)
        found &= self._mask
        result = found.astype(np.int64)
        result[found >= self._limit] = -1
        return result


class SortedTable:
    """Keys in order with exact counts."""

    def __init__(self, keys: Keys, counts: NDArray[np.uint32]) -> None:
        self._keys = keys
        self._counts = counts

    def lookup(self, keys: Keys) -> NDArray[np.int64]:
        """Return the count of each key, −1 where it is unseen."""
        if not len(self._keys):
            return np.full(len(keys), -1, dtype=np.int64)
        places = np.searchsorted(self._keys, keys)
        places[places == len(self._keys)] = 0
        return np.where(self._keys[places] == keys, self._counts[places].astype(np.int64), -1)
