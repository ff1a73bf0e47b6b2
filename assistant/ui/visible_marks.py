"""Marks in the editor for ranges of a long text: only the visible ones are drawn.

Imports ui only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from assistant.ui.editor import Editor

PAUSE_MS = 40
_MOST = 400
"""Ranges marked at most; more do not fit on a screen."""

Within = Callable[[int, int], range]
"""Returns the indices of the ranges that touch [first, last] (UTF-16)."""
RangeOf = Callable[[int], tuple[int, int]]
"""Returns where a range stands now (UTF-16)."""
LookOf = Callable[[int], QTextCharFormat]


class VisibleMarks(QObject):
    """One layer of marks."""

    def __init__(self, editor: Editor, layer: str, parent: QObject | None = None) -> None:
        """Mark nothing in ``editor`` yet."""
        super().__init__(parent)
        self._editor, self._layer = editor, layer
        self._within: Within = lambda _first, _last: range(0)
        self._range_of: RangeOf = lambda _index: (0, 0)
        self._look_of: LookOf = lambda _index: QTextCharFormat()
        self._wanted = False
        self._drawn: range | None = None
        # Scrolling tells of every line; once per pause is enough.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._draw)
        editor.view_moved.connect(self.refresh)
        editor.state_changed.connect(self.refresh)

    def set_wanted(self, wanted: bool) -> None:
        """Show the marks or take them away."""
        self._wanted = wanted
        self.start_anew()

    def show_ranges(self, within: Within, range_of: RangeOf, look_of: LookOf) -> None:
        """Mark these ranges from now on."""
        self._within, self._range_of, self._look_of = within, range_of, look_of
        self.start_anew()

    def refresh(self) -> None:
        """Mark what is visible now, in a moment."""
        if self._wanted and not self._later.isActive():
            self._later.start()

    def start_anew(self) -> None:
        """Draw all marks again, in a moment."""
        self._drawn = None
        self._later.start()

    def _draw(self) -> None:
        if self._editor.composing:
            return  # the end of composing tells that the state changed
        wanted = self._within(*self._visible())[:_MOST] if self._wanted else range(0)
        if wanted != self._drawn:  # marks that are drawn follow the text by themselves
            self._drawn = wanted
            self._editor.set_marks(self._layer, [self._mark(index) for index in wanted])

    def _mark(self, index: int) -> QTextEdit.ExtraSelection:
        document = self._editor.document()
        last = document.characterCount() - 1
        start, end = self._range_of(index)
        cursor = QTextCursor(document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, self._look_of(index)  # type: ignore[attr-defined]
        return mark

    def _visible(self) -> tuple[int, int]:
        """Return the positions between which the text is visible, a screen more below."""
        size = self._editor.viewport().size()
        first = self._editor.cursorForPosition(QPoint(0, 0)).position()
        corner = QPoint(size.width() - 1, size.height() - 1)
        last = self._editor.cursorForPosition(corner).position()
        return first, last + (last - first)
