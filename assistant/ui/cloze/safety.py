"""The exercise survives a crash like a text does: journalled while it is edited, offered again.

Imports services, cloze/ and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from assistant.cloze import project_file
from assistant.cloze.exercise import Exercise, Gap
from assistant.cloze.headings import only_title
from assistant.errors import BubaiError
from assistant.services.documents import DocumentState
from assistant.services.journal import Journal, RecoveredDocument
from assistant.ui.cloze.controller import ClozeController
from assistant.ui.cloze.files import ExerciseFiles
from assistant.ui.dialogs.recovery_dialog import Recovery, RecoveryDialog


class ExerciseSafety(QObject):
    """Keeps the journal of the exercise in hand; offers what a crash left.

    The journal holds the exercise's JSON, also of one that is not yet fit for its file (a gap that
    still waits for options).
    """

    def __init__(
        self, journal: Journal, controller: ClozeController, files: ExerciseFiles, window: QWidget
    ) -> None:
        """Journal from now on."""
        super().__init__(window)
        self._journal, self._controller, self._files = journal, controller, files
        self._window = window
        self._state = DocumentState()
        controller.changed.connect(self._on_changed)
        controller.begun.connect(self._on_begun)
        files.saved.connect(self._on_changed)
        journal.failed.connect(files.failed)

    def offer(self, found_in_journal: Sequence[RecoveredDocument]) -> bool:
        """Offer the exercises that a crash left; return whether one of them is now in hand."""
        left = [(found, exercise) for found in found_in_journal
                if (exercise := _read(found)) is not None]  # fmt: skip
        while left:
            shown = [replace(found, text=_words(exercise)) for found, exercise in left]
            dialog = RecoveryDialog(shown, self._window)
            dialog.exec()
            dialog.deleteLater()
            if dialog.answer is Recovery.LATER:
                return False
            found, exercise = left.pop(shown.index(dialog.document))
            if dialog.answer is Recovery.OPEN:
                self._files.recover(exercise, found.state.path)
                if self._journal.flush():  # a full disk must not cost the only copy
                    self._journal.forget(found)
                return True
            self._journal.forget(found)
        return False

    def _on_begun(self) -> None:
        self._state = DocumentState()

    def _on_changed(self) -> None:
        modified = self._files.modified
        if modified and self._state.modified and self._state.path == self._files.path:
            self._journal.touch()
            return
        self._state = replace(self._state, path=self._files.path, modified=modified)
        self._journal.track(self._state, self._text)

    def _text(self) -> str:
        exercise = self._controller.exercise
        return "" if exercise is None else project_file.dumps(exercise, checked=False)


def _read(found: RecoveredDocument) -> Exercise | None:
    try:
        return project_file.loads(found.text, checked=False)
    except BubaiError:
        return None


def _words(exercise: Exercise) -> str:
    """Return what the dialog shows of an exercise: its title and its passage with the gaps."""
    parts = [f"［{n}］" if isinstance(s, Gap) else s.text for n, s in exercise.numbered()]
    title = "" if only_title(exercise.text) == exercise.title else f"{exercise.title}\n\n"
    return (title + "".join(parts)).strip()
