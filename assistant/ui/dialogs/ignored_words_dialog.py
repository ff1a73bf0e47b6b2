"""The words that proof-reading leaves alone: see them, take them back.

Imports services and ui.
"""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assistant.errors import FileWriteError
from assistant.services.proofreading import ProofService
from assistant.ui.dialogs.room import open_at
from assistant.ui.panels.note import language_code


class IgnoredWordsDialog(QDialog):
    """Lists the words; removing one takes effect at once."""

    def __init__(self, service: ProofService, parent: QWidget | None = None) -> None:
        """Show the ignored words of ``service``."""
        super().__init__(parent)
        self._service = service
        self.setWindowTitle(self.tr("忽略的词"))
        open_at(self, 360, 400)
        self.note = QLabel(self.tr("校对时不再提示这些词。"))
        self.note.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("忽略的词"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.remove_button = QPushButton(self.tr("重新提示"))
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self._remove)
        self.list.itemSelectionChanged.connect(self._update)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("关闭"))
        buttons.rejected.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.remove_button)
        line.addStretch(1)
        line.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addLayout(line)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItems(list(self._service.ignored.all()))
        self._update()

    def _update(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    def _remove(self) -> None:
        try:
            for row in self.list.selectedItems():
                self._service.stop_ignoring(row.text())
        except FileWriteError as error:
            self.note.setText(error.message(language_code()))
        self._fill()
