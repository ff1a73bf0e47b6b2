"""How much of the time is spent inside ``session.run`` of onnxruntime."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


class SessionClock:
    """Adds up the milliseconds inside onnxruntime from now on."""

    def __init__(self) -> None:
        """Nothing is measured before :meth:`install`."""
        self.milliseconds = 0.0
        self.installed = False

    def install(self) -> None:
        """Measure every session of this process (for one thread at a time)."""
        import onnxruntime

        run: Callable[..., Any] = onnxruntime.InferenceSession.run

        def timed(*arguments: Any, **named: Any) -> Any:
            before = time.perf_counter()
            try:
                return run(*arguments, **named)
            finally:
                self.milliseconds += (time.perf_counter() - before) * 1000

        onnxruntime.InferenceSession.run = timed
        self.installed = True

    def take(self) -> float:
        """Return what was added since the last call."""
        taken, self.milliseconds = self.milliseconds, 0.0
        return taken
