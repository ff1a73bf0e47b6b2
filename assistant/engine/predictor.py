"""Queries to log-probabilities: batches rows through the encoder and mixes in the memory.

Imports neither Qt nor onnxruntime (the session is passed in).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.context import Query
from assistant.engine.memory_feed import Feeder
from assistant.engine.mixer import Mixer
from assistant.engine.tokenizer import Vocabulary

LogProbs = NDArray[np.float32]
_Key = tuple[tuple[int, ...], int]
"""A row of ids and the column asked about."""

BATCH_TOKENS = 256
"""Rows of one run hold at most this many tokens together: beyond it batching gains nothing."""
_PADDING = 24
"""Tokens of padding that one longer row may cost a run: another run costs about as much."""
CACHED_QUERIES = 192


class Reading(NamedTuple):
    """What the encoder says of one place: ln P [V], and the state [H] that was made of.

    ``state`` is empty in a package whose graph does not give it.
    """

    log_probs: LogProbs
    state: NDArray[np.float32]


class Session(Protocol):
    """What the predictor needs of an OnnxSession."""

    def run(
        self, feeds: Mapping[str, NDArray[np.generic]], cancel: Cancel | None = None
    ) -> list[LogProbs]:
        """Return the outputs of the graph for ``feeds``."""
        ...


class Predictor:
    """Predicts the token at the column of each query."""

    def __init__(
        self,
        session: Session,
        vocabulary: Vocabulary,
        mixer: Mixer,
        feeder: Feeder | None = None,
    ) -> None:
        """``feeder`` gives a memory-fed graph what it reads beside the tokens."""
        self._session = session
        self.feeder = feeder
        self._vocabulary = vocabulary
        self.mixer = mixer
        self._cache: OrderedDict[_Key, Reading] = OrderedDict()
        self.kept = CACHED_QUERIES
        """How many predictions are kept for being asked again; each is a [V] vector."""

    def encoder_log_probs(
        self, queries: Sequence[Query], cancel: Cancel | None = None
    ) -> list[LogProbs]:
        """Return the encoder's ln P over the vocabulary, one [V] vector a query.

        Raises Cancelled.
        """
        return [reading.log_probs for reading in self.readings(queries, cancel)]

    def readings(self, queries: Sequence[Query], cancel: Cancel | None = None) -> list[Reading]:
        """Return what the encoder says of each query. Raises Cancelled."""
        keys = [(query.ids, query.column) for query in queries]
        found = {key: self._cache[key] for key in keys if key in self._cache}
        missing = list(dict.fromkeys(key for key in keys if key not in found))
        missing += [key for key in self._neighbours(missing) if key not in found]
        for batch in _batches(missing):
            outputs = self._run(batch, cancel)
            found.update(zip(batch, outputs, strict=True))
        for key, reading in found.items():
            self._cache[key] = reading
            self._cache.move_to_end(key)
        while len(self._cache) > self.kept:
            self._cache.popitem(last=False)
        return [found[key] for key in keys]

    def log_probs(self, queries: Sequence[Query], cancel: Cancel | None = None) -> list[LogProbs]:
        """Return ln P over the vocabulary with the phrase memory mixed in, one [V] a query."""
        encoder = self.encoder_log_probs(queries, cancel)
        self.mixer.look_ahead((query.left, query.right) for query in queries)
        return [
            self.mixer.mix(vector, query.left, query.right, query.place)
            for vector, query in zip(encoder, queries, strict=True)
        ]

    def _neighbours(self, keys: Sequence[_Key]) -> list[_Key]:
        """Return the open places that follow those asked about: they come nearly for nothing."""
        mask = self._vocabulary.mask
        found: dict[_Key, None] = {}
        for ids, column in keys:
            while ids[column] == mask and ids[column + 1] == mask:
                column += 1
                found[ids, column] = None
        return [key for key in found if key not in keys]

    def forget(self) -> None:
        """Drop the cached predictions, so that a benchmark measures inference."""
        self._cache.clear()

    def _run(self, batch: Sequence[_Key], cancel: Cancel | None) -> list[Reading]:
        """Return what the encoder says of each of ``batch``, in memory of our own.

        What onnxruntime returns lies in its arena, a whole batch in one piece: kept, it would pin
        that and make the arena grow around it.
        """
        rows = list(dict.fromkeys(ids for ids, _ in batch))
        place = {ids: i for i, ids in enumerate(rows)}
        width = max(map(len, rows))
        input_ids = np.full((len(rows), width), self._vocabulary.pad, dtype=np.int64)
        for i, ids in enumerate(rows):
            input_ids[i, : len(ids)] = ids
        lengths = np.array([len(ids) for ids in rows])
        attention_mask = (np.arange(width) < lengths[:, None]).astype(np.int64)
        feeds: dict[str, NDArray[np.generic]] = {
            "input_ids": input_ids,
            "attention_mask": attention_mask,
            "rows": np.array([place[ids] for ids, _ in batch], dtype=np.int64),
            "columns": np.array([column for _, column in batch], dtype=np.int64),
        }
        if self.feeder is not None:
            feed = self.feeder.feed(input_ids)
            feeds |= {"memory_ids": feed.ids, "memory_probs": feed.probabilities}
        log_probs, *more = self._session.run(feeds, cancel)
        states = more[0] if more else np.empty((len(batch), 0), dtype=np.float32)
        return [Reading(*map(np.copy, pair)) for pair in zip(log_probs, states, strict=True)]


def _batches(keys: Sequence[_Key]) -> list[list[_Key]]:
    """Split the keys into runs of rows of similar length, at most BATCH_TOKENS when padded."""
    by_row: dict[tuple[int, ...], list[_Key]] = {}
    for key in keys:
        by_row.setdefault(key[0], []).append(key)
    batches: list[list[_Key]] = []
    rows, width = 0, 0
    for ids in sorted(by_row, key=len):
        padding = (len(ids) - width) * rows
        if not rows or len(ids) * (rows + 1) > BATCH_TOKENS or padding > _PADDING:
            batches.append([])
            rows = 0
        batches[-1] += by_row[ids]
        rows, width = rows + 1, len(ids)
    return batches
