"""The candidates of one blank as rows that can be walked with the arrow keys.

Imports records and ui only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.records import Candidate
from assistant.ui.panels.candidate_row import CandidateRow
from assistant.ui.theme import LIGHT, Colours


class CandidateList(QWidget):
    """Rows of candidates; a click chooses, hover and focus preview."""

    chosen = Signal(int)
    """Index of the candidate chosen."""
    previewed = Signal(int)
    """Index to show in grey; −1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.rows: list[CandidateRow] = []
        self._colours = LIGHT
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._colours = colours
        for row in self.rows:
            row.set_colours(colours)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Show ``candidates`` instead of those shown before."""
        if [row.candidate for row in self.rows] == list(candidates):
            return
        had_focus = any(row.hasFocus() for row in self.rows)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._make(i, candidate) for i, candidate in enumerate(candidates)]
        if had_focus and self.rows:
            self.rows[0].setFocus()

    def _make(self, index: int, candidate: Candidate) -> CandidateRow:
        row = CandidateRow(index + 1, candidate, self)
        row.set_colours(self._colours)
        row.clicked.connect(lambda: self.chosen.emit(index))
        row.previewed.connect(lambda shown: self.previewed.emit(index if shown else -1))
        row.stepped.connect(lambda step: self._focus(index + step))
        self._column.addWidget(row)
        return row

    def _focus(self, index: int) -> None:
        if 0 <= index < len(self.rows):
            self.rows[index].setFocus()
