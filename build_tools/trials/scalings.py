"""Screens on which everything must have room, and the process that looks at each of them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen in pixels, and the scale factor of the system."""

    width: int
    height: int
    percent: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height} at {self.percent} %"


SCREENS = (
    Screen(1280, 720, 100),
    *(Screen(1366, 768, percent) for percent in (100, 125, 150, 200)),
    Screen(1920, 1080, 125),
    Screen(3840, 2160, 200),
)
"""School machines and their projectors. 1366 × 768 at 200 % (683 × 384) is the smallest."""


def run_scaling(screen: Screen, pictures: Path | None = None) -> list[str]:
    """Look at everything on ``screen``; return what is wrong, and put pictures into a folder."""
    command = [sys.executable, "-m", "build_tools.trials.scaling", str(screen.percent / 100),
               str(screen.width), str(screen.height)]  # fmt: skip
    if pictures is not None:
        folder = pictures / f"{screen.width}x{screen.height}-{screen.percent}"
        folder.mkdir(parents=True, exist_ok=True)
        command.append(str(folder))
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        return [f"it ended with {done.returncode}: {done.stderr[-2_000:]}"]
    return json.loads(lines[-1])["found"]
