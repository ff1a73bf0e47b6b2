"""Time look-ups in a phrase memory: ``python -m build_tools.bench.memory``.

A look-up is one blank, all contexts, characters and words. Every blank is asked about ``--rounds``
times, and what counts is the least processor time it took: what other processes do to the caches
is left out as far as one can. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: spinning threads are no work

import numpy as np

from assistant.engine.memory import PhraseMemory
from assistant.engine.memory_alphabet import BORDER
from build_tools.datasets import Item, cft_characters

GROWTH_LOOK_UPS = 10_000


def look_up_cost(path: Path, items: Sequence[Item], rounds: int = 3) -> dict[str, float]:
    """Return milliseconds of look-ups of ``items`` and the growth of resident memory in MB."""
    sides = [(BORDER + item.left, item.right + BORDER) for item in items]
    before = _resident_mb()
    memory = PhraseMemory.open(path)
    started = time.perf_counter()
    _look_up(memory, *sides[0])
    first = time.perf_counter() - started
    for number in range(GROWTH_LOOK_UPS):
        _look_up(memory, *sides[number % len(sides)])
    growth = _resident_mb() - before
    least = np.full(len(sides), np.inf)
    characters = np.full(len(sides), np.inf)
    for _ in range(rounds):
        for number, (left, right) in enumerate(sides):
            least[number] = min(least[number], _look_up(memory, left, right))
            memory.forget()
            begun = time.thread_time()
            memory.view(left, right)
            characters[number] = min(characters[number], time.thread_time() - begun)
    return {
        "first_touch_ms": first * 1000,
        "warm_ms": float(np.median(least)) * 1000,
        "warm_ninth_decile_ms": float(np.quantile(least, 0.9)) * 1000,
        "warm_characters_only_ms": float(np.median(characters)) * 1000,
        "growth_mb_10000": growth,
    }


def _look_up(memory: PhraseMemory, left: str, right: str) -> float:
    memory.forget()
    begun = time.thread_time()
    memory.word_view(left, right)
    memory.view(left, right)
    return time.thread_time() - begun


def _resident_mb() -> float:
    with Path("/proc/self/statm").open(encoding="ascii") as stream:
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=Path, default=Path("resources/models/fill/phrases.bin"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--blanks", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    items = cft_characters(options.data / "dev" / "cft.test.auto.xz", 0, options.blanks)
    print(json.dumps(look_up_cost(options.memory, items, options.rounds), indent=1))


if __name__ == "__main__":
    main()
