"""Puts the 校对 tab into the window, with its menu and keys.

The panel is built when somebody first goes there. Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.ui.analysis_tab import AnalysisTab, Contents, add_action
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow
from assistant.ui.tab_order import Place

if TYPE_CHECKING:
    from assistant.services.proofreading import ProofService
    from assistant.ui.panels.proof_panel import ProofPanel
    from assistant.ui.proof.controller import ProofController


class ProofTab(QObject):
    """The tab, and what leads to it."""

    def __init__(self, window: MainWindow, service: Callable[[], ProofService]) -> None:
        """Add the tab and its menu to ``window``; ``service`` is asked for with the panel."""
        super().__init__(window)
        self._window, self._service = window, service
        self._tab = AnalysisTab(window, Place.PROOF, self._build)
        self._next_action = add_action(window, Place.LAST, lambda: self._step(forward=True), "F7")
        self._back_action = add_action(
            window, Place.LAST, lambda: self._step(forward=False), "Shift+F7"
        )
        self._fix_action = add_action(window, Place.LAST, self._fix, "Alt+Return")
        window.retranslated.connect(self._retranslate)
        self._retranslate()

    @cached_property
    def panel(self) -> ProofPanel:
        """What the tab shows."""
        from assistant.ui.panels.proof_panel import ProofPanel

        panel = ProofPanel(self._window.icons)
        panel.ignored_words_requested.connect(self._show_ignored)
        return panel

    @cached_property
    def controller(self) -> ProofController:
        """What the tab does."""
        from assistant.ui.proof.controller import ProofController

        controller = ProofController(self._window.editor, self.panel, self._service(), self)
        controller.failed.connect(self._window.messages.show_error)
        return controller

    def show(self) -> None:
        """Go to the 校对 tab."""
        self._tab.show()

    def _build(self) -> Contents:
        return Contents(self.panel, self.controller)

    def _step(self, *, forward: bool) -> None:
        self.show()
        self.controller.step(forward)
        self._window.editor.setFocus()

    def _fix(self) -> None:
        if self._tab.is_built:  # else no mistake is known
            self.controller.correct_current()

    def _show_ignored(self) -> None:
        from assistant.ui.dialogs.ignored_words_dialog import IgnoredWordsDialog

        commit_input_method()
        dialog = IgnoredWordsDialog(self._service(), self._window)
        dialog.exec()
        dialog.deleteLater()

    def _retranslate(self) -> None:
        self._tab.set_words(self.tr("校对"), self.tr("校对(&P)"))
        self._next_action.setText(self.tr("下一处疑似错字(&N)"))
        self._back_action.setText(self.tr("上一处疑似错字(&B)"))
        self._fix_action.setText(self.tr("改正此处(&F)"))
