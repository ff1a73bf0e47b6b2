"""The sentence pairs on show, kept in place while the text is edited.

Positions count UTF-16 units of the document as it is now. Imports services' records and ui; no
widgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.records import SentenceTranslation
from assistant.services.translation import PlacedPair
from assistant.ui.ranges import Ranges


class PairBook(Ranges):
    """Pairs in text order; one that an edit touches is out of date until it is made anew."""

    def __init__(self, pairs: Sequence[PlacedPair] = ()) -> None:
        """Enter ``pairs``, in text order."""
        super().__init__((pair.start_utf16, pair.end_utf16) for pair in pairs)
        self._pairs = list(pairs)

    def source(self, index: int) -> str:
        """Return the Chinese sentence."""
        return self._pairs[index].source

    def translation(self, index: int) -> SentenceTranslation | None:
        """Return the translation, or None while there is none."""
        return self._pairs[index].translation

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
