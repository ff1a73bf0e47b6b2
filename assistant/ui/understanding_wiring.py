"""Puts the 情感 and 标签 tabs into the window, with their menu, and keeps what was chosen there.

The panels are built when somebody first goes there. Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from assistant.errors import FileWriteError
from assistant.ui.analysis_tab import AnalysisTab, Contents, add_action
from assistant.ui.main_window import MainWindow
from assistant.ui.tab_order import Place, insert_action

if TYPE_CHECKING:
    from assistant.services.label_sets import LabelSets
    from assistant.services.labels import LabelService
    from assistant.services.sentiment import SentimentService
    from assistant.ui.labels.controller import LabelsController
    from assistant.ui.mood.controller import MoodController
    from assistant.ui.panels.labels_panel import LabelsPanel
    from assistant.ui.panels.sentiment_panel import SentimentPanel


class Understanding(QObject):
    """Both tabs, and what leads to them."""

    def __init__(
        self,
        window: MainWindow,
        moods: Callable[[], SentimentService],
        labels: Callable[[], LabelService],
        sets: Callable[[], LabelSets],
    ) -> None:
        """Add the tabs and their menu to ``window``; the others are asked for with a panel."""
        super().__init__(window)
        self._window = window
        self._mood_service, self._label_service, self._sets = moods, labels, sets
        self._mood_tab = AnalysisTab(window, Place.SENTIMENT, self._build_mood)
        self._labels_tab = AnalysisTab(window, Place.LABELS, self._build_labels)
        line = QAction(window)
        line.setSeparator(True)
        insert_action(window.menus.analysis, line, Place.LAST)
        self._again_action = add_action(window, Place.LAST, self._analyse_again)
        self._marks_action = add_action(window, Place.LAST)
        self._marks_action.setCheckable(True)
        self._marks_action.setChecked(window.settings.mark_sentences)
        window.retranslated.connect(self._retranslate)
        window.closing.connect(self._keep)
        self._retranslate()

    @cached_property
    def mood_panel(self) -> SentimentPanel:
        """What the 情感 tab shows; its box and the action in the menu are one switch."""
        from assistant.ui.mood.controller import read_text
        from assistant.ui.panels.sentiment_panel import SentimentPanel

        panel = SentimentPanel(self._window.icons, partial(read_text, self._window.editor))
        panel.marks_box.setChecked(self._marks_action.isChecked())
        self._marks_action.toggled.connect(panel.marks_box.setChecked)
        panel.marks_box.toggled.connect(self._marks_action.setChecked)
        return panel

    @cached_property
    def moods(self) -> MoodController:
        """What the 情感 tab does."""
        from assistant.ui.mood.controller import MoodController

        return MoodController(self._window.editor, self.mood_panel, self._mood_service(), self)

    @cached_property
    def labels_panel(self) -> LabelsPanel:
        """What the 标签 tab shows."""
        from assistant.ui.panels.labels_panel import LabelsPanel

        return LabelsPanel(self._window.icons)

    @cached_property
    def labels(self) -> LabelsController:
        """What the 标签 tab does, as the person left it; nothing is judged yet."""
        from assistant.services.label_sets import LabelSet
        from assistant.services.labels import DEFAULT_TEMPLATE
        from assistant.ui.labels.controller import LabelsController

        window, kept = self._window, self._window.settings
        controller = LabelsController(
            window.editor, self.labels_panel, self._label_service(), self._sets(), self
        )
        controller.failed.connect(window.messages.show_error)
        template = kept.label_template or DEFAULT_TEMPLATE
        controller.resume(LabelSet(kept.label_set, kept.labels, template, kept.labels_multi))
        return controller

    def show_mood(self) -> None:
        """Go to the 情感 tab."""
        self._mood_tab.show()

    def show_labels(self) -> None:
        """Go to the 标签 tab."""
        self._labels_tab.show()

    def _build_mood(self) -> Contents:
        return Contents(self.mood_panel, self.moods)

    def _build_labels(self) -> Contents:
        return Contents(self.labels_panel, self.labels, self.labels_panel.field)

    def _keep(self) -> None:
        store = self._window.parts.settings
        kept = replace(store.current, mark_sentences=self._marks_action.isChecked())
        if self._labels_tab.is_built:
            self.labels_panel.flush()
            labels = self.labels.draft
            kept = replace(
                kept, label_set=labels.name, labels=labels.labels,
                label_template=labels.template, labels_multi=labels.multi,
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
        if self._labels_tab.is_built:
            self.labels.retranslate()
