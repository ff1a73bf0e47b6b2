"""The mistakes of the document, kept in place while the text is edited.

Positions count UTF-16 units of the document as it is now. Imports services' records only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from assistant.services.proofreading import PlacedMistake


class MistakeBook:
    """Mistakes in text order; one that an edit touches is struck out."""

    def __init__(self, mistakes: Sequence[PlacedMistake] = ()) -> None:
        """Enter ``mistakes``, in text order."""
        self._mistakes = list(mistakes)
        self.starts = [placed.start_utf16 for placed in mistakes]

    def __len__(self) -> int:
        return len(self.starts)

    def placed(self, index: int) -> PlacedMistake:
        """Return the mistake as the service placed it."""
        return self._mistakes[index]

    def end(self, index: int) -> int:
        """Return where the mistake ends now."""
        placed = self._mistakes[index]
        return self.starts[index] + placed.end_utf16 - placed.start_utf16

    def at(self, position_utf16: int) -> int:
        """Return the index of the mistake that holds the position or touches it, or −1."""
        index = bisect_right(self.starts, position_utf16) - 1
        return index if index >= 0 and position_utf16 <= self.end(index) else -1

    def after(self, position_utf16: int) -> int:
        """Return the index of the first mistake that begins there or later, around the end.

        −1 without any.
        """
        if not len(self):
            return -1
        return bisect_left(self.starts, position_utf16) % len(self)

    def before(self, position_utf16: int) -> int:
        """Return the index of the last mistake that begins before, around the start, or −1."""
        if not len(self):
            return -1
        return (bisect_left(self.starts, position_utf16) - 1) % len(self)

    def within(self, first_utf16: int, last_utf16: int) -> range:
        """Return the indices of the mistakes that begin in [first, last]."""
        return range(bisect_left(self.starts, first_utf16), bisect_right(self.starts, last_utf16))

    def shift(self, position_utf16: int, removed: int, added: int) -> bool:
        """Follow an edit; return whether a mistake was struck out."""
        end = position_utf16 + removed
        kept = [
            i for i in range(len(self)) if self.end(i) <= position_utf16 or self.starts[i] >= end
        ]
        moved = [self.starts[i] + (added - removed if self.starts[i] >= end else 0) for i in kept]
        struck = len(kept) < len(self)
        self._mistakes = [self._mistakes[i] for i in kept]
        self.starts = moved
        return struck
