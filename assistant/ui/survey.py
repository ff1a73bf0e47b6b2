"""What the whole document holds: counts and blanks. Looked at when typing pauses, never per key.

Imports text/ only.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import astuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from assistant.text.counts import Counts, count
from assistant.ui.local_text import blank_starts
from assistant.ui.whole_text import whole_text

PAUSE_MS = 300
_PART = 20_000
"""So many characters are looked at in one go, about a millisecond; keys come in between."""


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
        self.counts = _NOTHING
        self._text = ""
        self._at_char = self._at_utf16 = 0
        self._found: list[int] = []
        self._sums = _NOTHING
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._begin)
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._look_on)
        document.contentsChanged.connect(self._on_changed)

    @property
    def blanks(self) -> int:
        """The number of blanks."""
        return len(self._starts)

    def number_of(self, start_utf16: int) -> int:
        """Return which blank, counted from 1, starts at or before ``start_utf16``."""
        return max(1, bisect_right(self._starts, start_utf16))

    def take(self) -> None:
        """Look at everything now."""
        self._timer.stop()
        self._begin()
        while self._turns.isActive():
            self._look_on()

    def _on_changed(self) -> None:
        self._turns.stop()
        self._timer.start()

    def _begin(self) -> None:
        self._text = whole_text(self._document)
        self._at_char = self._at_utf16 = 0
        self._found, self._sums = [], _NOTHING
        self._turns.start()

    def _look_on(self) -> None:
        """Look at the next part: some whole paragraphs, so that no word or blank is cut."""
        end = self._text.find("\n", self._at_char + _PART) + 1 or len(self._text)
        part = self._text[self._at_char : end]
        self._sums = _sum(self._sums, count(part))
        self._found += [self._at_utf16 + start for start in blank_starts(part)]
        self._at_utf16 += len(part.encode("utf-16-le", "surrogatepass")) // 2
        self._at_char = end
        if end == len(self._text):
            self._turns.stop()
            self.counts, self._starts, self._text = self._sums, tuple(self._found), ""
            self.taken.emit()


_NOTHING = Counts(0, 0, 0, 0, 0)


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(*(a + b for a, b in zip(astuple(one), astuple(other), strict=True)))
