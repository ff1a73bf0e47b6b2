"""The micro-batch queue: answers, company, order of lengths, cancelling, errors, bounds."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from assistant.engine.cancel import Cancel
from assistant.errors import Cancelled
from build_tools.bench.load.microbatch import MicroBatch, merged


class Doubler:
    """Answers each row (or place) with twice the sum of its visible tokens."""

    inputs, outputs = ("input_ids", "attention_mask"), ("sums",)

    def __init__(self) -> None:
        self.runs: list[tuple[int, int]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()

    def run(self, feeds: Any, cancel: Cancel | None = None) -> list[Any]:
        ids, mask = feeds["input_ids"], feeds["attention_mask"]
        self.runs.append(ids.shape)
        self.entered.set()
        assert self.gate.wait(10)
        if cancel is not None:
            cancel.check()
        if (ids * mask == 13).any():
            raise ValueError("thirteen")
        sums = 2 * (ids * mask).sum(1, keepdims=True)
        return [sums[feeds["rows"]] if "rows" in feeds else sums]


def feeds(*tokens: int) -> dict[str, Any]:
    ids = np.array([tokens])
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


class Asking(threading.Thread):
    """One caller in a thread of its own."""

    def __init__(self, queue: MicroBatch, given: dict[str, Any], cancel: Cancel | None = None):
        super().__init__()
        self.queue, self.given, self.cancel = queue, given, cancel
        self.answer: Any = None
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self.answer = self.queue.run(self.given, self.cancel)[0].ravel().tolist()
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.error = error


def waits_for(queue: MicroBatch, count: int) -> None:
    with queue._state:
        assert queue._state.wait_for(lambda: len(queue._waiting) == count, timeout=10)


def held(queue: MicroBatch, session: Doubler) -> Asking:
    """Return a caller whose run does not end before the gate opens."""
    session.gate.clear()
    first = Asking(queue, feeds(1, 1))
    assert session.entered.wait(10)
    return first


def test_one_alone_gets_its_answer():
    assert MicroBatch(Doubler()).run(feeds(1, 2, 3))[0].tolist() == [[12]]


def test_those_who_wait_run_together_and_each_gets_its_own():
    session = Doubler()
    queue = MicroBatch(session)
    first = held(queue, session)
    others = [Asking(queue, feeds(*range(n))) for n in (3, 4, 3)]
    waits_for(queue, 3)
    session.gate.set()
    for one in (first, *others):
        one.join(10)
    assert [one.answer for one in others] == [[6], [12], [6]]
    assert session.runs == [(1, 2), (3, 4)]


def test_lengths_that_are_far_apart_do_not_run_together():
    session = Doubler()
    queue = MicroBatch(session)
    first = held(queue, session)
    others = [Asking(queue, feeds(*[1] * 40))]
    waits_for(queue, 1)
    others += [Asking(queue, feeds(1, 1, 1)), Asking(queue, feeds(1, 1, 1))]
    waits_for(queue, 3)
    session.gate.set()
    for one in (first, *others):
        one.join(10)
    assert session.runs[1:] == [(1, 40), (2, 3)]


def test_a_batch_holds_no_more_tokens_than_allowed():
    session = Doubler()
    queue = MicroBatch(session, most_tokens=6)
    first = held(queue, session)
    others = [Asking(queue, feeds(1, 1, 1)) for _ in range(3)]
    waits_for(queue, 3)
    session.gate.set()
    for one in (first, *others):
        one.join(10)
    assert session.runs[1:] == [(2, 3), (1, 3)]


def test_an_error_comes_to_whom_it_belongs_alone():
    session = Doubler()
    queue = MicroBatch(session)
    first = held(queue, session)
    bad, good = Asking(queue, feeds(13, 1)), Asking(queue, feeds(2, 1))
    waits_for(queue, 2)
    session.gate.set()
    for one in (first, bad, good):
        one.join(10)
    assert isinstance(bad.error, ValueError)
    assert good.answer == [6]


def test_who_waits_can_cancel_without_disturbing_the_others():
    session = Doubler()
    queue = MicroBatch(session)
    first = held(queue, session)
    cancel = Cancel()
    tired = Asking(queue, feeds(5, 5), cancel)
    waits_for(queue, 1)
    cancel.throw()
    tired.join(10)
    assert isinstance(tired.error, Cancelled)
    session.gate.set()
    first.join(10)
    assert first.answer == [4]
    assert session.runs == [(1, 2)]


def test_a_run_that_nobody_waits_for_is_stopped():
    session = Doubler()
    queue = MicroBatch(session)
    session.gate.clear()
    cancel = Cancel()
    tired = Asking(queue, feeds(5, 5), cancel)
    assert session.entered.wait(10)
    cancel.throw()
    session.gate.set()
    tired.join(10)
    assert isinstance(tired.error, Cancelled)
    assert queue.run(feeds(1, 1))[0].tolist() == [[4]]


def test_a_full_queue_keeps_the_next_caller_waiting():
    session = Doubler()
    queue = MicroBatch(session, most_waiting=1)
    first = held(queue, session)
    others = [Asking(queue, feeds(2, 2)) for _ in range(3)]
    waits_for(queue, 1)
    session.gate.set()
    for one in (first, *others):
        one.join(10)
    assert [one.answer for one in others] == [[8]] * 3


def test_many_threads_all_get_their_own():
    queue = MicroBatch(Doubler(), wait_seconds=0.001)
    asking = [Asking(queue, feeds(*[number] * (1 + number % 5))) for number in range(60)]
    for one in asking:
        one.join(20)
    wanted = [[2 * number * (1 + number % 5)] for number in range(60)]
    assert [one.error if number * 1 == 13 else one.answer for number, one in enumerate(asking)] == [
        asking[13].error if number == 13 else w for number, w in enumerate(wanted)
    ]
    assert isinstance(asking[13].error, ValueError)


def test_places_point_to_their_rows_and_padding_is_masked():
    one = feeds(7, 7) | {"rows": np.array([0, 0]), "columns": np.array([0, 1])}
    other = feeds(8, 8, 8) | {"rows": np.array([0]), "columns": np.array([2])}
    found = merged([one, other], pad=9)
    assert found["input_ids"].tolist() == [[7, 7, 9], [8, 8, 8]]
    assert found["attention_mask"].tolist() == [[1, 1, 0], [1, 1, 1]]
    assert found["rows"].tolist() == [0, 0, 1]
    assert found["columns"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("count", [1, 2])
def test_as_many_results_as_places(count):
    given = feeds(1, 2) | {"rows": np.zeros(count, np.int64), "columns": np.arange(count)}
    assert len(MicroBatch(Doubler()).run(given)[0]) == count
