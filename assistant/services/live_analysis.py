"""An analysis that follows the document: debounce, composing gate, one job at a time.

Qt core only; imports nothing of the ui. Nothing here costs more in a novel than in a letter, but
reading the document once, when typing has paused.
"""

from __future__ import annotations

import math
import time
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from assistant.errors import BubaiError
from assistant.services.lazy_model import LazyModel
from assistant.services.scope import DocumentText, ReadDocument, Scope
from assistant.services.worker import JobKind, Work, Worker

DEBOUNCE_MS = 400
CARET_DEBOUNCE_MS = 150
STEP_SECONDS = 0.05
"""Between two reports of progress: all that wait are handled in one go, before any key."""


class LiveAnalysis(QObject):
    """Base of the services that judge the document while it is written.

    Lives on the UI thread; no signal is emitted from inside a call. A job that runs when the
    text changes goes on until typing pauses (what it finds stays known to the engine), then a new
    one takes its place.
    """

    started = Signal(int)
    """Revision."""
    progressed = Signal(int, int)
    """Steps done, steps in all."""
    failed = Signal(object)
    """BubaiError."""
    cancelled = Signal()
    """By :meth:`cancel`, by composing or because it went inactive; not because of a newer job."""
    outdated = Signal()
    """Something changed since the last answer; once until the next answer."""

    model: LazyModel[Any]
    """What judges; set by each service."""

    _stepped = Signal(int, int, int)
    _later = Signal(object)

    def __init__(
        self,
        worker: Worker,
        kind: JobKind,
        read_document: ReadDocument,
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._kind, self._read = worker, kind, read_document
        self._scope = Scope.TEXT
        self._revision = 0
        self._answered = -1
        self._job, self._job_revision = 0, -1
        self._active = self._composing = self._halted = False
        self._automatic = True
        self._told_outdated = False
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.timeout.connect(self.refresh)
        self._debounce_ms = debounce_ms
        self._later.connect(_call, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        worker.job_started.connect(self._on_job_started)
        worker.job_done.connect(self._on_job_done)
        worker.job_failed.connect(self._on_job_failed)
        worker.job_cancelled.connect(self._on_job_cancelled)

    @property
    def revision(self) -> int:
        """The number of the newest state of the document and of what is asked."""
        return self._revision

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._job != 0

    @property
    def active(self) -> bool:
        """Whether somebody looks at the answers."""
        return self._active

    @property
    def scope(self) -> Scope:
        """Which part of the document is judged."""
        return self._scope

    def set_active(self, on: bool) -> None:
        """Say whether somebody looks: out of sight nothing runs, what was done stays known."""
        if on == self._active:
            return
        self._active = on
        if on:
            self._halted = False
            self._schedule(0)
        else:
            self._stop()

    def set_automatic(self, on: bool) -> None:
        """Follow the document, or only answer to :meth:`refresh`."""
        self._automatic = on
        self._schedule(0) if on else self._debounce.stop()

    def set_composing(self, on: bool) -> None:
        """Close or open the gate: while pinyin is composed nothing starts."""
        self._composing = on
        self._debounce.stop() if on else self._schedule(self._debounce_ms)

    def set_scope(self, scope: Scope) -> None:
        """Choose which part of the document is judged."""
        if scope is not self._scope:
            self._scope = scope
            self._changed(0)

    def document_changed(self) -> None:
        """Take note that the text changed."""
        self._changed(self._debounce_ms)

    def caret_moved(self) -> None:
        """Take note that caret or selection moved; of no matter to the whole text."""
        if self._scope is not Scope.TEXT:
            self._changed(min(CARET_DEBOUNCE_MS, self._debounce_ms))

    def refresh(self) -> None:
        """Judge now what the document holds now."""
        self._debounce.stop()
        self._halted = False
        if self._composing:
            return
        document = self._read()
        work = self._work(self._revision, document)
        if work is None:
            self._stop()
            return
        self._job_revision = self._revision
        self._job = self._worker.submit(self._kind, work)

    def cancel(self) -> None:
        """Stop what runs or waits; nothing starts before the next change or :meth:`refresh`."""
        self._halted = True
        self._stop()

    def _telling(self, revision: int) -> Callable[[int, int], None]:
        """Return what a job on ``revision`` tells of steps done and in all, in its own thread."""
        last = -math.inf

        def tell(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if done >= total or now - last >= STEP_SECONDS:
                last = now
                self._stepped.emit(revision, done, total)

        return tell

    @abstractmethod
    def _work(self, revision: int, document: DocumentText) -> Work | None:
        """Return what the worker has to do, or None if there is nothing to ask."""

    @abstractmethod
    def _report(self, revision: int, value: object) -> None:
        """Emit the answer ``value`` of the newest job."""

    def _changed(self, wait_ms: int) -> None:
        self._revision += 1
        self._halted = False
        if self._answered >= 0 and not self._told_outdated:
            self._told_outdated = True
            self._later.emit(self.outdated.emit)
        self._schedule(wait_ms)

    def _schedule(self, wait_ms: int) -> None:
        """Run after ``wait_ms`` unless the newest state is answered, being judged, or unwanted."""
        wanted = self._active and self._automatic and not self._composing and not self._halted
        settled = self._revision == self._answered
        running = self._job != 0 and self._job_revision == self._revision
        if wanted and not settled and not running:
            self._debounce.start(wait_ms)

    def _stop(self) -> None:
        self._debounce.stop()
        if self._job:
            self._worker.cancel(self._kind)

    def _is_current(self, revision: int) -> bool:
        """Return whether an answer about ``revision`` fits what the editor shows."""
        return revision == self._revision and self._job != 0

    def _end(self, job_id: int) -> bool:
        """Return whether ``job_id`` is the newest job, and forget it."""
        if job_id != self._job:
            return False
        self._job = 0
        return True

    def _answer(self) -> bool:
        """Take note of an answer; return whether it is up to date (another is coming if not)."""
        if self._job_revision != self._revision:
            self._schedule(self._debounce_ms)
            return False
        self._answered, self._told_outdated = self._revision, False
        return True

    def _on_stepped(self, revision: int, done: int, total: int) -> None:
        if self._is_current(revision):
            self.progressed.emit(done, total)

    def _on_job_started(self, job_id: int) -> None:
        if job_id == self._job:
            self.started.emit(self._job_revision)

    def _on_job_done(self, job_id: int, value: object) -> None:
        if self._end(job_id) and self._answer():
            self._report(self._revision, value)

    def _on_job_failed(self, job_id: int, error: BubaiError) -> None:
        if self._end(job_id) and self._answer():
            self.failed.emit(error)

    def _on_job_cancelled(self, job_id: int) -> None:
        if self._end(job_id):
            self.cancelled.emit()
            self._schedule(0)  # out of sight and back again before the job had ended


def _call(action: Callable[[], None]) -> None:
    action()
