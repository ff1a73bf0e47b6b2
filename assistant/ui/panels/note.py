"""What a panel says when it has nothing to show, and a button that helps. Imports errors and Qt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assistant.errors import BubaiError, ModelError

Words = Callable[[], str]


class Note(QWidget):
    """A muted sentence with, at times, a button below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a hidden note."""
        super().__init__(parent)
        self._words: Words | None = None
        self._button_words: Words | None = None
        self._do: Callable[[], object] | None = None
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setProperty("role", "muted")
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def say(
        self, words: Words, button: Words | None = None, do: Callable[[], object] | None = None
    ) -> None:
        """Say ``words``; ``button`` names a button that calls ``do``."""
        self._words, self._button_words, self._do = words, button, do
        self._retranslate()
        self.show()

    def tell(self, error: BubaiError, reload: Callable[[], object]) -> None:
        """Say what went wrong, in the language of the window; ``reload`` helps a broken model."""

        def words() -> str:
            return error.message(language_code())

        if isinstance(error, ModelError):
            self.say(words, lambda: self.tr("重新加载模型"), reload)
        else:
            self.say(words)

    def clear(self) -> None:
        """Say nothing."""
        self._words = None
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if self._words is not None:
            self.label.setText(self._words())
            self.button.setVisible(self._button_words is not None)
            self.button.setText(self._button_words() if self._button_words else "")

    def _on_clicked(self) -> None:
        if self._do is not None:
            self._do()


def language_code() -> str:
    """Return ``zh`` or ``en``, whichever the window speaks."""
    return "zh" if QLocale().language() is QLocale.Language.Chinese else "en"
