"""One variant in its own process: reads texts on standard input, answers with milliseconds."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from assistant.diagnostics import resident_bytes
from build_tools.bench.translation_variants import TRANSLATION_VARIANTS
from build_tools.bench.variants import VARIANTS

ALL = VARIANTS | TRANSLATION_VARIANTS


def main() -> None:
    """Load the variant, then time every text that comes in, until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("variant", choices=ALL)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--threads", type=int, required=True)
    arguments = parser.parse_args()
    answers = sys.stdout
    sys.stdout = sys.stderr  # libraries print; only our answers go to the parent
    started = time.perf_counter()
    run = ALL[arguments.variant].load(arguments.package, arguments.checkpoint, arguments.threads)
    answer = {"load_ms": (time.perf_counter() - started) * 1000}
    while True:
        print(json.dumps(answer), file=answers, flush=True)
        line = sys.stdin.readline()
        if not line:
            return
        text = json.loads(line)
        before, used = time.perf_counter(), time.process_time()
        run(text)
        answer = {
            "ms": (time.perf_counter() - before) * 1000,
            "cpu_ms": (time.process_time() - used) * 1000,
            "resident_mb": resident_bytes() / 1e6,
        }


if __name__ == "__main__":
    main()
