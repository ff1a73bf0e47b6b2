"""How long jobs took in this session, and how often an answer was known already.

Nothing of what the jobs were about is kept. Imports nothing of the ui.
"""

from __future__ import annotations

import math
import threading
from collections import Counter, deque
from dataclasses import dataclass

from assistant.services.worker import JobKind

KEPT = 1000
"""Of each kind of job so many of the latest durations are kept."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The durations of one kind of job: how many there were, half, and 95 of 100 were faster."""

    kind: JobKind
    count: int
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class CacheUse:
    """How many answers were known already, of how many that were asked for."""

    hits: int = 0
    asked: int = 0


class Measurements:
    """Durations by kind of job. Thread-safe and cheap: workers record into it."""

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self._lock = threading.Lock()
        self._durations: dict[JobKind, deque[float]] = {}
        self._counts: Counter[JobKind] = Counter()

    def record(self, kind: JobKind, milliseconds: float) -> None:
        """Remember that a job of ``kind`` took ``milliseconds``."""
        with self._lock:
            self._durations.setdefault(kind, deque(maxlen=KEPT)).append(milliseconds)
            self._counts[kind] += 1

    def timings(self) -> tuple[Timing, ...]:
        """Return what was measured, in the order of JobKind."""
        with self._lock:
            taken = {kind: sorted(values) for kind, values in self._durations.items()}
            counts = dict(self._counts)
        return tuple(
            Timing(kind, counts[kind], _rank(taken[kind], 0.5), _rank(taken[kind], 0.95))
            for kind in JobKind
            if kind in taken
        )


def _rank(values: list[float], share: float) -> float:
    """Return the nearest-rank percentile of sorted ``values``."""
    return values[max(0, math.ceil(share * len(values)) - 1)]
