"""Puts the 校对 tab into the window, with its menu and keys.

Imports services and ui.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from assistant.services.proofreading import ProofService
from assistant.ui.analysis_tab import AnalysisTab, add_action
from assistant.ui.dialogs.ignored_words_dialog import IgnoredWordsDialog
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow
from assistant.ui.panels.proof_panel import ProofPanel
from assistant.ui.proof.controller import ProofController
from assistant.ui.tab_order import Place
from assistant.ui.wiring import show_error


class ProofTab(QObject):
    """The tab, and what leads to it."""

    def __init__(self, window: MainWindow, service: ProofService) -> None:
        """Add the tab and its menu to ``window``."""
        super().__init__(window)
        self._window, self._service = window, service
        self.panel = ProofPanel(window.icons)
        self.controller = ProofController(window.editor, self.panel, service, self)
        self._tab = AnalysisTab(window, Place.PROOF, self.panel, self.controller)
        self._next_action = add_action(window, Place.LAST, lambda: self._step(forward=True), "F7")
        self._back_action = add_action(
            window, Place.LAST, lambda: self._step(forward=False), "Shift+F7"
        )
        self._fix_action = add_action(
            window, Place.LAST, self.controller.correct_current, "Alt+Return"
        )
        self.panel.ignored_words_requested.connect(self._show_ignored)
        self.controller.failed.connect(lambda error: show_error(window, error))
        window.retranslated.connect(self._retranslate)
        self._retranslate()

    def show(self) -> None:
        """Go to the 校对 tab."""
        self._tab.show()

    def _step(self, *, forward: bool) -> None:
        self.show()
        self.controller.step(forward)
        self._window.editor.setFocus()

    def _show_ignored(self) -> None:
        commit_input_method()
        dialog = IgnoredWordsDialog(self._service, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _retranslate(self) -> None:
        self._tab.set_words(self.tr("校对"), self.tr("校对(&P)"))
        self._next_action.setText(self.tr("下一处疑似错字(&N)"))
        self._back_action.setText(self.tr("上一处疑似错字(&B)"))
        self._fix_action.setText(self.tr("改正此处(&F)"))
