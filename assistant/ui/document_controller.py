"""The open document: new, open, save, encodings, recent files, recovery, closing.

Imports services and ui. Runs on the UI thread only.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.cloze import EXERCISE_SUFFIX
from assistant.errors import BubaiError, FileChangedError, FileWriteError, LossySaveError
from assistant.services.documents import (
    Documents,
    DocumentState,
    OpenDocument,
    add_recent,
    existing,
)
from assistant.services.journal import Journal, RecoveredDocument
from assistant.services.settings import SettingsStore
from assistant.text.encodings import Encoding
from assistant.ui.dialogs.questions import (
    Changed,
    Unsaved,
    ask_changed,
    ask_lossy,
    ask_unsaved,
    commit_input_method,
)
from assistant.ui.editor import Editor


class DocumentController(QObject):
    """Keeps one document between the editor, its file and the journal."""

    state_changed = Signal(object)
    """DocumentState."""
    failed = Signal(object)
    """BubaiError for the message bar."""
    loaded = Signal()
    """Another text stands in the editor."""
    exercise_chosen = Signal(object)
    """Path of an exercise, which is no text for the editor."""

    def __init__(
        self,
        editor: Editor,
        documents: Documents,
        journal: Journal,
        settings: SettingsStore,
        sample: Path,
        window: QWidget,
    ) -> None:
        """Begin with an empty document without a name."""
        super().__init__(window)
        self._editor, self._documents, self._journal = editor, documents, journal
        self._settings, self._sample, self._window = settings, sample, window
        self.state = DocumentState()
        self.refused: Path | None = None
        journal.failed.connect(self.failed)
        journal.track(self.state, editor.plain_text)
        document = editor.document()
        document.contentsChanged.connect(self._on_contents_changed)
        document.modificationChanged.connect(self._on_modification_changed)
        editor.file_dropped.connect(self.open)

    def name(self) -> str:
        """Return what the document is called."""
        return self.state.path.name if self.state.path else self.tr("未命名")

    def recent(self) -> tuple[Path, ...]:
        """Return the recent files that still exist."""
        return existing(self._settings.current.recent_files)

    def note_recent(self, path: Path) -> None:
        """Put a file that another part of the window opened among the recent ones."""
        self._save_settings(add_recent(self._settings.current.recent_files, path))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._save_settings(())

    def new(self) -> None:
        """Begin an empty document, unless the person wants to keep this one."""
        if self.may_leave():
            self._show(OpenDocument(DocumentState(), ""))

    def open_refused(self, encoding: Encoding) -> None:
        """Open the file that was refused last as one of ``encoding``."""
        if self.refused is not None:
            self.open(self.refused, encoding)

    def open_sample(self, path: Path | None = None) -> bool:
        """Show a sample (the usual one for None) as a document without a name.

        Return whether it is now in the editor.
        """
        if not self.may_leave():
            return False
        try:
            opened = self._documents.open(path or self._sample, Encoding.UTF8)
        except BubaiError as error:
            self.failed.emit(error)
            return False
        self._show(OpenDocument(DocumentState(), opened.text))
        return True

    def ask_open(self) -> None:
        """Let the person choose a file to open."""
        commit_input_method()
        folder = self.state.path.parent if self.state.path else Path.home()
        kinds = ";;".join((*self._filters(), self.tr("练习 (*.bubai)")))
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("打开"), str(folder), kinds)
        if name:
            self.open(Path(name))

    def open(self, path: Path, encoding: Encoding | None = None) -> bool:
        """Open ``path``; return whether it is now in the editor."""
        if path.suffix.lower() == EXERCISE_SUFFIX:
            self.exercise_chosen.emit(path)
            return False
        if not self.may_leave():
            return False
        try:
            opened = self._documents.open(path, encoding)
        except BubaiError as error:
            self.refused = path
            self.failed.emit(error)
            return False
        self._show(opened)
        self._save_settings(add_recent(self._settings.current.recent_files, path))
        return True

    def reopen(self, encoding: Encoding) -> None:
        """Read the file again in another encoding."""
        if self.state.path is not None:
            self.open(self.state.path, encoding)

    def save(self) -> bool:
        """Save; ask for a name if there is none. Return whether it is on disk."""
        if self.state.path is None:
            return self.save_as()
        return self._write(self.state.path)

    def save_as(self) -> bool:
        """Ask for a name and save under it; return whether it is on disk."""
        commit_input_method()
        suggested = self.state.path or Path.home() / (self.tr("未命名") + ".txt")
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("另存为"), str(suggested), ";;".join(self._filters())
        )
        return bool(name) and self._write(Path(name))

    def save_encoded(self, encoding: Encoding) -> None:
        """Save in ``encoding`` from now on."""
        if self.state.path is None:
            before = self.state
            self.state = replace(before, encoding=encoding)
            if not self.save_as():
                self.state = before
                self.state_changed.emit(before)
        else:
            self._write(self.state.path, encoding)

    def may_leave(self) -> bool:
        """Return whether the text may go: it is saved, or the person does not want it."""
        commit_input_method()
        if not self._editor.document().isModified():
            return True
        answer = ask_unsaved(self._window, self.name())
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    def offer_recovery(self) -> bool:
        """Offer what a crash left; return whether a text of it is now in the editor."""
        left = list(self._journal.recoverable())
        if not left:
            return False
        from assistant.ui.dialogs.recovery_dialog import Recovery, RecoveryDialog

        while left:
            dialog = RecoveryDialog(left, self._window)
            dialog.exec()
            dialog.deleteLater()
            if dialog.answer is Recovery.OPEN:
                self._recover(dialog.document)
                return True
            if dialog.answer is Recovery.LATER:
                return False
            self._journal.forget(dialog.document)
            left.remove(dialog.document)
        return False

    def _recover(self, document: RecoveredDocument) -> None:
        self._show(OpenDocument(document.state, document.text))
        if self._journal.flush():  # a full disk must not cost the only copy
            self._journal.forget(document)

    def _show(self, opened: OpenDocument) -> None:
        # Before the text: its signals must find the new document, not the old one.
        self.state = opened.state
        self._editor.setPlainText(opened.text)
        self._editor.document().setModified(opened.state.modified)
        self._journal.track(self.state, self._editor.plain_text)
        self.state_changed.emit(self.state)
        self.loaded.emit()

    def _write(self, path: Path, encoding: Encoding | None = None, *, force: bool = False) -> bool:
        text = self._editor.plain_text()
        try:
            self.state = self._documents.save(
                self.state, text, path, encoding=encoding, force=force
            )
        except (FileChangedError, LossySaveError) as error:
            return self._on_refused(error, path, encoding)
        except FileWriteError as error:
            self.failed.emit(error)
            return False
        self._editor.document().setModified(False)
        self._journal.track(self.state, self._editor.plain_text)
        self._save_settings(add_recent(self._settings.current.recent_files, path))
        self.state_changed.emit(self.state)
        return True

    def _on_refused(self, error: FileWriteError, path: Path, encoding: Encoding | None) -> bool:
        commit_input_method()
        ask = ask_lossy if isinstance(error, LossySaveError) else ask_changed
        answer = ask(self._window, error.message(self._settings.current.language.value))
        if answer is Changed.OVERWRITE:
            return self._write(path, encoding, force=True)
        return answer is Changed.SAVE_AS and self.save_as()

    def _on_contents_changed(self) -> None:
        self._journal.touch()

    def _on_modification_changed(self, modified: bool) -> None:
        self.state = replace(self.state, modified=modified)
        self.state_changed.emit(self.state)

    def _save_settings(self, recent: tuple[Path, ...]) -> None:
        try:
            self._settings.save(replace(self._settings.current, recent_files=recent))
        except FileWriteError as error:
            self.failed.emit(error)

    def _filters(self) -> tuple[str, ...]:
        return self.tr("文本文件 (*.txt *.md *.markdown)"), self.tr("所有文件 (*)")
