"""The jobs that use the engine, each with what it was asked for. Imports nothing of the ui."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, ModelError
from assistant.records import Explanation, FillRequest, FillResult, PackageInfo
from assistant.services.snapshot import near_request
from assistant.services.worker import JobKind, Work, Worker
from assistant.text.listed import listed_words


class FillEngine(Protocol):
    """What the services need of ``assistant.engine.fill.Filler``."""

    @property
    def info(self) -> PackageInfo:
        """What a person may know of the model."""
        ...

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        """Fill the request."""
        ...


class FillScorer(Protocol):
    """What fills blanks with the loaded engine; only for work that runs in the worker thread."""

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        """Answer ``request``; raise ModelError while no engine is loaded, or Cancelled."""
        ...


E = TypeVar("E", bound=FillEngine)
_Explain = Callable[[FillRequest, int, tuple[str, ...], Cancel], Explanation]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a job is for.

    ``request`` is the fill asked of the engine, or the one it is a part of (None for LOAD),
    ``revision`` the snapshot it was made for, ``word`` what the person typed for a SCORE job.
    """

    kind: JobKind
    revision: int = 0
    request: FillRequest | None = None
    word: str = ""


class EngineJobs(QObject):
    """Submits jobs to the worker and reports each with its :class:`Ask`.

    A job may be submitted before the engine is loaded: it runs after the loading, and fails with
    the error that kept the engine from loading.
    """

    started = Signal(object)
    """Ask."""
    done = Signal(object, object)
    """Ask, and the PackageInfo, FillResult or Explanation."""
    failed = Signal(object, object)
    """Ask, BubaiError."""
    cancelled = Signal(object)
    """Ask."""

    def __init__(
        self,
        worker: Worker,
        load_filler: Callable[[], E],
        explain: Callable[[E, FillRequest, int, tuple[str, ...], Cancel], Explanation],
        parent: QObject | None = None,
    ) -> None:
        """Bind the worker; ``load_filler`` and ``explain`` run in the worker thread."""
        super().__init__(parent)
        self._worker = worker
        self._slot = _EngineSlot(load_filler, explain)
        self._asks: dict[int, Ask] = {}
        self._live: dict[JobKind, int] = {}
        worker.job_started.connect(self._on_started)
        worker.job_done.connect(self._on_done)
        worker.job_failed.connect(self._on_failed)
        worker.job_cancelled.connect(self._on_cancelled)

    @property
    def scorer(self) -> FillScorer:
        """The engine's place, for other jobs of the same worker."""
        return self._slot

    def load(self) -> None:
        """Load the engine."""
        self._submit(Ask(JobKind.LOAD), self._slot.load)

    def fill(self, revision: int, request: FillRequest, near: int) -> None:
        """Fill ``request``; of several spans the ``near`` one first, in a NEAR job of its own."""
        if len(request.spans) > 1:
            first = Ask(JobKind.NEAR, revision, request)
            self._submit(first, partial(self._slot.fill, near_request(request, near)))
        ask = Ask(JobKind.FILL, revision, request)
        self._submit(ask, partial(self._slot.fill, request))

    def score(self, revision: int, request: FillRequest, near: int, typed: str) -> None:
        """Score the word ``typed`` in the span ``near`` of ``request``; several are compared."""
        ask = Ask(JobKind.SCORE, revision, request, typed)
        words = listed_words(typed) or (typed,)
        self._submit(ask, partial(self._slot.fill, near_request(request, near, words)))

    def explain(
        self, revision: int, request: FillRequest, index: int, words: tuple[str, ...]
    ) -> None:
        """Explain ``words`` in span ``index`` of ``request``."""
        ask = Ask(JobKind.EXPLAIN, revision, request)
        self._submit(ask, partial(self._slot.explain, request, index, words))

    def current(self, kind: JobKind) -> Ask | None:
        """Return what is running or waiting of ``kind`` and not cancelled."""
        job_id = self._live.get(kind)
        return None if job_id is None else self._asks.get(job_id)

    def cancel(self, kind: JobKind) -> None:
        """Cancel what is running or waiting of ``kind``."""
        if self._live.pop(kind, None) is not None:
            self._worker.cancel(kind)

    def _submit(self, ask: Ask, work: Work) -> None:
        job_id = self._worker.submit(ask.kind, work)
        self._asks[job_id] = ask
        self._live[ask.kind] = job_id

    def _end(self, job_id: int) -> Ask | None:
        """Forget the job; None if it is another user's of the worker."""
        ask = self._asks.pop(job_id, None)
        if ask is not None and self._live.get(ask.kind) == job_id:
            del self._live[ask.kind]
        return ask

    def _on_started(self, job_id: int) -> None:
        if (ask := self._asks.get(job_id)) is not None:
            self.started.emit(ask)

    def _on_done(self, job_id: int, value: object) -> None:
        if (ask := self._end(job_id)) is not None:
            self.done.emit(ask, value)

    def _on_failed(self, job_id: int, error: BubaiError) -> None:
        if (ask := self._end(job_id)) is not None:
            self.failed.emit(ask, error)

    def _on_cancelled(self, job_id: int) -> None:
        if (ask := self._end(job_id)) is not None:
            self.cancelled.emit(ask)


class _EngineSlot:
    """Where the worker thread keeps the engine; its methods run there, one at a time."""

    def __init__(
        self,
        load_filler: Callable[[], E],
        explain: Callable[[E, FillRequest, int, tuple[str, ...], Cancel], Explanation],
    ) -> None:
        def load() -> tuple[FillEngine, _Explain]:
            engine = load_filler()
            return engine, partial(explain, engine)

        self._load = load
        self._loaded: tuple[FillEngine, _Explain] | None = None
        self._error: BubaiError = ModelError(folder="fill")

    def load(self, _cancel: Cancel) -> PackageInfo:
        try:
            self._loaded = self._load()
        except BubaiError as error:
            self._error = error
            raise
        return self._loaded[0].info

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        return self._require()[0].fill(request, cancel)

    def explain(
        self, request: FillRequest, index: int, words: tuple[str, ...], cancel: Cancel
    ) -> Explanation:
        return self._require()[1](request, index, words, cancel)

    def _require(self) -> tuple[FillEngine, _Explain]:
        if self._loaded is None:
            raise self._error
        return self._loaded
