"""Measure how long Chinese words are: ``python -m build_tools.length_prior --data ../shared/data``.

The numbers stand in for a model's own opinion of a blank's length where a checkpoint has none.
Imports nothing of ``assistant``.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import rjieba

MEASURED = (0.4950, 0.4491, 0.0388, 0.0172)
"""P(a word has 1, 2, 3, 4 characters), for words of 1–4 Chinese characters."""
HOW_MEASURED = (
    "jieba without HMM, 1,146,094 words of literature, technical, history, wiki, dialogue"
)
LONGEST = 4
_PROSE = ("literature_pd", "tech_lctt", "niutrans_modern", "wiki_cmrc_drcd_ud", "dialog_smile")


def length_prior(lines: Iterable[str]) -> tuple[tuple[float, ...], int]:
    """Return P(length) of words of 1–4 Chinese characters, and how many words were counted.

    A place in the text is a word, whatever its length: a person blanks words, not characters.
    """
    counts = Counter[int]()
    for line in lines:
        for word in rjieba.cut(line, hmm=False):
            if len(word) <= LONGEST and all(
                "\u4e00" <= character <= "\u9fff" for character in word
            ):
                counts[len(word)] += 1
    total = sum(counts.values())
    return tuple(counts[length] / total for length in range(1, LONGEST + 1)), total


def prose(folder: Path, lines_per_source: int) -> Iterator[str]:
    """Yield evenly spaced lines of each prose source in ``folder``."""
    for name in _PROSE:
        with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
            lines = stream.readlines()
        yield from lines[:: max(1, len(lines) // lines_per_source)][:lines_per_source]


def main() -> None:
    """Parse the command line and print the measured prior."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--lines", type=int, default=2000, help="lines of each source")
    options = parser.parse_args()
    prior, total = length_prior(prose(options.data / "open", options.lines))
    print(f"{total} words:", ", ".join(f"{p:.4f}" for p in prior))


if __name__ == "__main__":
    main()
