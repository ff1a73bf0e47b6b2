"""Draw blanks as chips, and a candidate tried in its place, over the editor's text.

The text itself stays ``[MASK]``: painting makes no undo step and fires no signal. Only what is
visible is looked at. Imports ui and Qt only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextBlock, QTextLine

from assistant.ui.local_text import Blank, block_blanks
from assistant.ui.theme import Colours

_MARGIN = 1.5
_RADIUS = 6.0
_SMALLEST = 0.6
"""A preview wider than its chip is drawn smaller, down to this share of the size."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A fill shown in grey over ``[start_utf16, end_utf16)`` of the document."""

    start_utf16: int
    end_utf16: int
    text: str


class ChipPainter:
    """Paints the chips of the blocks it is given."""

    def __init__(self, painter: QPainter, font: QFont, colours: Colours) -> None:
        """Paint with ``painter`` text of ``font``."""
        self._painter = painter
        self._font = font
        self._colours = colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def draw_blanks(
        self,
        block: QTextBlock,
        origin: QPointF,
        active_utf16: int | None,
        previews: dict[int, Preview],
    ) -> None:
        """Draw every blank of ``block``, whose layout stands at ``origin``.

        ``active_utf16`` is where the blank in question starts; ``previews`` by their start.
        """
        start = block.position()
        for blank in block_blanks(block):
            preview = previews.get(start + blank.start_utf16)
            active = active_utf16 == start + blank.start_utf16
            rects = list(fragments(block, blank.start_utf16, blank.end_utf16))
            for rect in rects:
                self._chip(rect.translated(origin), blank, len(rects), active=active)
            if preview is not None and rects:
                widest = max(rects, key=QRectF.width).translated(origin)
                self._preview(widest, preview.text)

    def draw_preview(self, block: QTextBlock, origin: QPointF, preview: Preview) -> None:
        """Draw ``preview`` over a selected word of ``block``."""
        start = block.position()
        rects = list(fragments(block, preview.start_utf16 - start, preview.end_utf16 - start))
        for rect in rects:
            self._painter.fillRect(rect.translated(origin), QColor(self._colours.chip))
        if rects:
            self._preview(max(rects, key=QRectF.width).translated(origin), preview.text)

    def _chip(self, rect: QRectF, blank: Blank, pieces: int, *, active: bool) -> None:
        painter, colours = self._painter, self._colours
        # One unit stays free at the left, where the caret may stand.
        painter.fillRect(rect.adjusted(_MARGIN, 0, 0, 0), QColor(colours.base))
        box = rect.adjusted(_MARGIN + 0.5, 1.5, -_MARGIN, -1.5)
        painter.setPen(QPen(QColor(colours.chip_active if active else colours.chip_border), 1.2))
        painter.setBrush(QColor(colours.chip))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        marks = blank.marks if pieces == 1 else 1
        painter.setPen(QPen(QColor(colours.chip_border), 1.0, Qt.PenStyle.DotLine))
        for i in range(1, marks):
            x = box.left() + box.width() * i / marks
            painter.drawLine(QPointF(x, box.top() + 3), QPointF(x, box.bottom() - 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chip_active if active else colours.chip_border))
        for i in range(marks):
            middle = box.left() + box.width() * (i + 0.5) / marks
            length = min(box.width() / marks * 0.4, 22.0)
            y = box.bottom() - box.height() * 0.24
            painter.drawRoundedRect(QRectF(middle - length / 2, y, length, 2.0), 1.0, 1.0)

    def _preview(self, rect: QRectF, text: str) -> None:
        painter, colours = self._painter, self._colours
        box = rect.adjusted(_MARGIN + 1.5, 2.5, -_MARGIN - 1, -2.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chip))
        painter.drawRoundedRect(box, _RADIUS - 1, _RADIUS - 1)
        font = QFont(self._font)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > box.width():
            font.setPointSizeF(font.pointSizeF() * max(_SMALLEST, box.width() / width))
        painter.setFont(font)
        painter.setPen(QColor(colours.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def fragments(block: QTextBlock, start_utf16: int, end_utf16: int) -> Iterator[QRectF]:
    """Yield where ``[start, end)`` of ``block`` stands, one rectangle per line, in its layout.

    What is being composed in the block takes room in the layout but not in the text.
    """
    layout = block.layout()
    composing = len(layout.preeditAreaText())
    if composing:
        place = layout.preeditAreaPosition()
        start_utf16 += composing if start_utf16 >= place else 0
        end_utf16 += composing if end_utf16 > place else 0
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(start_utf16, line.textStart())
        last = min(end_utf16, line.textStart() + line.textLength())
        if first < last:
            left, right = _x(line, first), _x(line, last)
            yield QRectF(left, line.y(), right - left, line.height())


def _x(line: QTextLine, place_utf16: int) -> float:
    # Qt's stubs say object; it is (x, place).
    return cast("tuple[float, int]", line.cursorToX(place_utf16))[0]
