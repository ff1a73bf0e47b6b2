"""Wear the real app out: thousands of random actions through its window, on the bundled models.

No crash, no exception, no warning of Qt, no growth of memory over five per cent after the first
fifth. Memory is what belongs to the process alone: pages of mapped files (models, fonts) come and
go as the system likes, and are told beside it. The same seed does the same things.
"""

from __future__ import annotations

import gc
import sys
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
    """What the soaking found; at each of the looks ``megabytes`` of the process alone."""

    actions: int = 0
    seconds: float = 0.0
    deeds: Counter[str] = field(default_factory=Counter)
    megabytes: list[float] = field(default_factory=list)
    resident_megabytes: list[float] = field(default_factory=list)
    """The same with the pages of mapped files."""
    troubles: list[str] = field(default_factory=list)
    worst_block_ms: float = 0.0
    """Time of the window's thread alone, without that of other processes."""

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
        looks, resident = (
            " ".join(f"{size:.0f}" for size in sizes)
            for sizes in (self.megabytes, self.resident_megabytes)
        )
        kinds = Counter(self.troubles)
        return "\n".join(
            [
                f"soak: {self.actions} actions in {self.seconds:.0f} s, "
                f"{len(self.troubles)} troubles, memory {self.growth:+.1%}, "
                f"longest action {self.worst_block_ms:.0f} ms",
                f"memory (MB): {looks}",
                f"with mapped files (MB): {resident}",
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
        started = time.thread_time()
        report.deeds[deeds.one()] += 1
        driver.wait(1)
        report.worst_block_ms = max(report.worst_block_ms, (time.thread_time() - started) * 1000)
        if number % 25 == 24:
            driver.wait(60)  # a person stops at times, and the workers catch up
        if number % every == every - 1:
            gc.collect()
            report.megabytes.append(own_bytes() / 1e6)
            report.resident_megabytes.append(resident_bytes() / 1e6)
            print(f"soak: {number + 1}, {report.megabytes[-1]:.0f} MB, "
                  f"{report.resident_megabytes[-1]:.0f} with files", flush=True)  # fmt: skip
    report.actions, report.seconds = actions, time.monotonic() - began
    report.troubles = driver.troubles
    return report


def own_bytes() -> int:
    """Return the resident memory that no file stands behind; where unknown, all of it."""
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return resident_bytes()


def run_soak(actions: int, seed: int) -> SoakReport:
    """Start the app in a home of its own and soak it."""
    with tempfile.TemporaryDirectory(prefix="bubai-soak-") as name:
        folder = Path(name)
        with running(folder / "home") as driver:
            driver.wait_until(lambda: driver.app.fills.is_ready)
            report = soak(driver, folder, actions, seed)
        report.troubles = driver.troubles
    return report
