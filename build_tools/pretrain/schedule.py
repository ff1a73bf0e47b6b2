"""The learning rate: warm-up, constant, linear decay to zero, by steps or by the clock.

Imports nothing of ours but the settings. Progress of the decay is a number between 0 and 1 that
checkpoints keep, so an interrupted decay goes on where it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from build_tools.pretrain.config import TrainConfig

_SMOOTHING = 0.2


@dataclass(slots=True)
class Schedule:
    """Tells the rate of each step and when the run is over.

    ``decay_begin`` and ``decay_end`` are times of the wall clock; with an end given, each step
    moves the decay on by its share of the time that is left, so that it reaches zero in time
    however fast the machine is and however long the process was stopped in between.
    """

    peak: float
    warmup_steps: int
    max_steps: int | None = None
    decay_steps: int | None = None
    decay_begin: dt.datetime | None = None
    decay_end: dt.datetime | None = None
    progress: float = 0.0
    _step_seconds: float = 0.0

    def rate(self, step: int) -> float:
        """Return the learning rate of step ``step`` (counted from 0)."""
        warm = min(1.0, (step + 1) / self.warmup_steps) if self.warmup_steps else 1.0
        return self.peak * warm * max(0.0, 1.0 - self.progress)

    def decaying(self, step: int, now: dt.datetime) -> bool:
        """Tell whether the decay has begun before step ``step``."""
        if self.progress > 0.0:
            return True
        if self.decay_end is not None:
            return self.decay_begin is None or now >= self.decay_begin
        if self.decay_steps is None:
            return False
        return self.max_steps is None or step >= self.max_steps - self.decay_steps

    def advance(self, step: int, seconds: float, now: dt.datetime) -> None:
        """Account for step ``step``, which took ``seconds``."""
        weight = _SMOOTHING if self._step_seconds else 1.0
        self._step_seconds += weight * (seconds - self._step_seconds)
        if not self.decaying(step, now):
            return
        if self.decay_end is None:
            self.progress = min(1.0, self.progress + 1.0 / (self.decay_steps or 1))
            return
        left = (self.decay_end - now).total_seconds()
        share = self._step_seconds / left if left > self._step_seconds else 1.0
        self.progress = min(1.0, self.progress + (1.0 - self.progress) * share)

    def finished(self, step: int) -> bool:
        """Tell whether ``step`` steps are all."""
        # Progress adds up 1/n n times: the last addition may fall short by rounding.
        return self.progress > 1.0 - 1e-9 or (self.max_steps is not None and step >= self.max_steps)


def schedule_of(config: TrainConfig, now: dt.datetime) -> Schedule:
    """Return the schedule of ``config``; times of day are the next ones after ``now``."""
    return Schedule(
        peak=config.learning_rate,
        warmup_steps=config.warmup_steps,
        max_steps=config.max_steps,
        decay_steps=config.decay_steps,
        decay_begin=next_time(config.decay_at, now),
        decay_end=next_time(config.decay_until, now),
    )


def next_time(time_of_day: str | None, now: dt.datetime) -> dt.datetime | None:
    """Return the next ``HH:MM`` after ``now``; one within the last twelve hours is today's."""
    if time_of_day is None:
        return None
    hour, minute = (int(part) for part in time_of_day.split(":"))
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    # A decay that should have begun within the last half day is under way, not a day off.
    late = now - moment > dt.timedelta(hours=12)
    return moment + dt.timedelta(days=1) if late else moment
