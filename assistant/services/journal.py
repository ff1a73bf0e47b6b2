"""The autosave journal: unsaved text survives a crash, also of documents never named.

Qt core only; imports nothing of the ui.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from assistant.disk import reason_of
from assistant.errors import AutosaveError
from assistant.services.documents import DocumentState
from assistant.services.journal_files import JournalFiles, RecoveredDocument

AUTOSAVE_MS = 2_000
_LEAD_MS = 500
"""Writing takes a moment too: it begins this much before the interval is over."""

__all__ = ["AUTOSAVE_MS", "Journal", "RecoveredDocument"]


class Journal(QObject):
    """Writes the open document's unsaved text every few seconds.

    One journal per process and one open document at a time. Writing happens in a thread of its
    own; ``failed`` is emitted on the UI thread, once per run of failures.
    """

    failed = Signal(object)
    """AutosaveError: autosave does not work just now; it goes on trying."""

    _ended = Signal(object)

    def __init__(
        self, folder: Path, interval_ms: int = AUTOSAVE_MS, parent: QObject | None = None
    ) -> None:
        """Journal into a new folder of this process inside ``folder``, made when needed."""
        super().__init__(parent)
        self._files = JournalFiles(folder)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bubai-journal")
        self._writing: Future[OSError | None] | None = None
        self._document: tuple[DocumentState, Callable[[], str]] | None = None
        self._changed = False
        self._failing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self.set_interval(interval_ms)
        self._timer.timeout.connect(self._on_timeout)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def set_interval(self, interval_ms: int) -> None:
        """Set how much time's work may be lost at most."""
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(max(interval_ms - _LEAD_MS, interval_ms // 2))

    def track(self, state: DocumentState, read_text: Callable[[], str]) -> None:
        """Journal this document from now on (after open, new, save, or a change of path).

        Forgets the journal of the document tracked before, and this one's when it is unmodified;
        a modified one (recovered text) is written at once. ``read_text`` is called on the UI
        thread.
        """
        before = self._document
        self._document = (state, read_text)
        if before is not None and before[0].document_id != state.document_id:
            self._remove(before[0].document_id)
        self._changed = state.modified
        if state.modified:
            self.flush()
        else:
            self._timer.stop()
            self._remove(state.document_id)

    def touch(self) -> None:
        """Note that the text changed; it is written within the interval. Cheap."""
        self._changed = True
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> bool:
        """Write a pending change now and wait for it; return whether all is written.

        A failing disk is reported by ``failed``.
        """
        self._timer.stop()
        self._wait()
        if self._changed:
            self._start_writing()
            self._wait()
        return not self._changed

    def close(self) -> None:
        """Forget everything of this process: the person saved or discarded the text."""
        self._timer.stop()
        self._document = None
        self._changed = False
        self._writer.shutdown(wait=True)
        self._files.close()

    def recoverable(self) -> tuple[RecoveredDocument, ...]:
        """Return what dead processes left, newest first, and keep other processes off it."""
        return self._files.recoverable()

    def forget(self, document: RecoveredDocument) -> None:
        """Delete a recovered text: the person took it over or does not want it."""
        try:
            self._files.forget(document)
        except OSError as error:
            self._report(error)

    def _on_timeout(self) -> None:
        busy = self._writing is not None and not self._writing.done()
        if self._changed and not busy:  # else it goes on when that write has ended
            self._start_writing()

    def _start_writing(self) -> None:
        if self._document is None:
            return
        state, read_text = self._document
        text = read_text()
        self._changed = False
        self._writing = self._writer.submit(self._write, state, text)
        self._writing.add_done_callback(self._ended.emit)

    def _write(self, state: DocumentState, text: str) -> OSError | None:
        try:
            self._files.write(state, text)
        except OSError as error:
            return error
        return None

    def _remove(self, document_id: str) -> None:
        self._wait()
        try:
            self._files.remove(document_id)
        except OSError as error:
            self._report(error)

    def _wait(self) -> None:
        """Wait for the write under way; its text counts as changed again if it failed."""
        writing, self._writing = self._writing, None
        if writing is not None and (error := writing.result()) is not None:
            self._changed = True
            self._report(error)

    def _on_ended(self, writing: Future[OSError | None]) -> None:
        if writing is self._writing:
            self._wait()
        if writing.result() is None:
            self._failing = False
            if not self._timer.isActive():
                self._on_timeout()
        elif self._document is not None and not self._timer.isActive():
            self._timer.start()

    def _report(self, error: OSError) -> None:
        if not self._failing:
            self._failing = True
            self.failed.emit(AutosaveError(repr(error), reason=reason_of(error)))
