"""Stop a long run between two steps when it is asked to: SIGTERM or Ctrl+C."""

from __future__ import annotations

import signal
from typing import Any, Self

_SIGNALS = signal.SIGTERM, signal.SIGINT


class Stopping:
    """Inside ``with``, a signal sets ``asked`` instead of ending the process.

    The handlers of before are put back at the end. For the main thread.
    """

    def __init__(self) -> None:
        self.asked = False
        self._before: list[Any] = []

    def __enter__(self) -> Self:
        self._before = [signal.signal(number, self._ask) for number in _SIGNALS]
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in zip(_SIGNALS, self._before, strict=True):
            signal.signal(number, handler)

    def _ask(self, *_: Any) -> None:
        self.asked = True
