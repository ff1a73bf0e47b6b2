"""The stream of training batches: order, masking, packing; its position can be saved.

Imports no torch. What a batch holds follows from the seed and the
position alone, so a resumed run reads exactly what an uninterrupted one would have read.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.engine.memory_feed import FED
from build_tools.corpus.shards import Shard
from build_tools.pretrain.feed import Fed, RowFeeder
from build_tools.pretrain.idioms import IdiomTable
from build_tools.pretrain.masking import IGNORED, Masked, Masker

Ints = NDArray[np.int64]

WINDOW = 2048
"""Segments that are masked and packed together."""
PREDICTED_SHARE = 0.2
"""Room for predictions in a batch, as a share of its tokens: a fixed shape compiles once."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Packed rows, each of the arrays (rows, tokens).

    ``segments`` numbers the segments of a row from 0 (padding: −1); ``positions`` restart at 0 in
    each. ``fed`` is what a phrase memory knows of the masks, None in training without one.
    """

    ids: Ints
    labels: Ints
    positions: Ints
    segments: Ints
    fed: Fed | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, first: int, last: int) -> Rows:
        """Return rows ``first`` to ``last`` (exclusive)."""
        return self._chosen(slice(first, last))

    def shuffled(self, rng: np.random.Generator) -> Rows:
        """Return the rows in random order."""
        return self._chosen(rng.permutation(len(self)))

    def _chosen(self, part: slice | Ints) -> Rows:
        return Rows(
            self.ids[part],
            self.labels[part],
            self.positions[part],
            self.segments[part],
            self.fed.take(part) if self.fed else None,
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Packed rows and the places to predict.

    ``where`` indexes the flattened rows; both it and ``targets`` have a fixed length, filled up
    with ``IGNORED`` targets. ``fed`` holds the places that a memory feeds, [room], and the ids and
    P of its characters, [room, 8], filled up with P 0; empty without a memory. ``choices`` are of
    hidden idioms (``Choices.inputs``).
    """

    rows: Rows
    where: Ints
    targets: Ints
    fed: tuple[Ints, Ints, NDArray[np.float32]] | tuple[()] = ()
    choices: tuple[Ints, ...] = ()

    @property
    def inputs(self) -> tuple[NDArray[np.generic], ...]:
        """Return what the loss takes, in order, but for the targets."""
        rows = self.rows
        return (rows.ids, rows.positions, rows.segments, self.where)

    @classmethod
    def of(cls, rows: Rows) -> Batch:
        """Gather the labels of ``rows``; labels beyond the room (hardly ever any) are dropped."""
        labels = rows.labels.reshape(-1)
        room = max(8, int(PREDICTED_SHARE * len(labels)))
        places = np.flatnonzero(labels != IGNORED)[:room]
        where = np.zeros(room, dtype=np.int64)
        targets = np.full(room, IGNORED, dtype=np.int64)
        where[: len(places)] = places
        targets[: len(places)] = labels[places]
        return cls(rows, where, targets, _fed_places(rows.fed, room) if rows.fed else ())


def _fed_places(fed: Fed, room: int) -> tuple[Ints, Ints, NDArray[np.float32]]:
    """Gather the fed places of rows, ``room`` of them."""
    chances = fed.chances.reshape(-1, FED)
    places = np.flatnonzero(chances[:, 0] > 0)[:room]
    where = np.zeros(room, dtype=np.int64)
    ids = np.zeros((room, FED), dtype=np.int64)
    known = np.zeros((room, FED), dtype=np.float32)
    where[: len(places)] = places
    ids[: len(places)] = fed.ids.reshape(-1, FED)[places]
    known[: len(places)] = chances[places]
    return where, ids, known


@dataclass(frozen=True, slots=True)
class IdiomReading:
    """Idioms to choose behind four ``mask``; their segments are read ``repeat`` times more."""

    table: IdiomTable
    mask: int
    repeat: int


@dataclass(frozen=True, slots=True)
class Position:
    """The next row to read."""

    epoch: int = 0
    window: int = 0
    row: int = 0


def pack(masked: Masked, tokens: int, pad: int) -> Rows:
    """Pack segments into rows of ``tokens``, longest first, each where it fits best."""
    lengths = np.diff(masked.starts)
    by_room: list[list[int]] = [[] for _ in range(tokens + 1)]
    row_of = np.zeros(len(lengths), dtype=np.int64)
    column_of = np.zeros(len(lengths), dtype=np.int64)
    number_of = np.zeros(len(lengths), dtype=np.int64)
    held: list[int] = []
    for segment in np.argsort(-lengths, kind="stable").tolist():
        length = int(lengths[segment])
        room = next((room for room in range(length, tokens + 1) if by_room[room]), None)
        if room is None:
            row, room = len(held), tokens
            held.append(0)
        else:
            row = by_room[room].pop()
        row_of[segment], column_of[segment], number_of[segment] = row, tokens - room, held[row]
        held[row] += 1
        by_room[room - length].append(row)
    return _filled(masked, lengths, (row_of, column_of, number_of), (len(held), tokens), pad)


def _filled(
    masked: Masked, lengths: Ints, places: tuple[Ints, Ints, Ints], shape: tuple[int, int], pad: int
) -> Rows:
    row_of, column_of, number_of = places
    positions = np.arange(len(masked.ids)) - np.repeat(masked.starts[:-1], lengths)
    target = np.repeat(row_of * shape[1] + column_of, lengths) + positions
    columns = []
    for empty, values in (
        (pad, masked.ids),
        (IGNORED, masked.labels),
        (0, positions),
        (-1, np.repeat(number_of, lengths)),
    ):
        column = np.full(shape[0] * shape[1], empty, dtype=np.int64)
        column[target] = values
        columns.append(column.reshape(shape))
    return Rows(*columns)


class BatchStream:
    """Endless batches of one process (``rank`` of ``world``)."""

    def __init__(
        self,
        shard: Shard,
        masker: Masker,
        *,
        rows: int,
        tokens: int,
        pad: int,
        seed: int,
        rank: int = 0,
        world: int = 1,
        feeder: RowFeeder | None = None,
        idioms: IdiomReading | None = None,
    ) -> None:
        """Read ``shard`` in the order of ``seed`` and epoch. Raises ValueError if empty.

        ``feeder`` knows a memory in which ``shard`` was counted. With ``idioms`` the segments that
        hold one are read more often, and batches have choices.
        """
        if not len(shard):
            raise ValueError("the shard is empty: build it with build_tools.corpus.shards")
        self._shard, self._masker = shard, masker
        self._rows, self._tokens, self._pad = rows, tokens, pad
        self._seed, self._rank, self._world = seed, rank, world
        self._feeder, self._idioms = feeder, idioms
        self._order: tuple[int, Ints] = (-1, np.empty(0, dtype=np.int64))
        self.position = Position()

    def __iter__(self) -> Iterator[Batch]:
        """Yield batches from ``position`` on; ``position`` moves on with each."""
        held: list[Rows] = []
        for place, window in self._prefetched():
            first = place.row
            while first < len(window):
                last = min(len(window), first + self._rows - sum(len(part) for part in held))
                held.append(window.take(first, last))
                first = last
                if sum(len(part) for part in held) == self._rows:
                    self.position = Position(place.epoch, place.window, first)
                    yield self._batch(_joined(held))
                    held = []

    def _batch(self, rows: Rows) -> Batch:
        batch = Batch.of(rows)
        if self._idioms is None:
            return batch
        place = self.position
        rng = np.random.default_rng([self._seed, place.epoch, place.window, place.row, 1])
        flat = rows.ids.reshape(-1), rows.labels.reshape(-1)
        found = self._idioms.table.choices(*flat, batch.where, self._idioms.mask, rng)
        return replace(batch, choices=found.inputs)

    def _prefetched(self) -> Iterator[tuple[Position, Rows]]:
        """Prepare the next window while the current one is read."""
        with ThreadPoolExecutor(1) as pool:
            place = self.position
            coming: Future[Rows] = pool.submit(self._window, place)
            while True:
                window = coming.result()
                following = self._after(place)
                coming = pool.submit(self._window, following)
                yield place, window
                place = following

    def _windows(self, epoch: int) -> int:
        """Return how many windows every process reads in ``epoch``."""
        size = len(self._epoch_order(epoch))
        return max(1, size // (WINDOW * self._world))

    def _after(self, place: Position) -> Position:
        if place.window + 1 < self._windows(place.epoch):
            return Position(place.epoch, place.window + 1)
        return Position(place.epoch + 1)

    def _epoch_order(self, epoch: int) -> Ints:
        if self._order[0] != epoch:
            order = epoch_order(self._shard, self._seed, epoch, self._idioms)
            self._order = (epoch, order)
        return self._order[1]

    def _window(self, place: Position) -> Rows:
        number = place.window * self._world + self._rank
        chosen = self._epoch_order(place.epoch)[number * WINDOW : (number + 1) * WINDOW]
        if not len(chosen):  # fewer segments than processes have windows: all read the same
            chosen = self._epoch_order(place.epoch)[:WINDOW]
        rng = np.random.default_rng([self._seed, place.epoch, number])
        masked = self._masker.apply([self._shard[int(index)] for index in chosen], rng)
        packed = pack(masked, self._tokens, self._pad).shuffled(rng)
        if self._feeder is None:
            return packed
        return replace(packed, fed=self._feeder.feed(packed.ids, packed.labels, rng, counted=True))


def epoch_order(shard: Shard, seed: int, epoch: int, idioms: IdiomReading | None = None) -> Ints:
    """Return the segments to read in ``epoch``: every source by its weight, shuffled.

    The fraction of a weight is a part of the source, drawn anew for every epoch. Segments that hold
    an idiom come ``idioms.repeat`` times more.
    """
    rng = np.random.default_rng([seed, epoch])
    parts = []
    for source in shard.sources:
        indices = np.arange(source.first, source.last)
        parts.extend([indices] * int(source.weight))
        fraction = source.weight - int(source.weight)
        parts.append(indices[rng.random(len(indices)) < fraction])
    if idioms is not None:
        parts.extend([idioms.table.segments] * idioms.repeat)
    return rng.permutation(np.concatenate(parts))


def _joined(parts: list[Rows]) -> Rows:
    if len(parts) == 1:
        return parts[0]
    return Rows(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.positions for part in parts]),
        np.concatenate([part.segments for part in parts]),
        Fed.joined([part.fed for part in parts if part.fed]) if parts[0].fed else None,
    )
