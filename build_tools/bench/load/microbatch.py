"""A queue before a graph: rows of waiting requests are gathered and run together.

Stands in for an OnnxSession (``inputs``, ``outputs``, ``run``), so several engines in threads of
their own can share one graph. There is no thread of its own: the first of those who wait runs the
batch for the others. Written to be measured against running side by side; see BENCHMARKS.md.

INT8 scales what it reads together, so an answer depends a little on the company it was read in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.engine.cancel import Cancel
from assistant.errors import Cancelled

Feeds = Mapping[str, NDArray[Any]]
Outputs = list[NDArray[Any]]
_PLACES = "rows"
"""The input that says which row a result belongs to; without it there is a result a row."""


_ALIKE = 1.5
"""Rows run together when the longest is at most so many times as long as the shortest."""


class Session(Protocol):
    """What is shared."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def run(self, feeds: Feeds, cancel: Cancel | None = None) -> Outputs:
        """Run the graph."""
        ...


class Ticket:
    """One waiting request. Setting ``terminate`` (as a thrown Cancel does) withdraws it."""

    def __init__(self, feeds: Feeds, queue: MicroBatch) -> None:
        self.feeds = feeds
        self.rows, self.width = feeds["input_ids"].shape
        self.count = len(feeds[_PLACES]) if _PLACES in feeds else self.rows
        self.answer: Outputs | None = None
        self.error: BaseException | None = None
        self.is_withdrawn = False
        self._queue = queue

    @property
    def is_done(self) -> bool:
        """Whether there is an answer or an error."""
        return self.answer is not None or self.error is not None

    @property
    def terminate(self) -> bool:
        """Whether the request was withdrawn."""
        return self.is_withdrawn

    @terminate.setter
    def terminate(self, value: bool) -> None:
        if value:
            self.is_withdrawn = True
            self._queue.withdraw()


class MicroBatch:
    """Thread-safe front of one session.

    A request waits at most ``wait_seconds`` for company; of those that wait, similar lengths run
    together, at most ``most_tokens`` with padding. With ``most_waiting`` requests in the queue the
    next caller waits for a place.
    """

    def __init__(
        self,
        session: Session,
        *,
        pad: int = 0,
        wait_seconds: float = 0.0,
        most_tokens: int = 1024,
        most_waiting: int = 64,
    ) -> None:
        self.inputs, self.outputs = session.inputs, session.outputs
        self._session, self._pad = session, pad
        self._wait, self._most_tokens, self._most_waiting = wait_seconds, most_tokens, most_waiting
        self._state = threading.Condition()
        self._waiting: list[Ticket] = []
        self._running: tuple[Ticket, ...] = ()
        self._is_led = False
        self._stop = Cancel()

    def run(self, feeds: Feeds, cancel: Cancel | None = None) -> Outputs:
        """Return the outputs for ``feeds``, run with whatever else waits.

        Raises what the graph raises for these feeds alone, and Cancelled.
        """
        ticket = Ticket(feeds, self)
        if cancel is not None:
            cancel.enter(ticket)
        try:
            self._queue_up(ticket)
            while not self._is_answered(ticket):
                self._lead()
        finally:
            if cancel is not None:
                cancel.leave()
        if ticket.error is not None:
            raise ticket.error
        assert ticket.answer is not None
        return ticket.answer

    def withdraw(self) -> None:
        """Look who was withdrawn: a run that nobody waits for is stopped."""
        with self._state:
            if self._running and all(ticket.is_withdrawn for ticket in self._running):
                self._stop.throw()
            self._state.notify_all()

    def _queue_up(self, ticket: Ticket) -> None:
        with self._state:
            self._state.wait_for(
                lambda: len(self._waiting) < self._most_waiting or ticket.is_withdrawn
            )
            self._waiting.append(ticket)
            self._state.notify_all()

    def _is_answered(self, ticket: Ticket) -> bool:
        """Wait until ``ticket`` is answered (True), or its thread has to lead (False)."""
        with self._state:
            self._state.wait_for(lambda: ticket.is_done or ticket.is_withdrawn or not self._is_led)
            if ticket.is_withdrawn and not ticket.is_done:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
                ticket.error = Cancelled()
            if ticket.is_done:
                return True
            self._is_led = True
            return False

    def _lead(self) -> None:
        """Run one batch of those who wait, for a thread that waits itself."""
        try:
            self._gather()
            with self._state:
                self._running = tuple(self._choose())
                self._stop = Cancel()
            if self._running:
                self._answer(self._running)
        finally:
            with self._state:
                self._running, self._is_led = (), False
                self._state.notify_all()

    def _gather(self) -> None:
        if self._wait:
            end = time.monotonic() + self._wait
            with self._state:
                while (left := end - time.monotonic()) > 0:
                    self._state.wait(left)

    def _choose(self) -> list[Ticket]:
        """Take the oldest request, and those nearest to its length while there is room."""
        if not self._waiting:
            return []
        oldest = self._waiting[0]
        near = sorted(self._waiting, key=lambda one: abs(one.width - oldest.width))
        chosen: list[Ticket] = []
        rows, least, most = 0, oldest.width, oldest.width
        for ticket in near:
            rows += ticket.rows
            least, most = min(least, ticket.width), max(most, ticket.width)
            if chosen and (rows * most > self._most_tokens or most > _ALIKE * least):
                break
            chosen.append(ticket)
        for ticket in chosen:
            self._waiting.remove(ticket)
        return chosen

    def _answer(self, tickets: Sequence[Ticket]) -> None:
        try:
            outputs = self._session.run(
                merged([one.feeds for one in tickets], self._pad), self._stop
            )
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever asked
            if len(tickets) == 1 or isinstance(error, Cancelled):
                for ticket in tickets:
                    ticket.error = error
                return
            for ticket in tickets:  # one bad request must not fail the others
                self._answer([ticket])
            return
        first = 0
        for ticket in tickets:
            ticket.answer = [values[first : first + ticket.count] for values in outputs]
            first += ticket.count


def merged(requests: Sequence[Feeds], pad: int) -> dict[str, NDArray[Any]]:
    """Return one set of inputs for all ``requests``: rows below each other, padded at the end."""
    if len(requests) == 1:
        return dict(requests[0])
    shapes = [one["input_ids"].shape for one in requests]
    width = max(columns for _, columns in shapes)
    firsts = np.cumsum([0, *(rows for rows, _ in shapes)])
    found: dict[str, NDArray[Any]] = {}
    for name in requests[0]:
        parts = [one[name] for one in requests]
        if name == _PLACES:
            parts = [values + first for values, first in zip(parts, firsts, strict=False)]
        elif parts[0].ndim == 2:
            fill = pad if name == "input_ids" else 0
            parts = [
                np.pad(values, ((0, 0), (0, width - values.shape[1])), constant_values=fill)
                for values in parts
            ]
        found[name] = np.concatenate(parts)
    return found
