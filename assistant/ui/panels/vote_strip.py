"""The context with, under every character, how much it speaks for or against the word.

Told three ways so that colour is not needed: a bar up or down, a sign, and a tooltip with the
number. Imports records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assistant.records import CharacterVote, Explanation
from assistant.ui.theme import LIGHT, Colours

_BAR = 12
"""Greatest height of a bar, up and down."""
SLIGHT = 0.05
"""Effects below this many nats get no sign."""


class VoteStrip(QWidget):
    """Characters in reading order, wrapped to the width, the blank shown with its word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty strip."""
        super().__init__(parent)
        self._colours = LIGHT
        self._cells: list[tuple[str, CharacterVote | None]] = []
        self._word_index = 0
        self._largest = 1.0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def explain(self, explanation: Explanation, word_index: int) -> None:
        """Show the votes on one of the explained words."""
        self._word_index = word_index
        word = explanation.words[word_index].text
        before = [v for v in explanation.votes if v.start_char < explanation.span.start_char]
        after = [v for v in explanation.votes if v.start_char >= explanation.span.end_char]
        self._cells = [
            *((vote.character, vote) for vote in before),
            *((character, None) for character in word),
            *((vote.character, vote) for vote in after),
        ]
        effects = [abs(v.effects[word_index]) for v in explanation.votes]
        self._largest = max([*effects, 0.5])
        self.setAccessibleName(self.tr("上下文对“{word}”的作用").format(word=word))
        self.setAccessibleDescription(
            "，".join(
                f"{v.character} {signed(v.effects[word_index])}"
                for v in (*before, *after)
                if abs(v.effects[word_index]) >= SLIGHT
            )
        )
        self.updateGeometry()
        self._fit()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        cell = self._cell()
        columns = max(1, width // cell.width())
        return max(1, -(-len(self._cells) // columns)) * cell.height()

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 120)))

    def resizeEvent(self, event: QEvent) -> None:
        del event
        self._fit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            for (character, vote), box in zip(self._cells, self._boxes(), strict=True):
                if vote is not None and box.contains(event.pos()):
                    effect = signed(vote.effects[self._word_index])
                    QToolTip.showText(event.globalPos(), f"{character} {effect}", self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font()
        for (character, vote), box in zip(self._cells, self._boxes(), strict=True):
            text = QRect(box.left(), box.top() + _BAR, box.width(), box.height() - 2 * _BAR - 2)
            painter.setFont(font)
            if vote is None:
                self._draw_word(painter, text, character)
                continue
            effect = vote.effects[self._word_index]
            painter.setPen(QColor(self._colours.text))
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, character)
            self._draw_effect(painter, text, effect)

    def _draw_word(self, painter: QPainter, text: QRect, character: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.chip))
        painter.drawRoundedRect(QRectF(text).adjusted(0.5, 0, -0.5, 0), 4, 4)
        painter.setPen(QColor(self._colours.chip_text))
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, character)

    def _draw_effect(self, painter: QPainter, text: QRect, effect: float) -> None:
        """Draw a bar above the character for, below it against, with its sign."""
        if abs(effect) < SLIGHT:
            return
        colours = self._colours
        colour = QColor(colours.speaks_for if effect > 0 else colours.speaks_against)
        height = max(2.0, (_BAR - 2) * min(1.0, abs(effect) / self._largest))
        top = text.top() - height if effect > 0 else text.bottom() + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(text.left() + 2, top, text.width() - 4, height), 1.5, 1.5)
        if abs(effect) < 0.25 * self._largest:
            return
        small = QFont(self._font())
        small.setPointSizeF(small.pointSizeF() * 0.75)
        small.setBold(True)
        painter.setFont(small)
        painter.setPen(colour)
        y = text.bottom() + 1 if effect > 0 else text.top() - _BAR
        sign = QRect(text.left(), y, text.width(), _BAR)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, "+" if effect > 0 else "−")

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() + 2)
        return font

    def _cell(self) -> QRect:
        metrics = QFontMetrics(self._font())
        return QRect(0, 0, metrics.horizontalAdvance("字") + 3, metrics.height() + 2 * _BAR + 4)

    def _boxes(self) -> list[QRect]:
        cell = self._cell()
        columns = max(1, self.width() // cell.width())
        return [
            cell.translated((i % columns) * cell.width(), (i // columns) * cell.height())
            for i in range(len(self._cells))
        ]

    def _fit(self) -> None:
        self.setFixedHeight(self.heightForWidth(max(self.width(), 60)))


def signed(effect: float) -> str:
    """Return an effect with its sign."""
    shown = f"{effect:+.1f}"
    return "0.0" if float(shown) == 0 else shown.replace("-", "−")
