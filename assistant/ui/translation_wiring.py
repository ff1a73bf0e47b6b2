"""Puts the 译文 tab into the window: panel, menu, keys, when it is awake.

Imports services and ui. Nothing loads a model before the tab is opened.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from assistant.services.translation import TranslationService
from assistant.ui.main_window import MainWindow
from assistant.ui.panels.translation_panel import TranslationPanel
from assistant.ui.tab_order import Place, insert_action, insert_tab
from assistant.ui.translation.controller import TranslationController
from assistant.ui.translation.exporting import ask_export


class TranslationTab(QObject):
    """The tab, and what leads to it."""

    def __init__(self, window: MainWindow, service: TranslationService) -> None:
        """Add the tab and its menu to ``window``."""
        super().__init__(window)
        self._window, self._service = window, service
        self.panel = TranslationPanel(window.icons)
        self.controller = TranslationController(window.editor, self.panel, service, self)
        self._show_action = self._action(Place.TRANSLATION.key, Place.TRANSLATION, self.show)
        self._export_action = self._action("", Place.LAST, self.export)
        insert_tab(window.tabs, self.panel, Place.TRANSLATION)
        self._connect()
        self._retranslate()
        self._apply_theme()

    def show(self) -> None:
        """Go to the 译文 tab."""
        self._window.actions_["show_panel"].setChecked(True)
        self._window.tabs.setCurrentWidget(self.panel)
        panel = self.panel
        (panel.list if panel.list.isVisible() else panel.head.scope_box).setFocus()

    def export(self) -> None:
        """Write the translation into a file."""
        if self.controller.result is None:
            self.show()
        else:
            ask_export(self._window, self.controller.result.result)

    def _action(self, key: str, place: Place, do: Callable[[], object]) -> QAction:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: do())
        insert_action(self._window.menus.analysis, action, place)
        self._window.addAction(action)
        return action

    def _connect(self) -> None:
        window = self._window
        window.tabs.currentChanged.connect(lambda _index: self._update_active())
        window.actions_["show_panel"].toggled.connect(lambda _shown: self._update_active())
        window.actions_["cancel"].triggered.connect(self._cancel)
        window.parts.themes.changed.connect(self._apply_theme)
        window.retranslated.connect(self._retranslate)
        self.panel.export_requested.connect(self.export)

    def _update_active(self) -> None:
        window = self._window
        shown = window.actions_["show_panel"].isChecked()
        self.controller.set_active(shown and window.tabs.currentWidget() is self.panel)

    def _cancel(self) -> None:
        if self.panel.progress.isVisible():
            self.panel.progress.cancel_requested.emit()

    def _apply_theme(self) -> None:
        self.controller.set_colours(self._window.parts.themes.colours)

    def _retranslate(self) -> None:
        tabs = self._window.tabs
        tabs.setTabText(tabs.indexOf(self.panel), self.tr("译文"))
        self._show_action.setText(self.tr("译文(&T)"))
        self._export_action.setText(self.tr("导出译文(&X)…"))
