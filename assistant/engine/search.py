"""Search for the most probable words of one span.

A word's probability is P(length) · Π P(character | what is already filled). All lengths are
searched side by side, one character a step, so that a step is one batch for the encoder; of each
length a beam of beginnings is kept, wider for likelier lengths. Every further factor is at most 1,
so a beginning is dropped as soon as enough finished words beat it. Where the length is unknown,
hopeless lengths are not searched, and what follows a beginning is predicted from its surroundings
alone. Neither Qt nor onnxruntime here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from assistant.engine.asking import LENGTH_REACH, filled_slot, place_query
from assistant.engine.cancel import Cancel
from assistant.engine.context import Context, Query, Slot
from assistant.engine.lengths import length_log_probs
from assistant.engine.lru import Lru
from assistant.engine.memory_counts import best_places
from assistant.engine.predictor import LogProbs, Predictor, Reading
from assistant.engine.tokenizer import Vocabulary
from assistant.engine.triggers import Around
from assistant.engine.usable import own_log_prob, usable_log_probs
from assistant.records import MAX_UNKNOWN_CHARS

WIDTH = 6
"""Beginnings kept of the likeliest length; the others get a share by their probability."""
UNKNOWN_WIDTH = 3
"""The same for a word of unknown length."""
RANK_WIDTH = 24
"""Beginnings kept when the better words of a person's own are counted."""
_BRANCHES = 32
"""Continuations looked at of one beginning."""
_HOPELESS = math.log(0.05)
"""ln P of a length under which the best words are not looked for."""
_LIKELY = (1, 2)
"""Lengths that are asked about together with the length itself: hardly any word is longer."""
_VECTORS = 32
"""Predictions of each kind kept: the search is followed by questions about single words."""

Beginning = tuple[int, tuple[int, ...]]
"""The length of a word and its first tokens."""


@dataclass(frozen=True, slots=True)
class Word:
    """A finished word: its tokens, its text and ln P, ``guessed`` if no row was spent on it."""

    ids: tuple[int, ...]
    text: str
    log_prob: float
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Words, best first; whether they are all; and the beginnings that were followed."""

    words: list[Word]
    complete: bool
    followed: frozenset[Beginning]


class _Partial(NamedTuple):
    """A beginning of a word of ``length`` tokens, and ln P; most are never looked at again."""

    length: int
    ids: tuple[int, ...]
    log_prob: float


@dataclass(frozen=True, slots=True)
class _Opinion:
    """ln P of every token at one place, [V]: of all, and of those that a person can use."""

    log_probs: LogProbs
    usable: LogProbs


class SpanSearch:
    """Searches words for the spans of one context."""

    def __init__(self, predictor: Predictor, vocabulary: Vocabulary, context: Context) -> None:
        self._predictor = predictor
        self._vocabulary = vocabulary
        self._context = context
        self._opinions: Lru[tuple[Query, bool], _Opinion] = Lru(_VECTORS)
        self._views: Lru[tuple[tuple[Slot, ...], int, int], list[Reading]] = Lru(_VECTORS)
        self._lengths: Lru[tuple[tuple[Slot, ...], int], dict[int, float]] = Lru(_VECTORS)

    def best(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        cancel: Cancel | None = None,
        width: int | None = None,
    ) -> Found:
        """Find the ``count`` most probable words for slot ``index``.

        The other slots stay as they are; ``width`` beginnings are followed. Raises Cancelled.
        """
        if slots[index].masks is not None:
            return self._explore(slots, index, count, -np.inf, width or WIDTH, cancel)
        lengths = self.hopeful(slots, index, cancel)
        width = width or UNKNOWN_WIDTH
        return self._explore(slots, index, count, -np.inf, width, cancel, lengths)

    def above(
        self,
        slots: Sequence[Slot],
        index: int,
        floor: float,
        limit: int,
        width: int,
        cancel: Cancel | None = None,
    ) -> Found:
        """Find the words with ln P above ``floor``, at most ``limit`` + 1. Raises Cancelled."""
        return self._explore(slots, index, limit + 1, floor, width, cancel)

    def _explore(
        self,
        slots: Sequence[Slot],
        index: int,
        count: int,
        floor: float,
        width: int,
        cancel: Cancel | None,
        lengths: Mapping[int, float] | None = None,
    ) -> Found:
        """Find the ``count`` best words above ``floor``, of ``lengths`` (None: all proposed)."""
        found: list[Word] = []
        complete = True
        followed: set[Beginning] = set()
        if lengths is None:
            lengths = self._proposed(slots, index, cancel)
        top = max(lengths.values())
        widths = {k: math.ceil(width * math.exp(p - top)) for k, p in lengths.items()}
        partials = [_Partial(k, (), p) for k, p in lengths.items()]
        while partials:
            bound = max(floor, found[count - 1].log_prob if len(found) >= count else -np.inf)
            partials = [partial for partial in partials if partial.log_prob > bound]
            chosen = _beam(partials, widths)
            complete = complete and len(chosen) == len(partials)
            followed.update((partial.length, partial.ids) for partial in chosen)
            finished, partials = self._extend(slots, index, chosen, count, cancel)
            finished = [word for word in finished if word.log_prob > floor]
            found = sorted(found + finished, key=lambda word: -word.log_prob)[:count]
        return Found(found, complete, frozenset(followed))

    def score(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        cancel: Cancel | None = None,
    ) -> list[float]:
        """Return ln P of each word (given as token ids) in slot ``index``; −inf if impossible."""
        lengths = self.lengths(slots, index, cancel)
        states = [
            filled_slot(self._vocabulary, ids[:place], len(ids) - place)
            for ids in words
            for place in range(len(ids))
        ]
        opinions = iter(self._ask(slots, index, states, cancel))
        scores: list[float] = []
        for ids in words:
            total = lengths.get(len(ids), -np.inf)
            for token in ids:
                opinion = next(opinions)
                total += own_log_prob(self._vocabulary, opinion.log_probs, opinion.usable, token)
            scores.append(total)
        return scores

    def guess(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[tuple[int, ...]],
        bonds: Sequence[float],
        cancel: Cancel | None = None,
    ) -> list[float]:
        """Return about what :meth:`score` would, without another row for the encoder.

        Only the first character is the search's; the encoder sees the others with all places of
        the word open, and ``bonds`` say in nats how much likelier its characters are together.
        Raises Cancelled.
        """
        lengths = self.lengths(slots, index, cancel)
        sizes = sorted({len(ids) for ids in words})
        begun = dict(
            zip(sizes, self._ask(slots, index, [Slot(masks=k) for k in sizes], cancel), strict=True)
        )
        views = {k: self.views(slots, index, k, cancel)[1:] for k in sizes}
        guesses: list[float] = []
        for ids, bond in zip(words, bonds, strict=True):
            size, first = len(ids), begun[len(ids)]
            own = own_log_prob(self._vocabulary, first.log_probs, first.usable, ids[0])
            seen = zip(views[size], ids[1:], strict=True)
            others = bond + math.fsum(view.log_probs.item(token) for view, token in seen)
            guesses.append(lengths[size] + own + min(others, 0.0))
        return guesses

    def lengths(
        self, slots: Sequence[Slot], index: int, cancel: Cancel | None = None
    ) -> dict[int, float]:
        """Return ln P(length) of the span: certain when known, predicted otherwise."""
        known = slots[index].masks
        if known is not None:
            return {known: 0.0}
        key = tuple(slots), index
        found = self._lengths.get(key)
        if found is None:
            query = self._context.query(slots, index, LENGTH_REACH)
            likely = [self._query(slots, index, Slot(masks=k)) for k in _LIKELY]
            found = length_log_probs(self._predictor, self._vocabulary, query, cancel, likely)
            self._lengths.put(key, found)
        return found

    def hopeful(
        self, slots: Sequence[Slot], index: int, cancel: Cancel | None = None
    ) -> dict[int, float]:
        """Return ln P of the lengths of which the best words are looked for."""
        lengths = self._proposed(slots, index, cancel)
        least = min(_HOPELESS, max(lengths.values()))
        return {k: p for k, p in lengths.items() if p >= least}

    def _proposed(
        self, slots: Sequence[Slot], index: int, cancel: Cancel | None
    ) -> dict[int, float]:
        """Return ln P of the lengths that are searched; words longer than these are not."""
        lengths = self.lengths(slots, index, cancel)
        if slots[index].masks is None:
            lengths = {k: p for k, p in lengths.items() if k <= MAX_UNKNOWN_CHARS}
        return lengths

    def _query(self, slots: Sequence[Slot], index: int, state: Slot) -> Query:
        """Return the query for the next place of slot ``index`` in ``state``."""
        return place_query(self._context, slots, index, state)

    def single(self, slots: Sequence[Slot], index: int, cancel: Cancel | None = None) -> LogProbs:
        """Return ln P [V] of the tokens that slot ``index`` may hold alone. Raises Cancelled."""
        return self._ask(slots, index, [Slot(masks=1)], cancel)[0].usable

    def around(self, slots: Sequence[Slot], index: int) -> Around:
        """Return the tokens on either side of slot ``index``."""
        return self._context.query(slots, index).around

    def views(
        self, slots: Sequence[Slot], index: int, length: int, cancel: Cancel | None = None
    ) -> list[Reading]:
        """Return what the encoder says of every place of a word of ``length``, all of them open."""
        key = tuple(slots), index, length
        found = self._views.get(key)
        if found is None:
            first = self._query(slots, index, Slot(masks=length))
            places = [replace(first, column=first.column + place) for place in range(length)]
            found = self._predictor.readings(places, cancel)
            self._views.put(key, found)
        return found

    def _ask(
        self, slots: Sequence[Slot], index: int, states: Sequence[Slot], cancel: Cancel | None
    ) -> list[_Opinion]:
        """Predict the next token of slot ``index`` in each of ``states``."""
        known = slots[index].masks is not None
        asked = {
            state: (self._query(slots, index, state), not state.ids and state.masks == 1)
            for state in dict.fromkeys(states)
        }
        found = {key: self._opinions.get(key) for key in asked.values()}
        missing = [key for key, opinion in found.items() if opinion is None]
        vectors = self._predictor.log_probs([query for query, _ in missing], cancel)
        for (query, alone), vector in zip(missing, vectors, strict=True):
            usable = usable_log_probs(self._vocabulary, vector, alone=alone, known=known)
            opinion = found[query, alone] = _Opinion(vector, usable)
            self._opinions.put((query, alone), opinion)
        return [opinion for state in states if (opinion := found[asked[state]])]

    def _extend(
        self,
        slots: Sequence[Slot],
        index: int,
        partials: Sequence[_Partial],
        count: int,
        cancel: Cancel | None,
    ) -> tuple[list[Word], list[_Partial]]:
        """Predict the next token of every partial; return the finished and unfinished words."""
        finished: list[Word] = []
        unfinished: list[_Partial] = []
        states = [
            filled_slot(self._vocabulary, ids, length - len(ids)) for length, ids, _ in partials
        ]
        opinions = self._ask(slots, index, states, cancel)
        for (length, ids, log_prob), state, opinion in zip(partials, states, opinions, strict=True):
            kept = count if state.masks == 1 else max(count, _BRANCHES)
            best = _top(opinion.usable, kept)
            chances: list[float] = opinion.usable.take(best).tolist()
            for token, own in zip(best, chances, strict=True):
                if state.masks == 1:
                    text = state.text + self._vocabulary.tokens[token]
                    finished.append(Word((*ids, token), text, log_prob + own))
                else:
                    unfinished.append(_Partial(length, (*ids, token), log_prob + own))
        return finished, unfinished


def _beam(partials: list[_Partial], widths: Mapping[int, int]) -> list[_Partial]:
    """Return the best partials of each length, as many as ``widths`` says."""
    room = dict(widths)
    chosen: list[_Partial] = []
    for partial in sorted(partials, key=lambda partial: -partial.log_prob):
        if room[partial.length] > 0:
            room[partial.length] -= 1
            chosen.append(partial)
    return chosen


def _top(log_probs: LogProbs, count: int) -> list[int]:
    """Return the ids of the ``count`` highest finite entries, rising."""
    ids = best_places(log_probs, count)
    return ids[log_probs.take(ids) > -np.inf].tolist()


def filled(word: Word) -> Slot:
    """Return a slot that holds ``word`` with nothing open."""
    return Slot(word.ids, word.text, 0)
