"""One worker thread with one waiting place per kind of job; the newest job wins.

Imports nothing of the ui; Qt core only.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QObject, Qt, QThread, Signal

from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, Cancelled, InternalError, OutOfMemoryError
from assistant.services.logs import safe_details

Work = Callable[[Cancel], object]

logger = logging.getLogger(__name__)


class JobKind(Enum):
    """What a job is for; of each kind one runs or waits at a time."""

    LOAD = "load"
    NEAR = "near"
    FILL = "fill"
    SCORE = "score"
    EXPLAIN = "explain"
    CLOZE = "cloze"
    PERSONAL = "personal"
    MEMORY = "memory"
    MEMORY_LIST = "memory_list"
    MODELS = "models"
    MODEL_LIST = "model_list"
    MODEL_CHECK = "model_check"
    SENTIMENT = "sentiment"
    SENTIMENT_WHY = "sentiment_why"
    LABELS = "labels"
    PROOF = "proof"
    TRANSLATION = "translation"


Measure = Callable[[JobKind, float], None]
"""Told the kind of a job that was done, and its milliseconds."""


@dataclass(frozen=True, slots=True)
class _Job:
    id: int
    kind: JobKind
    work: Work
    cancel: Cancel = field(default_factory=Cancel)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a job ended: with a value, with an error (Cancelled too), or it has only begun."""

    job_id: int
    value: object = None
    error: BubaiError | None = None
    begun: bool = False


class _Queue:
    """The waiting places and the running job; the only state both threads touch."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[JobKind, _Job] = {}
        self._running: _Job | None = None
        self._closed = False

    def put(self, job: _Job) -> tuple[_Job, ...]:
        """Queue ``job``; return the waiting jobs that will never run."""
        with self._changed:
            dropped = self._clear(job.kind)
            if self._closed:
                return (*dropped, job)
            self._waiting[job.kind] = job
            self._changed.notify()
        return dropped

    def cancel(self, kind: JobKind) -> tuple[_Job, ...]:
        """Cancel the running job of ``kind``; return the waiting ones dropped."""
        with self._changed:
            return self._clear(kind)

    def close(self) -> tuple[_Job, ...]:
        """Take no more jobs and cancel all; return the waiting ones dropped."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            return tuple(job for kind in JobKind for job in self._clear(kind))

    def take(self) -> _Job | None:
        """Wait for the job submitted first and mark it running; None once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            job = min(self._waiting.values(), key=lambda waiting: waiting.id)
            self._running = self._waiting.pop(job.kind)
        return job

    def finish(self) -> None:
        """Mark that nothing runs."""
        with self._changed:
            self._running = None

    def _clear(self, kind: JobKind) -> tuple[_Job, ...]:
        if self._running is not None and self._running.kind is kind:
            self._running.cancel.throw()
        job = self._waiting.pop(kind, None)
        return () if job is None else (job,)


class _Thread(QThread):
    """Takes jobs from the queue until it is closed."""

    reported = Signal(object)

    def __init__(self, queue: _Queue, measure: Measure | None) -> None:
        super().__init__()
        self._queue = queue
        self._measure = measure

    def run(self) -> None:
        while (job := self._queue.take()) is not None:
            self.reported.emit(_Outcome(job.id, begun=True))
            started = time.perf_counter()
            outcome = _run(job)
            if self._measure is not None and outcome.error is None:
                self._measure(job.kind, (time.perf_counter() - started) * 1000)
            self._queue.finish()
            self.reported.emit(outcome)


class Worker(QObject):
    """Runs jobs one after the other in its own thread.

    Every submitted job ends in exactly one of ``job_done``, ``job_failed`` and
    ``job_cancelled``, emitted later on the thread that made the worker, never from inside a call.
    All methods are for that thread.
    """

    job_started = Signal(int)
    """Job id."""
    job_done = Signal(int, object)
    """Job id, what the job returned."""
    job_failed = Signal(int, object)
    """Job id, a BubaiError (InternalError for anything unexpected)."""
    job_cancelled = Signal(int)
    """Job id; also of jobs replaced by a newer one of their kind."""

    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None, *, measure: Measure | None = None) -> None:
        """Start the thread; the owner must call :meth:`stop` before the app ends.

        ``measure`` is told how long each job that was done took, in the worker thread.
        """
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._queue = _Queue()
        self._thread = _Thread(self._queue, measure)
        self._thread.setObjectName("bubai-worker")
        self._thread.reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def submit(self, kind: JobKind, work: Work) -> int:
        """Queue ``work`` and return its job id; cancels the running and waiting job of ``kind``.

        ``work`` runs in the worker thread and must touch no QObject of the ui. After
        :meth:`stop` a job is cancelled at once.
        """
        job = _Job(next(self._ids), kind, work)
        self._report_cancelled(self._queue.put(job))
        return job.id

    def cancel(self, kind: JobKind) -> None:
        """Cancel the running and the waiting job of ``kind``, if any."""
        self._report_cancelled(self._queue.cancel(kind))

    def stop(self, timeout_ms: int = 10_000) -> bool:
        """Cancel everything, end the thread and return whether it ended in time."""
        self._report_cancelled(self._queue.close())
        self._thread.requestInterruption()
        self._thread.quit()
        ended = self._thread.wait(timeout_ms)
        if not ended:
            logger.error("The worker thread did not end within %d ms", timeout_ms)
        return ended

    def _report_cancelled(self, jobs: tuple[_Job, ...]) -> None:
        for job in jobs:
            self._reported.emit(_Outcome(job.id, error=Cancelled()))

    def _on_reported(self, outcome: _Outcome) -> None:
        if outcome.begun:
            self.job_started.emit(outcome.job_id)
        elif outcome.error is None:
            self.job_done.emit(outcome.job_id, outcome.value)
        elif isinstance(outcome.error, Cancelled):
            self.job_cancelled.emit(outcome.job_id)
        else:
            self.job_failed.emit(outcome.job_id, outcome.error)


def _run(job: _Job) -> _Outcome:
    """Run ``job`` in the worker thread; whatever it raises becomes its outcome."""
    try:
        value = job.work(job.cancel)
    except BubaiError as error:
        return _Outcome(job.id, error=Cancelled() if job.cancel.thrown else error)
    except MemoryError as error:
        short = OutOfMemoryError(safe_details(error))
        return _Outcome(job.id, error=Cancelled() if job.cancel.thrown else short)
    except BaseException as error:  # noqa: BLE001 - panics of Rust libraries are no Exceptions
        details = safe_details(error)
        logger.error("A %s job failed\n%s", job.kind.value, details)
        failure = Cancelled() if job.cancel.thrown else InternalError(details)
        return _Outcome(job.id, error=failure)
    return _Outcome(job.id, value, Cancelled() if job.cancel.thrown else None)
