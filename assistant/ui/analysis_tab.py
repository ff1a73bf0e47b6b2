"""What every tab of analysis has: its place and key, colours, cancelling, and when it is awake.

Imports ui only. Nothing is built and no model is loaded before a tab is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from assistant.ui.late_page import LatePage
from assistant.ui.main_window import MainWindow
from assistant.ui.tab_order import Place, insert_action
from assistant.ui.theme import Colours

if TYPE_CHECKING:
    from assistant.ui.panels.labels_panel import LabelsPanel
    from assistant.ui.panels.proof_panel import ProofPanel
    from assistant.ui.panels.sentiment_panel import SentimentPanel
    from assistant.ui.panels.translation_panel import TranslationPanel

    Panel: TypeAlias = SentimentPanel | TranslationPanel | LabelsPanel | ProofPanel


class Controller(Protocol):
    """What a tab does."""

    def set_active(self, active: bool) -> None:
        """Say whether the panel is on show."""

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a tab is made of; ``first`` gets the focus, else the list or what stands above it."""

    panel: Panel
    controller: Controller
    first: QWidget | None = None


class AnalysisTab(QObject):
    """Joins a panel and its controller to the window."""

    def __init__(self, window: MainWindow, place: Place, build: Callable[[], Contents]) -> None:
        """Add the tab, still empty: ``build`` is called when somebody first goes there."""
        super().__init__(window)
        self._window, self._build = window, build
        self._action = add_action(window, place, self.show, place.key)
        self._page = LatePage(window.tabs, place, lambda: self._contents.panel)
        window.tabs.currentChanged.connect(self._update_active)
        window.actions_["show_panel"].toggled.connect(self._update_active)
        window.actions_["cancel"].triggered.connect(self._cancel)
        window.parts.themes.changed.connect(self._apply_theme)

    @property
    def on_show(self) -> bool:
        """Whether the tab can be seen."""
        window = self._window
        shown = window.actions_["show_panel"].isChecked()
        return shown and self._page.on_top

    @property
    def is_built(self) -> bool:
        """Whether somebody has been there."""
        return self._page.is_built

    def show(self) -> None:
        """Go to the tab."""
        self._window.actions_["show_panel"].setChecked(True)
        self._page.go()
        panel, first = self._contents.panel, self._contents.first
        (first or (panel.list if panel.list.isVisible() else panel.head.scope_box)).setFocus()

    def run_again(self) -> None:
        """Analyse anew."""
        self._contents.panel.head.run_requested.emit()

    def set_words(self, tab: str, action: str) -> None:
        """Name the tab, and the action that leads to it."""
        self._page.set_words(tab)
        self._action.setText(action)

    @cached_property
    def _contents(self) -> Contents:
        contents = self._build()
        contents.controller.set_colours(self._window.parts.themes.colours)
        return contents

    def _update_active(self) -> None:
        if self._page.is_built:
            self._contents.controller.set_active(self.on_show)

    def _cancel(self) -> None:
        if self._page.is_built and self._contents.panel.progress.isVisible():
            self._contents.panel.progress.cancel_requested.emit()

    def _apply_theme(self) -> None:
        if self._page.is_built:
            self._contents.controller.set_colours(self._window.parts.themes.colours)


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
