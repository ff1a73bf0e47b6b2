"""Offers the unsaved texts that a crash left. Imports services' records and ui only."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from assistant.services.journal import RecoveredDocument
from assistant.ui.dialogs.room import open_at

_SHOWN = 4_000
"""Characters of a text that are shown."""


class Recovery(Enum):
    """What the person wants of the recovered texts."""

    OPEN = auto()
    DELETE = auto()
    LATER = auto()


class RecoveryDialog(QDialog):
    """Lists recovered texts; ``answer`` and ``document`` say what to do with which."""

    def __init__(
        self, documents: Sequence[RecoveredDocument], parent: QWidget | None = None
    ) -> None:
        """Show ``documents``, newest first."""
        super().__init__(parent)
        self._documents = tuple(documents)
        self.answer = Recovery.LATER
        self.setWindowTitle(self.tr("恢复未保存的文字"))
        open_at(self, 620, 400)
        intro = QLabel(self.tr("上次没有正常退出，下面的文字还没有保存。要打开哪一份？"))
        intro.setWordWrap(True)
        self.list = QListWidget()
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.tr("可恢复的文档"))
        for document in self._documents:
            self.list.addItem(QListWidgetItem(self._title(document)))
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(self.tr("文字预览"))
        self.list.currentRowChanged.connect(self._on_row_changed)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 2)
        middle.addWidget(self.preview, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(intro)
        column.addLayout(middle, 1)
        column.addWidget(self._buttons())
        self.list.setCurrentRow(0)

    @property
    def document(self) -> RecoveredDocument:
        """The text chosen."""
        return self._documents[max(0, self.list.currentRow())]

    def _buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        self.open_button = buttons.addButton(self.tr("打开这份文字"), role.AcceptRole)
        self.delete_button = buttons.addButton(self.tr("删除这份文字"), role.DestructiveRole)
        self.later_button = buttons.addButton(self.tr("以后再说"), role.RejectRole)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(lambda: self._end(Recovery.OPEN))
        self.delete_button.clicked.connect(lambda: self._end(Recovery.DELETE))
        self.later_button.clicked.connect(lambda: self._end(Recovery.LATER))
        return buttons

    def _end(self, answer: Recovery) -> None:
        self.answer = answer
        self.done(0 if answer is Recovery.LATER else 1)

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.preview.setPlainText(self._documents[row].text[:_SHOWN])
            self.preview.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _title(self, document: RecoveredDocument) -> str:
        path = document.state.path
        name = path.name if path else self.tr("未命名")
        when = f"{document.written_at.astimezone():%Y-%m-%d %H:%M}"
        size = self.tr("{n} 字符").format(n=f"{len(document.text):,}")
        return f"{name}\n{when} · {size}"
