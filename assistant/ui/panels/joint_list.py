"""Whole fillings of several blanks, each applied with one click. Imports records and ui only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assistant.records import JointFill
from assistant.ui.wording import confidence_note, percent

SHOWN = 3


class JointList(QWidget):
    """The best fillings of all blanks together; hidden while there is only one blank."""

    chosen = Signal(int)
    """Index of the filling chosen."""
    previewed = Signal(int)
    """Index to show in grey; −1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a hidden list."""
        super().__init__(parent)
        self.buttons: list[_JointButton] = []
        self._fills: tuple[JointFill, ...] = ()
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._heading)
        self._retranslate()
        self.hide()

    def offer(self, fills: Sequence[JointFill]) -> None:
        """Show ``fills`` if they fill more than one blank."""
        shown = tuple(fill for fill in fills if len(fill.fills) > 1)[:SHOWN]
        self.setVisible(bool(shown))
        if shown == self._fills:
            return
        self._fills = shown
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._make(i, fill) for i, fill in enumerate(shown)]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _make(self, index: int, fill: JointFill) -> _JointButton:
        button = _JointButton(fill, self)
        button.clicked.connect(lambda: self.chosen.emit(index))
        button.previewed.connect(lambda shown: self.previewed.emit(index if shown else -1))
        self._column.addWidget(button)
        return button

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("各空一起填"))
        self._heading.setToolTip(self.tr("本段相邻各空互相照应的填法，一步全部填入，可一步撤销"))


class _JointButton(QPushButton):
    """One filling of all blanks."""

    previewed = Signal(bool)

    def __init__(self, fill: JointFill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = " · ".join(fill.fills)
        self.setText(f"{words}    {percent(fill.confidence)}")
        self.setAccessibleName(self.text())
        self.setToolTip(f"{words}\n{confidence_note()}")
        self.setProperty("role", "row")
        self.setMinimumWidth(120)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.previewed.emit(True)
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.previewed.emit(False)
        return super().event(event)
