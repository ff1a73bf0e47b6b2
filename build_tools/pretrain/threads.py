"""How many threads to compute with on a machine that others use too.

Imports torch, nothing of ``assistant``. Threads of one operation wait for each other; when another
process takes a core, two threads can be slower than one. So both are tried now and then.
"""

from __future__ import annotations

import os
from collections import deque

import torch

TRIAL_EVERY = 40
"""Steps between two trials of the other number of threads."""
_TRIAL_STEPS = 2


class ThreadChooser:
    """Sets torch's number of threads before each step; fixed, or measured when given 0."""

    def __init__(self, threads: int) -> None:
        """Use ``threads``, or choose between 1 and all cores when it is 0."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        self._choices = (threads,) if threads else tuple(sorted({1, cores}))
        self._seconds: dict[int, deque[float]] = {
            choice: deque(maxlen=_TRIAL_STEPS) for choice in self._choices
        }
        self._compiled: set[int] = set()
        self.current = self._choices[0]

    def before(self, step: int) -> int:
        """Set and return the number of threads of ``step``."""
        self.current = self._choice(step)
        torch.set_num_threads(self.current)
        return self.current

    def after(self, seconds: float) -> None:
        """Account for a step that took ``seconds``; the first one of each choice compiles."""
        if self.current in self._compiled:
            self._seconds[self.current].append(seconds)
        self._compiled.add(self.current)

    def _choice(self, step: int) -> int:
        for choice in self._choices:
            if not self._seconds[choice]:
                return choice
        best = min(self._choices, key=lambda choice: min(self._seconds[choice]))
        others = [choice for choice in self._choices if choice != best]
        return others[0] if others and step % TRIAL_EVERY < _TRIAL_STEPS else best
