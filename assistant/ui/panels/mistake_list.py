"""The mistakes of a text, one row each. Imports services' records and ui only.

Mistakes come in batches and go one by one: only rows that are new are made, and a few that are
gone are taken away.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from assistant.services.proofreading import PlacedMistake
from assistant.ui.proof.book import MistakeBook
from assistant.ui.wording import percent

_LEAST_ROWS = 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FEW = 32
"""Rows that are taken away singly; the view moves all behind each, so of more it is emptied."""
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
        self._shown: list[PlacedMistake] = []
        self.setColumnCount(3)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.header()
        head.setStretchLastSection(False)
        head.setResizeContentsPrecision(0)  # only rows on show are measured
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._on_current)
        self.setMinimumHeight((_LEAST_ROWS + 1) * (self.fontMetrics().height() + 8))
        self._retranslate()

    def show_book(self, book: MistakeBook) -> None:
        """List the mistakes of ``book``."""
        before, found = self._shown, [book.placed(index) for index in range(len(book))]
        first = _alike(before, found)
        rest = _alike(before[first:][::-1], found[first:][::-1])
        gone = len(before) - first - rest
        self._shown = found
        self._quiet = True
        if gone > _FEW:
            self.clear()
            first = rest = gone = 0
        for _ in range(gone):
            self.takeTopLevelItem(first)
        new = found[first : len(found) - rest]
        self.insertTopLevelItems(first, [_row(one) for one in new])
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


def _cells(placed: PlacedMistake) -> tuple[str, str, str, str]:
    """Return what a row says in its three columns, and its whole line."""
    mistake = placed.mistake
    return (
        f"{placed.before[-_BEFORE:]}【{mistake.found}】{placed.after[:_AFTER]}",
        " ".join(mistake.suggestions),
        percent(mistake.confidence),
        f"{placed.before}【{mistake.found}】{placed.after}",
    )


def _row(placed: PlacedMistake) -> QTreeWidgetItem:
    cells = _cells(placed)
    row = QTreeWidgetItem(cells[:3])
    row.setToolTip(0, cells[3])
    row.setTextAlignment(2, _RIGHT)
    return row


def _alike(one: Sequence[PlacedMistake], other: Sequence[PlacedMistake]) -> int:
    """Return how many mistakes both begin with, as their rows say them."""
    pairs = enumerate(zip(one, other, strict=False))
    differs = (i for i, (a, b) in pairs if a is not b and _cells(a) != _cells(b))
    return next(differs, min(len(one), len(other)))
