"""How many sentences feel what; a click shows only those. Imports records and ui."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from assistant.records import Polarity
from assistant.ui.mood.book import SentenceBook
from assistant.ui.mood.look import SIGNS, polarity_word

_ORDER = (Polarity.POSITIVE, Polarity.NEUTRAL, Polarity.NEGATIVE)


class MoodFilter(QWidget):
    """A button with its count for each verdict."""

    chosen = Signal(object)
    """Polarity to show, or None for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the buttons, none pressed."""
        super().__init__(parent)
        self._counts = dict.fromkeys(_ORDER, 0)
        self.buttons = {polarity: QToolButton() for polarity in _ORDER}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for polarity, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda on, polarity=polarity: self._on_clicked(polarity, on))
            line.addWidget(button)
        line.addStretch(1)
        self._retranslate()

    @property
    def polarity(self) -> Polarity | None:
        """The verdict chosen, or None for all."""
        return next((p for p, button in self.buttons.items() if button.isChecked()), None)

    def show_book(self, book: SentenceBook) -> None:
        """Show the counts of ``book``."""
        counts = {polarity: book.count(polarity) for polarity in _ORDER}
        if counts != self._counts:
            self._counts = counts
            self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for polarity, button in self.buttons.items():
            count, word = f"{self._counts[polarity]:,}", polarity_word(polarity)
            button.setText(f"{SIGNS[polarity]} {count}")
            button.setAccessibleName(
                self.tr("只看{verdict}的句子，共 {n} 句").format(verdict=word, n=count)
            )
            button.setToolTip(self.tr("只看{verdict}的句子").format(verdict=word))

    def _on_clicked(self, polarity: Polarity, on: bool) -> None:
        for other, button in self.buttons.items():
            button.setChecked(on and other is polarity)
        self.chosen.emit(polarity if on else None)
