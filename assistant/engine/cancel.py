"""A switch that stops a running job. Imports nothing of ours but errors, and nothing heavy."""

from __future__ import annotations

import threading
from typing import Protocol

from assistant.errors import Cancelled


class Stoppable(Protocol):
    """What a running inference is stopped by (onnxruntime's RunOptions)."""

    terminate: bool


class Cancel:
    """A switch that one thread holds and another throws: stops a running inference.

    Thread-safe. One fresh object per job; once thrown it stays thrown.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thrown = False
        self._running: Stoppable | None = None

    def throw(self) -> None:
        """Cancel the job; a running inference returns within about 10 ms."""
        with self._lock:
            self._thrown = True
            if self._running is not None:
                self._running.terminate = True

    @property
    def thrown(self) -> bool:
        """Whether the job was cancelled."""
        return self._thrown

    def check(self) -> None:
        """Raise Cancelled if the job was cancelled."""
        if self._thrown:
            raise Cancelled

    def enter(self, running: Stoppable) -> None:
        """Say that ``running`` begins: it is stopped when the switch is thrown.

        Raises Cancelled when that has happened already.
        """
        with self._lock:
            if self._thrown:
                raise Cancelled
            self._running = running

    def leave(self) -> None:
        """Say that nothing runs any more."""
        with self._lock:
            self._running = None
