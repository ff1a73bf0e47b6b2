"""The cloze workshop as a part of the main window: panel, sheet, files; its menu is the door's.

Joined to the window from outside, so that the window knows little of it. Imports services and ui.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from assistant.cloze.open_blanks import count_blanks
from assistant.errors import BubaiError, FileWriteError, ModelError
from assistant.services.cloze_jobs import ClozeJobs
from assistant.services.journal import Journal, RecoveredDocument
from assistant.ui.cloze.controller import ClozeController
from assistant.ui.cloze.dialogs import WorkshopDialogs
from assistant.ui.cloze.examples import Example
from assistant.ui.cloze.files import ExerciseFiles
from assistant.ui.cloze.safety import ExerciseSafety
from assistant.ui.cloze.sheet_view import SheetView
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.late_page import LatePage
from assistant.ui.main_window import MainWindow
from assistant.ui.panels.cloze_panel import ClozePanel
from assistant.ui.wiring import show_error


class Workshop(QObject):
    """Everything of the workshop that the window shows."""

    def __init__(
        self, window: MainWindow, page: LatePage, jobs: ClozeJobs, journal: Journal
    ) -> None:
        """Add the sheet to ``window``, whose ``page`` is ours; exercises go to ``journal``."""
        super().__init__(window)
        self._window, self._page, self._jobs = window, page, jobs
        self.panel, self.sheet = ClozePanel(window.icons), SheetView()
        self.controller = ClozeController(window.editor, self.panel, self.sheet, jobs, self)
        self.files = ExerciseFiles(self.controller, window)
        self.safety = ExerciseSafety(journal, self.controller, self.files, window)
        self.dialogs = WorkshopDialogs(window, self.controller, self.files, jobs)
        self._wants_sheet = False
        window.pages.addWidget(self.sheet)
        window.installEventFilter(self)
        window.editor.installEventFilter(self)
        self._connect()
        self._retranslate()
        self._apply_theme()
        self.sheet.set_font(window.editor.font())

    @property
    def sheet_shown(self) -> bool:
        """Whether the exercise stands where the editor was."""
        return self._window.pages.currentWidget() is self.sheet

    def show_panel(self) -> None:
        """Go to the 出题 tab."""
        self._window.actions_["show_panel"].setChecked(True)
        self._page.go()
        self.panel.form.strategy.setFocus()

    def show_sheet(self, wanted: bool) -> None:
        """Show the exercise (with its tab) or the text."""
        self._wants_sheet = wanted and self.controller.exercise is not None
        if self._wants_sheet:
            self._page.go()
        self._update_page()
        (self.sheet if self.sheet_shown else self._window.editor).setFocus()

    def open(self, path: Path) -> bool:
        """Open an exercise; return whether it is in hand."""
        return self.files.open(path)

    def make(self) -> None:
        """Make an exercise of the text."""
        self.show_panel()
        self.controller.make()

    def offer_recovery(self, left: Sequence[RecoveredDocument]) -> bool:
        """Offer the exercises that a crash left; return whether one is now in hand."""
        return self.safety.offer(left)

    def show_example(self, example: Example) -> None:
        """Put a sample text into the editor and set the form for it."""
        path = self._window.parts.paths.resources / "samples" / example.file
        if self._window.documents.open_sample(path):
            self.panel.form.choose(
                example.strategy, example.kind, verse=example.verse, words=example.words
            )
            self.panel.form_button.setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif watched is self._window.editor and event.type() == QEvent.Type.FontChange:
            self.sheet.set_font(self._window.editor.font())
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        window, controller, panel = self._window, self.controller, self.panel
        panel.export_requested.connect(self.dialogs.export)
        panel.print_requested.connect(self.dialogs.print_preview)
        panel.example_chosen.connect(self.show_example)
        panel.student_requested.connect(self.dialogs.start_student)
        controller.sheet_wanted.connect(self.show_sheet)
        controller.failed.connect(self._on_failed)
        controller.noticed.connect(self._on_noticed)
        controller.recovered.connect(window.messages.clear)
        controller.made_anew.connect(self.files.forget)
        self.files.failed.connect(self._on_failed)
        self.files.saved.connect(self._on_saved)
        self.files.used.connect(window.documents.note_recent)
        window.tabs.currentChanged.connect(lambda _index: self._update_page())
        window.parts.themes.changed.connect(self._apply_theme)
        window.editor.state_changed.connect(controller.show_scope)
        window.documents.loaded.connect(self._on_loaded)
        controller.show_scope()

    def _update_page(self) -> None:
        """Show the sheet while its tab is on top and it is wanted; keys then mean the sheet."""
        shown = self._wants_sheet and self._page.on_top
        if shown == self.sheet_shown:
            self.panel.show_side(sheet=shown)
            return
        if shown:
            commit_input_method()
            self._window.fills.cancel()
        self._window.pages.setCurrentWidget(self.sheet if shown else self._window.editor)
        self.panel.show_side(sheet=shown)
        self._redirect_keys(shown)

    def _redirect_keys(self, to_sheet: bool) -> None:
        controller, actions = self.controller, self._window.actions_
        editor = self._window.editor
        instead: dict[str, Callable[[], object]] = {
            "save": self.files.save, "save_as": self.files.save_as,
            "mask": controller.add_gap, "undo": controller.undo, "copy": self.sheet.copy,
            "select_all": self.sheet.selectAll, "cancel": controller.cancel,
            "next": lambda: controller.step(1), "previous": lambda: controller.step(-1),
        }  # fmt: skip
        for name, do in instead.items():
            actions[name].instead = do if to_sheet else None
        selected, history = editor.textCursor().hasSelection(), editor.document()
        possible = {
            "undo": history.isUndoAvailable(), "redo": history.isRedoAvailable(),
            "cut": selected, "copy": selected,
        }  # fmt: skip
        for name in (*instead, "redo", "cut", "paste", "find", "replace", "run", "more", "length"):
            enabled = name in instead if to_sheet else possible.get(name, True)
            actions[name].setEnabled(enabled)

    def _on_loaded(self) -> None:
        """Show the text that was opened; the exercise stays behind its button."""
        self.show_sheet(False)
        self.controller.show_scope()

    def _apply_theme(self) -> None:
        colours = self._window.parts.themes.colours
        self.panel.set_colours(colours)
        self.sheet.set_colours(colours)

    def _retranslate(self) -> None:
        self.panel.card.set_language(self._window.parts.languages.code)

    def _notice(self, text: Callable[[], str]) -> None:
        self._window.messages.show_notice(text)

    def _on_failed(self, error: BubaiError) -> None:
        if isinstance(error, ModelError):
            show_error(self._window, error)
        elif isinstance(error, FileWriteError):
            self._window.messages.show_error(error, _save_as, self.files.save_as)
        else:
            self._window.messages.show_error(error)

    def _on_noticed(self, name: str) -> None:
        exercise = self.controller.exercise
        if name == "open_blanks" and exercise is not None:
            words = partial(_open_blanks, count_blanks(exercise.text))
            self._window.messages.show_notice(words, _to_text, lambda: self.show_sheet(False))
        else:
            self._notice(_no_place if name == "no_place" else _no_spare)

    def _on_saved(self, path: Path) -> None:
        def text() -> str:
            return QCoreApplication.translate("Workshop", "已保存练习：{name}").format(
                name=path.name
            )

        self._notice(text)


def _save_as() -> str:
    return QCoreApplication.translate("Workshop", "另存为…")


def _no_place() -> str:
    return QCoreApplication.translate(
        "Workshop", "请在练习里选中一个词（同一行、里面没有别的空），再加空。"
    )


def _open_blanks(count: int) -> str:
    return QCoreApplication.translate(
        "Workshop",
        "文中还有 {count} 个空没填，没有答案可对：练习里画作横线，所在的句子不出题。",
    ).format(count=count)


def _to_text() -> str:
    return QCoreApplication.translate("Workshop", "回到正文")


def _no_spare() -> str:
    return QCoreApplication.translate("Workshop", "没有别的合适的选项了。")
