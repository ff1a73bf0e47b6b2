"""Batches of a few fixed shapes, in an order that a number pair resumes exactly.

Imports numpy, nothing of ``assistant``. Few shapes, because the compiler makes code for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_tools.train_translation.shards import Pairs
from build_tools.train_translation.vocabulary import PAD

BUCKETS = ((8, 8), (12, 12), (12, 20), (20, 20), (20, 32), (32, 32), (32, 48), (48, 56))
"""(source tokens, target tokens) of the shapes, from short to long."""
_MULTIPLE = 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one shape; see ``TranslationLoss.forward`` for the arrays."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    where: NDArray[np.int64]
    wanted: NDArray[np.int64]
    real_tokens: int


@dataclass(frozen=True, slots=True)
class Place:
    """The next batch: number of the epoch, number within it."""

    epoch: int = 0
    batch: int = 0


def bucket_of(
    source: NDArray[np.int64], target: NDArray[np.int64], buckets: tuple[tuple[int, int], ...]
) -> NDArray[np.int64]:
    """Return the first bucket that holds each pair, -1 where none does."""
    found = np.full(len(source), -1, dtype=np.int64)
    for number, (longest_source, longest_target) in enumerate(buckets):
        fits = (found < 0) & (source <= longest_source) & (target <= longest_target)
        found[fits] = number
    return found


class BatchStream:
    """Yields batches without end. Each epoch draws and orders its pairs anew, from the seed."""

    def __init__(
        self,
        pairs: Pairs,
        *,
        tokens: int,
        seed: int,
        place: Place | None = None,
        buckets: tuple[tuple[int, int], ...] = BUCKETS,
    ) -> None:
        """Read ``pairs``; ``tokens`` is the size of a batch: places of the longer side."""
        self._pairs, self._tokens, self._seed = pairs, tokens, seed
        self._buckets = buckets
        source, target = pairs.lengths()
        self._source_begin = pairs.source_ends - source
        self._target_begin = pairs.target_ends - target
        self._bucket = bucket_of(source, target, buckets)
        self.place = place or Place()

    def __iter__(self) -> Iterator[Batch]:
        while True:
            batches = self._epoch(self.place.epoch)
            if not batches:
                raise ValueError("no batch is full: lower the tokens of a batch")
            for number in range(self.place.batch, len(batches)):
                bucket, rows = batches[number]
                last = number + 1 == len(batches)
                self.place = (
                    Place(self.place.epoch + 1, 0) if last else Place(self.place.epoch, number + 1)
                )
                yield self._batch(bucket, rows)

    def rows_of(self, bucket: int) -> int:
        """Return the rows of a batch of ``bucket``."""
        longest = max(self._buckets[bucket])
        return max(1, self._tokens // longest)

    def _epoch(self, epoch: int) -> list[tuple[int, NDArray[np.int64]]]:
        chance = np.random.default_rng((self._seed, epoch))
        weights = np.array(self._pairs.weights)[self._pairs.origin]
        times = np.floor(weights + chance.random(len(weights))).astype(np.int64)
        drawn = np.repeat(np.arange(len(weights)), times)
        chance.shuffle(drawn)
        batches: list[tuple[int, NDArray[np.int64]]] = []
        for bucket in range(len(self._buckets)):
            mine = drawn[self._bucket[drawn] == bucket]
            rows = self.rows_of(bucket)
            full = len(mine) // rows
            batches += [(bucket, part) for part in mine[: full * rows].reshape(full, rows)]
        order = chance.permutation(len(batches))
        return [batches[i] for i in order]

    def _batch(self, bucket: int, rows: NDArray[np.int64]) -> Batch:
        longest_source, longest_target = self._buckets[bucket]
        source = np.full((len(rows), longest_source), PAD, dtype=np.int64)
        target = np.full((len(rows), longest_target), PAD, dtype=np.int64)
        wanted = np.full((len(rows), longest_target), -100, dtype=np.int64)
        pairs = self._pairs
        for row, pair in enumerate(rows):
            ids = pairs.source[self._source_begin[pair] : pairs.source_ends[pair]]
            source[row, : len(ids)] = ids
            ids = pairs.target[self._target_begin[pair] : pairs.target_ends[pair]]
            wanted[row, : len(ids)] = ids
            target[row, 1 : len(ids)] = ids[:-1]
        flat = wanted.reshape(-1)
        where = np.flatnonzero(flat >= 0)
        count = len(where)
        # The softmax is the dearest part: padding is left out, up to a multiple that keeps the
        # number of shapes small.
        size = -(-count // _MULTIPLE) * _MULTIPLE
        where = np.concatenate([where, np.zeros(size - count, dtype=np.int64)])
        chosen = flat[where]
        chosen[count:] = -100
        return Batch(source, target, where, chosen, count)
