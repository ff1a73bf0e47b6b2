"""What the whole document holds: counts and blanks. Looked at when typing pauses, never per key.

Imports text/ only.
"""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from assistant.text.counts import Counts, count
from assistant.ui.local_text import find_blanks

PAUSE_MS = 300


class Survey(QObject):
    """Keeps the counts of a document up to date."""

    taken = Signal()

    def __init__(
        self, document: QTextDocument, pause_ms: int = PAUSE_MS, parent: QObject | None = None
    ) -> None:
        """Survey ``document`` whenever it has not changed for ``pause_ms``."""
        super().__init__(parent)
        self._document = document
        self._starts: tuple[int, ...] = ()
        self.counts = Counts(0, 0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.take)
        document.contentsChanged.connect(self._timer.start)

    @property
    def blanks(self) -> int:
        """The number of blanks."""
        return len(self._starts)

    def number_of(self, start_utf16: int) -> int:
        """Return which blank, counted from 1, starts at or before ``start_utf16``."""
        return max(1, bisect_right(self._starts, start_utf16))

    def take(self) -> None:
        """Look now."""
        self._timer.stop()
        text = self._document.toPlainText()
        self.counts = count(text)
        # Not through the cache of find_blanks, which would keep whole documents alive.
        found = find_blanks.__wrapped__(text)
        self._starts = tuple(blank.start_utf16 for blank in found)
        self.taken.emit()
