"""Live fills: debounce, composing gate, revisions, cached results. Imports nothing of the ui."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, Cancelled, EmptyTextError, NoBlankError
from assistant.records import Explanation, FillRequest, FillResult, PackageInfo
from assistant.services.engine_jobs import Ask, EngineJobs, FillEngine, FillScorer
from assistant.services.measurements import CacheUse
from assistant.services.result_cache import ResultCache
from assistant.services.snapshot import (
    Excerpt,
    Snapshot,
    place_explanation,
    place_fill,
    take_excerpt,
)
from assistant.services.worker import JobKind, Worker

DEBOUNCE_MS = 250
_TEXT_KINDS = (JobKind.NEAR, JobKind.FILL, JobKind.SCORE, JobKind.EXPLAIN)

E = TypeVar("E", bound=FillEngine)


class FillService(QObject):
    """Keeps the candidates of the editor's blanks up to date.

    Lives on the UI thread; never blocks it. Results come with the offsets of the newest
    snapshot (``FillResult.text is snapshot.text``; match spans by ``start_char``: of many spans
    only the eight nearest to the caret are filled). No signal is emitted from inside a call.
    Use: ``load_model()`` once the window is visible; ``document_changed(...)`` on every change of
    text, caret or selection; ``set_composing`` from the editor's input-method events.
    """

    model_loading = Signal()
    model_ready = Signal(object)
    """PackageInfo."""
    model_failed = Signal(object)
    """BubaiError; :meth:`load_model` tries again."""
    fill_started = Signal(int)
    """Revision of the snapshot."""
    near_finished = Signal(int, object)
    """Revision, FillResult of the span nearest to the caret alone: the others follow."""
    fill_finished = Signal(int, object)
    """Revision (always the newest one), FillResult."""
    fill_failed = Signal(int, object)
    """Revision, BubaiError."""
    fill_cancelled = Signal(int)
    """Revision; by :meth:`cancel`, by composing, or because a newer snapshot replaced it."""
    word_scored = Signal(str, object)
    """What was typed, FillResult whose spans carry it in ``scored``, several in ``choices``."""
    word_failed = Signal(str, object)
    """The word, BubaiError (Cancelled when the text changed meanwhile)."""
    explanation_finished = Signal(object)
    """Explanation with the offsets of the newest snapshot."""
    explanation_failed = Signal(object)
    """BubaiError (Cancelled when the text changed meanwhile)."""

    _later = Signal(object)

    def __init__(
        self,
        worker: Worker,
        load_filler: Callable[[], E],
        explain: Callable[[E, FillRequest, int, tuple[str, ...], Cancel], Explanation],
        *,
        debounce_ms: int = DEBOUNCE_MS,
        parent: QObject | None = None,
    ) -> None:
        """Bind the worker; ``load_filler`` and ``explain`` run in the worker thread."""
        super().__init__(parent)
        self._jobs = EngineJobs(worker, load_filler, explain, self)
        self._cache = ResultCache()
        self._hits, self._misses = 0, 0
        self._snapshot: Snapshot | None = None
        self._excerpt: Excerpt | None = None
        self._revision = 0
        self._info: PackageInfo | None = None
        self._load_error: BubaiError | None = None
        self._automatic = True
        self._composing = False
        self._urgent = False
        self._debounce = self._make_timer(debounce_ms, self._run_fill)
        self._known = self._make_timer(0, self._report_known)
        self._later.connect(_call, Qt.ConnectionType.QueuedConnection)
        self._jobs.started.connect(self._on_started)
        self._jobs.done.connect(self._on_done)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.cancelled.connect(self._on_cancelled)

    @property
    def revision(self) -> int:
        """The number of the newest snapshot; 0 before the first."""
        return self._revision

    @property
    def is_ready(self) -> bool:
        """Whether the model is loaded."""
        return self._info is not None

    @property
    def cache_use(self) -> CacheUse:
        """How often the candidates of a text were known already."""
        return CacheUse(self._hits, self._hits + self._misses)

    @property
    def scorer(self) -> FillScorer:
        """The loaded engine, for jobs of the same worker; call :meth:`load_model` before those."""
        return self._jobs.scorer

    def load_model(self) -> None:
        """Load the model in the worker, unless it is loaded or being loaded."""
        if self._info is None and self._jobs.current(JobKind.LOAD) is None:
            failed, self._load_error = self._load_error, None
            self._jobs.load()
            if failed is not None:
                self._catch_up()

    def reload_model(self) -> None:
        """Load the model again, another one serves now; the one loaded works until then."""
        self._load_error = None
        self._jobs.load()

    def forget(self) -> None:
        """Drop what is known, the engine answers otherwise now; fill again what was filled."""
        was_filled = self._cached() is not None
        self._cache.forget()
        if was_filled and not self._composing:
            self._run_fill()
        else:
            self._catch_up()

    def set_automatic(self, automatic: bool) -> None:
        """Switch filling after the debounce on or off; off, only :meth:`request_now` fills."""
        self._automatic = automatic
        self._catch_up()

    def set_composing(self, composing: bool) -> None:
        """Close or open the gate: while composing nothing runs and no result is reported."""
        if composing == self._composing:
            return
        self._composing = composing
        if composing:
            self._halt()
        elif self._urgent:
            self.request_now()
        else:
            self._catch_up()

    def document_changed(self, snapshot: Snapshot) -> int:
        """Take the newest state of the editor and return its revision.

        A snapshot that asks for the same fills of the same text keeps the revision. Known
        candidates are reported at once (from the event loop), others after the debounce.
        """
        excerpt = take_excerpt(snapshot)
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and before.text == snapshot.text and excerpt == self._excerpt:
            return self._revision
        self._excerpt = excerpt
        self._revision += 1
        self._catch_up()
        return self._revision

    def request_now(self) -> None:
        """Fill the newest snapshot without waiting; reports NoBlankError or EmptyTextError."""
        self._urgent = self._composing
        if self._composing:
            return
        error = self._obstacle()
        if error is not None:
            self._later.emit(partial(self.fill_failed.emit, self._revision, error))
        elif self._cached() is not None:
            self._known.start()
        else:
            self._run_fill()

    def cancel(self) -> None:
        """Stop what runs or waits; nothing starts again before the next change or request."""
        self._urgent = False
        self._halt()

    def score_word(self, word: str) -> None:
        """Score the person's own word in the blank of the newest snapshot at the caret.

        Several, with commas between them, are weighed against each other.
        """
        error = self._obstacle()
        if error is not None or self._excerpt is None:
            self._later.emit(partial(self.word_failed.emit, word, error))
        else:
            self.load_model()
            excerpt = self._excerpt
            self._jobs.score(self._revision, excerpt.request, excerpt.near, word)

    def explain(self, start_char: int, words: tuple[str, ...]) -> None:
        """Explain ``words`` in the span that starts at ``start_char`` of the newest snapshot."""
        error = self._obstacle()
        starts = [span.start_char for span in self._excerpt.spans] if self._excerpt else []
        if error is None and start_char not in starts:
            error = NoBlankError()
        if error is not None or self._excerpt is None:
            self._later.emit(partial(self.explanation_failed.emit, error))
            return
        index = starts.index(start_char)
        self.load_model()
        self._jobs.explain(self._revision, self._excerpt.request, index, words)

    def _catch_up(self) -> None:
        """Bring candidates and jobs in line with the newest snapshot."""
        self._debounce.stop()
        self._known.stop()
        if self._composing:
            return
        for kind in _TEXT_KINDS:
            ask = self._jobs.current(kind)
            if ask is not None and self._is_stale(ask):
                self._jobs.cancel(kind)
        if self._excerpt is None:
            return
        if self._cached() is not None:
            self._hits += 1
            self._known.start()
        elif self._jobs.current(JobKind.FILL) is not None:
            return  # its result will fit: edits elsewhere only move the offsets
        elif self._automatic and self._load_error is None:
            self._debounce.start()

    def _run_fill(self) -> None:
        self._debounce.stop()
        if self._excerpt is not None and self._jobs.current(JobKind.FILL) is None:
            self.load_model()
            self._misses += 1
            self._jobs.fill(self._revision, self._excerpt.request, self._excerpt.near)

    def _halt(self) -> None:
        self._debounce.stop()
        self._known.stop()
        for kind in _TEXT_KINDS:
            self._jobs.cancel(kind)

    def _obstacle(self) -> BubaiError | None:
        """Return why nothing can be asked of the engine just now."""
        if self._composing:
            return Cancelled()
        if self._snapshot is None or not self._snapshot.text.strip():
            return EmptyTextError()
        return NoBlankError() if self._excerpt is None else self._load_error

    def _cached(self) -> FillResult | None:
        return None if self._excerpt is None else self._cache.get(self._excerpt.request)

    def _is_stale(self, ask: Ask) -> bool:
        """Return whether nobody waits for ``ask`` any more."""
        current = None if self._excerpt is None else self._excerpt.request
        return self._composing or ask.request != current

    def _report_known(self) -> None:
        result = self._cached()
        if result is not None and self._excerpt is not None and self._snapshot is not None:
            placed = place_fill(result, self._excerpt, self._snapshot)
            self.fill_finished.emit(self._revision, placed)

    def _on_started(self, ask: Ask) -> None:
        if ask.kind is JobKind.LOAD:
            self.model_loading.emit()
        elif ask.kind is _first_kind(ask):
            self.fill_started.emit(ask.revision)

    def _on_done(self, ask: Ask, value: object) -> None:
        if isinstance(value, PackageInfo):
            is_another = self._info is not None
            self._info = value
            self.model_ready.emit(value)
            if is_another:
                self.forget()
            return
        if ask.kind is JobKind.FILL and ask.request and isinstance(value, FillResult):
            self._cache.put(ask.request, value)
        if self._excerpt is None or self._snapshot is None or self._is_stale(ask):
            self._report_error(ask, Cancelled())
        elif ask.kind is JobKind.FILL:
            self._report_known()
        elif ask.kind is JobKind.NEAR and isinstance(value, FillResult):
            placed = place_fill(value, self._excerpt, self._snapshot)
            self.near_finished.emit(self._revision, placed)
        elif isinstance(value, FillResult):
            self.word_scored.emit(ask.word, place_fill(value, self._excerpt, self._snapshot))
        elif isinstance(value, Explanation):
            self.explanation_finished.emit(place_explanation(value, self._excerpt))

    def _on_failed(self, ask: Ask, error: BubaiError) -> None:
        if ask.kind is JobKind.LOAD:
            if self._info is None:  # else the engine loaded before goes on
                self._load_error = error
            self.model_failed.emit(error)
        else:
            self._report_error(ask, Cancelled() if self._is_stale(ask) else error)

    def _on_cancelled(self, ask: Ask) -> None:
        if ask.kind is not JobKind.LOAD:
            self._report_error(ask, Cancelled())

    def _report_error(self, ask: Ask, error: BubaiError) -> None:
        if ask.kind is JobKind.SCORE:
            self.word_failed.emit(ask.word, error)
        elif ask.kind is JobKind.EXPLAIN:
            self.explanation_failed.emit(error)
        elif ask.kind is JobKind.NEAR:
            return  # the fill of all spans, queued behind it, reports for both
        elif isinstance(error, Cancelled):
            self.fill_cancelled.emit(ask.revision)
        else:
            self.fill_failed.emit(ask.revision, error)

    def _make_timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer


def _first_kind(ask: Ask) -> JobKind:
    """Return the kind of the job with which the fill that ``ask`` belongs to begins."""
    several = ask.request is not None and len(ask.request.spans) > 1
    return JobKind.NEAR if several else JobKind.FILL


def _call(action: Callable[[], None]) -> None:
    action()
