"""Cut the network, watch the system calls, use everything: nothing may be tried, nothing told.

The tour runs in a child process: in a network namespace without any interface and under strace
where this machine allows it, always with Python's own audit of sockets.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_tools.trials.tour import MARK

ROOT = Path(__file__).parent.parent.parent
NETWORK_MODULES = frozenset((
    "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets", "aiohttp", "asyncio",
    "email", "ftplib", "http.client", "http.server", "httpx", "huggingface_hub", "imaplib",
    "multiprocessing.connection", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl",
    "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc.client",
))  # fmt: skip
_INTERNET = re.compile(r"AF_INET6?\b")


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """What the tour tried; ``internet_calls`` None where strace could not watch.

    ``modules`` are those loaded that could open a connection, ``attempts`` Python's audit,
    ``told`` the logs that hold the person's text.
    """

    cut: bool
    internet_calls: tuple[str, ...] | None
    attempts: tuple[str, ...]
    modules: tuple[str, ...]
    told: tuple[str, ...]
    dialogs: dict[str, int]

    @property
    def passed(self) -> bool:
        """Whether nothing was tried and nothing told."""
        return not (self.internet_calls or self.attempts or self.modules or self.told)

    def __str__(self) -> str:
        calls = "not watched" if self.internet_calls is None else str(len(self.internet_calls))
        lines = [
            f"network: {'cut' if self.cut else 'not cut'}; internet sockets by strace: {calls}; "
            f"audited attempts: {len(self.attempts)}; network modules: {len(self.modules)}; "
            f"logs with the person's text: {len(self.told)}",
            f"dialogs opened on the way: {self.dialogs}",
        ]
        return "\n".join([*lines, *(self.internet_calls or ()), *self.attempts, *self.modules,
                          *self.told])  # fmt: skip


def run_network(*, short: bool = False) -> NetworkReport:
    """Run the tour and return what it did. Raises RuntimeError when it does not end well."""
    with tempfile.TemporaryDirectory(prefix="bubai-tour-") as name:
        home = Path(name) / "中文 路径"
        trace = Path(name) / "trace.txt"
        cut, watched = can_run(["unshare", "-n"]), can_run(["strace", "-o", "/dev/null"])
        command = [sys.executable, "-m", "build_tools.trials.tour", str(home)]
        command += ["--short"] if short else []
        if watched:
            watch = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto"]
            command = [*watch, "-o", str(trace), *command]
        if cut:
            command = ["unshare", "-n", *command]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
            preexec_fn=_one_core if watched else None,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"the tour ended with {done.returncode}: {done.stderr[-2_000:]}")
        proof: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        lines = trace.read_text("utf-8", "replace").splitlines() if watched else None
        return NetworkReport(
            cut,
            None if lines is None else tuple(line for line in lines if _INTERNET.search(line)),
            tuple(proof["attempts"]),
            tuple(sorted(NETWORK_MODULES & {*proof["modules"]})),
            (*_told(home / "logs"), *(("what was printed",) if MARK in done.stderr else ())),
            proof["dialogs"],
        )


def _told(logs: Path) -> list[str]:
    """Return the files that hold the mark, in whatever encoding."""
    marks = [MARK.encode(codec) for codec in ("utf-8", "utf-16-le", "gb18030", "unicode-escape")]
    files = [path for path in logs.rglob("*") if path.is_file()]
    if not files:
        raise FileNotFoundError(f"the app wrote no log into {logs}")
    return [path.name for path in files if any(mark in path.read_bytes() for mark in marks)]


def _one_core() -> None:
    """Stay on one core: waking strace on another takes ten times as long as the tour itself."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def can_run(command: list[str]) -> bool:
    """Return whether ``command`` can run another program here."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
