"""Packed batches of questions: each text stands once, its hypotheses follow it.

Imports nothing of ``assistant``. A hypothesis sees its text and itself, the text only itself: so
one text serves many labels, and what training sees is what a pair alone looks like. Which rows
come in a batch is decided by the seed, the step and how far each source has been read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from build_tools.finetune.records import OF_THREE, Row
from build_tools.finetune.turn import Question, Turner

Ints = NDArray[np.int64]
TEXT_TOKENS = 100
_HYPOTHESIS_TOKENS = 60
_MISFITS = 4


@dataclass(slots=True)
class Batch:
    """One packed batch.

    Arrays [rows, tokens]: ``ids``, ``positions``, ``owners`` (which question, −1 padding),
    ``parts`` (0 text, j hypothesis j) and ``spans`` (number of (question, part), last: padding).

    ``texts``: span and place of [CLS] of each text, with ``sentiments`` (−1 unknown) and whether
    they were chosen ``of_three``.
    ``pairs``: per hypothesis its span, place of its [SEP], span of its text, class.
    ``lists``: per ranked question the pairs of its hypotheses, the right one first, −1 filled.
    ``sources`` and ``pair_sources`` name where texts and pairs come from.
    """

    ids: Ints
    positions: Ints
    owners: Ints
    parts: Ints
    spans: Ints
    texts: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    sentiments: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    of_three: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    pairs: Ints = field(default_factory=lambda: np.zeros((0, 4), np.int64))
    lists: Ints = field(default_factory=lambda: np.zeros((0, 1), np.int64))
    sources: tuple[str, ...] = ()
    pair_sources: tuple[str, ...] = ()
    span_count: int = 0


class Packer:
    """Fills rows with questions."""

    def __init__(self, tokenizer: Tokenizer, rows: int, tokens: int) -> None:
        self._tokenizer = tokenizer
        self._shape = rows, tokens
        self._cls, self._sep = (tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        self._pad = tokenizer.token_to_id("[PAD]")
        self.clear()

    def clear(self) -> None:
        """Begin a new batch."""
        self._rows: list[list[tuple[Question, list[list[int]]]]] = [
            [] for _ in range(self._shape[0])
        ]
        self._free = [self._shape[1]] * self._shape[0]
        self._places: list[list[int]] = [[] for _ in range(self._shape[0])]

    def held(self) -> list[list[int]]:
        """Return for each row which of the added questions it holds, counted from 0."""
        return self._places

    def add(self, question: Question) -> bool:
        """Put ``question`` into the fullest row that takes it; return whether one does."""
        encoded = self._tokenizer.encode_batch(
            [question.text, *question.hypotheses], add_special_tokens=False
        )
        text, *others = (encoding.ids for encoding in encoded)
        pieces = [[self._cls, *shortened(text, TEXT_TOKENS), self._sep]]
        pieces += [[*other[:_HYPOTHESIS_TOKENS], self._sep] for other in others]
        size = sum(map(len, pieces))
        fitting = [row for row, free in enumerate(self._free) if free >= size]
        if not fitting:
            return False
        row = min(fitting, key=lambda place: self._free[place])
        self._free[row] -= size
        self._places[row].append(sum(map(len, self._rows)))
        self._rows[row].append((question, pieces))
        return True

    def batch(self) -> Batch:
        """Return what has been added."""
        batch = Batch(*(np.zeros(self._shape, np.int64) for _ in range(5)))
        batch.ids.fill(self._pad)
        batch.owners.fill(-1)
        batch.spans.fill(-1)
        texts, sentiments, pairs, sources, pair_sources = [], [], [], [], []
        lists: list[list[int]] = []
        span = owner = 0
        for row, held in enumerate(self._rows):
            column = 0
            for question, pieces in held:
                text_span = span
                texts.append((span, row * self._shape[1] + column))
                sentiments.append(-1 if question.sentiment is None else question.sentiment)
                sources.append(question.source)
                if question.ranked:
                    lists.append(list(range(len(pairs), len(pairs) + len(pieces) - 1)))
                for part, piece in enumerate(pieces):
                    end = column + len(piece)
                    begin = len(pieces[0]) if part else 0
                    batch.ids[row, column:end] = piece
                    batch.positions[row, column:end] = np.arange(begin, begin + len(piece))
                    batch.owners[row, column:end] = owner
                    batch.parts[row, column:end] = part
                    batch.spans[row, column:end] = span
                    if part:
                        last = row * self._shape[1] + end - 1
                        pairs.append((span, last, text_span, question.classes[part - 1]))
                        pair_sources.append(question.source)
                    column, span = end, span + 1
                owner += 1
        batch.spans[batch.spans < 0] = span
        batch.texts = np.array(texts, np.int64).reshape(-1, 2)
        batch.sentiments = np.array(sentiments, np.int64)
        batch.of_three = np.array([source in OF_THREE for source in sources], np.bool_)
        batch.pairs = np.array(pairs, np.int64).reshape(-1, 4)
        batch.lists = _filled(lists)
        batch.sources, batch.pair_sources = tuple(sources), tuple(pair_sources)
        batch.span_count = span
        return batch


class Stream:
    """Endless batches of a mixture of sources, the same for the same seed and ``counts``."""

    def __init__(
        self,
        rows: Sequence[Row],
        weights: Mapping[str, float],
        turner: Turner,
        packer: Packer,
        seed: int,
    ) -> None:
        """Group ``rows`` by source; ``weights`` are shares of the questions."""
        self._groups: dict[str, list[list[Row]]] = {}
        texts: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            if row.source not in weights:
                continue
            group = texts.get((row.source, row.text)) if row.inference is not None else None
            if group is not None and len(group) < 4:
                group.append(row)
                continue
            group = [row]
            texts[row.source, row.text] = group
            self._groups.setdefault(row.source, []).append(group)
        self._weights = {name: weights[name] for name in sorted(self._groups)}
        self._turner, self._packer, self._seed = turner, packer, seed
        self._orders: dict[tuple[str, int], list[int]] = {}
        self.counts = dict.fromkeys(self._groups, 0)
        """How many groups of each source have been read, over all epochs."""

    def batch(self, step: int) -> Batch:
        """Return the batch of ``step`` and move ``counts`` on."""
        chance = random.Random(f"{self._seed}-{step}")
        weights = dict(self._weights)
        self._packer.clear()
        misfits = 0
        while misfits < _MISFITS and weights:
            source = chance.choices(list(weights), list(weights.values()))[0]
            question = self._turner.question(self._next(source), chance)
            if self._packer.add(question):
                self.counts[source] += 1
            else:
                misfits += 1
                del weights[source]
        return self._packer.batch()

    def _next(self, source: str) -> list[Row]:
        groups = self._groups[source]
        epoch, place = divmod(self.counts[source], len(groups))
        order = self._orders.get((source, epoch))
        if order is None:
            order = list(range(len(groups)))
            random.Random(f"{self._seed}-{source}-{epoch}").shuffle(order)
            self._orders = {key: kept for key, kept in self._orders.items() if key[0] != source}
            self._orders[source, epoch] = order
        return groups[order[place]]


def shortened(ids: Sequence[int], most: int) -> list[int]:
    """Return the beginning and the end of ``ids``, two to one: judgements stand in both."""
    if len(ids) <= most:
        return list(ids)
    tail = most // 3
    return [*ids[: most - tail], *ids[len(ids) - tail :]]


def _filled(lists: list[list[int]]) -> Ints:
    longest = max(map(len, lists), default=1)
    filled = np.full((len(lists), longest), -1, np.int64)
    for place, found in enumerate(lists):
        filled[place, : len(found)] = found
    return filled


def batches(stream: Stream, count: int) -> Iterator[Batch]:
    """Yield the first ``count`` batches of ``stream``."""
    for step in range(count):
        yield stream.batch(step)
