"""The mood along the text as a small chart: up is positive, down negative.

A click or an arrow key goes to a sentence. Imports ui only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assistant.ui.mood.book import SentenceBook
from assistant.ui.theme import LIGHT, Colours

_HEIGHT = 76
_MARGIN = 18
"""Room for the signs at the left."""
_BAR, _GAP = 3, 1
_CURVE_FROM = 12
"""With fewer sentences the bars say it all."""
_LEAST_SCALE = 0.25
"""The mean of many sentences is near the middle: the chart is stretched, at most so far."""
_MEASURED_AFTER_MS = 25
"""Of a novel it takes milliseconds: keys come in between it and the list and the marks."""
_PAGE = 10
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -_PAGE, Qt.Key.Key_PageDown: _PAGE,
}  # fmt: skip


class MoodCurve(QWidget):
    """Bars of the mood, a curve through them, and a mark where the caret is."""

    sentence_chosen = Signal(int)
    """Index of a sentence to go to."""
    described = Signal(int)
    """Index of a sentence to describe: answered by :meth:`show_tip`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty chart."""
        super().__init__(parent)
        self._colours = LIGHT
        self._book = SentenceBook()
        self._extent = 0, 1
        self._current = -1
        self._bars: Sequence[float] = ()
        self._course: Sequence[float] = ()
        self._largest = _LEAST_SCALE
        self._tip_at = self.mapToGlobal(self.rect().topLeft())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_MEASURED_AFTER_MS)
        self._later.timeout.connect(self._measure)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def show_book(self, book: SentenceBook, first_utf16: int, last_utf16: int) -> None:
        """Draw the sentences of ``book``, the chart being the text between two positions."""
        self._book, self._extent = book, (first_utf16, max(first_utf16 + 1, last_utf16))
        self._later.start()

    def show_current(self, index: int) -> None:
        """Mark the sentence at the caret; −1 for none."""
        if index != self._current:
            self._current = index
            self.update()

    def show_tip(self, text: str) -> None:
        """Show what was asked for with ``described``."""
        QToolTip.showText(self._tip_at, text, self)

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def resizeEvent(self, event: QEvent) -> None:
        del event
        self._measure()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self._index_at(event.pos().x())
            self._tip_at = event.globalPos()
            if index >= 0:
                self.described.emit(index)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(int(event.position().x()))
        if event.button() is Qt.MouseButton.LeftButton and index >= 0:
            self.sentence_chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._book)
        key = Qt.Key(event.key())
        if key in _STEPS:
            wanted = self._current + _STEPS[key]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            wanted = 0 if key == Qt.Key.Key_Home else count - 1
        else:
            super().keyPressEvent(event)
            return
        if count:
            self.sentence_chosen.emit(min(max(0, wanted), count - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, area = self._colours, self._area()
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.border), 1))
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(colours.muted))
        signs = QRectF(3, area.top(), _MARGIN - 5, area.height())
        painter.drawText(signs, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, "＋")
        painter.drawText(signs, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, "－")
        self._draw_current(painter, area)
        painter.setPen(QPen(QColor(colours.border), 1))
        middle = area.center().y()
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
        self._draw_bars(painter, area)
        if len(self._book) >= _CURVE_FROM:
            self._draw_course(painter, area)

    def _draw_bars(self, painter: QPainter, area: QRectF) -> None:
        colours, middle = self._colours, area.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        up, down = QColor(colours.speaks_for), QColor(colours.speaks_against)
        if len(self._book) >= _CURVE_FROM:
            up.setAlphaF(0.45)
            down.setAlphaF(0.45)
        for i, value in enumerate(self._bars):
            if math.isnan(value):
                continue
            height = max(1.0, abs(value) / self._largest * area.height() / 2)
            top = middle - height if value > 0 else middle
            painter.setBrush(up if value > 0 else down)
            painter.drawRect(QRectF(area.left() + i * (_BAR + _GAP), top, _BAR, height))

    def _draw_course(self, painter: QPainter, area: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._colours.text), 1.4))
        middle, height = area.center().y(), area.height() / 2 / self._largest
        points: list[QPointF] = []
        for i, value in enumerate([*self._course, math.nan]):
            if not math.isnan(value):
                x = area.left() + i * (_BAR + _GAP) + _BAR / 2
                points.append(QPointF(x, middle - value * height))
            elif points:
                painter.drawPolyline(QPolygonF(points))
                points = []

    def _draw_current(self, painter: QPainter, area: QRectF) -> None:
        if not 0 <= self._current < len(self._book):
            return
        left, right = (self._x(place, area) for place in self._book.range(self._current))
        box = QRectF(left - 1, area.top() - 3, max(3.0, right - left + 1), area.height() + 6)
        painter.fillRect(box, QColor(self._colours.selection))
        painter.fillRect(
            QRectF(box.left(), box.top() - 1, box.width(), 2), QColor(self._colours.accent)
        )

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, 8, -6, -8)

    def _x(self, position: int, area: QRectF) -> float:
        first, last = self._extent
        return area.left() + area.width() * (position - first) / (last - first)

    def _index_at(self, x: int) -> int:
        first, last = self._extent
        area = self._area()
        share = min(max(0.0, (x - area.left()) / max(1.0, area.width())), 1.0)
        return self._book.nearest(round(first + share * (last - first)))

    def _measure(self) -> None:
        """Work out the bars for the width."""
        book = self._book
        self._bars = self._course = ()
        if len(book):
            # Here, since numpy takes longer to load than the window has to appear.
            from assistant.ui.mood.columns import columns, curve

            count = max(1, int(self._area().width()) // (_BAR + _GAP))
            bars = columns(book.starts, book.ends, book.lean, *self._extent, count)
            self._bars, self._course = bars.tolist(), curve(bars).tolist()
        known = (abs(value) for value in self._bars if not math.isnan(value))
        self._largest = max(_LEAST_SCALE, *known, 0.0)
        self.update()
