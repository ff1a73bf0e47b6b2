"""Judge ever longer texts in one process; prints a JSON list of seconds and megabytes."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from assistant.diagnostics import resident_bytes
from assistant.engine.package import load_package
from assistant.engine.understand import Understander
from assistant.records import Task
from build_tools.bench.long_text import long_text


def main() -> None:
    """Arguments: the package, then the sizes in characters."""
    package, *sizes = sys.argv[1:]
    understander = Understander(load_package(Path(package), Task.UNDERSTAND), threads=1)
    understander.sentiment.analyse(long_text(500))
    found = []
    for size in map(int, sizes):
        understander.sentiment.forget()
        text = long_text(size, seed=size)
        wall, used = time.perf_counter(), time.process_time()
        result = understander.sentiment.analyse(text)
        seconds, cpu = time.perf_counter() - wall, time.process_time() - used
        found.append(
            {
                "characters": len(text),
                "sentences": len(result.sentences),
                "seconds": seconds,
                "cpu_seconds": cpu,
                "resident_mb": resident_bytes() / 1e6,
            }
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
