"""How one sentence pair is laid out and drawn: side by side where there is room, else stacked.

Imports records and ui only.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from assistant.ui.theme import LIGHT, Colours

_SIDE_BY_SIDE = 560
"""From this width on the two languages stand side by side."""
_PAD, _GAP, _GUTTER = 9, 4, 30
_COLUMN_GAP = 18
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop)
DOUBTFUL = "?"
PENDING = "…"


@dataclass(frozen=True, slots=True)
class PairRow:
    """What a row shows: ``target`` None while there is no translation."""

    source: str
    target: str | None
    is_doubtful: bool = False
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands out."""

    is_current: bool = False
    is_hovered: bool = False
    has_focus: bool = False


class PairPainter:
    """Measures and draws rows for one width and font."""

    def __init__(self, font: QFont, width: int, colours: Colours = LIGHT) -> None:
        """Lay out for ``width`` pixels."""
        self._font, self._width, self._colours = QFont(font), width, colours
        self._metrics = QFontMetrics(self._font)
        self._measured: dict[tuple[str, int], int] = {}

    @property
    def line_height(self) -> int:
        """The height of a line of text."""
        return self._metrics.height()

    def guess(self, row: PairRow) -> int:
        """Return about how high ``row`` is, without laying it out."""
        em, width = self._metrics.height() * 0.8, max(1, self._text_width)
        source = 1 + int(len(row.source) * em / width)
        target = 1 + int(len(row.target or "") * em * 0.55 / width)
        lines = max(source, target) if self._is_wide else source + target
        return lines * self.line_height + 2 * _PAD + (0 if self._is_wide else _GAP)

    def height(self, row: PairRow) -> int:
        """Return how high ``row`` is."""
        source, target = self._height_of(row.source), self._height_of(row.target or PENDING)
        body = max(source, target) if self._is_wide else source + _GAP + target
        return body + 2 * _PAD

    def draw(self, painter: QPainter, row: PairRow, top: int, height: int, state: RowState) -> None:
        """Draw ``row`` with its upper edge at ``top``."""
        colours = self._colours
        self._draw_ground(painter, QRectF(3, top + 1, self._width - 6, height - 2), state)
        painter.setFont(self._font)
        x, y, width = _GUTTER, top + _PAD, self._text_width
        strong = colours.selection_text if state.is_current else colours.text
        muted = colours.selection_text if state.is_current else colours.muted
        room = height - 2 * _PAD
        painter.setPen(QColor(muted))
        painter.drawText(QRect(x, y, width, room), _WRAP, row.source)
        if self._is_wide:
            x += width + _COLUMN_GAP
        else:
            y += self._height_of(row.source) + _GAP
        faint = row.target is None or row.is_outdated
        painter.setPen(QColor(muted if faint else strong))
        bottom = top + height - _PAD
        painter.drawText(QRect(x, y, width, bottom - y), _WRAP, row.target or PENDING)
        if row.is_doubtful:
            self._draw_mark(painter, top + _PAD if self._is_wide else y)

    @property
    def _is_wide(self) -> bool:
        return self._width >= _SIDE_BY_SIDE

    @property
    def _text_width(self) -> int:
        room = self._width - _GUTTER - _PAD
        return (room - _COLUMN_GAP) // 2 if self._is_wide else room

    def _height_of(self, text: str) -> int:
        key = text, self._text_width
        if key not in self._measured:
            if len(self._measured) > 2_000:
                self._measured.clear()
            box = QRect(0, 0, self._text_width, 10**6)
            self._measured[key] = self._metrics.boundingRect(box, _WRAP, text).height()
        return self._measured[key]

    def _draw_ground(self, painter: QPainter, box: QRectF, state: RowState) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if state.is_current or state.is_hovered:
            shade = self._colours.selection if state.is_current else self._colours.raised
            painter.setBrush(QColor(shade))
            painter.drawRoundedRect(box, 6, 6)
        if state.is_current:
            painter.setBrush(QColor(self._colours.accent))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 5, 3, box.height() - 10), 1, 1)
        if state.has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self._colours.accent))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw_mark(self, painter: QPainter, y: int) -> None:
        side = min(15, self.line_height)
        box = QRectF(9, y + (self.line_height - side) / 2, side, side)
        painter.setPen(QColor(self._colours.speaks_against))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, side / 2, side / 2)
        font = QFont(self._font)
        font.setBold(True)
        font.setPixelSize(int(side * 0.75))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, DOUBTFUL)
