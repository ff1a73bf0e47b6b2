"""One candidate as a row: number, word, bar, percent, word of confidence, source, evidence.

Imports records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from assistant.records import Candidate, Evidence, Source
from assistant.ui.theme import LIGHT, Colours
from assistant.ui.wording import NEGLIGIBLE, confidence_note, confidence_word, percent

_EVIDENCE_LINES = 2
_PAD = 8
_STALE = 0.4
"""Opacity of candidates that a new request is about to replace."""


class CandidateRow(QAbstractButton):
    """A button that is one candidate; hovering or focusing previews it."""

    previewed = Signal(bool)
    """The pointer or the focus came (True) or went."""
    stepped = Signal(int)
    """Arrow key: −1 to the row above, +1 to the one below."""

    def __init__(self, number: int, candidate: Candidate, parent: QWidget | None = None) -> None:
        """Make the row of ``candidate``, the ``number``-th best."""
        super().__init__(parent)
        self.number = number
        self.candidate = candidate
        self._colours = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumWidth(180)
        self._retranslate()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        self.update()

    def evidence_lines(self) -> list[str]:
        """Return what the memory shows for the word, in the language of the window."""
        word = self.candidate.text
        lines = [self._evidence_line(word, e) for e in self.candidate.evidence[:_EVIDENCE_LINES]]
        if not lines and self.candidate.source is Source.MEMORY:
            lines.append(self.tr("来自语料记忆"))
        elif not lines and self.candidate.source is Source.PERSONAL:
            lines.append(self.tr("来自我的语料"))
        return lines

    def sizeHint(self) -> QSize:
        lines = len(self.evidence_lines())
        small = QFontMetrics(self.font()).height()
        return QSize(260, QFontMetrics(self._word_font()).height() + 10 + lines * (small + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.previewed.emit(True)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.previewed.emit(False)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.previewed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.previewed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else _STALE)
        self._draw_ground(painter)
        height = QFontMetrics(self._word_font()).height() + 8
        line = QRect(_PAD, 1, self.width() - 2 * _PAD, height)
        self._draw_line(painter, line)
        painter.setFont(self.font())
        painter.setPen(QColor(self._colours.muted))
        metrics = painter.fontMetrics()
        top = line.bottom()
        for text in self.evidence_lines():
            box = QRect(_PAD + self._indent(), top, line.width() - self._indent(), metrics.height())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, shown)
            top += metrics.height() + 1

    def _retranslate(self) -> None:
        chance = percent(self.candidate.confidence)
        word = confidence_word(self.candidate.confidence)
        self.setAccessibleName(
            self.tr("候选 {number}：{word}，{chance}，{confidence}").format(
                number=self.number, word=self.candidate.text, chance=chance, confidence=word
            )
        )
        note = self.tr("单击或按 Alt+{number} 填入").format(number=self.number)
        self.setToolTip(f"{confidence_note()}\n{note}" if self.number <= 5 else confidence_note())
        self.update()

    def _evidence_line(self, word: str, evidence: Evidence) -> str:
        around = f"{evidence.left}▢{evidence.right}"
        if evidence.in_text:
            return self.tr("{around} ← {word}：文中 {count} 处").format(
                around=around, word=word, count=evidence.count
            )
        if evidence.personal is not None:
            return self.tr("{around} ← {word}：{count} 次（{name}）").format(
                around=around, word=word, count=evidence.count, name=evidence.personal
            )
        return self.tr("{around} ← {word}：约 {count} 次").format(
            around=around, word=word, count=evidence.count
        )

    def _word_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() + 3)
        return font

    def _indent(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance("10") + 6

    def _draw_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.raised))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)

    def _draw_line(self, painter: QPainter, line: QRect) -> None:
        colours, chance = self._colours, self.candidate.confidence
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        faint = chance < NEGLIGIBLE
        painter.setFont(self.font())
        painter.setPen(QColor(colours.accent if self.number <= 5 else colours.muted))
        painter.drawText(line, middle | left, str(self.number))
        metrics = painter.fontMetrics()
        x = line.left() + self._indent()
        words = QFontMetrics(self._word_font())
        room = max(words.horizontalAdvance("三个字"), words.horizontalAdvance(self.candidate.text))
        painter.setFont(self._word_font())
        painter.setPen(QColor(colours.muted if faint else colours.text))
        painter.drawText(QRect(x, line.top(), room, line.height()), middle | left,
                         self.candidate.text)  # fmt: skip
        x += room + 8
        painter.setFont(self.font())
        label = confidence_word(chance)
        label_width = max(
            metrics.horizontalAdvance(text)
            for text in (confidence_word(1), confidence_word(0.3), confidence_word(0))
        )
        number_width = metrics.horizontalAdvance("< 0.1 %")
        right = line.right()
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            QRect(right - label_width, line.top(), label_width + 1, line.height()),
            middle | Qt.AlignmentFlag.AlignRight, label,
        )  # fmt: skip
        right -= label_width + 10
        painter.setPen(QColor(colours.muted if faint else colours.text))
        painter.drawText(
            QRect(right - number_width, line.top(), number_width + 1, line.height()),
            middle | Qt.AlignmentFlag.AlignRight, percent(chance),
        )  # fmt: skip
        right -= number_width + 8
        if right - x >= 24:
            self._draw_bar(painter, QRectF(x, line.center().y() - 3, right - x, 7), chance)

    def _draw_bar(self, painter: QPainter, box: QRectF, chance: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.trough))
        painter.drawRoundedRect(box, 3.5, 3.5)
        painter.setBrush(QColor(self._colours.bar))
        box.setWidth(max(2.0, box.width() * min(1.0, chance)))
        painter.drawRoundedRect(box, 3.5, 3.5)
