"""The strip of candidates beside its line. It never takes focus, and Enter never accepts.

It is a child of the editor's viewport, not a window: so it needs no placing on screens, follows
the window everywhere and cannot cover an input method's own box. Imports records and ui only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from assistant.records import Candidate
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.wording import NEGLIGIBLE, confidence_note, percent

SHOWN = 5
_PAD = 9
_GAP = 5
_APART = 2
_BEHIND = 16
_LEADING = 4
"""Pixels of a line's height, above and below, in which no character stands."""


class CandidateStrip(QWidget):
    """``1 啼 91 %  2 鸣 4 % …`` beside a blank: click applies, hover previews."""

    chosen = Signal(int)
    """Index of the candidate clicked."""
    hovered = Signal(int)
    """Index under the pointer; −1 when it left."""

    def __init__(self, parent: QWidget) -> None:
        """Make a hidden strip inside ``parent``."""
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("candidateStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._colours = LIGHT
        self._candidates: tuple[Candidate, ...] = ()
        self._cells: list[QRect] = []
        self._under = -1
        self._retranslate()
        self.hide()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What the strip offers, shown or not."""
        return self._candidates

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def offer(
        self, candidates: Sequence[Candidate], anchor: QRect, lines: Sequence[QRect] = ()
    ) -> None:
        """Show the first five candidates beside ``anchor`` (in the parent's coordinates)."""
        self._candidates = tuple(candidates[:SHOWN])
        self._under = -1
        self.setAccessibleDescription(
            "；".join(f"{i} {c.text} {percent(c.confidence)}" for i, c in self._numbered())
        )
        self.follow(anchor, lines)

    def follow(self, anchor: QRect, lines: Sequence[QRect] = ()) -> None:
        """Stand under ``anchor``, or where fewer ``lines`` of text are covered.

        Hide when the anchor is out of sight.
        """
        bounds = self._parent.rect()
        if not self._candidates or not bounds.intersects(anchor):
            self.hide()
            return
        self._lay_out()
        self.move(_place(anchor, self.size(), bounds, lines))
        self.show()
        self.raise_()

    def withdraw(self) -> None:
        """Hide and forget the candidates."""
        self._candidates = ()
        self.hide()

    def cell(self, index: int) -> QRect:
        """Return where candidate ``index`` stands inside the strip."""
        return self._cells[index]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours
        painter.setPen(QPen(QColor(colours.chip_border), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        for (number, candidate), cell in zip(self._numbered(), self._cells, strict=False):
            if number - 1 == self._under:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.selection))
                painter.drawRoundedRect(QRectF(cell).adjusted(1, 3, -1, -3), 5, 5)
            self._draw(painter, number, candidate, cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_under(self._index_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._set_under(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the editor below must not move its caret

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.chosen.emit(index)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._lay_out()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("候选词"))
        self.setToolTip(confidence_note())

    def _numbered(self) -> list[tuple[int, Candidate]]:
        return list(enumerate(self._candidates, start=1))

    def _word_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() + 2)
        return font

    def _lay_out(self) -> None:
        """Measure the cells; as many candidates as the parent's width holds."""
        words, numbers = QFontMetrics(self._word_font()), QFontMetrics(self.font())
        height = words.height() + 12
        room = self._parent.width() - 8
        x, cells = 4, []
        for number, candidate in self._numbered():
            width = 2 * _PAD + 2 * _GAP + words.horizontalAdvance(candidate.text)
            width += numbers.horizontalAdvance(f"{number}{percent(candidate.confidence)}")
            if cells and x + width > room:
                break
            cells.append(QRect(x, 0, width, height))
            x += width
        self._cells = cells
        self.resize(QSize(x + 4, height))
        self.update()  # other numbers may need no other size

    def _draw(self, painter: QPainter, number: int, candidate: Candidate, cell: QRect) -> None:
        colours = self._colours
        faint = candidate.confidence < NEGLIGIBLE
        area = cell.adjusted(_PAD, 0, -_PAD, 0)
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font())
        painter.setPen(QColor(colours.accent))
        painter.drawText(area, align | Qt.AlignmentFlag.AlignLeft, str(number))
        area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(str(number)) + _GAP)
        painter.setPen(QColor(colours.muted))
        painter.drawText(area, align | Qt.AlignmentFlag.AlignRight, percent(candidate.confidence))
        painter.setPen(QColor(colours.muted if faint else colours.text))
        painter.setFont(self._word_font())
        painter.drawText(area, align | Qt.AlignmentFlag.AlignLeft, candidate.text)

    def _index_at(self, point: QPoint) -> int:
        found = [i for i, cell in enumerate(self._cells) if cell.contains(point)]
        return found[0] if found else -1

    def _set_under(self, index: int) -> None:
        if index != self._under:
            self._under = index
            self.update()
            self.hovered.emit(index)


def _place(anchor: QRect, size: QSize, bounds: QRect, lines: Sequence[QRect]) -> QPoint:
    """Return where to stand, inside ``bounds`` and never over the line of ``anchor``.

    Where no text is: under the anchor, above it, behind the end of its line, under the next line.
    Else over the line above, which is written, or the one after the next; at the last the next.
    """
    x = max(bounds.left() + 2, min(anchor.left(), bounds.right() - size.width() - 2))
    own = [line for line in lines if line.center().y() in range(anchor.top(), anchor.bottom() + 1)]
    following = [line for line in lines if line.top() >= anchor.bottom() - 1]
    under = QRect(QPoint(x, anchor.bottom() + _APART), size)
    above = QRect(QPoint(x, anchor.top() - _APART - size.height()), size)
    ends = [anchor.right(), *(line.right() for line in own)]
    behind = QRect(QPoint(max(ends) + _BEHIND, 0), size)
    behind.moveTop(anchor.center().y() - size.height() // 2)
    after_next = QRect(under)
    if following:
        after_next.moveTop(min(line.bottom() for line in following) + _APART)
    inked = [line.adjusted(0, _LEADING, 0, -_LEADING) for line in lines]
    close = above.translated(0, _LEADING)
    places = (under, above, close, behind, after_next)
    free = [place for place in places if not any(map(place.intersects, inked))]
    lowest = bounds.bottom() - size.height() + 1
    fitting = [
        place
        for place in (*free, above, after_next, under)
        if bounds.top() <= place.top() <= lowest
        and (place is not behind or place.right() <= bounds.right())
    ]
    best = fitting[0] if fitting else under
    return QPoint(best.left(), max(bounds.top(), min(best.top(), lowest)))
