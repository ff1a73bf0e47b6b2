"""One verdict in a line: sign, word, a bar from the middle, percent, how sure.

Imports records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.records import Polarity
from assistant.ui.mood.look import LIKELY, SIGNS, SURE, polarity_colour, polarity_word
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.wording import SUREST, confidence_note, confidence_word, percent

_STALE = 0.45
"""Opacity of a verdict on a text that has changed since."""


class VerdictRow(QWidget):
    """Shows what a text feels, and how sure the model is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a row that shows nothing yet."""
        super().__init__(parent)
        self._colours = LIGHT
        self._verdict: tuple[Polarity, float, float] | None = None
        self._stale = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def show_verdict(self, polarity: Polarity, confidence: float, lean: float) -> None:
        """Show a verdict that fits the text as it is."""
        self._verdict, self._stale = (polarity, confidence, lean), False
        self._retranslate()

    def set_stale(self, stale: bool) -> None:
        """Say whether the text has changed since."""
        if stale != self._stale:
            self._stale = stale
            self.update()

    def words(self) -> str:
        """Return the verdict in words."""
        if self._verdict is None:
            return ""
        polarity, confidence, _lean = self._verdict
        return self.tr("{verdict}，{chance}，{sureness}").format(
            verdict=polarity_word(polarity), chance=percent(confidence),
            sureness=confidence_word(confidence, SURE, LIKELY),
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(260, QFontMetrics(self._word_font()).height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._verdict is None:
            return
        polarity, confidence, lean = self._verdict
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_STALE if self._stale else 1.0)
        colour = polarity_colour(polarity, self._colours)
        x = self._draw_sign(painter, SIGNS[polarity], colour)
        painter.setFont(self._word_font())
        painter.setPen(QColor(self._colours.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        word = polarity_word(polarity)
        width = max(painter.fontMetrics().horizontalAdvance(polarity_word(p)) for p in Polarity)
        painter.drawText(QRectF(x, 0, width + 1, self.height()), middle, word)
        x += width + 10
        right = self._draw_numbers(painter, confidence)
        if right - x >= 30:
            self._draw_bar(painter, QRectF(x, self.height() / 2 - 4, right - x, 8), lean)

    def _draw_sign(self, painter: QPainter, sign: str, colour: QColor) -> float:
        side = self.height() - 8
        box = QRectF(2, 4, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(self._colours.base))
        font = self._word_font()
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
        return box.right() + 9

    def _draw_numbers(self, painter: QPainter, confidence: float) -> float:
        """Draw percent and sureness at the right; return where they begin."""
        painter.setFont(self.font())
        metrics = painter.fontMetrics()
        right = float(self.width() - 4)
        at_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        labels = [confidence_word(chance, SURE, LIKELY) for chance in (1.0, LIKELY, 0.0)]
        width = max(map(metrics.horizontalAdvance, labels))
        painter.setPen(QColor(self._colours.muted))
        shown = confidence_word(confidence, SURE, LIKELY)
        painter.drawText(QRectF(right - width, 0, width, self.height()), at_right, shown)
        right -= width + 10
        width = metrics.horizontalAdvance(SUREST)
        painter.setPen(QColor(self._colours.text))
        chance = percent(confidence)
        painter.drawText(QRectF(right - width, 0, width, self.height()), at_right, chance)
        return right - width - 10

    def _draw_bar(self, painter: QPainter, box: QRectF, lean: float) -> None:
        """Draw a bar from the middle: to the right positive, to the left negative."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.trough))
        painter.drawRoundedRect(box, 4, 4)
        middle, reach = box.center().x(), lean * box.width() / 2
        side = Polarity.POSITIVE if reach > 0 else Polarity.NEGATIVE
        painter.setBrush(polarity_colour(side, self._colours))
        bar = QRectF(min(middle, middle + reach), box.top(), abs(reach), box.height())
        painter.drawRoundedRect(bar, 3, 3)
        painter.fillRect(QRectF(middle - 0.5, box.top() - 2, 1, box.height() + 4),
                         QColor(self._colours.muted))  # fmt: skip

    def _word_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() + 2)
        return font

    def _retranslate(self) -> None:
        self.setAccessibleName(self.words())
        self.setToolTip(confidence_note())
        self.update()
