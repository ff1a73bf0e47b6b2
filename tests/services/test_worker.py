"""The worker thread: order, newest wins, cancellation, failures, shutdown."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from assistant.engine.cancel import Cancel
from assistant.errors import EmptyTextError, InternalError, OutOfMemoryError
from assistant.services.worker import JobKind, Worker

SECRET = "春天的秘密"


class Gate:
    """A job that says when it runs and goes on when it is let, or when it is cancelled."""

    def __init__(self) -> None:
        self.running = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, cancel: Cancel) -> str:
        self.running.set()
        while not self.go_on.wait(0.002):
            cancel.check()
        return "done"


class Ends:
    """Collects how jobs end, in order."""

    def __init__(self, worker: Worker) -> None:
        self.ended: list[tuple[int, str, object]] = []
        worker.job_done.connect(lambda job, value: self.ended.append((job, "done", value)))
        worker.job_failed.connect(lambda job, error: self.ended.append((job, "failed", error)))
        worker.job_cancelled.connect(lambda job: self.ended.append((job, "cancelled", None)))

    def wait(self, qtbot: QtBot, count: int) -> list[tuple[int, str, object]]:
        qtbot.waitUntil(lambda: len(self.ended) >= count)
        return self.ended


def _constant(value: object) -> Callable[[Cancel], object]:
    return lambda _cancel: value


def test_a_job_runs_in_another_thread_and_reports_on_this_one(qtbot: QtBot, worker: Worker) -> None:
    threads: list[int] = []
    worker.job_done.connect(lambda _job, ident: threads.extend((ident, threading.get_ident())))
    worker.submit(JobKind.FILL, lambda _cancel: threading.get_ident())
    qtbot.waitUntil(lambda: len(threads) == 2)
    ran_in, reported_in = threads
    assert reported_in == threading.get_ident() != ran_in


def test_the_newest_waiting_job_of_a_kind_wins(qtbot: QtBot, worker: Worker) -> None:
    ends = Ends(worker)
    gate = Gate()
    first = worker.submit(JobKind.LOAD, gate)
    assert gate.running.wait(5)
    second = worker.submit(JobKind.FILL, _constant("old"))
    third = worker.submit(JobKind.FILL, _constant("new"))
    gate.go_on.set()
    assert ends.wait(qtbot, 3) == [
        (second, "cancelled", None),
        (first, "done", "done"),
        (third, "done", "new"),
    ]


def test_a_newer_job_cancels_the_running_one_of_its_kind(qtbot: QtBot, worker: Worker) -> None:
    ends = Ends(worker)
    gate = Gate()
    first = worker.submit(JobKind.FILL, gate)
    assert gate.running.wait(5)
    second = worker.submit(JobKind.FILL, _constant("new"))
    assert ends.wait(qtbot, 2) == [(first, "cancelled", None), (second, "done", "new")]


def test_kinds_do_not_displace_each_other_and_run_in_order(qtbot: QtBot, worker: Worker) -> None:
    ends = Ends(worker)
    gate = Gate()
    jobs = [worker.submit(JobKind.LOAD, gate)]
    assert gate.running.wait(5)
    jobs += [worker.submit(kind, _constant(kind)) for kind in (JobKind.EXPLAIN, JobKind.FILL)]
    gate.go_on.set()
    assert [(job, how) for job, how, _ in ends.wait(qtbot, 3)] == [(job, "done") for job in jobs]


def test_a_cancelled_job_is_cancelled_even_if_it_did_not_listen(
    qtbot: QtBot, worker: Worker
) -> None:
    ends = Ends(worker)
    running, go_on = threading.Event(), threading.Event()

    def deaf(_cancel: Cancel) -> str:
        running.set()
        assert go_on.wait(5)
        return "too late"

    job = worker.submit(JobKind.FILL, deaf)
    assert running.wait(5)
    worker.cancel(JobKind.FILL)
    go_on.set()
    assert ends.wait(qtbot, 1) == [(job, "cancelled", None)]


def test_an_error_meant_for_the_person_arrives_as_it_is(qtbot: QtBot, worker: Worker) -> None:
    error = EmptyTextError()

    def fail(_cancel: Cancel) -> None:
        raise error

    with qtbot.waitSignal(worker.job_failed) as failed:
        job = worker.submit(JobKind.FILL, fail)
    assert failed.args == [job, error]


class Panic(BaseException):
    """What a panicking Rust library raises: no Exception."""


def test_a_lack_of_memory_is_called_so(qtbot: QtBot, worker: Worker) -> None:
    def fail(_cancel: Cancel) -> None:
        raise MemoryError(SECRET)

    with qtbot.waitSignal(worker.job_failed) as failed:
        worker.submit(JobKind.FILL, fail)
    assert failed.args is not None
    assert isinstance(failed.args[1], OutOfMemoryError)
    assert SECRET not in failed.args[1].details


@pytest.mark.parametrize("kind", [ValueError, SystemExit, Panic])
def test_any_exception_becomes_a_failure_without_the_text_and_the_thread_lives_on(
    qtbot: QtBot, worker: Worker, kind: type[BaseException]
) -> None:
    def fail(_cancel: Cancel) -> None:
        raise kind(SECRET)

    ends = Ends(worker)
    worker.submit(JobKind.FILL, fail)
    ((_job, how, error),) = ends.wait(qtbot, 1)
    assert how == "failed"
    assert isinstance(error, InternalError)
    assert kind.__qualname__ in error.details
    assert SECRET not in error.details
    with qtbot.waitSignal(worker.job_done) as done:
        worker.submit(JobKind.FILL, _constant(1))
    assert done.args is not None
    assert done.args[1] == 1


def test_stopping_cancels_what_runs_and_what_waits(qtbot: QtBot) -> None:
    worker = Worker()
    ends = Ends(worker)
    gate = Gate()
    running = worker.submit(JobKind.FILL, gate)
    assert gate.running.wait(5)
    waiting = worker.submit(JobKind.SCORE, _constant(1))
    assert worker.stop()
    late = worker.submit(JobKind.FILL, _constant(2))
    assert {(job, how) for job, how, _ in ends.wait(qtbot, 3)} == {
        (running, "cancelled"),
        (waiting, "cancelled"),
        (late, "cancelled"),
    }


def test_a_job_that_listens_to_nobody_does_not_hang_the_shutdown(qtbot: QtBot) -> None:
    worker = Worker()
    running, go_on = threading.Event(), threading.Event()

    def deaf(_cancel: Cancel) -> None:
        running.set()
        go_on.wait(5)

    worker.submit(JobKind.LOAD, deaf)
    assert running.wait(5)
    assert not worker.stop(timeout_ms=1)
    go_on.set()
    assert worker.stop()


def test_many_jobs_each_end_exactly_once(qtbot: QtBot, worker: Worker) -> None:
    ends = Ends(worker)
    kinds = list(JobKind)
    jobs = [worker.submit(kinds[i % len(kinds)], _constant(i)) for i in range(200)]
    ended = ends.wait(qtbot, len(jobs))
    assert sorted(job for job, _, _ in ended) == jobs
    # What a job replaced may be reported after that job's own end, but the newest of a kind runs.
    hows = {job: how for job, how, _ in ended}
    assert {hows[job] for job in jobs[-len(kinds) :]} == {"done"}
