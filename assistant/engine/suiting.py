"""What suits a text and a gap in it, of one context. Neither Qt nor onnxruntime here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.context import Slot
from assistant.engine.gap_words import LENGTHS
from assistant.engine.knowledge import Knowledge
from assistant.engine.lru import Lru
from assistant.engine.memory_counts import best_places
from assistant.engine.search import SpanSearch
from assistant.engine.triggers import CALLS
from assistant.engine.word_ranker import UNRANKED, Clues, Ranking

_RANKINGS = 8
"""Rankings kept: the same gap is asked about again for every word of a person's own."""
_CALLED = np.float32(0.7)
"""What a call counts for when characters are proposed: the gate weighs it, and much else, anew."""
_LITTLE = 1e-3
"""Share of the memory's words that is left for others of their length."""
Word = tuple[int, ...]
Floats = NDArray[np.float32]


def of_length(listed: Mapping[str, float], length: int) -> dict[str, float]:
    """Return P of the memory's words of ``length`` characters, given that it is the length."""
    fitting = {text: p for text, p in listed.items() if len(text) == length}
    total = math.fsum(fitting.values()) + _LITTLE
    return {text: p / total for text, p in fitting.items()}


class Suiting:
    """Says how well words suit; 0 everywhere for a package that does not know."""

    def __init__(self, knowledge: Knowledge, search: SpanSearch) -> None:
        """``search`` reads the gaps."""
        self._topics, self._search = knowledge.topics, search
        self._table, self._ranker = knowledge.words, knowledge.ranker
        self._rankings: Lru[tuple[tuple[Slot, ...], int, int], Ranking] = Lru(_RANKINGS)

    def text(self, row: Sequence[int], words: Sequence[Word]) -> list[float]:
        """Return how well each word suits the text ``row``; 0 where that is not known."""
        if self._topics is None:
            return [0.0] * len(words)
        return self._topics.words(row, words).tolist()

    def gap(
        self, slots: Sequence[Slot], index: int, words: Sequence[Word], cancel: Cancel | None
    ) -> list[float]:
        """Return how well each word suits the gap of slot ``index``, in nats up to a factor.

        0 for a single character and for what is not known. A length that was not looked at yet is
        another row for the encoder. Raises Cancelled.
        """
        found = np.zeros(len(words), dtype=np.float32)
        for length in sorted({len(ids) for ids in words} & set(LENGTHS)):
            asked = self._asked(slots, index, length, cancel)
            if self._topics is not None and asked is not None:
                own = [i for i, ids in enumerate(words) if len(ids) == length]
                found[own] = self._topics.asked_words(asked, np.array([words[i] for i in own]))
        return found.tolist()

    def called(self, slots: Sequence[Slot], index: int, words: Sequence[Word]) -> Floats:
        """Return how loudly the text calls for single characters among ``words``, [CALLS, n]."""
        found = np.zeros((CALLS, len(words)), dtype=np.float32)
        single = [i for i, ids in enumerate(words) if len(ids) == 1]
        if self._topics is not None and single:
            tokens = np.array([words[i][0] for i in single])
            calls = self._topics.called(self._search.around(slots, index), tokens)
            if calls is not None:
                found[:, single] = calls
        return found

    def characters(
        self, slots: Sequence[Slot], index: int, count: int, cancel: Cancel | None = None
    ) -> list[Word]:
        """Return up to ``count`` single characters that the text calls for, the likeliest.

        Raises Cancelled.
        """
        if self._topics is None:
            return []
        log_probs = self._search.single(slots, index, cancel)
        every = np.arange(len(log_probs))
        calls = self._topics.called(self._search.around(slots, index), every)
        if calls is None:
            return []
        called = np.flatnonzero(calls[0])
        merit = log_probs.take(called) + _CALLED * calls[0].take(called)
        return [(token,) for token in called.take(best_places(merit, count)).tolist()]

    def clues(
        self,
        slots: Sequence[Slot],
        index: int,
        length: int,
        row: Sequence[int],
        listed: Mapping[str, float],
        cancel: Cancel | None = None,
    ) -> Clues:
        """Return what is known of slot ``index`` as a gap of ``length`` places.

        ``row`` is the text as token ids, ``listed`` the memory's words there with P. Raises
        Cancelled.
        """
        views = [one.log_probs for one in self._search.views(slots, index, length, cancel)]
        shares = of_length(listed, length)
        of_memory = {ids: p for text, p in shares.items() if (ids := self._table.ids(text))}
        asked = self._asked(slots, index, length, cancel)
        return Clues(views, row, asked, of_memory, self._search.around(slots, index))

    def ranking(
        self,
        slots: Sequence[Slot],
        index: int,
        length: int,
        row: Sequence[int],
        listed: Mapping[str, float],
        cancel: Cancel | None = None,
    ) -> Ranking | None:
        """Return how likely each word of ``length`` is in slot ``index``; None where not known.

        Takes what :meth:`clues` takes. Raises Cancelled.
        """
        if self._ranker is None or not self._ranker.knows(length):
            return None
        key = tuple(slots), index, length
        found = self._rankings.get(key)
        if found is None:
            clues = self.clues(slots, index, length, row, listed, cancel)
            found = self._ranker.rank(length, clues)
            self._rankings.put(key, found)
        return found

    def ranked(
        self,
        slots: Sequence[Slot],
        index: int,
        words: Sequence[Word],
        row: Sequence[int],
        listed: Mapping[str, float],
        cancel: Cancel | None = None,
    ) -> list[float]:
        """Return ln P of each word among all of its length; ``UNRANKED`` where it is not known.

        Takes what :meth:`clues` takes. Raises Cancelled.
        """
        found = [UNRANKED] * len(words)
        for length in {len(ids) for ids in words}:
            ranking = self.ranking(slots, index, length, row, listed, cancel)
            for i, ids in enumerate(words) if ranking else ():
                if ranking and len(ids) == length:
                    found[i] = ranking.log_prob(ids)
        return found

    def _asked(
        self, slots: Sequence[Slot], index: int, length: int, cancel: Cancel | None
    ) -> Floats | None:
        gaps = self._topics.gaps if self._topics else None
        if gaps is None or length not in LENGTHS:
            return None
        return gaps.asked([one.state for one in self._search.views(slots, index, length, cancel)])
