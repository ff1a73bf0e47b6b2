"""Times of one variant at one case, and what is said about them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(slots=True)
class Samples:
    """Milliseconds of every run: of the clock, of the processor, and inside ``session.run``.

    ``extras`` holds numbers that a variant tells of its answers.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)
    extras: dict[str, list[float]] = field(default_factory=dict)

    def add(self, answer: dict[str, Any]) -> None:
        """Take what a worker answered; times are divided by the ``units`` that it worked on."""
        units = answer.get("extras", {}).get("units", 1)
        self.wall.append(answer["ms"] / units)
        self.cpu.append(answer["cpu_ms"] / units)
        self.inside.append(answer["inside_ms"] / units)
        for name, value in answer.get("extras", {}).items():
            self.extras.setdefault(name, []).append(value)


def median(values: Sequence[float]) -> float:
    """Return the median; 0 of nothing."""
    return statistics.median(values) if values else 0.0


def p95(values: Sequence[float]) -> float:
    """Return what 95 of 100 are below (interpolated); 0 of nothing."""
    return float(np.percentile(values, 95)) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the percentile ``share`` (0–100), interpolated."""
    return float(np.percentile(values, share))
