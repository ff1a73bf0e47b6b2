"""The labels with their confidences, best first, as rows. Imports records and ui only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from assistant.records import LabelScore
from assistant.ui.mood.look import LIKELY as LIKELY_ALONE
from assistant.ui.mood.look import SURE as SURE_ALONE
from assistant.ui.panels.note import language_code
from assistant.ui.wording import LIKELY, SURE, confidence_note, confidence_word, percent

SCORE = Qt.ItemDataRole.UserRole
"""Confidence of a row, or None."""
GLOSS = Qt.ItemDataRole.UserRole + 1
"""What the label means, for those who read English; often nothing."""

Index = QModelIndex | QPersistentModelIndex


class LabelModel(QAbstractListModel):
    """Labels, each with its confidence or none yet."""

    renamed = Signal(str, str)
    """Label, what it is to be called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hold no label."""
        super().__init__(parent)
        self._rows: list[tuple[str, float | None]] = []
        self._gloss: Callable[[str], str] = lambda _label: ""
        self.multi = False

    @property
    def labels(self) -> list[str]:
        """The labels as they stand on show."""
        return [label for label, _score in self._rows]

    def offer(
        self, labels: Sequence[str], scores: Sequence[LabelScore], *, multi: bool,
        gloss: Callable[[str], str],
    ) -> None:  # fmt: skip
        """Show ``labels``: those with a score best first, then the others as they come."""
        chances = {score.label: score.confidence for score in scores}
        self.beginResetModel()
        self.multi, self._gloss = multi, gloss
        scored = sorted((x for x in labels if x in chances), key=lambda x: -chances[x])
        self._rows = [(label, chances[label]) for label in scored]
        self._rows += [(label, None) for label in labels if label not in chances]
        self.endResetModel()

    def row_of(self, label: str) -> int:
        """Return the row of ``label``, or −1."""
        return self.labels.index(label) if label in self.labels else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        label, score = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label
        if role == SCORE:
            return score
        if role == GLOSS:
            return self._gloss(label) if language_code() == "en" else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self._gloss(label), confidence_note())))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{label} {percent(score)} {self.sureness(score)}" if score else label
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        label, new = self._rows[index.row()][0], " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not new or new == label:
            return False
        self.renamed.emit(label, new)
        return True

    def sureness(self, score: float) -> str:
        """Return how sure the model is; labels that stand alone have a contrary, like a coin."""
        if self.multi or len(self._rows) == 1:
            return confidence_word(score, SURE_ALONE, LIKELY_ALONE)
        return confidence_word(score, SURE, LIKELY)
