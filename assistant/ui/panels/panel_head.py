"""The first line of an analysis panel: its name, what it looks at, again, copy.

Imports services' Scope and ui.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from assistant.services.scope import Scope
from assistant.ui.icons import Icons
from assistant.ui.theme import Colours

_SCOPES = (Scope.TEXT, Scope.SELECTION, Scope.SENTENCE)


class PanelHead(QWidget):
    """Heading, choice of scope, and two small buttons."""

    scope_chosen = Signal(object)
    """Scope."""
    run_requested = Signal()
    copy_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make the line; the panel sets ``title``."""
        super().__init__(parent)
        self._icons = icons
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.scope_box = QComboBox()
        self.scope_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for scope in _SCOPES:
            self.scope_box.addItem("", scope)
        self.scope_box.currentIndexChanged.connect(
            lambda index: self.scope_chosen.emit(self.scope_box.itemData(index))
        )
        self.run_button, self.copy_button = QToolButton(), QToolButton()
        self.run_button.clicked.connect(self.run_requested)
        self.copy_button.clicked.connect(self.copy_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.title, 1)
        for widget in (self.scope_box, self.run_button, self.copy_button):
            line.addWidget(widget)
        self._retranslate()

    @property
    def scope(self) -> Scope:
        """The chosen scope."""
        return self.scope_box.currentData()

    def set_colours(self, colours: Colours) -> None:
        """Draw the icons in ``colours``."""
        self.run_button.setIcon(self._icons.action("refresh", colours))
        self.copy_button.setIcon(self._icons.action("copy", colours))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = (self.tr("全文"), self.tr("选中"), self.tr("光标所在句"))
        for index, word in enumerate(words):
            self.scope_box.setItemText(index, word)
        self.scope_box.setAccessibleName(self.tr("分析范围"))
        self.scope_box.setToolTip(self.tr("分析范围：全文、选中的文字，或光标所在的一句"))
        self.run_button.setToolTip(self.tr("重新分析"))
        self.run_button.setAccessibleName(self.tr("重新分析"))
        self.copy_button.setToolTip(self.tr("复制结果"))
        self.copy_button.setAccessibleName(self.tr("复制结果"))
