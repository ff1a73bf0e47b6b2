"""The labels with their bars, best first; renamed and removed in place. Imports ui only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QListView, QWidget

from assistant.records import LabelScore
from assistant.ui.panels.label_delegate import LabelDelegate
from assistant.ui.panels.label_model import LabelModel
from assistant.ui.theme import Colours

_Offer = tuple[Sequence[str], Sequence[LabelScore], bool, Callable[[str], str]]


class LabelList(QListView):
    """Rows of labels; F2 renames, Delete removes."""

    renamed = Signal(str, str)
    removed = Signal(str)
    """Label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.setObjectName("labels")
        self.rows = LabelModel(self)
        self.delegate = LabelDelegate(self)
        self._latest: _Offer | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.renamed.connect(self.renamed)
        self._retranslate()

    @property
    def selected(self) -> str:
        """The label selected, or nothing."""
        index = self.currentIndex()
        return str(index.data()) if index.isValid() else ""

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self.delegate.colours = colours
        self.viewport().update()

    def set_stale(self, stale: bool) -> None:
        """Say whether the text has changed since the confidences."""
        self.delegate.is_stale = stale
        self.viewport().update()

    def offer(
        self, labels: Sequence[str], scores: Sequence[LabelScore], *, multi: bool,
        gloss: Callable[[str], str],
    ) -> None:  # fmt: skip
        """Show ``labels``; the selected one stays selected wherever it goes.

        While a label is being renamed the rows stay as they are until that is done.
        """
        self._latest = labels, scores, multi, gloss
        if self.state() is QAbstractItemView.State.EditingState:
            return
        kept, place = self.selected, self.verticalScrollBar().value()
        self.rows.offer(labels, scores, multi=multi, gloss=gloss)
        row = self.rows.row_of(kept)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))
        self.verticalScrollBar().setValue(place)

    def rename_selected(self) -> None:
        """Open the field that renames the selected label."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def remove_selected(self) -> None:
        """Ask to take the selected label out; the next one is selected then."""
        row, label = self.currentIndex().row(), self.selected
        if label:
            self.removed.emit(label)
            self.setCurrentIndex(self.rows.index(min(row, self.rows.rowCount() - 1)))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._latest is not None:
            labels, scores, multi, gloss = self._latest
            self.offer(labels, scores, multi=multi, gloss=gloss)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_selected()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "rows"):
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("标签和各自的概率"))
