"""Paints a label with its bar as the candidates of the fill panel are painted. Imports ui only."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.ui.panels.label_model import GLOSS, SCORE, Index, LabelModel
from assistant.ui.theme import LIGHT
from assistant.ui.wording import NEGLIGIBLE, confidence_word, percent

_PAD = 8
_STALE = 0.45


class LabelDelegate(QStyledItemDelegate):
    """Paints a label, its bar, percent and how sure the model is; edits the label in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Paint in the light colours until told."""
        super().__init__(parent)
        self.colours = LIGHT
        self.is_stale = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(200, self._height(option))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        del index
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option, index
        field = QLineEdit(parent)
        field.setAccessibleName(self.tr("标签的新名字"))
        return field

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect  # type: ignore[attr-defined]
        model = index.model()
        assert isinstance(model, LabelModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option)
        painter.setOpacity(_STALE if self.is_stale else 1.0)
        font = QFont(option.font)  # type: ignore[attr-defined]
        score = index.data(SCORE)
        line = box.adjusted(_PAD, 0, -_PAD, 0)
        right = self._draw_score(painter, line, model, score, font)
        label_room = max(60, int((right - line.left()) * 0.45))
        font.setPointSizeF(font.pointSizeF() + 1)
        painter.setFont(font)
        faint = score is not None and score < NEGLIGIBLE
        painter.setPen(QColor(self.colours.muted if faint else self.colours.text))
        room = QRect(line.left(), line.top(), label_room, line.height())
        self._draw_words(painter, room, str(index.data()), str(index.data(GLOSS)))
        left = room.right() + 8
        if score is not None and right - left >= 24:
            self._draw_bar(painter, QRectF(left, box.center().y() - 3, right - left, 7), score)
        painter.restore()

    def _draw_words(self, painter: QPainter, room: QRect, label: str, gloss: str) -> None:
        metrics, middle = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, shown)
        room = room.adjusted(metrics.horizontalAdvance(shown) + 8, 0, 0, 0)
        if gloss and room.width() > metrics.horizontalAdvance("…"):
            painter.setPen(QColor(self.colours.muted))
            shown = metrics.elidedText(gloss, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, middle, shown)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            box = QRectF(option.rect).adjusted(1, 1, -1, -1)  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.colours.selection))
            painter.drawRoundedRect(box, 6, 6)

    def _draw_score(
        self, painter: QPainter, line: QRect, model: LabelModel, score: float | None, font: QFont
    ) -> int:
        """Draw percent and sureness at the right; return where they begin."""
        painter.setFont(font)
        metrics = painter.fontMetrics()
        at_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        widest = max(
            metrics.horizontalAdvance(confidence_word(chance)) for chance in (1.0, 0.3, 0.0)
        )
        numbers = metrics.horizontalAdvance("< 0.1 %")
        if score is None:
            painter.setPen(QColor(self.colours.muted))
            painter.drawText(line, at_right, "…")
            return line.right() - widest - numbers - 18
        painter.setPen(QColor(self.colours.muted))
        painter.drawText(line, at_right, model.sureness(score))
        painter.setPen(QColor(self.colours.text))
        box = line.adjusted(0, 0, -widest - 10, 0)
        painter.drawText(box, at_right, percent(score))
        return box.right() - numbers - 8

    def _draw_bar(self, painter: QPainter, box: QRectF, score: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colours.trough))
        painter.drawRoundedRect(box, 3.5, 3.5)
        painter.setBrush(QColor(self.colours.bar))
        box.setWidth(max(2.0, box.width() * min(1.0, score)))
        painter.drawRoundedRect(box, 3.5, 3.5)

    def _height(self, option: QStyleOptionViewItem) -> int:
        return option.fontMetrics.height() + 12  # type: ignore[attr-defined]
