"""The sentences of the document with their verdicts, kept in place while the text is edited.

Arrays, so that a key in a text of 15,000 sentences costs microseconds. Positions count UTF-16
units of the document as it is now. Imports services' records and numpy; no widgets.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from assistant.records import Polarity
from assistant.services.sentiment import PlacedSentence

POLARITIES = tuple(Polarity)
_CODES = {polarity: code for code, polarity in enumerate(POLARITIES)}


class SentenceBook:
    """Sentences in text order, none over another."""

    def __init__(self, sentences: Sequence[PlacedSentence] = ()) -> None:
        """Enter ``sentences``, in any order."""
        count = len(sentences)
        self.starts = _column(sentences, "start_utf16", np.int64)
        self.ends = _column(sentences, "end_utf16", np.int64)
        self.positivity = _column(sentences, "verdict.positivity", np.float64)
        self.confidence = _column(sentences, "verdict.confidence", np.float64)
        polarities = map(attrgetter("verdict.polarity"), sentences)
        self.codes = np.fromiter(map(_CODES.__getitem__, polarities), np.int8, count)
        self.outdated = np.zeros(count, bool)
        self._placed = np.fromiter(sentences, object, count)
        if count > 1 and bool((np.diff(self.starts) < 0).any()):
            self._order(np.argsort(self.starts, kind="stable"))

    def __len__(self) -> int:
        return len(self.starts)

    def placed(self, index: int) -> PlacedSentence:
        """Return the sentence as the service placed it."""
        return self._placed[index]

    def polarity(self, index: int) -> Polarity:
        """Return the verdict on a sentence."""
        return POLARITIES[self.codes[index]]

    def count(self, polarity: Polarity) -> int:
        """Return how many sentences have that verdict."""
        return int(np.count_nonzero(self.codes == _CODES[polarity]))

    def of(self, polarity: Polarity | None) -> NDArray[np.int64]:
        """Return the indices of the sentences with that verdict; None: of all."""
        if polarity is None:
            return np.arange(len(self), dtype=np.int64)
        return np.flatnonzero(self.codes == _CODES[polarity])

    def at(self, position_utf16: int) -> int:
        """Return the index of the sentence that holds the position or ends there, or −1."""
        index = int(np.searchsorted(self.starts, position_utf16, "right")) - 1
        if index < 0:
            return -1
        inside = position_utf16 <= int(self.ends[index])
        return index if inside else -1

    def nearest(self, position_utf16: int) -> int:
        """Return the index of the sentence at or next to the position; −1 without any."""
        if not len(self):
            return -1
        after = int(np.searchsorted(self.starts, position_utf16, "right"))
        before = max(0, after - 1)
        if after < len(self) and position_utf16 > self.ends[before]:
            near = self.starts[after] - position_utf16 < position_utf16 - self.ends[before]
            return after if near else before
        return before

    def within(self, first_utf16: int, last_utf16: int) -> range:
        """Return the indices of the sentences that touch [first, last]."""
        low = int(np.searchsorted(self.ends, first_utf16, "left"))
        high = int(np.searchsorted(self.starts, last_utf16, "right"))
        return range(low, max(low, high))

    def add(self, other: SentenceBook) -> None:
        """Take the sentences of ``other`` in as well."""
        if not len(self):
            self.__dict__.update(other.__dict__)
            return
        for name in _COLUMNS:
            joined = np.concatenate((getattr(self, name), getattr(other, name)))
            setattr(self, name, joined)
        self._order(np.argsort(self.starts, kind="stable"))

    def shift(self, position_utf16: int, removed: int, added: int) -> None:
        """Follow an edit: what stands behind it moves, what it touches is out of date."""
        end = position_utf16 + removed
        touched = (self.starts < end) & (self.ends > position_utf16)
        touched |= (self.starts < position_utf16) & (self.ends >= position_utf16)
        self.outdated |= touched
        self.starts = _moved(self.starts, position_utf16, removed, added)
        self.ends = _moved(self.ends, position_utf16, removed, added)

    def _order(self, order: NDArray[np.int64]) -> None:
        for name in _COLUMNS:
            setattr(self, name, getattr(self, name)[order])


_COLUMNS = ("starts", "ends", "positivity", "confidence", "codes", "outdated", "_placed")


def _column(sentences: Sequence[PlacedSentence], name: str, kind: type) -> NDArray:
    return np.fromiter(map(attrgetter(name), sentences), kind, len(sentences))


def _moved(places: NDArray[np.int64], position: int, removed: int, added: int) -> NDArray[np.int64]:
    """Return where ``places`` are after an edit; those inside what was replaced stay inside."""
    inside = np.minimum(places, position + min(removed, added))
    inside = np.where(places > position, inside, places)
    return np.where(places >= position + removed, places + added - removed, inside)
