"""Puts the 校对 tab into the window: panel, menu, keys, when it is awake.

Imports services and ui. Nothing loads a model before the tab is opened.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence

from assistant.services.proofreading import ProofService
from assistant.ui.dialogs.ignored_words_dialog import IgnoredWordsDialog
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow
from assistant.ui.panels.proof_panel import ProofPanel
from assistant.ui.proof.controller import ProofController
from assistant.ui.tab_order import Place, insert_action, insert_tab
from assistant.ui.wiring import show_error


class ProofTab(QObject):
    """The tab, and what leads to it."""

    def __init__(self, window: MainWindow, service: ProofService) -> None:
        """Add the tab and its menu to ``window``."""
        super().__init__(window)
        self._window, self._service = window, service
        self.panel = ProofPanel(window.icons)
        self.controller = ProofController(window.editor, self.panel, service, self)
        self._show_action = self._action(Place.PROOF.key, Place.PROOF, self.show)
        self._next_action = self._action("F7", Place.LAST, lambda: self._step(forward=True))
        self._back_action = self._action("Shift+F7", Place.LAST, lambda: self._step(forward=False))
        self._fix_action = self._action("Alt+Return", Place.LAST, self.controller.correct_current)
        insert_tab(window.tabs, self.panel, Place.PROOF)
        self._connect()
        self._retranslate()
        self._apply_theme()

    def show(self) -> None:
        """Go to the 校对 tab."""
        self._window.actions_["show_panel"].setChecked(True)
        self._window.tabs.setCurrentWidget(self.panel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        return super().eventFilter(watched, event)

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
        window.installEventFilter(self)
        self.panel.ignored_words_requested.connect(self._show_ignored)
        self.controller.failed.connect(lambda error: show_error(window, error))

    def _step(self, *, forward: bool) -> None:
        self.show()
        self.controller.step(forward)
        self._window.editor.setFocus()

    def _update_active(self) -> None:
        window = self._window
        shown = window.actions_["show_panel"].isChecked()
        self.controller.set_active(shown and window.tabs.currentWidget() is self.panel)

    def _cancel(self) -> None:
        if self.panel.progress.isVisible():
            self.panel.progress.cancel_requested.emit()

    def _show_ignored(self) -> None:
        commit_input_method()
        dialog = IgnoredWordsDialog(self._service, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _apply_theme(self) -> None:
        self.controller.set_colours(self._window.parts.themes.colours)

    def _retranslate(self) -> None:
        tabs = self._window.tabs
        tabs.setTabText(tabs.indexOf(self.panel), self.tr("校对"))
        self._show_action.setText(self.tr("校对(&P)"))
        self._next_action.setText(self.tr("下一处疑似错字(&N)"))
        self._back_action.setText(self.tr("上一处疑似错字(&B)"))
        self._fix_action.setText(self.tr("改正此处(&F)"))
