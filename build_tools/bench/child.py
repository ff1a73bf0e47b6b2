"""Run one of our modules in a fresh process and read the JSON that it prints last."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def run_child(module: str, *arguments: str, threads: int = 1) -> Any:
    """Return what ``python -m build_tools.bench.MODULE`` printed as its last line, read as JSON.

    It gets a home of its own, an offscreen window, and ``BUBAI_BORN``: the ``time.monotonic`` at
    which it was started. Python keeps what it has compiled, as in an installed copy, whatever the
    environment says: else every start compiles the sources anew, which nobody's does. Raises
    RuntimeError with the end of its errors when it fails.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "BUBAI_HOME": home,
            "QT_QPA_PLATFORM": "offscreen",
            "OMP_NUM_THREADS": str(threads),
            "BUBAI_BORN": str(time.monotonic()),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", f"build_tools.bench.{module}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise RuntimeError(f"{module} failed: {done.stderr.strip()[-1500:]}")
    return json.loads(lines[-1])


def born() -> float:
    """Return when this child was started, by ``time.monotonic``."""
    return float(os.environ["BUBAI_BORN"])


def drop_from_cache(folder: Path) -> None:
    """Ask the system to forget the files of ``folder``, so that they are read from the disk."""
    for path in folder.rglob("*"):
        if path.is_file() and hasattr(os, "posix_fadvise"):
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)
