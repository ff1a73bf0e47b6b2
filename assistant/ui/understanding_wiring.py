"""Puts the 情感 and 标签 tabs into the window, with their menu, and keeps what was chosen there.

Imports services and ui.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from assistant.errors import FileWriteError
from assistant.services.label_sets import LabelSet, LabelSets
from assistant.services.labels import DEFAULT_TEMPLATE, LabelService
from assistant.services.sentiment import SentimentService
from assistant.ui.analysis_tab import AnalysisTab, add_action
from assistant.ui.labels.controller import LabelsController
from assistant.ui.main_window import MainWindow
from assistant.ui.mood.controller import MoodController, read_text
from assistant.ui.panels.labels_panel import LabelsPanel
from assistant.ui.panels.sentiment_panel import SentimentPanel
from assistant.ui.tab_order import Place, insert_action
from assistant.ui.wiring import show_error


class Understanding(QObject):
    """Both tabs, and what leads to them."""

    def __init__(
        self,
        window: MainWindow,
        moods: SentimentService,
        labels: LabelService,
        sets: LabelSets,
    ) -> None:
        """Add the tabs and their menu to ``window``."""
        super().__init__(window)
        self._window = window
        editor = window.editor
        self.mood_panel = SentimentPanel(window.icons, partial(read_text, editor))
        self.labels_panel = LabelsPanel(window.icons)
        self.moods = MoodController(editor, self.mood_panel, moods, self)
        self.labels = LabelsController(editor, self.labels_panel, labels, sets, self)
        self._mood_tab = AnalysisTab(window, Place.SENTIMENT, self.mood_panel, self.moods)
        self._labels_tab = AnalysisTab(
            window, Place.LABELS, self.labels_panel, self.labels, self.labels_panel.field
        )
        line = QAction(window)
        line.setSeparator(True)
        insert_action(window.menus.analysis, line, Place.LAST)
        self._again_action = add_action(window, Place.LAST, self._analyse_again)
        self._marks_action = add_action(window, Place.LAST)
        self._marks_action.setCheckable(True)
        self._marks_action.setChecked(self.mood_panel.marks_box.isChecked())
        self._connect()
        self._resume()
        self._retranslate()

    def show_mood(self) -> None:
        """Go to the 情感 tab."""
        self._mood_tab.show()

    def show_labels(self) -> None:
        """Go to the 标签 tab."""
        self._labels_tab.show()

    def _connect(self) -> None:
        window, marks_box = self._window, self.mood_panel.marks_box
        self._marks_action.toggled.connect(marks_box.setChecked)
        marks_box.toggled.connect(self._marks_action.setChecked)
        window.retranslated.connect(self._retranslate)
        window.closing.connect(self._keep)
        self.labels.failed.connect(lambda error: show_error(window, error))

    def _resume(self) -> None:
        """Be as the person left it; nothing is judged yet."""
        kept = self._window.settings
        self.mood_panel.marks_box.setChecked(kept.mark_sentences)
        template = kept.label_template or DEFAULT_TEMPLATE
        self.labels.resume(LabelSet(kept.label_set, kept.labels, template, kept.labels_multi))

    def _keep(self) -> None:
        store, labels = self._window.parts.settings, self.labels.draft
        kept = replace(
            store.current, mark_sentences=self.mood_panel.marks_box.isChecked(),
            label_set=labels.name, labels=labels.labels, label_template=labels.template,
            labels_multi=labels.multi,
        )  # fmt: skip
        with suppress(FileWriteError):  # not worth keeping the person from leaving
            store.save(kept)

    def _analyse_again(self) -> None:
        """Analyse anew what the tab on show is about, else the mood."""
        tabs = self._window.findChildren(AnalysisTab)
        shown = next((tab for tab in tabs if tab.on_show), None)
        if shown is None:
            shown = self._mood_tab
            shown.show()
        shown.run_again()

    def _retranslate(self) -> None:
        self._mood_tab.set_words(self.tr("情感"), self.tr("情感(&S)"))
        self._labels_tab.set_words(self.tr("标签"), self.tr("标签(&L)"))
        self._again_action.setText(self.tr("重新分析(&R)"))
        self._marks_action.setText(self.tr("在文中标出各句情感(&M)"))
        self.labels.retranslate()
