"""Search for the most probable words of one span.

A word's probability is P(length) · Π P(character | what is already filled). All lengths are
searched side by side, one character a step, so that a step is one batch for the encoder; of each
length a beam of beginnings is kept, wider for likelier lengths. Every further factor is at most 1,
so a beginning is dropped as soon as enough finished words beat it. Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.context import Context, Query, Slot
from assistant.engine.lengths import length_log_probs
from assistant.engine.predictor import Predictor
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.usable import own_log_prob, usable_log_probs
from assistant.records import MAX_UNKNOWN_CHARS

WIDTH = 6
"""Beginnings kept of the likeliest length; the others get a share by their probability."""
RANK_WIDTH = 24
"""Beginnings kept when the better words of a person's own are counted."""
_BRANCHES = 32
"""Continuations looked at of one beginning."""


@dataclass(frozen=True, slots=True)
class Word:
    """A finished word: its tokens, its text and ln P."""

    ids: tuple[int, ...]
    text: str
    log_prob: float


@dataclass(frozen=True, slots=True)
class _Partial:
    slot: Slot
    log_prob: float


class SpanSearch:
    """Searches words for the spans of one context."""

    def __init__(self, predictor: Predictor, vocabulary: Vocabulary, context: Context) -> None:
        self._predictor = predictor
        self._vocabulary = vocabulary
        self._context = context

    def best(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int = WIDTH,
    ) -> list[Word]:
        """Return the ``count`` most probable words for slot ``index``, best first.

        The other slots stay as they are; ``width`` beginnings are followed. Raises Cancelled.
        """
        return self._explore(slots, index, count, -np.inf, width, cancel)[0]

    def above(
        self,
        slots: Sequence[Slot],
        index: int,
        floor: float,
        limit: int,
        width: int,
        cancel: Cancel | None = None,
    ) -> tuple[list[Word], bool]:
        """Return the words with ln P above ``floor``, and whether that is all of them.

        At most ``limit`` + 1, best first. Raises Cancelled.
        """
        return self._explore(slots, index, limit + 1, floor, width, cancel)

    def _explore(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        floor: float,
        width: int,
        cancel: Cancel | None,
    ) -> tuple[list[Word], bool]:
        """Return the ``count`` best words above ``floor``, and whether the beam dropped none."""
        found: list[Word] = []
        complete = True
        partials, widths = self._starts(slots, index, width, cancel)
        while partials:
            bound = max(floor, found[count - 1].log_prob if len(found) >= count else -np.inf)
            partials = [partial for partial in partials if partial.log_prob > bound]
            chosen = _beam(partials, widths)
            complete = complete and len(chosen) == len(partials)
            finished, partials = self._extend(slots, index, chosen, count, cancel)
            finished = [word for word in finished if word.log_prob > floor]
            found = sorted(found + finished, key=lambda word: -word.log_prob)[:count]
        return found, complete

    def score(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        cancel: Cancel | None = None,
    ) -> list[float]:
        """Return ln P of each word (given as token ids) in slot ``index``; −inf if impossible."""
        lengths = self.lengths(slots, index, cancel)
        queries: list[Query] = []
        for ids in words:
            for place in range(len(ids)):
                slot = filled_slot(self._vocabulary, ids[:place], len(ids) - place)
                queries.append(self._context.query(_with(slots, index, slot), index))
        vectors = iter(self._predictor.log_probs(queries, cancel))
        scores: list[float] = []
        for ids in words:
            total = lengths.get(len(ids), -np.inf)
            for token in ids:
                total += own_log_prob(
                    self._vocabulary,
                    next(vectors),
                    token,
                    alone=len(ids) == 1,
                    known=slots[index].masks is not None,
                )
            scores.append(total)
        return scores

    def _starts(
        self, slots: Sequence[Slot], index: int, width: int, cancel: Cancel | None
    ) -> tuple[list[_Partial], dict[int, int]]:
        """Return an empty beginning for every length, and how many of each length to keep."""
        lengths = self.lengths(slots, index, cancel)
        if slots[index].masks is None:
            lengths = {k: p for k, p in lengths.items() if k <= MAX_UNKNOWN_CHARS}
        top = max(lengths.values())
        widths = {k: math.ceil(width * math.exp(p - top)) for k, p in lengths.items()}
        return [_Partial(Slot(masks=k), p) for k, p in lengths.items()], widths

    def lengths(
        self, slots: Sequence[Slot], index: int, cancel: Cancel | None = None
    ) -> dict[int, float]:
        """Return ln P(length) of the span: certain when known, predicted otherwise."""
        known = slots[index].masks
        if known is not None:
            return {known: 0.0}
        query = self._context.query(slots, index)
        return length_log_probs(self._predictor, self._vocabulary, query, cancel)

    def _extend(
        self,
        slots: Sequence[Slot],
        index: int,
        partials: Sequence[_Partial],
        count: int,
        cancel: Cancel | None,
    ) -> tuple[list[Word], list[_Partial]]:
        """Predict the next token of every partial; return the finished and unfinished words."""
        queries = [
            self._context.query(_with(slots, index, partial.slot), index) for partial in partials
        ]
        finished: list[Word] = []
        unfinished: list[_Partial] = []
        for partial, vector in zip(
            partials, self._predictor.log_probs(queries, cancel), strict=True
        ):
            slot = partial.slot
            usable = usable_log_probs(
                self._vocabulary,
                vector,
                alone=not slot.ids and slot.masks == 1,
                known=slots[index].masks is not None,
            )
            kept = count if slot.masks == 1 else max(count, _BRANCHES)
            best: list[int] = _top(usable, kept).tolist()
            for token in best:
                log_prob = partial.log_prob + float(usable[token])
                ids = (*slot.ids, token)
                if slot.masks == 1:
                    finished.append(Word(ids, slot.text + self._vocabulary.tokens[token], log_prob))
                else:
                    rest = filled_slot(self._vocabulary, ids, (slot.masks or 1) - 1)
                    unfinished.append(_Partial(rest, log_prob))
        return finished, unfinished


def _beam(partials: list[_Partial], widths: Mapping[int, int]) -> list[_Partial]:
    """Return the best partials of each length, as many as ``widths`` says."""
    room = dict(widths)
    chosen: list[_Partial] = []
    for partial in sorted(partials, key=lambda partial: -partial.log_prob):
        length = len(partial.slot.ids) + (partial.slot.masks or 0)
        if room[length] > 0:
            room[length] -= 1
            chosen.append(partial)
    return chosen


def _top(log_probs: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return the ids of the ``count`` highest finite entries, in no order."""
    count = min(count, len(log_probs) - 1)
    ids = np.argpartition(-log_probs, count)[:count]
    return ids[log_probs[ids] > -np.inf]


def _with(slots: Sequence[Slot], index: int, slot: Slot) -> list[Slot]:
    return [slot if i == index else other for i, other in enumerate(slots)]


def filled_slot(vocabulary: Vocabulary, ids: tuple[int, ...], masks: int) -> Slot:
    """Return a slot that holds ``ids`` and still has ``masks`` open places."""
    return Slot(ids, "".join(vocabulary.tokens[i] for i in ids), masks)


def filled(slot: Slot, word: Word) -> Slot:
    """Return ``slot`` holding ``word`` with nothing open."""
    return replace(slot, ids=word.ids, text=word.text, masks=0)
