"""A sentence with, at every word, how much it speaks for a positive or a negative verdict.

Told three ways so that colour is not needed: a bar up or down, a sign, and a tooltip with the
number. Imports ui only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assistant.records import Polarity
from assistant.ui.mood.look import SIGNS, polarity_colour
from assistant.ui.panels.vote_strip import SLIGHT, signed
from assistant.ui.theme import LIGHT, Colours

_BAR = 13
"""Greatest height of a bar, up and down."""
_APART = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the sentence; ``effect`` is None for what was not asked about (marks)."""

    text: str
    effect: float | None


class InfluenceStrip(QWidget):
    """Words in reading order, wrapped to the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty strip."""
        super().__init__(parent)
        self._colours = LIGHT
        self._cells: Sequence[Cell] = ()
        self._largest = 1.0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Show the words of a sentence."""
        self._cells = cells
        effects = [abs(cell.effect) for cell in cells if cell.effect is not None]
        self._largest = max([*effects, 0.5])
        self.setAccessibleName(self.tr("这一句各词的作用"))
        self.setAccessibleDescription(
            "，".join(
                f"{cell.text} {signed(cell.effect)}"
                for cell in cells
                if cell.effect is not None and abs(cell.effect) >= SLIGHT
            )
        )
        self._fit()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return boxes[-1].bottom() + 2 if boxes else self._line_height()

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 120)))

    def resizeEvent(self, event: QEvent) -> None:
        del event
        self._fit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            for cell, box in zip(self._cells, self._boxes(self.width()), strict=True):
                if cell.effect is not None and box.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), f"{cell.text} {signed(cell.effect)}", self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell, box in zip(self._cells, self._boxes(self.width()), strict=True):
            text = box.adjusted(0, _BAR, 0, -_BAR)
            painter.setFont(self._font())
            painter.setPen(QColor(self._colours.muted if cell.effect is None else
                                  self._colours.text))  # fmt: skip
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, cell.text)
            if cell.effect is not None and abs(cell.effect) >= SLIGHT:
                self._draw_effect(painter, text, cell.effect)

    def _draw_effect(self, painter: QPainter, text: QRect, effect: float) -> None:
        """Draw a bar above a word that lifts the sentence, below one that lowers it."""
        polarity = Polarity.POSITIVE if effect > 0 else Polarity.NEGATIVE
        colour = polarity_colour(polarity, self._colours)
        height = max(2.0, (_BAR - 2) * min(1.0, abs(effect) / self._largest))
        top = text.top() - height if effect > 0 else text.bottom() + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(text.left() + 1, top, text.width() - 2, height), 1.5, 1.5)
        if abs(effect) < 0.25 * self._largest:
            return
        small = QFont(self._font())
        small.setPointSizeF(small.pointSizeF() * 0.75)
        small.setBold(True)
        painter.setFont(small)
        painter.setPen(colour)
        y = text.bottom() + 1 if effect > 0 else text.top() - _BAR
        sign = QRect(text.left(), y, text.width(), _BAR)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, SIGNS[polarity])

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() + 1)
        return font

    def _line_height(self) -> int:
        return QFontMetrics(self._font()).height() + 2 * _BAR

    def _boxes(self, width: int) -> list[QRect]:
        metrics, height = QFontMetrics(self._font()), self._line_height()
        boxes: list[QRect] = []
        x = y = 0
        for cell in self._cells:
            wide = metrics.horizontalAdvance(cell.text) + (_APART if cell.effect is not None else 0)
            if x and x + wide > width:
                x, y = 0, y + height
            boxes.append(QRect(x, y, wide, height))
            x += wide
        return boxes

    def _fit(self) -> None:
        self.setFixedHeight(self.heightForWidth(max(self.width(), 60)))
