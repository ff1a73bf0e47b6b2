from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NoBlankError
from assistant.services.measurements import KEPT, Measurements
from assistant.services.worker import JobKind, Worker


def test_nothing_is_reported_before_something_was_measured():
    assert Measurements().timings() == ()


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_percentiles_are_values_that_enough_jobs_did_not_exceed(values):
    measured = Measurements()
    for value in values:
        measured.record(JobKind.FILL, value)
    (timing,) = measured.timings()
    assert (timing.kind, timing.count) == (JobKind.FILL, len(values))
    for share, found in ((0.5, timing.p50_ms), (0.95, timing.p95_ms)):
        assert found in values
        assert sum(value <= found for value in values) >= share * len(values)
        assert sum(value < found for value in values) < max(1, share * len(values))


def test_old_durations_are_dropped_but_counted():
    measured = Measurements()
    for number in range(KEPT + 10):
        measured.record(JobKind.LABELS, 1000.0 if number < 10 else 1.0)
    (timing,) = measured.timings()
    assert (timing.count, timing.p95_ms) == (KEPT + 10, 1.0)


def test_the_worker_measures_what_was_done_and_nothing_else(qtbot):
    measured = Measurements()
    worker = Worker(measure=measured.record)

    def fail(_cancel):
        raise NoBlankError

    with qtbot.waitSignal(worker.job_done):
        worker.submit(JobKind.FILL, lambda _cancel: 1)
    with qtbot.waitSignal(worker.job_failed):
        worker.submit(JobKind.SCORE, fail)
    assert worker.stop()
    assert [(timing.kind, timing.count) for timing in measured.timings()] == [(JobKind.FILL, 1)]
    assert measured.timings()[0].p50_ms >= 0
