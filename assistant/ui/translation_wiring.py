"""Puts the 译文 tab into the window, with its menu and keys.

Imports services and ui.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from assistant.services.translation import TranslationService
from assistant.ui.analysis_tab import AnalysisTab, add_action
from assistant.ui.main_window import MainWindow
from assistant.ui.panels.translation_panel import TranslationPanel
from assistant.ui.tab_order import Place
from assistant.ui.translation.controller import TranslationController
from assistant.ui.translation.exporting import ask_export


class TranslationTab(QObject):
    """The tab, and what leads to it."""

    def __init__(self, window: MainWindow, service: TranslationService) -> None:
        """Add the tab and its menu to ``window``."""
        super().__init__(window)
        self._window = window
        self.panel = TranslationPanel(window.icons)
        self.controller = TranslationController(window.editor, self.panel, service, self)
        self._tab = AnalysisTab(window, Place.TRANSLATION, self.panel, self.controller)
        self._export_action = add_action(window, Place.LAST, self.export)
        self.panel.export_requested.connect(self.export)
        window.retranslated.connect(self._retranslate)
        self._retranslate()

    def show(self) -> None:
        """Go to the 译文 tab."""
        self._tab.show()

    def export(self) -> None:
        """Write the translation into a file."""
        if self.controller.result is None:
            self.show()
        else:
            ask_export(self._window, self.controller.result.result)

    def _retranslate(self) -> None:
        self._tab.set_words(self.tr("译文"), self.tr("译文(&T)"))
        self._export_action.setText(self.tr("导出译文(&X)…"))
