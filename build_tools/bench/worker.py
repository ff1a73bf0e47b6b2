"""One variant in its own process: reads payloads on standard input, answers with milliseconds.

The first line are the options of the variant, every further one a payload.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from assistant.diagnostics import resident_bytes
from build_tools.bench.peers import MAKERS, Run
from build_tools.bench.session_clock import SessionClock


class Worker:
    """Does what it is given, and says how long that took."""

    def __init__(self, maker: str) -> None:
        """Use the maker of that name; the first thing given are its options."""
        self._maker = MAKERS[maker]
        self._run: Run | None = None
        self._clock = SessionClock()

    def answer(self, given: Any) -> dict[str, Any]:
        """Load the variant with the options ``given``, or time the payload ``given``."""
        self._clock.take()
        before, used = time.perf_counter(), time.process_time()
        extras: object = None
        if self._run is None:
            self._run = self._maker(**given)
        else:
            extras = self._run(given)
        answer: dict[str, Any] = {
            "ms": (time.perf_counter() - before) * 1000,
            "cpu_ms": (time.process_time() - used) * 1000,
            "inside_ms": self._clock.take(),
            "resident_mb": resident_bytes() / 1e6,
            "peak_mb": _peak_bytes() / 1e6,
            "extras": extras if isinstance(extras, dict) else {},
        }
        if "onnxruntime" in sys.modules and not self._clock.installed:
            self._clock.install()
        return answer


def main() -> None:
    """Answer every line of standard input."""
    answers, lines = sys.stdout, sys.stdin
    sys.stdout = sys.stderr  # libraries print; only our answers go to the parent
    worker = Worker(sys.argv[1])
    for line in lines:
        print(json.dumps(worker.answer(json.loads(line))), file=answers, flush=True)


def _peak_bytes() -> int:
    """Return the most memory that this process had; 0 where that cannot be read.

    On Linux not ``ru_maxrss``, which a child begins with the memory of its parent.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text("ascii").splitlines()
        found = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(next(found, "0")) * 1024
    if sys.platform != "darwin":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
