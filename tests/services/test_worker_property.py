"""Whatever is asked of the worker in whatever order: every job ends exactly once."""

from __future__ import annotations

import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication

from assistant.engine.cancel import Cancel
from assistant.errors import EmptyTextError, OutOfMemoryError
from assistant.services.worker import JobKind, Worker

KINDS = st.sampled_from(list(JobKind))
RAISED = {"input": EmptyTextError, "memory": MemoryError, "bug": ValueError, "exit": SystemExit}


class _Jobs(RuleBasedStateMachine):
    """Submits, cancels, blocks and lets go; the ends are compared with what is possible."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker()
        self.gate = threading.Event()
        self.submitted: dict[int, str] = {}
        self.ends: list[tuple[int, str]] = []
        self.errors: dict[int, object] = {}
        self.worker.job_done.connect(lambda job, _value: self.ends.append((job, "done")))
        self.worker.job_failed.connect(self._on_failed)
        self.worker.job_cancelled.connect(lambda job: self.ends.append((job, "cancelled")))

    @rule(kind=KINDS, how=st.sampled_from(["value", "gate", "deaf", *RAISED]))
    def submit(self, kind: JobKind, how: str) -> None:
        def work(cancel: Cancel) -> str:
            if how in RAISED:
                raise RAISED[how]
            while how in ("gate", "deaf") and not self.gate.wait(0.001):
                if how == "gate":
                    cancel.check()
            return how

        self.submitted[self.worker.submit(kind, work)] = how

    @rule(kind=KINDS)
    def cancel(self, kind: JobKind) -> None:
        self.worker.cancel(kind)

    @rule()
    def let_go(self) -> None:
        self.gate.set()

    @rule()
    def look(self) -> None:
        QCoreApplication.processEvents()

    @invariant()
    def none_ended_twice_or_unasked(self) -> None:
        ended = [job for job, _ in self.ends]
        assert len(ended) == len(set(ended))
        assert set(ended) <= set(self.submitted)

    def teardown(self) -> None:
        self.gate.set()
        assert self.worker.stop()
        QCoreApplication.processEvents()
        assert sorted(job for job, _ in self.ends) == sorted(self.submitted)
        for job, end in self.ends:
            how = self.submitted[job]
            assert end in ({"failed", "cancelled"} if how in RAISED else {"done", "cancelled"})
            if how == "memory" and end == "failed":
                assert isinstance(self.errors[job], OutOfMemoryError)

    def _on_failed(self, job: int, error: object) -> None:
        self.ends.append((job, "failed"))
        self.errors[job] = error


@pytest.mark.usefixtures("qapp")
def test_every_job_ends_exactly_once_in_any_story() -> None:
    run_state_machine_as_test(_Jobs, settings=settings(max_examples=60, stateful_step_count=25))
