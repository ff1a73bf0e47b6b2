"""A one-line bar over the editor for errors and notices: what happened, the next step, details.

Never modal. Imports errors only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from assistant.errors import BubaiError
from assistant.ui.icons import Icons
from assistant.ui.theme import Colours


class MessageBar(QFrame):
    """Shows one message at a time; hidden when there is none."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        """Make a hidden bar."""
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._icons = icons
        self._error: BubaiError | None = None
        self._make_text: Callable[[], str] | None = None
        self._make_action: Callable[[], str] | None = None
        self._do: Callable[[], object] | None = None
        self._language = "zh"
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.action_button = QPushButton()
        self.action_button.clicked.connect(self._on_action)
        self.details_button = QPushButton()
        self.details_button.clicked.connect(self._on_copy)
        self.close_button = QToolButton()
        self.close_button.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 5, 8, 5)
        layout.addWidget(self.label, 1)
        for button in (self.action_button, self.details_button, self.close_button):
            layout.addWidget(button)
        self.retranslate("zh")
        self.hide()

    @property
    def error(self) -> BubaiError | None:
        """The error shown, if it is one."""
        return self._error

    def show_error(
        self,
        error: BubaiError,
        action: Callable[[], str] | None = None,
        do: Callable[[], object] | None = None,
    ) -> None:
        """Show ``error``; ``action`` gives the words of a button that calls ``do``."""
        self._error = error
        self._show("error", lambda: error.message(self._language), action, do)

    def show_notice(
        self,
        text: Callable[[], str],
        action: Callable[[], str] | None = None,
        do: Callable[[], object] | None = None,
    ) -> None:
        """Show a notice; ``text`` is asked again when the language changes."""
        self._error = None
        self._show("notice", text, action, do)

    def clear(self) -> None:
        """Hide the message."""
        self._error = None
        self._make_text = None
        self.hide()

    def retranslate(self, language: str) -> None:
        """Say everything in ``language`` ("zh" or "en")."""
        self._language = language
        self.details_button.setText(self.tr("复制详情"))
        self.close_button.setToolTip(self.tr("关闭这条消息"))
        self.close_button.setAccessibleName(self.tr("关闭这条消息"))
        if self._make_text is not None:
            self.label.setText(self._make_text())
            self.setAccessibleName(self.label.text())
        if self._make_action is not None:
            self.action_button.setText(self._make_action())

    def set_colours(self, colours: Colours) -> None:
        """Draw the icon in ``colours``."""
        self.close_button.setIcon(self._icons.action("close", colours))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate(self._language)
        super().changeEvent(event)

    def _show(
        self,
        kind: str,
        text: Callable[[], str],
        action: Callable[[], str] | None,
        do: Callable[[], object] | None,
    ) -> None:
        self._make_text, self._make_action, self._do = text, action, do
        self.setProperty("kind", kind)
        for widget in (self, self.label):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.action_button.setVisible(action is not None)
        self.details_button.setVisible(self._error is not None)
        self.retranslate(self._language)
        self.show()

    def _on_action(self) -> None:
        do = self._do
        self.clear()
        if do is not None:
            do()

    def _on_copy(self) -> None:
        error = self._error
        if error is None:
            return
        lines = [error.message("zh"), error.message("en"), type(error).__name__, error.details]
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
