"""How far a job is, with a way to stop it; shown only for jobs that take a while.

Imports Qt only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

_PATIENCE_MS = 1_000
"""A line that is shown for a moment only makes everything below it jump."""


class ProgressLine(QWidget):
    """A word, a bar, and a button that cancels."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the line, hidden."""
        super().__init__(parent)
        self._loading = False
        self._steps = 0, 0
        self.label = QLabel()
        self.label.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.cancel_button = QPushButton()
        self.cancel_button.clicked.connect(self.cancel_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.label)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel_button)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self._retranslate()
        self.hide()

    def begin(self, *, loading: bool = False) -> None:
        """Say that a job began, or that the model is being loaded for it."""
        self._loading, self._steps = loading, (0, 0)
        self._update()
        if self.isHidden() and not self._patience.isActive():
            self._patience.start()

    def step(self, done: int, total: int) -> None:
        """Say how far the job is."""
        self._loading, self._steps = False, (done, total)
        self._update()

    def end(self) -> None:
        """Put the line away."""
        self._patience.stop()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.cancel_button.setText(self.tr("取消"))
        self.bar.setAccessibleName(self.tr("分析进度"))
        self._update()

    def _update(self) -> None:
        done, total = self._steps
        move_bar(self.bar, done, total)
        if self._loading:
            self.label.setText(self.tr("模型加载中…"))
        elif total:
            self.label.setText(
                self.tr("{done} / {total}").format(done=f"{done:,}", total=f"{total:,}")
            )
        else:
            self.label.setText(self.tr("正在分析…"))


def move_bar(bar: QProgressBar, done: int, total: int) -> None:
    """Show ``done`` of ``total``; 0 in all: the bar only says that something happens.

    It is painted with all else, and not at once as Qt would: milliseconds amid a key stroke.
    """
    bar.setUpdatesEnabled(False)
    bar.setRange(0, total)
    bar.setValue(done)
    bar.setUpdatesEnabled(True)
