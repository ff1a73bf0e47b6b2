"""One sentence: its verdict, and the words that moved it. Imports services' records and ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assistant.records import SentenceSentiment
from assistant.ui.panels.effect_strip import AGAINST, FOR, SLIGHT, Cell, EffectStrip, signed
from assistant.ui.panels.verdict_row import VerdictRow
from assistant.ui.theme import Colours

_NAMED = 3
"""How many words the answer names on each side."""


class SentenceCard(QWidget):
    """The sentence at the caret."""

    explanation_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the card without a sentence."""
        super().__init__(parent)
        self._place = 0, 0
        self._cells: Sequence[Cell] | None = None
        self._waiting = False
        self.title = QLabel()
        self.title.setProperty("role", "muted")
        self.title.setWordWrap(True)
        self.verdict = VerdictRow()
        self.why_button = QPushButton()
        self.why_button.clicked.connect(self._on_clicked)
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.strip = EffectStrip()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.why_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        for widget in (self.verdict, self.strip, self.answer):
            column.addWidget(widget)
        self._retranslate()

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.verdict.set_colours(colours)
        self.strip.set_colours(colours)

    def show_sentence(self, verdict: SentenceSentiment, number: int, total: int) -> None:
        """Show a verdict; ``number`` of ``total`` says which sentence it is."""
        self._place = number, total
        self.verdict.show_verdict(verdict.polarity, verdict.confidence, verdict.lean)
        self._update()

    def show_verdict(self, *, shown: bool) -> None:
        """Show the verdict and which sentence it is, or leave that to the panel."""
        self.title.setVisible(shown)
        self.verdict.setVisible(shown)

    def wait(self) -> None:
        """Show that the words are being looked at."""
        self._waiting, self._cells = True, None
        self._update()

    def show_words(self, cells: Sequence[Cell] | None) -> None:
        """Show how much each word speaks for the verdict; None puts the answer away."""
        self._waiting, self._cells = False, cells
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.why_button.setToolTip(self.tr("逐词遮住，看每个词怎样改变这一句的判断"))
        self._update()

    def _on_clicked(self) -> None:
        # Not disabled meanwhile: Qt would move the focus out of the panel.
        if not self._waiting:
            self.explanation_asked.emit()

    def _update(self) -> None:
        number, total = self._place
        self.title.setText(
            self.tr("光标所在句（第 {n} 句 / 共 {m} 句）").format(n=f"{number:,}", m=f"{total:,}")
        )
        self.why_button.setText(self.tr("正在分析…") if self._waiting else self.tr("为什么？"))
        for widget in (self.answer, self.strip):
            widget.setVisible(self._cells is not None)
        if self._cells is not None:
            self.strip.show_cells(self._cells, self.tr("这一句各词的作用"))
            self.answer.setText(self._say(self._cells))

    def _say(self, cells: Sequence[Cell]) -> str:
        ranked = sorted(
            ((cell.effect, cell.text) for cell in cells if cell.effect is not None), reverse=True
        )
        lifting = [pair for pair in ranked if pair[0] >= SLIGHT][:_NAMED]
        lowering = [pair for pair in reversed(ranked) if pair[0] <= -SLIGHT][:_NAMED]
        parts = []
        if lifting:
            sentence = self.tr("{sign} 使它偏正面的词：{words}。")
            parts.append(sentence.format(sign=FOR, words=_named(lifting)))
        if lowering:
            sentence = self.tr("{sign} 使它偏负面的词：{words}。")
            parts.append(sentence.format(sign=AGAINST, words=_named(lowering)))
        return "\n".join(parts) or self.tr("没有哪个词单独起作用。")


def _named(pairs: Sequence[tuple[float, str]]) -> str:
    return "、".join(f"{text} {signed(effect)}" for effect, text in pairs)
