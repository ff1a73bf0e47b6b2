"""A text with, at every piece, how much it speaks for or against something.

Told three ways so that colour is not needed: a bar up or down, a sign, and a tooltip with the
number. Imports ui only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assistant.ui.theme import LIGHT, Colours

FOR, AGAINST = "＋", "－"
SLIGHT = 0.05
"""Effects below this many nats get no sign."""
_LARGE = 0.5
"""The bar of a smaller effect is short, even if no other is longer."""
_BAR = 13
"""Greatest height of a bar, up and down."""
_APART = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the text; ``effect`` is None for what was not asked about."""

    text: str
    effect: float | None
    is_subject: bool = False
    """Whether it is what the others speak for or against."""


class EffectStrip(QWidget):
    """Pieces in reading order, wrapped to the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty strip."""
        super().__init__(parent)
        self._colours = LIGHT
        self._cells: Sequence[Cell] = ()
        self._largest = _LARGE
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def show_cells(self, cells: Sequence[Cell], name: str) -> None:
        """Show the pieces of a text; ``name`` says what they are to those who cannot see them."""
        self._cells = cells
        known = [(cell.text, cell.effect) for cell in cells if cell.effect is not None]
        self._largest = max([abs(effect) for _, effect in known] + [_LARGE])
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            "，".join(f"{text} {signed(effect)}" for text, effect in known if abs(effect) >= SLIGHT)
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
            self._draw_text(painter, text, cell)
            if cell.effect is not None and abs(cell.effect) >= SLIGHT:
                self._draw_effect(painter, text, cell.effect)

    def _draw_text(self, painter: QPainter, text: QRect, cell: Cell) -> None:
        colours = self._colours
        colour = colours.text
        if cell.is_subject:
            colour = colours.chip_text
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chip))
            painter.drawRoundedRect(QRectF(text).adjusted(0.5, 0, -0.5, 0), 4, 4)
        elif cell.effect is None:
            colour = colours.muted
        painter.setFont(self._font())
        painter.setPen(QColor(colour))
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, cell.text)

    def _draw_effect(self, painter: QPainter, text: QRect, effect: float) -> None:
        """Draw a bar above what speaks for it, below what speaks against it, with the sign."""
        colours = self._colours
        colour = QColor(colours.speaks_for if effect > 0 else colours.speaks_against)
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
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, FOR if effect > 0 else AGAINST)

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
            is_mark = cell.effect is None and not cell.is_subject
            wide = metrics.horizontalAdvance(cell.text) + (0 if is_mark else _APART)
            if x and x + wide > width:
                x, y = 0, y + height
            boxes.append(QRect(x, y, wide, height))
            x += wide
        return boxes

    def _fit(self) -> None:
        self.setFixedHeight(self.heightForWidth(max(self.width(), 60)))


def signed(effect: float) -> str:
    """Return an effect with its sign."""
    shown = f"{effect:+.1f}"
    return "0.0" if float(shown) == 0 else shown.replace("-", "−")
