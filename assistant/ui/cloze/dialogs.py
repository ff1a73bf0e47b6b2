"""What the workshop opens over the window: export, print preview, student mode, class report.

Their modules are imported when they are asked for: the window starts without them. Imports
services and ui.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from assistant.cloze.exercise import Exercise
from assistant.services.cloze_jobs import ClozeJobs
from assistant.ui.cloze.controller import ClozeController
from assistant.ui.cloze.files import ExerciseFiles
from assistant.ui.dialogs.questions import commit_input_method
from assistant.ui.main_window import MainWindow

if TYPE_CHECKING:
    from assistant.ui.student_window import StudentWindow


class WorkshopDialogs(QObject):
    """Opens the dialogs for the exercise in hand; without one it says what to do first."""

    def __init__(
        self, window: MainWindow, controller: ClozeController, files: ExerciseFiles,
        jobs: ClozeJobs,
    ) -> None:  # fmt: skip
        """Open them over ``window``."""
        super().__init__(window)
        self._window, self._controller, self._files, self._jobs = window, controller, files, jobs
        self.student: StudentWindow | None = None

    def export(self) -> None:
        """Open the export dialog."""
        from assistant.ui.cloze.export_dialog import ExportDialog

        exercise = self._exercise()
        if exercise is not None:
            path = self._files.path or self._window.documents.state.path
            folder = path.parent if path is not None else Path.home()
            name, language = self._files.name(), self._language()
            own = self._files.path
            dialog = ExportDialog(exercise, folder, name, language, self._window, own)
            dialog.exec()
            dialog.deleteLater()

    def print_preview(self) -> None:
        """Show the pages before they are printed."""
        from assistant.ui.cloze.printing import PrintPreview

        exercise = self._exercise()
        if exercise is not None:
            preview = PrintPreview(exercise, self._window)
            preview.exec()
            preview.deleteLater()

    def start_student(self) -> None:
        """Let a student do the exercise on the whole screen."""
        from assistant.ui.student_window import StudentWindow

        exercise = self._exercise()
        if exercise is not None and self.student is None:
            folder = self._files.path.parent if self._files.path else Path.home()
            colours, font = self._window.parts.themes.colours, self._window.editor.font()
            self.student = StudentWindow(exercise, font, colours, folder, self._language())
            self.student.left.connect(self._on_student_left)
            self.student.start()

    def report(self) -> None:
        """Show how a class did."""
        from assistant.ui.item_report_view import ItemReportView

        exercise = self._exercise()
        if exercise is not None:
            colours = self._window.parts.themes.colours
            view = ItemReportView(exercise, self._jobs, colours, self._language(), self._window)
            view.exec()
            view.deleteLater()

    def _exercise(self) -> Exercise | None:
        self._controller.settle()
        exercise = self._controller.exercise
        if exercise is None or not exercise.gaps:
            self._window.messages.show_notice(_no_exercise)
            return None
        commit_input_method()
        return exercise

    def _language(self) -> str:
        return self._window.parts.languages.code

    def _on_student_left(self) -> None:
        if self.student is not None:
            self.student.deleteLater()
            self.student = None


def _no_exercise() -> str:
    return QCoreApplication.translate("Workshop", "还没有练习：在“出题”栏选好方式，按“出题”。")
