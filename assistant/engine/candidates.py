"""The candidates of one span as a person sees them: found by the search, weighed as whole words.

Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.engine.cancel import Cancel
from assistant.engine.context import Context, Slot
from assistant.engine.predictor import Predictor
from assistant.engine.search import RANK_WIDTH, WIDTH, SpanSearch, Word
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.word_gate import PROPOSALS, WordGate
from assistant.records import RANK_LIMIT, Candidate, Evidence, Source

POOL = 12
"""Words of the search that are weighed against each other."""
_TELLING = 2
"""Neighbours that an n-gram must hold to count as the source of a candidate."""
_RANK_MARGIN = 2.0
"""Nats by which the gate may lift a word over others, when ranks are counted."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Words with the search's ln P, and the memory's probability of each (0: not listed)."""

    words: list[Word]
    memory: list[float]


class Candidates:
    """Finds, weighs and judges words for the spans of one context."""

    def __init__(
        self,
        predictor: Predictor,
        vocabulary: Vocabulary,
        context: Context,
        gate: WordGate | None = None,
    ) -> None:
        self._search = SpanSearch(predictor, vocabulary, context)
        self._mixer = predictor.mixer
        self._vocabulary = vocabulary
        self._context = context
        self._gate = gate

    def best(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int = WIDTH,
    ) -> list[Word]:
        """Return the ``count`` best words for slot ``index`` with their final ln P.

        The other slots stay as they are. Raises Cancelled.
        """
        if self._gate is None or slots[index].masks is not None:
            return self._search.best(slots, index, count, cancel, width)
        pool = self.pool(slots, index, max(count, POOL), cancel, width)
        weighed = self._weigh(self._gate, pool)
        return sorted(weighed, key=lambda word: -word.log_prob)[:count]

    def judge(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        *,
        rank: bool,
        cancel: Cancel | None = None,
    ) -> list[tuple[float, int | None]]:
        """Return final ln P and (if asked for) rank of words given as token ids.

        −inf for a word the model cannot write. Raises Cancelled.
        """
        log_probs = self._search.score(slots, index, words, cancel)
        return [
            (self._final(slots, index, ids, log_prob, cancel), place)
            for ids, log_prob in zip(words, log_probs, strict=True)
            for place in [self._rank(slots, index, ids, log_prob, cancel) if rank else None]
        ]

    def records(
        self, slots: Sequence[Slot], index: int, words: Sequence[Word]
    ) -> tuple[Candidate, ...]:
        """Return the records of found words, each with what the memories have seen of it."""
        query = self._context.query(slots, index)
        return tuple(
            _record(word, self._mixer.evidence(query.left, query.right, word.text))
            for word in words
        )

    def pool(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int = WIDTH,
    ) -> Pool:
        """Return the search's ``count`` best words and those the memory proposes."""
        found = self._search.best(slots, index, count, cancel, width)
        return self._with_memory(slots, index, found, cancel)

    def _with_memory(
        self, slots: Sequence[Slot], index: int, found: list[Word], cancel: Cancel | None
    ) -> Pool:
        query = self._context.query(slots, index)
        listed = dict(self._mixer.proposals(query.left, query.right, PROPOSALS))
        texts = {word.text for word in found}
        new = [(self._vocabulary.encode(text)[0], text) for text in listed if text not in texts]
        scores = self._search.score(slots, index, [ids for ids, _ in new], cancel)
        words = found + [
            Word(ids, text, score)
            for (ids, text), score in zip(new, scores, strict=True)
            if score > -math.inf
        ]
        return Pool(words, [listed.get(word.text, 0.0) for word in words])

    def _weigh(self, gate: WordGate, pool: Pool) -> list[Word]:
        log_probs = [word.log_prob for word in pool.words]
        final = gate.mix(log_probs, [len(word.text) for word in pool.words], pool.memory)
        return [replace(word, log_prob=p) for word, p in zip(pool.words, final, strict=True)]

    def _final(
        self,
        slots: Sequence[Slot],
        index: int,
        ids: tuple[int, ...],
        log_prob: float,
        cancel: Cancel | None,
    ) -> float:
        """Return the final ln P of one word with the search's ``log_prob``."""
        if self._gate is None or slots[index].masks is not None or log_prob == -math.inf:
            return log_prob
        weighed = self._weigh(self._gate, self._pool_with(slots, index, ids, log_prob, cancel))
        return next(word.log_prob for word in weighed if word.ids == ids)

    def _pool_with(
        self,
        slots: Sequence[Slot],
        index: int,
        ids: tuple[int, ...],
        log_prob: float,
        cancel: Cancel | None,
    ) -> Pool:
        pool = self.pool(slots, index, POOL, cancel)
        if any(word.ids == ids for word in pool.words):
            return pool
        text = "".join(self._vocabulary.tokens[i] for i in ids)
        return Pool([*pool.words, Word(ids, text, log_prob)], [*pool.memory, 0.0])

    def _rank(
        self,
        slots: Sequence[Slot],
        index: int,
        ids: tuple[int, ...],
        log_prob: float,
        cancel: Cancel | None,
    ) -> int | None:
        """Return the place of a word among all words; None beyond RANK_LIMIT or too far to tell."""
        if log_prob == -math.inf:
            return None
        gate = self._gate if slots[index].masks is None else None
        floor = log_prob - (_RANK_MARGIN if gate else 0.0)
        found, complete = self._search.above(slots, index, floor, RANK_LIMIT, RANK_WIDTH, cancel)
        if gate is None:
            better = sum(word.ids != ids for word in found)
            return better + 1 if complete and better < RANK_LIMIT else None
        pool = self._with_memory(slots, index, found, cancel)
        own = next((word for word in pool.words if word.ids == ids), None)
        if own is None:
            return None
        weighed = {word.ids: word.log_prob for word in self._weigh(gate, pool)}
        better = sum(p > weighed[ids] for p in weighed.values())
        return better + 1 if complete or better < len(found) // 2 else None


def _record(word: Word, evidence: tuple[Evidence, ...]) -> Candidate:
    """Name the source of a candidate: a memory that has seen it between two neighbours or more."""
    source = Source.ENCODER
    if any(len(e.left) + len(e.right) >= _TELLING for e in evidence):
        source = Source.PERSONAL if evidence[0].personal is not None else Source.MEMORY
    return Candidate(word.text, math.exp(word.log_prob), source, evidence)
