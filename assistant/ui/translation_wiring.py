"""Puts the 译文 tab into the window, with its menu and keys.

The panel is built when somebody first goes there. Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.ui.analysis_tab import AnalysisTab, Contents, add_action
from assistant.ui.main_window import MainWindow
from assistant.ui.tab_order import Place

if TYPE_CHECKING:
    from assistant.services.translation import TranslationService
    from assistant.ui.panels.translation_panel import TranslationPanel
    from assistant.ui.translation.controller import TranslationController


class TranslationTab(QObject):
    """The tab, and what leads to it."""

    def __init__(self, window: MainWindow, service: Callable[[], TranslationService]) -> None:
        """Add the tab and its menu to ``window``; ``service`` is asked for with the panel."""
        super().__init__(window)
        self._window, self._service = window, service
        self._tab = AnalysisTab(window, Place.TRANSLATION, self._build)
        self._export_action = add_action(window, Place.LAST, self.export)
        window.retranslated.connect(self._retranslate)
        self._retranslate()

    @cached_property
    def panel(self) -> TranslationPanel:
        """What the tab shows."""
        from assistant.ui.panels.translation_panel import TranslationPanel

        panel = TranslationPanel(self._window.icons)
        panel.export_requested.connect(self.export)
        return panel

    @cached_property
    def controller(self) -> TranslationController:
        """What the tab does."""
        from assistant.ui.translation.controller import TranslationController

        return TranslationController(self._window.editor, self.panel, self._service(), self)

    def show(self) -> None:
        """Go to the 译文 tab."""
        self._tab.show()

    def export(self) -> None:
        """Write the translation into a file."""
        from assistant.ui.translation.exporting import ask_export

        if self.controller.result is None:
            self.show()
        else:
            ask_export(self._window, self.controller.result.result)

    def _build(self) -> Contents:
        return Contents(self.panel, self.controller)

    def _retranslate(self) -> None:
        self._tab.set_words(self.tr("译文"), self.tr("译文(&T)"))
        self._export_action.setText(self.tr("导出译文(&X)…"))
