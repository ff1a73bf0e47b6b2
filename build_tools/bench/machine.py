"""What machine this is, and whether it had anything else to do meanwhile. Linux knows most."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.cpu import read_cpu
from assistant.engine.package import read_manifest
from assistant.records import Task

_LIBRARIES = (
    "onnxruntime", "numpy", "tokenizers", "torch", "transformers", "ctranslate2",
    "PySide6-Essentials",
)  # fmt: skip
_STAT = Path("/proc/stat")
_BUSY = (0, 1, 2, 5, 6)
"""user, nice, system, irq, softirq of a ``cpu`` line; the times of guests are in the first two."""
_STEAL = 7
MOST_OTHERS, MOST_STEAL = 0.04, 0.01
"""Shares of the processor above which a measurement is not to be published."""


@dataclass(frozen=True, slots=True)
class Noise:
    """What else the processor did: shares of all cores over the time measured."""

    load_before: float
    others: float
    steal: float
    seconds: float

    @property
    def is_quiet(self) -> bool:
        """Whether the figures can be published."""
        return self.others <= MOST_OTHERS and self.steal <= MOST_STEAL

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


def was_quiet(part: Mapping[str, Any]) -> bool:
    """Return whether the figures of a measured part can be published."""
    return Noise(**part["noise"]).is_quiet


class Listener:
    """Measures the noise from when it was made."""

    def __init__(self) -> None:
        self._load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        self._begun = time.perf_counter()
        self._own, self._ticks = _own_seconds(), _ticks()

    def noise(self) -> Noise:
        """Return what was heard until now; children must have ended."""
        seconds = time.perf_counter() - self._begun
        before, now = self._ticks, _ticks()
        passed = [b - a for a, b in zip(before, now, strict=True)]
        hertz, total = _hertz(), max(sum(passed[:8]), 1)
        others = sum(passed[i] for i in _BUSY) / hertz - (_own_seconds() - self._own)
        share = max(0.0, others) * hertz / total
        return Noise(self._load, share, passed[_STEAL] / total, seconds)


def describe(models: Path) -> dict[str, str]:
    """Return what may be published of this machine and of the packages in ``models``.

    Family of the processor, cores, versions.
    """
    cpu = read_cpu()
    found = {
        "processor": _family(cpu.name),
        "instructions": ", ".join(cpu.shown_features),
        "cores": str(os.cpu_count()),
        "memory": f"{_memory_gb():.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    }
    found |= {name: _version(name) for name in _LIBRARIES}
    packages = [
        read_manifest(models / task.value) for task in Task if (models / task.value).is_dir()
    ]
    return found | {package.name: package.version for package in packages}


def _family(name: str) -> str:
    """Return the processor's name without its number of cores or of the item: its family."""
    words = name.replace("(R)", "").replace("(TM)", "").replace("@", " ").split()
    kept = [word for word in words if not word[0].isdigit() and word not in ("CPU", "Processor")]
    return " ".join(kept) or platform.machine()


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _ticks() -> list[int]:
    if not _STAT.is_file():
        return [0] * 10
    return [int(word) for word in _STAT.read_text("ascii").splitlines()[0].split()[1:]]


def _hertz() -> int:
    return os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def _memory_gb() -> float:
    if not hasattr(os, "sysconf"):
        return 0.0
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
