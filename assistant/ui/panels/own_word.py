"""The person's own word: the selected one, and any other typed into a field.

Imports records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assistant.records import MAX_WORD_CHARS, Choice, ScoredWord
from assistant.ui.wording import confidence_note, percent, rank_words

_MOST_WORDS = 10
"""Words that fit into the field."""


class OwnWord(QWidget):
    """Says where a word of the person's stands among the candidates, and which of several fits."""

    asked = Signal(str)
    """A word to score, or several to compare with commas between them."""
    accepted = Signal(str)
    """The scored word, or the best one of several, is to be put into the blank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the field, empty."""
        super().__init__(parent)
        self._selected: ScoredWord | None = None
        self._tried: ScoredWord | None = None
        self._choices: tuple[Choice, ...] = ()
        self.selected_label = QLabel()
        self.selected_label.setWordWrap(True)
        self._caption = QLabel()
        self.field = QLineEdit()
        self.field.setMaxLength(_MOST_WORDS * (MAX_WORD_CHARS + 1))
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
        self._tried, self._choices = scored, ()
        self._update()

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Say how likely each of several words is if one of them is right, best first."""
        self._tried, self._choices = None, choices
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
        if (word := self._word_to_put()) is not None:
            self.accepted.emit(word)

    def _word_to_put(self) -> str | None:
        if self._choices:
            return self._choices[0].text
        return self._tried.text if self._tried is not None else None

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("试填"))
        self.field.setPlaceholderText(self.tr("一个词打分，几个词用、隔开比较"))
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
        answered = self._word_to_put() is not None
        self.answer.setVisible(answered)
        self.put_button.setVisible(answered)
        if selected is not None:
            self.selected_label.setText(
                self.tr("我的词“{word}”：{rank}，{chance}").format(
                    word=selected.text,
                    rank=rank_words(selected.rank),
                    chance=percent(selected.confidence),
                )
            )
        if self._choices:
            shares = "  ".join(f"{c.text} {percent(c.confidence)}" for c in self._choices)
            self.answer.setText(self.tr("这几个词里：{shares}").format(shares=shares))
        elif tried is not None:
            self.answer.setText(
                self.tr("“{word}”：{rank}，{chance}").format(
                    word=tried.text, rank=rank_words(tried.rank), chance=percent(tried.confidence)
                )
            )
