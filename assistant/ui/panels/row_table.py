"""The rows of the sentence list that are on show; Qt paints them without asking Python.

Imports ui only.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from assistant.ui.mood.look import LIKELY, SURE
from assistant.ui.wording import SUREST, confidence_note, confidence_word, percent

_SIGN, _TEXT, _CHANCE, _SURENESS = range(4)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says; ``sign`` with its colour and its word."""

    sign: str
    word: str
    sign_colour: QColor
    text: str
    text_colour: str
    chance: float
    muted: str


class RowTable(QTableWidget):
    """As many rows as are visible, filled by :meth:`show_row`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a table without rows."""
        super().__init__(0, 4, parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit()

    @property
    def row_height(self) -> int:
        """Height of a row in pixels."""
        return self.verticalHeader().defaultSectionSize()

    @property
    def whole_rows(self) -> int:
        """How many rows are visible as a whole."""
        return max(1, self.viewport().height() // self.row_height)

    def fit(self) -> None:
        """Give the columns the room that their words need, in the language of the window."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        header.setMinimumSectionSize(20)
        words = [confidence_word(chance, SURE, LIKELY) for chance in (1.0, LIKELY, 0.0)]
        widths = {
            _SIGN: 2 * metrics.height(),
            _CHANCE: metrics.horizontalAdvance(SUREST) + 10,
            _SURENESS: max(map(metrics.horizontalAdvance, words)) + 12,
        }
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in widths.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the list walks through rows that are not here

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def make_rows(self, height: int) -> None:
        """Have as many rows as a table of ``height`` pixels shows, with items to be filled."""
        have, wanted = self.rowCount(), height // self.row_height + 1
        self.setRowCount(wanted)
        middle = Qt.AlignmentFlag.AlignVCenter
        alignments = {_SIGN: Qt.AlignmentFlag.AlignCenter, _TEXT: middle}
        for row in range(have, wanted):
            for column in range(4):
                item = QTableWidgetItem()
                item.setTextAlignment(alignments.get(column, middle | Qt.AlignmentFlag.AlignRight))
                self.setItem(row, column, item)

    def show_row(self, place: int, row: Row | None) -> None:
        """Show ``row`` in the visible place; None leaves it empty."""
        self.setRowHidden(place, row is None)
        if row is None:
            return
        sureness = confidence_word(row.chance, SURE, LIKELY)
        cells = (
            (row.sign, row.sign_colour, row.word),
            (row.text, row.text_colour, row.text),
            (percent(row.chance), row.text_colour, confidence_note()),
            (sureness, row.muted, confidence_note()),
        )
        for column, (words, colour, tip) in enumerate(cells):
            item = self.item(place, column)
            if item is not None:
                item.setText(words)
                item.setForeground(QColor(colour))
                item.setToolTip(tip)

    def select(self, place: int) -> None:
        """Select the row in the visible place, or none for −1."""
        if place < 0:
            self.setCurrentCell(-1, -1)
        elif self.currentRow() != place or not self.selectedItems():
            self.setCurrentCell(place, _TEXT)
