"""Wear the real app out: thousands of random actions through its window, on the bundled models.

No crash, no exception, no warning of Qt, no growth of memory over five per cent after the first
fifth. The same seed does the same things.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from assistant.diagnostics import resident_bytes
from build_tools.trials.driver import Driver, running
from build_tools.trials.soak_deeds import Deeds

ALLOWED_GROWTH = 0.05
_LOOKS = 20
"""How often the memory is looked at."""


@dataclass
class SoakReport:
    """What the soaking found; ``megabytes`` at each of the looks."""

    actions: int = 0
    seconds: float = 0.0
    deeds: Counter[str] = field(default_factory=Counter)
    megabytes: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    worst_block_ms: float = 0.0

    @property
    def growth(self) -> float:
        """How much the memory grew from the second fifth to the last, as a part of it."""
        fifth = len(self.megabytes) // 5
        if fifth < 1:
            return 0.0
        before = max(self.megabytes[fifth : 2 * fifth])
        return min(self.megabytes[-fifth:]) / before - 1.0

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.troubles and self.growth <= ALLOWED_GROWTH

    def __str__(self) -> str:
        looks = " ".join(f"{size:.0f}" for size in self.megabytes)
        kinds = Counter(self.troubles)
        return "\n".join(
            [
                f"soak: {self.actions} actions in {self.seconds:.0f} s, "
                f"{len(self.troubles)} troubles, memory {self.growth:+.1%}, "
                f"longest action {self.worst_block_ms:.0f} ms",
                f"memory (MB): {looks}",
                "deeds: " + ", ".join(f"{name} {n}" for name, n in self.deeds.most_common()),
                *(f"{n} × {trouble}" for trouble, n in kinds.most_common()),
            ]
        )


def soak(driver: Driver, folder: Path, actions: int, seed: int) -> SoakReport:
    """Do ``actions`` random things in the window of ``driver``."""
    report, deeds = SoakReport(), Deeds(driver, folder, seed)
    began = time.monotonic()
    every = max(1, actions // _LOOKS)
    for number in range(actions):
        started = time.monotonic()
        report.deeds[deeds.one()] += 1
        driver.wait(1)
        report.worst_block_ms = max(report.worst_block_ms, (time.monotonic() - started) * 1000)
        if number % 25 == 24:
            driver.wait(60)  # a person stops at times, and the workers catch up
        if number % every == every - 1:
            gc.collect()
            report.megabytes.append(resident_bytes() / 1e6)
            print(f"soak: {number + 1}, {report.megabytes[-1]:.0f} MB", flush=True)
    report.actions, report.seconds = actions, time.monotonic() - began
    report.troubles = driver.troubles
    return report


def run_soak(actions: int, seed: int) -> SoakReport:
    """Start the app in a home of its own and soak it."""
    with tempfile.TemporaryDirectory(prefix="bubai-soak-") as name:
        folder = Path(name)
        with running(folder / "home") as driver:
            driver.wait_until(lambda: driver.app.fills.is_ready)
            report = soak(driver, folder, actions, seed)
        report.troubles = driver.troubles
    return report
