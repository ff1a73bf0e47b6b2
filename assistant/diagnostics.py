"""Facts about this process: memory and versions. Imports neither Qt nor onnxruntime."""

from __future__ import annotations

import ctypes
import platform
import sys
import threading
from functools import cache
from pathlib import Path

from assistant import __version__

_DISTRIBUTIONS = ("onnxruntime", "tokenizers", "numpy", "PySide6-Essentials")


def resident_bytes() -> int:
    """Return the resident memory of this process in bytes; 0 where it cannot be read."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * 4096
    if sys.platform == "win32":
        return _windows_working_set()
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def thread_count() -> int:
    """Return how many threads this process has; where that cannot be read, those of Python."""
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("Threads:"):
                return int(line.split()[1])
    return threading.active_count()


def versions() -> dict[str, str]:
    """Return name → version of the app, Python, the system and the libraries that matter."""
    found = {"bubai": __version__, "python": platform.python_version()}
    found["system"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    return found | {name: _installed(name) for name in _DISTRIBUTIONS}


@cache
def _installed(name: str) -> str:
    """Return the version of a distribution by the name of its folder.

    ``importlib.metadata`` would read its file, with ``email`` and so with ``socket``.
    """
    for found in (found for folder in sys.path for found in Path(folder).glob("*-*.dist-info")):
        project, _, version = found.name.removesuffix(".dist-info").rpartition("-")
        if project.lower() == name.replace("-", "_").lower():
            return version
    return "?"


def _windows_working_set() -> int:
    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = [
            ("cb", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            *((f"size{i}", ctypes.c_size_t) for i in range(8)),
        ]

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel = ctypes.WinDLL("kernel32")  # pyright: ignore[reportAttributeAccessIssue]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.GetCurrentProcess())
    kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    return int(counters.size1)
