"""At the foot of a dialog: how far a job is, a button that cancels it, and what came of it.

Imports errors and ui only.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistant.errors import BubaiError
from assistant.ui.panels.progress_line import move_bar

_STEPS = 1000
"""Steps of the bar: bytes in all may be more than Qt counts."""


class JobLine(QWidget):
    """A word, a bar and a button while a job runs; below them a message."""

    cancel_requested = Signal()

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        """Make the line at rest; errors are told in ``language`` ("zh" or "en")."""
        super().__init__(parent)
        self._language = language
        self.doing = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("进度"))
        self.cancel_button = QPushButton(self.tr("取消"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.addWidget(self.doing)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addWidget(self.message)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Say whether a job runs; one that begins takes the last message away."""
        for part in (self.doing, self.bar, self.cancel_button):
            part.setVisible(busy)
        if busy:
            self.say("")

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Say how far the job is and what it does; a total of 0 is not known."""
        self.doing.setText(doing)
        move_bar(self.bar, done * _STEPS // max(total, 1), _STEPS if total else 0)

    def say(self, text: str) -> None:
        """Say what came of the job."""
        self.message.setText(text)
        self.message.setAccessibleName(text)

    def tell(self, error: BubaiError) -> None:
        """Say what went wrong."""
        self.say(error.message(self._language))
