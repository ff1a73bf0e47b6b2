from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from build_tools.pretrain.schedule import Schedule, schedule_of

NOON = dt.datetime(2026, 1, 5, 12, 0)


def rates(schedule: Schedule, steps: int, seconds: float = 1.0) -> list[float]:
    found = []
    for step in range(steps):
        found.append(schedule.rate(step))
        schedule.advance(step, seconds, NOON + dt.timedelta(seconds=seconds * (step + 1)))
    return found


def test_the_rate_warms_up_stays_and_decays_by_steps():
    schedule = Schedule(peak=1.0, warmup_steps=4, max_steps=12, decay_steps=4)
    found = rates(schedule, 12)
    assert found[:4] == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert found[4:9] == pytest.approx([1.0] * 5)
    assert found[9:] == pytest.approx([0.75, 0.5, 0.25])
    assert schedule.finished(12)


def test_a_decay_without_an_end_begins_at_once():
    schedule = Schedule(peak=1.0, warmup_steps=0, decay_steps=2)
    assert rates(schedule, 2) == pytest.approx([1.0, 0.5])
    assert schedule.finished(2)


def test_a_decay_by_the_clock_is_linear_and_ends_in_time():
    end = NOON + dt.timedelta(seconds=100)
    begin = NOON + dt.timedelta(seconds=60)
    schedule = Schedule(peak=1.0, warmup_steps=0, decay_begin=begin, decay_end=end)
    found = rates(schedule, 100)
    assert found[:60] == [1.0] * 60
    assert found[80] == pytest.approx(0.5, abs=0.05)
    assert schedule.finished(100)
    assert not schedule.finished(99) or found[-1] < 0.05


def test_a_pause_makes_the_decay_steeper_but_no_step_jumps():
    schedule = Schedule(peak=1.0, warmup_steps=0, decay_end=NOON + dt.timedelta(seconds=100))
    seen = []
    for step in range(100):
        pause = 50 if step >= 20 else 0
        moment = NOON + dt.timedelta(seconds=step + pause)
        if schedule.finished(step):
            break
        seen.append(schedule.rate(step))
        schedule.advance(step, 1.0, moment)
    drops = [before - after for before, after in pairwise(seen)]
    assert max(drops) < 0.05
    assert seen[-1] < 0.05


def test_times_of_day_are_of_today_unless_long_past(settings):
    now = dt.datetime(2026, 1, 5, 23, 30)
    schedule = schedule_of(settings("run", decay_at="23:10", decay_until="00:20"), now)
    assert schedule.decay_begin == dt.datetime(2026, 1, 5, 23, 10)
    assert schedule.decay_end == dt.datetime(2026, 1, 6, 0, 20)
