"""What the panels beside the text look like: a column that scrolls, with sections.

Imports Qt only.
"""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)


class ScrollPanel(QScrollArea):
    """A column of parts as wide as the panel; it says its words again in another language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(14, 12, 14, 14)
        self.column.setSpacing(10)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def reveal(self, part: QWidget) -> None:
        """Scroll to ``part``, which has changed, as soon as it has the room that it needs now."""
        below = self.column.contentsMargins().bottom()
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, below))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @abstractmethod
    def _retranslate(self) -> None:
        """Say everything in the language of the window."""


def section(*parts: QWidget | QLayout) -> QFrame:
    """Return ``parts`` below each other, with a line above them."""
    frame = QFrame()
    frame.setObjectName("section")
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 10, 0, 0)
    column.setSpacing(8)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    return frame


def line(*widgets: QWidget | None) -> QHBoxLayout:
    """Return the widgets in a line; None, a field and a bar take the room that is left."""
    layout = QHBoxLayout()
    layout.setSpacing(6)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget, 1 if isinstance(widget, QLineEdit | QProgressBar) else 0)
    return layout
