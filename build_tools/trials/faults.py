"""Kill the real app again and again while it writes, and count what the next start has lost.

A child process types, composes, fills, saves and exports offscreen and logs every state of its
text; it is killed with SIGKILL at a random moment, at times in the middle of a given deed or of the
recovery itself. The next child must offer (or find in the saved file) a text that is at most two
seconds old, and every file must be whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_tools.trials.fault_child import ARMED, EXPORTS, LOG

ROOT = Path(__file__).parent.parent.parent
ALLOWED_SECONDS = 2.0
START_SECONDS = 60.0
AIM_SECONDS = 8.0
_AIMS = ("", "", "save", "export", "fill", "compose", "type", "recovery")


@dataclass
class Report:
    """What the killings found."""

    kills: int = 0
    inside: dict[str, int] = field(default_factory=dict)
    """Killed in the middle of this deed."""
    recovered: int = 0
    worst_seconds: float = 0.0
    """Age of the oldest work that a kill cost."""
    losses: list[str] = field(default_factory=list)

    def merge(self, other: Report) -> None:
        """Add the figures of ``other``."""
        self.kills += other.kills
        self.recovered += other.recovered
        self.worst_seconds = max(self.worst_seconds, other.worst_seconds)
        self.losses += other.losses
        for name, count in other.inside.items():
            self.inside[name] = self.inside.get(name, 0) + count

    def __str__(self) -> str:
        inside = ", ".join(f"{name} {n}" for name, n in sorted(self.inside.items())) or "none"
        lines = [
            f"faults: {self.kills} kills ({inside} in the middle of a deed), "
            f"{self.recovered} texts recovered, {len(self.losses)} losses, "
            f"oldest work lost {self.worst_seconds:.2f} s",
            *self.losses,
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class State:
    """A text and when it came to be (monotonic seconds)."""

    at: float
    text: str


class Person:
    """Someone whose app is killed: one folder, one home, many lives."""

    def __init__(self, folder: Path, seed: int, longest_s: float) -> None:
        """Keep home and files in ``folder``."""
        self._folder, self._random, self._longest_s = folder, random.Random(seed), longest_s
        self._log = folder / LOG
        self._known: list[State] = [State(0.0, "")]
        self._killed_at = 0.0
        self._env = os.environ | {
            "BUBAI_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen",
            "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        settings = folder / "home" / "config" / "settings.json"
        settings.parent.mkdir(parents=True)
        settings.write_text("{}")  # so that no sample text is shown

    def live(self, kills: int) -> Report:
        """Start and kill the app ``kills`` times, and look once more."""
        report = Report()
        for _ in range(kills):
            report.merge(self._life(kill=True))
        report.merge(self._life(kill=False))
        return report

    def _life(self, *, kill: bool) -> Report:
        report = Report()
        before = self._size()
        aim = self._random.choice(_AIMS) if kill else ""
        child = subprocess.Popen(
            [sys.executable, "-m", "build_tools.trials.fault_child", str(self._folder),
             str(self._random.getrandbits(32)), aim],
            env=self._env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            self._wait_for(child, before, aim)
        finally:
            killed_at = time.monotonic()
            child.kill()
            errors = child.communicate()[1]
        if child.returncode != -9:
            report.losses.append(f"the app ended by itself: {errors.decode('utf-8', 'replace')}")
        report.kills += kill
        records = self._records(before)
        if records:  # else it was killed early: the next one has to find all that there was
            self._judge(records, report)
            self._killed_at = killed_at
        return report

    def _wait_for(self, child: subprocess.Popen[bytes], before: int, aim: str) -> None:
        """Wait until the moment to kill: random, or soon after the deed ``aim`` began."""
        pause_s = self._random.uniform(0.3, self._longest_s)
        if aim == "recovery":
            time.sleep(self._random.uniform(0.2, 1.5))
            return
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and child.poll() is None:
            if any("start" in record for record in self._records(before)):
                break
            time.sleep(0.02)
        if aim:
            (self._folder / ARMED).touch()
            pause_s = AIM_SECONDS  # it kills itself; if not, it is killed here
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(pause_s)

    def _judge(self, records: list[dict[str, Any]], report: Report) -> None:
        """Compare what the life found at its start with what the last one knew."""
        first = records[0]
        survivors = [first["text"], *([] if first["file"] is None else [first["file"]])]
        lost = min(map(self._seconds_lost, survivors))
        report.recovered += bool(first["recovered"])
        report.worst_seconds = max(report.worst_seconds, min(lost, 1e6))
        if lost > ALLOWED_SECONDS:
            report.losses.append(f"{self._folder}: {lost:.2f} s of work are gone")
        report.losses += _torn(self._folder)
        self._known = [State(r["at"], r["text"]) for r in records if "text" in r]
        if "doing" in records[-1]:
            name = str(records[-1]["doing"])
            report.inside[name] = report.inside.get(name, 0) + 1

    def _seconds_lost(self, text: str) -> float:
        """Return how old the first change that ``text`` lacks was when the app was killed."""
        later: State | None = None
        for state in reversed(self._known):
            if state.text == text:
                return 0.0 if later is None else self._killed_at - later.at
            later = state
        return float("inf")

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0

    def _records(self, start: int) -> list[dict[str, Any]]:
        if not self._log.exists():
            return []
        with self._log.open("rb") as stream:
            stream.seek(start)
            lines = stream.read().split(b"\n")[:-1]
        return [json.loads(line) for line in lines]


def _torn(folder: Path) -> list[str]:
    """Return what is wrong with the files: each is whole, whatever it was being replaced by."""
    wrong: list[str] = []
    for path in (folder / EXPORTS).glob("练习.*"):
        if not path.stat().st_size:
            wrong.append(f"{path} is empty")
        elif path.suffix == ".docx" and not zipfile.is_zipfile(path):
            wrong.append(f"{path} is torn")
        elif path.suffix == ".bubai":
            try:
                json.loads(path.read_bytes())
            except ValueError:
                wrong.append(f"{path} is torn")
    return wrong


def run_faults(kills: int, seed: int, longest_s: float = 5.0, lives: int = 10) -> Report:
    """Kill ``kills`` times, a new person every ``lives`` kills; return what was found."""
    report = Report()
    while report.kills < kills:
        with tempfile.TemporaryDirectory(prefix="bubai-faults-") as folder:
            person = Person(Path(folder), seed + report.kills, longest_s)
            report.merge(person.live(min(lives, kills - report.kills)))
    return report
