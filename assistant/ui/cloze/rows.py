"""Small rows of words with buttons, made anew whenever their list changes. Imports Qt only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget


class Rows(QWidget):
    """Rows under one another, in one column or in several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(18)
        self.columns = 1
        self.rows: list[Row] = []

    def clear(self) -> None:
        """Take all rows away."""
        for row in self.rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()  # not now: the click that led here may come from one of them
        self.rows = []

    def add(self, word: str, note: str = "") -> Row:
        """Add a row that shows ``word`` and, muted, ``note``."""
        row = Row(word, note)
        at = divmod(len(self.rows), self.columns)
        self.rows.append(row)
        self._grid.addWidget(row, *at)
        row.show()
        return row


class Row(QWidget):
    """A word, a note, and buttons."""

    def __init__(self, word: str, note: str, parent: QWidget | None = None) -> None:
        """Show ``word`` and ``note``."""
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self.word = QLabel(word)
        self.word.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = QLabel(note)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line.addWidget(self.word)
        self._line.addWidget(self.note, 1)
        self.buttons: list[QPushButton] = []

    def button(self, text: str, name: str, do: Callable[[], object]) -> QPushButton:
        """Add a button; ``name`` is what a screen reader says."""
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _checked=False: do())
        self._line.addWidget(button)
        self.buttons.append(button)
        return button
