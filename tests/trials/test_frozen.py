"""How a start of the frozen app is watched and judged; the trial itself needs ``make app``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from build_tools.trials import frozen
from build_tools.trials.frozen import BLANK, TEXT, Start

FILLED = TEXT.replace(BLANK, "微风")
GOOD = Start(window_s=0.4, ready_s=1.2, saved=FILLED, connections=0)


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        yield child
        child.kill()


def test_a_quick_start_that_fills_the_blank_passes():
    assert GOOD.passed
    assert replace(GOOD, connections=None).passed


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GOOD, window_s=1.6),
        replace(GOOD, ready_s=3.1),
        replace(GOOD, saved=TEXT),
        replace(GOOD, saved=TEXT.removeprefix(BLANK)),
        replace(GOOD, saved=""),
        replace(GOOD, connections=1),
    ],
)
def test_any_other_start_fails(wrong):
    assert not wrong.passed


class Clock:
    """Time that passes only in sleep, and a screen on which something is painted by then."""

    def __init__(self, pixels: np.ndarray) -> None:
        self.now, self.pixels = 0.0, pixels

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now >= 0.3:
            self.pixels[:, :200] = 255  # the window
        if self.now >= 0.7:
            self.pixels[40:120, 40:200] = 90  # the candidates
        if self.now >= 1.1:
            self.pixels[:20, 100:102] = 0  # the caret


def test_the_window_and_the_last_large_change_are_timed(process, monkeypatch):
    monkeypatch.setattr(frozen, "_QUIET_SECONDS", 0.8)
    pixels = np.zeros((160, 320, 4), np.uint8)
    clock = Clock(pixels)
    monkeypatch.setattr(frozen, "time", clock)

    found = frozen._watch(process, pixels, 0.0)

    assert found == pytest.approx((0.3, 0.7), abs=2 * frozen._POLL_SECONDS)
    assert clock.now == pytest.approx(1.5, abs=2 * frozen._POLL_SECONDS)


def test_a_window_that_does_not_come_is_told(process, monkeypatch):
    monkeypatch.setattr(frozen, "_WATCH_SECONDS", 0.1)
    with pytest.raises(RuntimeError, match="no window"):
        frozen._watch(process, np.zeros((8, 8, 4), np.uint8), time.monotonic())


def test_an_app_that_ends_by_itself_is_told(process):
    process.kill()
    process.wait()
    with pytest.raises(RuntimeError, match="ended by itself"):
        frozen._watch(process, np.zeros((8, 8, 4), np.uint8), time.monotonic())
