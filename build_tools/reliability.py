"""From which confidence on the window may say "very sure" and "likely".

The words stand for shares: of the best candidates called very sure 85 % are right, of those called
likely 40 %. ``python -m build_tools.reliability PACKAGE`` finds where, on the CFT blanks.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant.engine.fill import Filler
from assistant.engine.package import load_package
from assistant.records import Task
from build_tools import datasets
from build_tools.accuracy import Guess, guesses
from build_tools.verify import EngineScorer

SURE_SHARE = 0.85
LIKELY_SHARE = 0.40
_STEP = 0.05


def curve(results: Sequence[Guess], step: float = _STEP) -> list[tuple[float, int, float]]:
    """Return (lower bound of confidence, guesses, share right) of every bin that has any."""
    rows: list[tuple[float, int, float]] = []
    for i in range(round(1 / step)):
        inside = [r for r in results if int(min(r.confidence, 1 - 1e-9) / step) == i]
        if inside:
            rows.append((i * step, len(inside), sum(r.place == 1 for r in inside) / len(inside)))
    return rows


def lowest(
    results: Sequence[Guess], share: float, below: float = 2.0, step: float = _STEP
) -> float:
    """Return the lowest bound on the grid from which on ``share`` of the guesses are right.

    Only guesses of a confidence under ``below`` count; 1.0 when no bound does it.
    """
    for i in range(round(1 / step)):
        inside = [r for r in results if i * step <= r.confidence < below]
        if inside and sum(r.place == 1 for r in inside) >= share * len(inside):
            return round(i * step, 4)
    return 1.0


def main() -> None:
    """Parse the command line, fill, and print the curve and the bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--limit", type=int, default=2000)
    options = parser.parse_args()
    scorer = EngineScorer(Filler(load_package(options.package, Task.FILL)))
    cft = options.data / "cft.test.auto.xz"
    characters = datasets.cft_characters(cft, seed=1, limit=options.limit)
    words = datasets.cft_words(cft, seed=1, limit=options.limit // 3)
    results = guesses(scorer, characters, length_known=True)
    results += guesses(scorer, words, length_known=False)
    for bound, count, share in curve(results):
        print(f"{bound:.2f}  {count:5d}  {share:.3f}")
    sure = lowest(results, SURE_SHARE)
    likely = lowest(results, LIKELY_SHARE, sure)
    print(f"very sure from {sure}, likely from {likely}")


if __name__ == "__main__":
    main()
