"""The sentence pairs of the document, kept in place while the text is edited.

Positions count UTF-16 units of the document as it is now. Imports services' records only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from assistant.records import SentenceTranslation
from assistant.services.translation import PlacedPair


class PairBook:
    """Pairs in text order; one that an edit touches is out of date until it is made anew."""

    def __init__(self, pairs: Sequence[PlacedPair] = ()) -> None:
        """Enter ``pairs``, in text order."""
        self._pairs = list(pairs)
        self._starts = np.array([pair.start_utf16 for pair in pairs], np.int64)
        self._ends = np.array([pair.end_utf16 for pair in pairs], np.int64)
        self._touched = np.zeros(len(pairs), np.bool_)

    def __len__(self) -> int:
        return len(self._pairs)

    def source(self, index: int) -> str:
        """Return the Chinese sentence."""
        return self._pairs[index].source

    def translation(self, index: int) -> SentenceTranslation | None:
        """Return the translation, or None while there is none."""
        return self._pairs[index].translation

    def range(self, index: int) -> tuple[int, int]:
        """Return where the sentence stands now."""
        return int(self._starts[index]), int(self._ends[index])

    def is_outdated(self, index: int) -> bool:
        """Return whether the sentence was changed since."""
        return bool(self._touched[index])

    @property
    def done(self) -> int:
        """How many pairs have their translation."""
        return sum(pair.translation is not None for pair in self._pairs)

    @property
    def doubtful(self) -> tuple[int, ...]:
        """The pairs that the model doubts."""
        return tuple(
            i for i, pair in enumerate(self._pairs)
            if pair.translation is not None and pair.translation.is_doubtful
        )  # fmt: skip

    def at(self, position_utf16: int) -> int:
        """Return the index of the sentence that holds the position or ends there, or −1."""
        index = int(np.searchsorted(self._starts, position_utf16, side="right")) - 1
        return index if index >= 0 and position_utf16 <= self._ends[index] else -1

    def enter(self, found: Iterable[tuple[int, SentenceTranslation]]) -> list[int]:
        """Enter translations by index; return the indices whose translation is new."""
        new: list[int] = []
        for index, translation in found:
            if index < len(self._pairs) and self._pairs[index].translation != translation:
                self._pairs[index] = replace(self._pairs[index], translation=translation)
                new.append(index)
        return new

    def take_over(self, older: PairBook) -> None:
        """Take translations of the same sentences from ``older``, until better ones come."""
        known = {pair.source: pair.translation for pair in older._pairs if pair.translation}
        self._pairs = [
            pair if pair.translation else replace(pair, translation=known.get(pair.source))
            for pair in self._pairs
        ]

    def shift(self, position: int, removed: int, added: int) -> bool:
        """Follow an edit; return whether a sentence went out of date."""
        end, by = position + removed, added - removed
        behind = self._starts >= end
        before = self._ends < position if added else self._ends <= position
        touched = ~(behind | before)
        self._ends[touched] = np.maximum(self._ends[touched] + by, position)
        self._starts[touched] = np.minimum(self._starts[touched], position + added)
        self._ends[touched] = np.maximum(self._ends[touched], self._starts[touched])
        self._starts[behind] += by
        self._ends[behind] += by
        new = touched & ~self._touched
        self._touched |= touched
        return bool(new.any())
