"""A bar for every gap: how many of the class got it right. Painted, imports cloze/ and ui.theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.cloze.item_report import ItemReport
from assistant.ui.theme import LIGHT, Colours

_SLOT = 46
_HEIGHT = 190
_SIDE = 46
_FOOT = 40
_HEAD = 20
_LINES = (0.0, 0.25, 0.5, 0.75, 1.0)


class ItemChart(QWidget):
    """The facility of every gap as a bar with its number; the answer stands below."""

    def __init__(self, colours: Colours = LIGHT, parent: QWidget | None = None) -> None:
        """Make an empty chart."""
        super().__init__(parent)
        self._colours = colours
        self._reports: tuple[ItemReport, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("各空得分率图"))

    def show_reports(self, reports: tuple[ItemReport, ...]) -> None:
        """Draw ``reports``."""
        self._reports = reports
        spoken = "；".join(f"{item.number} {item.answer} {item.facility:.0%}" for item in reports)
        self.setAccessibleDescription(spoken)
        self.setMinimumWidth(self.sizeHint().width())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE + max(4, len(self._reports)) * _SLOT + 12, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(_SIDE, _HEAD, self.width() - _SIDE - 12, self.height() - _HEAD - _FOOT)
        self._draw_lines(painter, area)
        if not self._reports:
            return
        slot = min(area.width() / len(self._reports), _SLOT * 2.0)
        for i, item in enumerate(self._reports):
            self._draw_bar(painter, area, QRectF(area.left() + i * slot, 0, slot, 0), item)

    def _draw_lines(self, painter: QPainter, area: QRectF) -> None:
        for share in _LINES:
            y = area.bottom() - share * area.height()
            painter.setPen(QPen(QColor(self._colours.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self._colours.muted))
            box = QRectF(0, y - 10, _SIDE - 6, 20)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, f"{share:.0%}")

    def _draw_bar(self, painter: QPainter, area: QRectF, slot: QRectF, item: ItemReport) -> None:
        height = item.facility * area.height()
        width = min(30.0, slot.width() - 10)
        left = slot.center().x() - width / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.bar))
        painter.drawRoundedRect(QRectF(left, area.bottom() - height, width, height), 3, 3)
        painter.setPen(QColor(self._colours.text))
        middle = Qt.AlignmentFlag.AlignHCenter
        top = QRectF(slot.left(), area.bottom() - height - 18, slot.width(), 16)
        painter.drawText(top, middle, f"{item.facility:.0%}")
        below = QRectF(slot.left(), area.bottom() + 3, slot.width(), 18)
        painter.drawText(below, middle, str(item.number))
        painter.setPen(QColor(self._colours.muted))
        word = painter.fontMetrics().elidedText(
            item.answer, Qt.TextElideMode.ElideRight, int(slot.width()) - 2
        )
        painter.drawText(below.translated(0, 18), middle, word)
