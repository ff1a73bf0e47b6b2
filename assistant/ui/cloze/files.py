"""The exercise's file: open, save, and the question before unsaved work is lost.

Imports cloze/, export/ and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.cloze import project_file
from assistant.cloze.exercise import Exercise
from assistant.disk import read_file
from assistant.errors import BubaiError
from assistant.text.encodings import decode
from assistant.ui.cloze.controller import ClozeController
from assistant.ui.dialogs.questions import (
    Unsaved,
    ask_unsaved,
    commit_input_method,
    may_write_over,
)

WEB_SUFFIXES = (".html", ".htm")


class ExerciseFiles(QObject):
    """Keeps one exercise between the window and its ``.bubai`` file."""

    failed = Signal(object)
    """BubaiError for the message bar."""
    saved = Signal(object)
    """Path of the file."""
    used = Signal(object)
    """Path of a file that was opened or saved: for the recent ones."""

    def __init__(self, controller: ClozeController, window: QWidget) -> None:
        """Begin without a file."""
        super().__init__(window)
        self._controller, self._window = controller, window
        self._stored: Exercise | None = None
        self.path: Path | None = None
        controller.may_replace = self.may_leave

    @property
    def modified(self) -> bool:
        """Whether the exercise differs from its file, or has none."""
        exercise = self._controller.exercise
        return exercise is not None and exercise != self._stored

    def ask_open(self) -> None:
        """Let the teacher choose an exercise to open."""
        commit_input_method()
        kinds = self.tr("练习 (*.bubai);;导出的网页练习 (*.html *.htm)")
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("打开练习"), str(self._folder()), kinds
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Take the exercise of ``path`` in hand; return whether it is."""
        if not self.may_leave():
            return False
        try:
            exercise = read_exercise(path)
        except BubaiError as error:
            self.failed.emit(error)
            return False
        is_project = path.suffix.lower() == project_file.SUFFIX
        self.path = path if is_project else None
        self._stored = exercise if is_project else None
        self._controller.open(exercise)
        self.used.emit(path)
        return True

    def recover(self, exercise: Exercise, path: Path | None) -> None:
        """Take in hand what a crash left of the exercise at ``path``; it counts as unsaved."""
        self.path, self._stored = path, None
        self._controller.open(exercise)

    def save(self) -> bool:
        """Save; ask for a name if there is none. Return whether it is on disk."""
        self._controller.settle()
        return self.save_as() if self.path is None else self._write(self.path)

    def save_as(self) -> bool:
        """Ask for a name and save under it; return whether it is on disk."""
        self._controller.settle()
        if self._controller.exercise is None:
            return False
        commit_input_method()
        suggested = self.path or self._folder() / f"{self.name()}{project_file.SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("保存练习"), str(suggested), self.tr("练习 (*.bubai)")
        )
        if not name:
            return False
        path = Path(name)
        if path.suffix.lower() != project_file.SUFFIX:
            path = path.with_name(path.name + project_file.SUFFIX)
            if not may_write_over(self._window, [path]):
                return False
        return self._write(path)

    def name(self) -> str:
        """Return what the exercise is called, as the name of a file."""
        exercise = self._controller.exercise
        if self.path is not None:
            return self.path.stem
        title = exercise.title if exercise is not None else ""
        safe = "".join(c for c in title if c.isprintable() and c not in '\\/:*?"<>|').strip(" .")
        return safe[:60] or self.tr("练习")

    def may_leave(self) -> bool:
        """Return whether the exercise may go: saved, empty, or not wanted."""
        self._controller.settle()
        exercise = self._controller.exercise
        if exercise is None or not self.modified or not exercise.gaps:
            return True
        commit_input_method()
        answer = ask_unsaved(self._window, self.name())
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    def forget(self) -> None:
        """Note that a new exercise was made: it has no file."""
        self.path = None
        self._stored = None

    def _write(self, path: Path) -> bool:
        exercise = self._controller.exercise
        if exercise is None:
            return False
        try:
            project_file.save(exercise, path)
        except BubaiError as error:
            self.failed.emit(error)
            return False
        self.path, self._stored = path, exercise
        self.saved.emit(path)
        self.used.emit(path)
        return True

    def _folder(self) -> Path:
        return self.path.parent if self.path is not None else Path.home()


def read_exercise(path: Path) -> Exercise:
    """Return the exercise of a ``.bubai`` file or of an exported web page.

    Raises FileReadError, ExerciseError or ExerciseVersionError.
    """
    if path.suffix.lower() not in WEB_SUFFIXES:
        return project_file.load(path)
    from assistant.export.html_page import read_project  # the window starts without the writers

    return read_project(decode(read_file(path), name=path.name).text)
