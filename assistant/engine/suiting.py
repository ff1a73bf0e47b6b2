"""What suits a text and a gap in it, of one context. Neither Qt nor onnxruntime here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.engine.context import Slot
from assistant.engine.gap_words import LENGTHS
from assistant.engine.search import SpanSearch
from assistant.engine.topics import Topics
from assistant.engine.word_table import Suits

TOPIC_WEIGHT = np.float32(1.5)
"""What suiting the text counts beside ln P when words are proposed,"""
GAP_WEIGHT = np.float32(0.1)
"""and what suiting the gap does."""
Word = tuple[int, ...]
Floats = NDArray[np.float32]


class Suiting:
    """Says how well words suit; 0 everywhere for a package that does not know."""

    def __init__(self, topics: Topics | None, search: SpanSearch) -> None:
        """``search`` reads the gaps."""
        self._topics, self._search = topics, search

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

    def merit(
        self,
        slots: Sequence[Slot],
        index: int,
        row: Sequence[int],
        length: int,
        cancel: Cancel | None,
    ) -> Suits | None:
        """Return what says in nats how well words of ``length`` suit; None where not known."""
        topics = self._topics
        if topics is None:
            return None
        asked = self._asked(slots, index, length, cancel)
        if asked is None:
            return lambda words: TOPIC_WEIGHT * topics.words_of(row, words)

        def merit(words: NDArray[np.int64]) -> Floats:
            text, gap = topics.words_of(row, words), topics.asked_words(asked, words)
            return np.add(TOPIC_WEIGHT * text, GAP_WEIGHT * gap, dtype=np.float32)

        return merit

    def _asked(
        self, slots: Sequence[Slot], index: int, length: int, cancel: Cancel | None
    ) -> Floats | None:
        gaps = self._topics.gaps if self._topics else None
        if gaps is None or length not in LENGTHS:
            return None
        return gaps.asked([one.state for one in self._search.views(slots, index, length, cancel)])
