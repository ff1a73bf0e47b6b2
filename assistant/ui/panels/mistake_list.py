"""The mistakes of a text, one row each. Imports services' records and ui only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from assistant.ui.proof.book import MistakeBook
from assistant.ui.wording import percent

_LEAST_ROWS = 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BEFORE, _AFTER = 5, 6
"""Characters shown beside the wrong one."""


class MistakeList(QTreeWidget):
    """Rows: the place, what was meant, how sure it is."""

    chosen = Signal(int)
    """Index: the person came to this row."""
    entered = Signal()
    """Return was pressed: go on writing there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self._quiet = False
        self.setColumnCount(3)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._on_current)
        self.setMinimumHeight((_LEAST_ROWS + 1) * (self.fontMetrics().height() + 8))
        self._retranslate()

    def show_book(self, book: MistakeBook) -> None:
        """List the mistakes of ``book``."""
        self._quiet = True
        self.clear()
        rows = []
        for index in range(len(book)):
            placed = book.placed(index)
            mistake = placed.mistake
            before, after = placed.before[-_BEFORE:], placed.after[:_AFTER]
            row = QTreeWidgetItem(
                [
                    f"{before}【{mistake.found}】{after}",
                    " ".join(mistake.suggestions),
                    percent(mistake.confidence),
                ]
            )
            row.setToolTip(0, f"{placed.before}【{mistake.found}】{placed.after}")
            row.setTextAlignment(2, _RIGHT)
            rows.append(row)
        self.addTopLevelItems(rows)
        self._quiet = False

    def show_current(self, index: int) -> None:
        """Mark the row of the mistake at the caret; −1 marks none."""
        self._quiet = True
        row = self.topLevelItem(index) if index >= 0 else None
        if row is None:
            self.clearSelection()
            self.setCurrentItem(None)  # type: ignore[call-overload]
        elif row is not self.currentItem():
            self.setCurrentItem(row)
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("疑似错字"))
        self.setHeaderLabels([self.tr("原文"), self.tr("可能是"), self.tr("把握")])

    def _on_current(self, row: QTreeWidgetItem | None) -> None:
        if row is not None and not self._quiet:
            self.chosen.emit(self.indexOfTopLevelItem(row))
