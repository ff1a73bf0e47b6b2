"""Run a part of this program in a process of its own, so that a crash ends only that one.

Imports neither Qt nor onnxruntime, and nothing that could open a connection: the child talks
through pipes.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.engine.cancel import Cancel

_POLL_SECONDS = 0.1
_MAX_DETAILS = 2000
_CONSOLE_PROGRAM = "bubai-cli.exe"


class ChildFailedError(Exception):
    """The child did not answer. ``timed_out``, or it ended with ``code`` (negative: a signal)."""

    def __init__(self, code: int, details: str, *, timed_out: bool = False) -> None:
        super().__init__(f"exit code {code}")
        self.code = code
        self.details = details
        self.timed_out = timed_out


def run_child(
    arguments: Sequence[str], data: bytes, *, seconds: float, cancel: Cancel | None = None
) -> bytes:
    """Run ``bubai ARGUMENTS`` with ``data`` on its standard input; return what it prints.

    Raises ChildFailedError, or Cancelled after ending the child.
    """
    process = subprocess.Popen(
        [*_program(), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        output, errors = _talk(process, data, time.monotonic() + seconds, cancel)
    except BaseException:
        with contextlib.suppress(OSError):
            process.kill()
        process.communicate()
        raise
    if process.returncode:
        details = errors.decode("utf-8", "replace")[-_MAX_DETAILS:]
        raise ChildFailedError(process.returncode, details)
    return output


def limit_memory(limit_bytes: int) -> None:
    """Let this process take no more than ``limit_bytes`` of memory, where the system can say so.

    Windows and macOS have no such limit for a process itself.
    """
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        allowed = limit_bytes if hard == resource.RLIM_INFINITY else min(limit_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _talk(
    process: subprocess.Popen[bytes], data: bytes, deadline: float, cancel: Cancel | None
) -> tuple[bytes, bytes]:
    waiting: bytes | None = data
    while True:
        try:
            return process.communicate(waiting, timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            waiting = None
        if cancel is not None:
            cancel.check()
        if time.monotonic() > deadline:
            raise ChildFailedError(-1, "", timed_out=True)


def _program() -> list[str]:
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "assistant"]
    # The windowed program of Windows has no standard output.
    console = Path(sys.executable).with_name(_CONSOLE_PROGRAM)
    return [str(console if console.exists() else sys.executable)]


def _environment() -> dict[str, str]:
    """Return the environment of the child: it must find this very package when not frozen."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        root = str(Path(__file__).parents[2])
        paths = [root, *environment.get("PYTHONPATH", "").split(os.pathsep)]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment
