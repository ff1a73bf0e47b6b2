"""The mistakes of the document, kept in place while the text is edited.

Positions count UTF-16 units of the document as it is now. Imports services' records and ui; no
widgets.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from assistant.services.proofreading import PlacedMistake
from assistant.ui.ranges import Ranges


class MistakeBook(Ranges):
    """Mistakes in text order; one that an edit touches is struck out."""

    grows = False

    def __init__(self, mistakes: Sequence[PlacedMistake] = ()) -> None:
        """Enter ``mistakes``, in text order."""
        super().__init__((placed.start_utf16, placed.end_utf16) for placed in mistakes)
        self._mistakes = list(mistakes)

    def placed(self, index: int) -> PlacedMistake:
        """Return the mistake as the service placed it."""
        return self._mistakes[index]

    def after(self, position_utf16: int) -> int:
        """Return the index of the first mistake that begins there or later, around the end.

        −1 without any.
        """
        return bisect_left(self.starts, position_utf16) % len(self) if len(self) else -1

    def before(self, position_utf16: int) -> int:
        """Return the index of the last mistake that begins before, around the start, or −1."""
        return (bisect_left(self.starts, position_utf16) - 1) % len(self) if len(self) else -1

    def shift(self, position_utf16: int, removed: int, added: int) -> range:
        touched = super().shift(position_utf16, removed, added)
        for column in (self.starts, self.ends, self.outdated, self._mistakes):
            del column[touched.start : touched.stop]
        return touched
