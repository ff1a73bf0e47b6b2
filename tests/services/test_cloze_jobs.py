from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from assistant.cloze.edit import set_hint
from assistant.cloze.exercise import Exercise, Kind
from assistant.cloze.lexicon import Lexicon
from assistant.cloze.options import Options
from assistant.cloze.strategies import Strategy
from assistant.engine.cancel import Cancel
from assistant.errors import ModelMissingError, NoGapError
from assistant.paths import find_paths
from assistant.records import FillRequest, FillResult
from assistant.services.analysis import FillService
from assistant.services.cloze_jobs import ClozeJobs, Judged
from assistant.services.worker import Worker
from tests.cloze.conftest import TEXT
from tests.cloze.fake import FakeScorer
from tests.services.fakes import FakeEngine, fake_explain

WORDS = Options(Strategy.WORDLIST, Kind.CHOICE, words=("公园", "荷花"), choices=3)


class Keys(dict[str, dict[str, float]]):
    """Opinions of words: the one that was taken out is likely, if nothing else is said."""

    def get(self, key: str, default: object = None) -> dict[str, float]:  # type: ignore[override]
        del default
        return super().get(key) or {key: 0.5}


class Held(FakeScorer):
    """Answers only when it may, and gives up when cancelled."""

    def __init__(self) -> None:
        super().__init__(Keys({"荷花": {"荷花": 0.5, "菊花": 0.4}}))
        self.go_on = threading.Event()
        self.go_on.set()
        self.asked = threading.Event()

    def fill(self, request: FillRequest, cancel: Cancel | None = None) -> FillResult:
        self.asked.set()
        while not self.go_on.wait(0.002):
            if cancel is not None:
                cancel.check()
        return super().fill(request, cancel)


@pytest.fixture
def scorer() -> Held:
    return Held()


@pytest.fixture
def jobs(worker: Worker, scorer: Held) -> Iterator[ClozeJobs]:
    lexicon = Lexicon(find_paths().resources / "lexicon")
    yield ClozeJobs(worker, scorer, lambda: None, lexicon)
    scorer.go_on.set()


def args(waited: Any) -> list[Any]:
    """Return what the awaited signal carried."""
    return waited.args


def made(qtbot: QtBot, jobs: ClozeJobs, options: Options = WORDS) -> Judged:
    with qtbot.waitSignal(jobs.made, timeout=20_000) as waited:
        jobs.make(TEXT, options)
    return args(waited)[0]


def test_an_exercise_is_made_and_judged(qtbot: QtBot, jobs: ClozeJobs) -> None:
    judged = made(qtbot, jobs)
    by_answer = {gap.answer: gap for gap in judged.exercise.gaps}
    assert judged.with_model
    assert [rival.text for rival in by_answer["荷花"].alternatives] == ["菊花"]
    assert len(by_answer["公园"].options) == 3
    assert not jobs.busy


def test_the_steps_are_told_up_to_the_last(qtbot: QtBot, jobs: ClozeJobs) -> None:
    told: list[tuple[int, int]] = []
    jobs.progressed.connect(lambda done, steps: told.append((done, steps)))
    made(qtbot, jobs)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_bank_is_checked(qtbot: QtBot, jobs: ClozeJobs) -> None:
    judged = made(qtbot, jobs, Options(Strategy.WORDLIST, Kind.BANK, words=("公园", "荷花")))
    assert judged.bank is not None
    assert len(judged.exercise.bank) == 4


def test_without_a_model_an_exercise_is_made_all_the_same(qtbot: QtBot, worker: Worker) -> None:
    def refuse() -> FakeEngine:
        raise ModelMissingError(folder="fill", file="model.onnx")

    fills = FillService(worker, refuse, fake_explain)
    lexicon = Lexicon(find_paths().resources / "lexicon")
    jobs = ClozeJobs(worker, fills.scorer, fills.load_model, lexicon)
    judged = made(qtbot, jobs)
    assert not judged.with_model
    assert all(gap.difficulty is None for gap in judged.exercise.gaps)
    with qtbot.waitSignal(jobs.failed) as waited:
        jobs.make(TEXT, Options(Strategy.ENTROPY))
    assert isinstance(args(waited)[0], ModelMissingError)


def test_the_engine_of_the_fills_is_the_scorer(qtbot: QtBot, worker: Worker) -> None:
    engine = FakeEngine()
    loads: list[int] = []

    def load() -> FakeEngine:
        loads.append(1)
        return engine

    fills = FillService(worker, load, fake_explain)
    lexicon = Lexicon(find_paths().resources / "lexicon")
    jobs = ClozeJobs(worker, fills.scorer, fills.load_model, lexicon)
    made(qtbot, jobs, Options(Strategy.WORDLIST, words=("公园",)))
    made(qtbot, jobs, Options(Strategy.WORDLIST, words=("荷花",)))
    assert len(loads) == 1
    assert len(engine.asked) == 2


def test_a_text_without_fitting_words_is_an_error(qtbot: QtBot, jobs: ClozeJobs) -> None:
    with qtbot.waitSignal(jobs.failed) as waited:
        jobs.make(TEXT, Options(Strategy.WORDLIST, words=("飞机",)))
    assert isinstance(args(waited)[0], NoGapError)


def test_cancelling_stops_the_work(qtbot: QtBot, jobs: ClozeJobs, scorer: Held) -> None:
    scorer.go_on.clear()
    seen: list[object] = []
    jobs.made.connect(seen.append)
    jobs.make(TEXT, WORDS)
    qtbot.waitUntil(scorer.asked.is_set)
    with qtbot.waitSignal(jobs.cancelled):
        jobs.cancel()
    scorer.go_on.set()
    again = made(qtbot, jobs)
    assert seen == [again]


def test_only_the_newest_exercise_is_reported(qtbot: QtBot, jobs: ClozeJobs, scorer: Held) -> None:
    exercise = made(qtbot, jobs).exercise
    newer = set_hint(exercise, exercise.gaps[0].uid, "去散步的地方")
    reported: list[Exercise] = []
    jobs.judged.connect(lambda judged: reported.append(judged.exercise))
    scorer.go_on.clear()
    jobs.judge(exercise, 3)
    with qtbot.waitSignal(jobs.judged):
        jobs.judge(newer, 3)
        scorer.go_on.set()
    assert [sheet.gaps[0].hint for sheet in reported] == ["去散步的地方"]


def test_a_moved_gap_is_named(qtbot: QtBot, jobs: ClozeJobs) -> None:
    exercise = made(qtbot, jobs).exercise
    with qtbot.waitSignal(jobs.judged) as waited:
        jobs.move(exercise, exercise.gaps[0].uid, 3)
    judged: Judged = args(waited)[0]
    (gap,) = [gap for gap in judged.exercise.gaps if gap.uid == judged.uid]
    assert gap.answer != exercise.gaps[0].answer
    assert len(gap.options) == 3


def test_wrong_answers_are_scored_in_their_gaps(qtbot: QtBot, jobs: ClozeJobs) -> None:
    exercise = made(qtbot, jobs).exercise
    uid = next(gap.uid for gap in exercise.gaps if gap.answer == "荷花")
    with qtbot.waitSignal(jobs.views_found) as waited:
        jobs.view(exercise, {uid: ["菊花"]})
    assert args(waited)[0][uid].confidence("菊花") == 0.4
