"""The sentence pairs as a list that lays out only the rows on show.

Rows are of different heights: those out of sight are guessed, and measured when they come into
view; what is on show stays where it is then. Imports ui only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from assistant.ui.panels.pair_painter import PairPainter, PairRow, RowState
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.translation.book import PairBook

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PairList(QAbstractScrollArea):
    """Rows of pairs; choosing one goes to its sentence in the text."""

    chosen = Signal(int)
    """Index in the book."""
    hovered = Signal(int)
    """Index in the book, −1 for none."""
    entered = Signal()
    """Enter or a double click: the person wants to go on writing there."""
    copy_requested = Signal(int)
    """Index in the book."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.setObjectName("pairs")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setMinimumHeight(72)
        self._colours = LIGHT
        self._book = PairBook()
        self._heights: list[int] = []
        self._tops = [0]
        self._current = self._hovered = -1
        self._painter = PairPainter(self.font(), 300)
        self._retranslate()

    @property
    def current(self) -> int:
        """The row that stands out, or −1."""
        return self._current

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self._lay_out()

    def show_book(self, book: PairBook) -> None:
        """Show the pairs of ``book``; what was scrolled to stays about where it was."""
        self._book = book
        self._hovered = -1
        self._current = min(self._current, len(book) - 1)
        self._guess(range(len(book)))

    def refresh(self, indices: Sequence[int]) -> None:
        """Show these pairs again: they changed."""
        self._guess(indices)

    def show_current(self, index: int, *, visible: bool = True) -> None:
        """Let a row stand out, and scroll to it if ``visible``; −1 for none."""
        self._current = index if index < len(self._book) else -1
        if self._current >= 0 and visible:
            self._scroll_to(self._current)
        self._describe()
        self.viewport().update()

    def show_hovered(self, index: int) -> None:
        """Let a row stand out a little: the mouse is over its sentence in the text."""
        if index != self._hovered:
            self._hovered = index
            self.viewport().update()

    def row_at(self, y: int) -> int:
        """Return the row at a height of the viewport, or −1."""
        place = self.verticalScrollBar().value() + y
        row = bisect_right(self._tops, place) - 1
        return row if 0 <= row < len(self._book) else -1

    def row_top(self, index: int) -> int:
        """Return where a row begins in the viewport."""
        return self._tops[index] - self.verticalScrollBar().value()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        first = self._measure_visible()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(first, len(self._book)):
            top = self.row_top(row)
            if top >= self.viewport().height():
                break
            is_current = row == self._current
            state = RowState(is_current, row == self._hovered, is_current and self.hasFocus())
            self._painter.draw(painter, self._row(row), top, self._heights[row], state)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint().y())
        if row >= 0:
            self._choose(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.row_at(event.position().toPoint().y()) >= 0:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = Qt.Key(event.key()), self._current
        page = max(1, self.row_at(self.viewport().height() - 1) - self.row_at(0))
        steps = _STEPS | {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if event.matches(QKeySequence.StandardKey.Copy) and here >= 0:
            self.copy_requested.emit(here)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in steps:
            self._choose(here + steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if key == Qt.Key.Key_Home else len(self._book) - 1)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self.tip(row) if row >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(
            self, "_painter"
        ):
            self._lay_out()

    def tip(self, index: int) -> str:
        """Return what there is to know of a row beyond its words."""
        translation = self._book.translation(index)
        if self._book.outdated[index]:
            return self.tr("原文改动了，稍后重新翻译。")
        if translation is None:
            return self.tr("还没有翻译到这句。")
        if translation.is_doubtful:
            return self.tr("存疑：模型自己没有把握，或有数字、名称没有译出，请核对。")
        return ""

    def _row(self, index: int) -> PairRow:
        translation = self._book.translation(index)
        return PairRow(
            self._book.source(index),
            translation.target if translation is not None else None,
            translation is not None and translation.is_doubtful,
            self._book.outdated[index],
        )

    def _lay_out(self) -> None:
        self._painter = PairPainter(self.font(), self.viewport().width(), self._colours)
        self._guess(range(len(self._book)))
        if self._current >= 0:
            self._scroll_to(self._current)

    def _guess(self, indices: Sequence[int]) -> None:
        """Guess the heights of these rows; the first row on show stays where it is."""
        anchor = self._anchor()
        if len(self._heights) != len(self._book):
            self._heights = [0] * len(self._book)
            indices = range(len(self._book))
        for index in indices:
            self._heights[index] = self._painter.guess(self._row(index))
        self._settle(anchor)

    def _measure_visible(self) -> int:
        """Measure the rows on show; return the first."""
        anchor = first = self.row_at(0)
        if first < 0:
            return len(self._book)
        offset = self.row_top(first)
        y, changed = offset, False
        for row in range(first, len(self._book)):
            height = self._painter.height(self._row(row))
            changed = changed or height != self._heights[row]
            self._heights[row] = height
            y += height
            if y >= self.viewport().height():
                break
        if changed:
            bar = self.verticalScrollBar()
            is_at_end = bar.value() == bar.maximum() > 0
            self._settle((anchor, offset))
            if is_at_end:
                bar.setValue(bar.maximum())
        return max(0, self.row_at(0))

    def _anchor(self) -> tuple[int, int]:
        first = self.row_at(0)
        return (first, self.row_top(first)) if first >= 0 else (-1, 0)

    def _settle(self, anchor: tuple[int, int]) -> None:
        """Add up the heights, and scroll so that the anchor row is where it was."""
        self._tops = list(accumulate(self._heights, initial=0))
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        bar.setSingleStep(self._painter.line_height * 2)
        bar.setRange(0, max(0, self._tops[-1] - room))
        row, offset = anchor
        if 0 <= row < len(self._book):
            bar.setValue(self._tops[row] - offset)
        self.viewport().update()

    def _scroll_to(self, index: int) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        # Above it there may be guesses, so measure what will be on show with it.
        for row in range(max(0, index - 12), min(len(self._book), index + 12)):
            self._heights[row] = self._painter.height(self._row(row))
        self._settle(self._anchor())
        top, bottom = self._tops[index], self._tops[index + 1]
        if top < bar.value() or bottom - top > room:
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self.show_hovered(row)
            self.hovered.emit(row)

    def _choose(self, row: int) -> None:
        if len(self._book):
            row = min(max(0, row), len(self._book) - 1)
            self.show_current(row)
            self.chosen.emit(row)

    def _describe(self) -> None:
        """Tell screen readers what stands out."""
        if self._current >= 0:
            row = self._row(self._current)
            words = (row.source, row.target or "", self.tip(self._current))
            self.setAccessibleDescription("\n".join(filter(None, words)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("原文与译文"))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        self.viewport().update()
        self._hover(self.row_at(self.viewport().mapFromGlobal(self.cursor().pos()).y())
                    if self.underMouse() else -1)  # fmt: skip

    def middle(self, index: int) -> QPoint:
        """Return the middle of a row in the viewport."""
        return QPoint(self.viewport().width() // 2, self.row_top(index) + self._heights[index] // 2)
