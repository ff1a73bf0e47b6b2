"""What every tab of analysis has: its place and key, colours, cancelling, and when it is awake.

Imports ui only. Nothing loads a model before a tab is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from assistant.ui.main_window import MainWindow
from assistant.ui.panels.labels_panel import LabelsPanel
from assistant.ui.panels.proof_panel import ProofPanel
from assistant.ui.panels.sentiment_panel import SentimentPanel
from assistant.ui.panels.translation_panel import TranslationPanel
from assistant.ui.tab_order import Place, insert_action, insert_tab
from assistant.ui.theme import Colours

Panel = SentimentPanel | TranslationPanel | LabelsPanel | ProofPanel


class Controller(Protocol):
    """What a tab does."""

    def set_active(self, active: bool) -> None:
        """Say whether the panel is on show."""

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""


class AnalysisTab(QObject):
    """Joins a panel and its controller to the window."""

    def __init__(
        self,
        window: MainWindow,
        place: Place,
        panel: Panel,
        controller: Controller,
        first: QWidget | None = None,
    ) -> None:
        """Add the tab; ``first`` gets the focus, else the list or what stands above it."""
        super().__init__(window)
        self._window, self._panel, self._controller = window, panel, controller
        self._first = first
        self._action = add_action(window, place, self.show, place.key)
        insert_tab(window.tabs, panel, place)
        window.tabs.currentChanged.connect(self._update_active)
        window.actions_["show_panel"].toggled.connect(self._update_active)
        window.actions_["cancel"].triggered.connect(self._cancel)
        window.parts.themes.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def on_show(self) -> bool:
        """Whether the tab can be seen."""
        window = self._window
        shown = window.actions_["show_panel"].isChecked()
        return shown and window.tabs.currentWidget() is self._panel

    def show(self) -> None:
        """Go to the tab."""
        self._window.actions_["show_panel"].setChecked(True)
        self._window.tabs.setCurrentWidget(self._panel)
        panel = self._panel
        (self._first or (panel.list if panel.list.isVisible() else panel.head.scope_box)).setFocus()

    def run_again(self) -> None:
        """Analyse anew."""
        self._panel.head.run_requested.emit()

    def set_words(self, tab: str, action: str) -> None:
        """Name the tab, and the action that leads to it."""
        tabs = self._window.tabs
        tabs.setTabText(tabs.indexOf(self._panel), tab)
        self._action.setText(action)

    def _update_active(self) -> None:
        self._controller.set_active(self.on_show)

    def _cancel(self) -> None:
        if self._panel.progress.isVisible():
            self._panel.progress.cancel_requested.emit()

    def _apply_theme(self) -> None:
        self._controller.set_colours(self._window.parts.themes.colours)


def add_action(
    window: MainWindow, place: Place, do: Callable[[], object] | None = None, key: str = ""
) -> QAction:
    """Add an action to the menu of the analyses; the caller sets its words."""
    action = QAction(window)
    action.setShortcut(QKeySequence(key))
    if do is not None:
        action.triggered.connect(lambda _checked=False: do())
    insert_action(window.menus.analysis, action, place)
    window.addAction(action)
    return action
