"""The person's own word: the selected one, and any other typed into a field.

Imports records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assistant.records import MAX_WORD_CHARS, ScoredWord
from assistant.ui.wording import confidence_note, percent, rank_words


class OwnWord(QWidget):
    """Says where a word of the person's stands among the candidates."""

    asked = Signal(str)
    """A word to score."""
    accepted = Signal(str)
    """The scored word is to be put into the blank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the field, empty."""
        super().__init__(parent)
        self._selected: ScoredWord | None = None
        self._tried: ScoredWord | None = None
        self.selected_label = QLabel()
        self.selected_label.setWordWrap(True)
        self._caption = QLabel()
        self.field = QLineEdit()
        self.field.setMaxLength(2 * MAX_WORD_CHARS)
        self.field.returnPressed.connect(self._on_ask)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_ask)
        self._caption.setBuddy(self.field)
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.put_button = QPushButton()
        self.put_button.clicked.connect(self._on_put)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.selected_label)
        line = QHBoxLayout()
        line.addWidget(self._caption)
        line.addWidget(self.field, 1)
        line.addWidget(self.button)
        column.addLayout(line)
        below = QHBoxLayout()
        below.addWidget(self.answer, 1)
        below.addWidget(self.put_button)
        column.addLayout(below)
        self._retranslate()

    def show_selected(self, scored: ScoredWord | None) -> None:
        """Say how the selected word scores; None hides the line."""
        self._selected = scored
        self._update()

    def show_answer(self, scored: ScoredWord | None) -> None:
        """Say how the word asked about scores; None clears the answer."""
        self._tried = scored
        self._update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_ask(self) -> None:
        word = self.field.text().strip()
        if word:
            self.asked.emit(word)

    def _on_put(self) -> None:
        if self._tried is not None:
            self.accepted.emit(self._tried.text)

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("试填"))
        self.field.setPlaceholderText(self.tr("自己想的词"))
        self.field.setAccessibleName(self.tr("试填的词"))
        self.button.setText(self.tr("打分"))
        self.put_button.setText(self.tr("填入"))
        self.put_button.setAccessibleName(self.tr("把试填的词填入空中"))
        for label in (self.selected_label, self.answer):
            label.setToolTip(confidence_note())
        self._update()

    def _update(self) -> None:
        selected, tried = self._selected, self._tried
        self.selected_label.setVisible(selected is not None)
        self.answer.setVisible(tried is not None)
        self.put_button.setVisible(tried is not None)
        if selected is not None:
            self.selected_label.setText(
                self.tr("我的词“{word}”：{rank}，{chance}").format(
                    word=selected.text,
                    rank=rank_words(selected.rank),
                    chance=percent(selected.confidence),
                )
            )
        if tried is not None:
            self.answer.setText(
                self.tr("“{word}”：{rank}，{chance}").format(
                    word=tried.text, rank=rank_words(tried.rank), chance=percent(tried.confidence)
                )
            )
