"""Puts the 情感 and 标签 tabs into the window: panels, menu, keys, when they are awake.

Imports services and ui. Nothing loads a model before one of the tabs is opened.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from assistant.errors import FileWriteError
from assistant.services.label_sets import LabelSet, LabelSets
from assistant.services.labels import DEFAULT_TEMPLATE, LabelService
from assistant.services.sentiment import SentimentService
from assistant.services.understanding import UnderstandingModel
from assistant.ui.labels.controller import LabelsController
from assistant.ui.main_window import MainWindow
from assistant.ui.mood.controller import MoodController, read_text
from assistant.ui.panels.labels_panel import LabelsPanel
from assistant.ui.panels.sentiment_panel import SentimentPanel
from assistant.ui.tab_order import Place, insert_action, insert_tab
from assistant.ui.wiring import show_error


class Understanding(QObject):
    """Both tabs, and what leads to them."""

    def __init__(
        self,
        window: MainWindow,
        moods: SentimentService,
        labels: LabelService,
        model: UnderstandingModel,
        sets: LabelSets,
    ) -> None:
        """Add the tabs and their menu to ``window``."""
        super().__init__(window)
        self._window = window
        editor = window.editor
        self.mood_panel = SentimentPanel(window.icons, partial(read_text, editor))
        self.labels_panel = LabelsPanel(window.icons)
        self.moods = MoodController(editor, self.mood_panel, moods, model, self)
        self.labels = LabelsController(editor, self.labels_panel, labels, model, sets, self)
        self._mood_action, self._labels_action = QAction(window), QAction(window)
        self._again_action, self._marks_action = QAction(window), QAction(window)
        self._marks_action.setCheckable(True)
        self._marks_action.setChecked(self.mood_panel.marks_box.isChecked())
        insert_tab(window.tabs, self.mood_panel, Place.SENTIMENT)
        insert_tab(window.tabs, self.labels_panel, Place.LABELS)
        self._fill_menu()
        self._connect()
        self._resume()
        self._retranslate()
        self._apply_theme()

    def show_mood(self) -> None:
        """Go to the 情感 tab."""
        self._go_to(self.mood_panel)
        panel = self.mood_panel
        (panel.list if panel.list.isVisible() else panel.head.scope_box).setFocus()

    def show_labels(self) -> None:
        """Go to the 标签 tab."""
        self._go_to(self.labels_panel)
        self.labels_panel.field.setFocus()

    def _fill_menu(self) -> None:
        menu = self._window.menus.analysis
        for action, place in (
            (self._mood_action, Place.SENTIMENT), (self._labels_action, Place.LABELS),
        ):  # fmt: skip
            action.setShortcut(QKeySequence(place.key))
            insert_action(menu, action, place)
            self._window.addAction(action)
        line = QAction(menu)
        line.setSeparator(True)
        for action in (line, self._again_action, self._marks_action):
            insert_action(menu, action, Place.LAST)

    def _connect(self) -> None:
        window, marks_box = self._window, self.mood_panel.marks_box
        self._mood_action.triggered.connect(self.show_mood)
        self._labels_action.triggered.connect(self.show_labels)
        self._again_action.triggered.connect(self._analyse_again)
        self._marks_action.toggled.connect(marks_box.setChecked)
        marks_box.toggled.connect(self._marks_action.setChecked)
        window.tabs.currentChanged.connect(lambda _index: self._update_active())
        window.actions_["show_panel"].toggled.connect(lambda _shown: self._update_active())
        window.actions_["cancel"].triggered.connect(self._cancel)
        window.parts.themes.changed.connect(self._apply_theme)
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

    def _go_to(self, panel: QWidget) -> None:
        self._window.actions_["show_panel"].setChecked(True)
        self._window.tabs.setCurrentWidget(panel)

    def _update_active(self) -> None:
        """Wake the tab on show and let the other one sleep."""
        shown = self._window.actions_["show_panel"].isChecked()
        panel = self._window.tabs.currentWidget() if shown else None
        for controller, own in ((self.moods, self.mood_panel), (self.labels, self.labels_panel)):
            if panel is not own:
                controller.set_active(False)
        if panel is self.mood_panel:
            self.moods.set_active(True)
        elif panel is self.labels_panel:
            self.labels.set_active(True)

    def _analyse_again(self) -> None:
        panel = self.mood_panel
        if self._window.tabs.currentWidget() is self.labels_panel:
            self.labels_panel.head.run_requested.emit()
        else:
            self._go_to(panel)
            panel.head.run_requested.emit()

    def _cancel(self) -> None:
        for panel in (self.mood_panel, self.labels_panel):
            if panel.progress.isVisible():
                panel.progress.cancel_requested.emit()

    def _apply_theme(self) -> None:
        colours = self._window.parts.themes.colours
        self.moods.set_colours(colours)
        self.labels.set_colours(colours)

    def _retranslate(self) -> None:
        tabs = self._window.tabs
        tabs.setTabText(tabs.indexOf(self.mood_panel), self.tr("情感"))
        tabs.setTabText(tabs.indexOf(self.labels_panel), self.tr("标签"))
        self._mood_action.setText(self.tr("情感(&S)"))
        self._labels_action.setText(self.tr("标签(&L)"))
        self._again_action.setText(self.tr("重新分析(&R)"))
        self._marks_action.setText(self.tr("在文中标出各句情感(&M)"))
        self.labels.retranslate()
