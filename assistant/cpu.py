"""What this processor can do, read from the system. Imports nothing heavy and no Qt.

Without SSE4.2 numpy and Qt end the program with an illegal instruction, so that must be told
before they are loaded. Without AVX2 everything works, slower.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_X86 = frozenset(("x86_64", "amd64", "i686", "i386"))
# IsProcessorFeaturePresent of winnt.h.
_WINDOWS = {"sse4_2": 38, "avx": 39, "avx2": 40, "avx512f": 41}
_VNNI = frozenset(("avx512_vnni", "avx_vnni"))


@dataclass(frozen=True, slots=True)
class Cpu:
    """A processor; ``features`` in the names of Linux, None where they are not known."""

    name: str
    features: frozenset[str] | None

    @property
    def is_too_old(self) -> bool:
        """Whether the libraries cannot run at all."""
        return self.features is not None and "sse4_2" not in self.features

    @property
    def is_slow(self) -> bool:
        """Whether the engine must use its slower way."""
        return self.features is not None and "avx2" not in self.features

    @property
    def shown_features(self) -> tuple[str, ...]:
        """The features that matter here, as people write them."""
        features = self.features or frozenset()
        names = {"sse4_2": "SSE4.2", "avx": "AVX", "avx2": "AVX2", "avx512f": "AVX-512"}
        found = tuple(name for key, name in names.items() if key in features)
        return (*found, "VNNI") if features & _VNNI else found


def read_cpu() -> Cpu:
    """Return the processor of this computer."""
    if platform.machine().lower() not in _X86:
        return Cpu(platform.processor() or platform.machine(), None)
    if sys.platform == "linux":
        try:
            return parse_cpuinfo(_CPUINFO.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return Cpu(platform.machine(), None)
    if sys.platform == "win32":
        return Cpu(platform.processor(), _windows_features())
    return Cpu(platform.processor() or platform.machine(), None)


def parse_cpuinfo(text: str) -> Cpu:
    """Return the first processor of a ``/proc/cpuinfo``."""
    name, features = "", None
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name" and not name:
            name = value.strip()
        elif key.strip() == "flags" and features is None:
            features = frozenset(value.split())
    return Cpu(name or platform.machine(), features)


def _windows_features() -> frozenset[str]:
    import ctypes  # the start waits for it nowhere else

    kernel = ctypes.WinDLL("kernel32")  # pyright: ignore[reportAttributeAccessIssue]
    present = (name for name, code in _WINDOWS.items() if kernel.IsProcessorFeaturePresent(code))
    return frozenset(present)
