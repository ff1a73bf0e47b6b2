"""The cloze workshop's jobs in the worker thread, with the engine that the fills use.

Qt core only; nothing of the ui.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from assistant.cloze import upkeep
from assistant.cloze.bank import BankCheck
from assistant.cloze.check import check_exercise_bank, view_exercise
from assistant.cloze.exercise import Exercise, Kind
from assistant.cloze.find_gaps import BAND_PHASES
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.make import make_exercise
from assistant.cloze.options import Options
from assistant.cloze.scorer import Scorer
from assistant.cloze.strategies import Strategy
from assistant.engine.cancel import Cancel
from assistant.errors import BubaiError, Cancelled, ModelError
from assistant.records import FillRequest, FillResult
from assistant.services.worker import JobKind, Worker

_Report = Callable[[object], object]
_Work = Callable[[Scorer | None, Cancel], object]


@dataclass(frozen=True, slots=True)
class Judged:
    """An exercise as a job left it.

    ``bank`` is None but for word banks; ``with_model`` is False where no model could judge it;
    ``uid`` names the gap that the job made, if it made one.
    """

    exercise: Exercise
    bank: BankCheck | None = None
    with_model: bool = True
    uid: str = ""


class ClozeJobs(QObject):
    """Makes and judges exercises; of all its jobs one runs or waits, the newest wins.

    Lives on the UI thread. Every call ends in one of its own signal, ``failed`` and
    ``cancelled``, unless a newer call replaced it: then nothing more is heard of it. Jobs that can
    do without a model do so when none can be loaded.
    """

    started = Signal()
    """A job was submitted."""
    progressed = Signal(int, int)
    """Steps done, steps in all."""
    made = Signal(object)
    """Judged."""
    judged = Signal(object)
    """Judged; of :meth:`judge` and :meth:`move`."""
    spares_found = Signal(str, object)
    """Gap uid, tuple of Distractor."""
    views_found = Signal(object)
    """Mapping of gap uids to GapView, None without a model."""
    failed = Signal(object)
    """BubaiError."""
    cancelled = Signal()

    _stepped = Signal(int, int, int)

    def __init__(
        self,
        worker: Worker,
        scorer: Scorer,
        load_model: Callable[[], object],
        lexicon: Lexicon,
        parent: QObject | None = None,
    ) -> None:
        """Use ``scorer`` in the worker thread; ``load_model`` queues its loading if need be."""
        super().__init__(parent)
        self._worker, self._scorer, self._lexicon = worker, scorer, lexicon
        self._load_model = load_model
        self._live: tuple[int, _Report] | None = None
        self._round = 0
        worker.job_done.connect(self._on_done)
        worker.job_failed.connect(self._on_failed)
        worker.job_cancelled.connect(self._on_cancelled)
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._live is not None

    def make(self, text: str, options: Options) -> None:
        """Make an exercise of ``text``; ends in ``made``."""
        needed = options.strategy is Strategy.ENTROPY
        steps = _steps(options.kind) + (BAND_PHASES if needed else 0)
        work = partial(_make, text, options, self._lexicon)
        self._submit(work, self.made.emit, steps, needs_model=needed)

    def judge(self, exercise: Exercise, choices: int) -> None:
        """Judge ``exercise`` anew and complete its options; ends in ``judged``."""
        work = partial(_judge, exercise, choices, self._lexicon)
        self._submit(work, self.judged.emit, _steps(exercise.kind))

    def move(self, exercise: Exercise, uid: str, choices: int) -> None:
        """Put the gap where fewest other words fit; ends in ``judged``."""
        work = partial(_move, exercise, uid, choices, self._lexicon)
        steps = upkeep.PLACES_TRIED + _steps(exercise.kind)
        self._submit(work, self.judged.emit, steps)

    def find_spares(self, exercise: Exercise, uid: str) -> None:
        """Find other wrong options for the gap; ends in ``spares_found``."""
        work = partial(_spares, exercise, uid, self._lexicon)
        self._submit(work, partial(self.spares_found.emit, uid), 2)

    def view(self, exercise: Exercise, words: Mapping[str, Sequence[str]]) -> None:
        """Score ``words`` (by gap uid) in their gaps; ends in ``views_found``."""
        self._submit(partial(_view, exercise, words), self.views_found.emit, 1)

    def cancel(self) -> None:
        """Stop what runs or waits."""
        if self._live is not None:
            self._live = None
            self._worker.cancel(JobKind.CLOZE)
            self.cancelled.emit()

    def _submit(
        self, work: _Work, report: _Report, steps: int, *,
        needs_model: bool = False,
    ) -> None:  # fmt: skip
        self._load_model()
        self._round += 1
        told = partial(self._stepped.emit, self._round)
        job = partial(_run, work, self._scorer, told, steps, needs_model)
        self._live = self._worker.submit(JobKind.CLOZE, job), report
        self.progressed.emit(0, steps)
        self.started.emit()

    def _take(self, job_id: int) -> _Report | None:
        """Return how to report the job and forget it; None if it is not the newest of ours."""
        if self._live is None or self._live[0] != job_id:
            return None
        report = self._live[1]
        self._live = None
        return report

    def _on_stepped(self, number: int, done: int, steps: int) -> None:
        # A gap that lacks options is asked about again: more steps than were told, and no news.
        if self._live is not None and number == self._round and done <= steps:
            self.progressed.emit(done, steps)

    def _on_done(self, job_id: int, value: object) -> None:
        if (report := self._take(job_id)) is not None:
            report(value)

    def _on_failed(self, job_id: int, error: BubaiError) -> None:
        if self._take(job_id) is not None:
            self.failed.emit(error)

    def _on_cancelled(self, job_id: int) -> None:
        if self._take(job_id) is not None:
            self.cancelled.emit()


class _Counting:
    """A scorer that tells how often it was asked, and breaks off when cancelled between."""

    def __init__(self, scorer: Scorer, told: Callable[[int, int], None], steps: int) -> None:
        self._scorer, self._told, self._steps = scorer, told, steps
        self._done = 0

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        result = self._scorer.fill(request, cancel)
        self._done += 1
        self._told(self._done, self._steps)
        return result


def _steps(kind: Kind) -> int:
    """Return how many times the model is asked about an exercise of ``kind``."""
    return {Kind.OPEN: 1, Kind.BANK: 4}.get(kind, 3)


def _run(
    work: _Work,
    scorer: Scorer,
    told: Callable[[int, int], None],
    steps: int,
    needs_model: bool,
    cancel: Cancel,
) -> object:
    try:
        return work(_Counting(scorer, told, steps), cancel)
    except ModelError:
        if needs_model:
            raise
    if cancel.thrown:
        raise Cancelled
    return work(None, cancel)


def _make(
    text: str, options: Options, lexicon: Lexicon, scorer: Scorer | None, cancel: Cancel
) -> Judged:
    if options.strategy is Strategy.MANUAL:
        return Judged(upkeep.without_gaps(text, options), with_model=scorer is not None)
    exercise = make_exercise(text, options, lexicon, scorer, cancel=cancel)
    return _with_bank_check(exercise, scorer, cancel)


def _judge(
    exercise: Exercise, choices: int, lexicon: Lexicon, scorer: Scorer | None, cancel: Cancel
) -> Judged:
    exercise = upkeep.completed(exercise, choices, lexicon, scorer, cancel)
    return _with_bank_check(exercise, scorer, cancel)


def _move(
    exercise: Exercise, uid: str, choices: int, lexicon: Lexicon, scorer: Scorer | None,
    cancel: Cancel,
) -> Judged:  # fmt: skip
    exercise, new_uid = upkeep.moved(exercise, uid, scorer, cancel)
    exercise = upkeep.completed(exercise, choices, lexicon, scorer, cancel)
    return _with_bank_check(exercise, scorer, cancel, new_uid)


def _with_bank_check(
    exercise: Exercise, scorer: Scorer | None, cancel: Cancel, uid: str = ""
) -> Judged:
    bank = None if scorer is None else check_exercise_bank(exercise, scorer, cancel)
    return Judged(exercise, bank, scorer is not None, uid)


def _spares(
    exercise: Exercise, uid: str, lexicon: Lexicon, scorer: Scorer | None, cancel: Cancel
) -> object:
    return upkeep.spare_options(exercise, uid, lexicon, scorer, cancel)


def _view(
    exercise: Exercise, words: Mapping[str, Sequence[str]], scorer: Scorer | None, cancel: Cancel
) -> object:
    if scorer is None:
        return None
    return view_exercise(exercise, scorer, words, top=1, cancel=cancel)
