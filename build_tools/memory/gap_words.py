"""Make vectors of words from the gaps they were taken from, and put them into a package's topics.

``python -m build_tools.memory.gap_words SUMS… --topics FILE --out FILE``; SUMS were read by
``build_tools.memory.gaps``. States are turned into the directions in which they differ most, half
whitened; a word is the mean of its gaps, drawn to that of all gaps where it is rare.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine.gap_words import LENGTHS
from assistant.engine.memory_file import read_sections, write_sections
from assistant.engine.topics import MOST_CHARACTERS
from build_tools.memory.gaps import Sums

WIDTH = 64
_WHITENING = 0.5
_FLOOR = 0.05
"""Share of the mean variance that is added to that of every direction."""
_SHRINKAGE = 8.0
"""Gaps of no particular word that are added to those of a word."""
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def joined(paths: Sequence[Path]) -> Sums:
    """Return the sums of all files. Raises ValueError when they are of other words."""
    total, _ = Sums.load(paths[0])
    for path in paths[1:]:
        more, _ = Sums.load(path)
        if not np.array_equal(total.words.ids, more.words.ids):
            raise ValueError(f"{path} is about other words")
        total.times += more.times
        for k in LENGTHS:
            total.sums[k] += more.sums[k]
            total.spread[k] += more.spread[k]
    return total


def directions(sums: Floats, times: Ints, spread: NDArray[np.float64], width: int) -> Floats:
    """Return the map [k · H, width] of states, from the sums by word and the sum of x·xᵀ."""
    count = times.sum()
    mean = sums.sum(axis=0, dtype=np.float64) / count
    covariance = spread / count - np.outer(mean, mean)
    deviation = np.sqrt(covariance.diagonal()) + 1e-3
    values, turn = np.linalg.eigh(covariance / np.outer(deviation, deviation))
    values, turn = values[::-1][:width], turn[:, ::-1][:, :width]
    even = (values + values.mean() * _FLOOR) ** (-_WHITENING / 2)
    return (turn * even / deviation[:, None]).astype(np.float32)


def vectors(sums: Sums, width: int = WIDTH) -> dict[str, NDArray[np.generic]]:
    """Return the sections of :class:`assistant.engine.gap_words.GapWords`.

    Raises ValueError where no gap of one of the lengths was read, or ``width`` exceeds a gap.
    """
    least = LENGTHS[0] * sums.width
    if width > least:
        raise ValueError(f"a gap has {least} numbers, which are less than a width of {width}")
    words = np.zeros((len(sums.words.ids), width), dtype=np.float32)
    sections: dict[str, NDArray[np.generic]] = {}
    for k in LENGTHS:
        rows = sums.rows[k]
        times = sums.times[rows]
        if not times.any():
            raise ValueError(f"no gap of {k} characters was read")
        turn = directions(sums.sums[k], times, sums.spread[k], width)
        centre = sums.sums[k].sum(axis=0, dtype=np.float64) / times.sum() @ turn
        apart = sums.sums[k] @ turn - times[:, None] * centre
        words[rows] = apart / (times + _SHRINKAGE)[:, None]
        sections[f"gap_map_{k}"] = turn.astype(np.float16).reshape(-1)
        sections[f"gap_offset_{k}"] = centre.astype(np.float32)
    scales = np.maximum(np.abs(words).max(axis=1), 1e-12) / 127
    sections["gap_words"] = np.round(words / scales[:, None]).astype(np.int8).reshape(-1)
    sections["gap_scales"] = scales.astype(np.float32)
    return sections


def main() -> None:
    """Parse the command line and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sums", type=Path, nargs="+")
    parser.add_argument("--topics", type=Path, required=True, help="topics.bin")
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--out", type=Path, required=True, help="may be the same file")
    options = parser.parse_args()
    # In memory of our own: the file is mapped, and may be the one that is written.
    sections = {name: np.array(one) for name, one in read_sections(options.topics).items()}
    try:
        sums = joined(options.sums)
        made = vectors(sums, options.width)
    except ValueError as error:
        parser.error(str(error))
    ids = sections["word_ids"].astype(np.int64).reshape(-1, MOST_CHARACTERS)
    if not np.array_equal(ids, sums.words.ids):
        parser.error("the topics have other words than the sums")
    write_sections(options.out, sections | made)
    print(f"{np.count_nonzero(sums.times):,} words, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
