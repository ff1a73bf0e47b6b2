"""One mistake: what was written, what was meant, and the buttons that settle it.

Imports services' records and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assistant.records import MistakeKind
from assistant.services.proofreading import PlacedMistake
from assistant.ui.wording import confidence_note, confidence_word, percent

_MOST = 4


class MistakeCard(QWidget):
    """The mistake at the caret."""

    correction_chosen = Signal(str)
    ignore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the card without a mistake."""
        super().__init__(parent)
        self._placed: PlacedMistake | None = None
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.reason = QLabel()
        self.reason.setProperty("role", "muted")
        self.reason.setWordWrap(True)
        self.buttons = [QPushButton() for _ in range(_MOST)]
        self.ignore_button = QPushButton()
        line = QHBoxLayout()
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, n=number: self._on_button(n))
            line.addWidget(button)
        self.buttons[0].setProperty("role", "primary")
        line.addStretch(1)
        line.addWidget(self.ignore_button)
        self.ignore_button.clicked.connect(self.ignore_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.reason)
        column.addLayout(line)
        self._retranslate()

    def show_mistake(self, placed: PlacedMistake) -> None:
        """Show a mistake."""
        self._placed = placed
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.ignore_button.setText(self.tr("忽略"))
        self.ignore_button.setToolTip(self.tr("这个词以后都不再提示"))
        if self._placed is None:
            return
        mistake = self._placed.mistake
        self.title.setText(f"{mistake.found} → {mistake.suggestions[0]}")
        kind = {
            MistakeKind.SAME_SOUND: self.tr("同音字"),
            MistakeKind.SIMILAR_SOUND: self.tr("近音字"),
            MistakeKind.SIMILAR_SHAPE: self.tr("形近字"),
        }[mistake.kind]
        self.reason.setText(
            self.tr("{kind}，{word}（{percent}）").format(
                kind=kind,
                word=confidence_word(mistake.confidence),
                percent=percent(mistake.confidence),
            )
        )
        self.reason.setToolTip(confidence_note())
        for button, suggestion in zip(
            self.buttons, (*mistake.suggestions, *[""] * _MOST), strict=False
        ):
            button.setText(suggestion)
            button.setVisible(bool(suggestion))
            button.setAccessibleName(self.tr("改为 {word}").format(word=suggestion))
        self.buttons[0].setToolTip(self.tr("改正并到下一处（Alt+Enter）"))

    def _on_button(self, number: int) -> None:
        if self._placed is not None:
            self.correction_chosen.emit(self._placed.mistake.suggestions[number])
